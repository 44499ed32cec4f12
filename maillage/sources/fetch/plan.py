"""What the section `fetch:` of a card says: which files to take, from where, and what they must hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.errors import FindingsError, NothingToFetch, Phrase, SourceError
from maillage.files import short_path
from maillage.sources.card import Card
from maillage.sources.copies import PAGES, usual_path
from maillage.sources.fetch.address import fault_of
from maillage.sources.parsing import MOST_BYTES

SUFFIXES = (
    ".json", ".jsonld", ".geojson", ".jsonl", ".yml", ".yaml", ".csv", ".csv.gz", ".ics", ".html", ".ttl", ".rdf",
    ".zip",
)  # fmt: skip
WITH_PATHS = (".json", ".jsonld", ".geojson", ".yml", ".yaml", ".zip")
RDF = (".ttl", ".rdf")
_ONE, _OTHER = PAGES
Codes = Callable[[str], list[str]]  # the codes of a register that the bodies of our graph bear
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class FileCard:
    """A file to take. `records`: the dotted path to its records; `most_bytes` holds after decompression too.

    `given`: it is at no address of its own: who takes it says where it is, a file or its address.

    `question`: the file beside the card that an endpoint is asked, for an answer; `codes`: the register whose codes,
    of the bodies that we hold, fill its `VALUES ?code { UNDEF }`, `batch` at a time.
    """

    name: str
    address: str
    records: str
    fields: tuple[str, ...] = ()
    least: int = 1
    most_bytes: int = MOST_BYTES
    pages: str | None = None
    question: str | None = None
    codes: str | None = None
    batch: int = 100
    given: bool = False

    @property
    def suffix(self) -> str:
        return max((suffix for suffix in SUFFIXES if self.name.endswith(suffix)), key=len)


@dataclass(frozen=True)
class Plan:
    """`pause`: the least seconds between two requests to one host; `folder`: that of the card."""

    source: str
    licence: str
    files: tuple[FileCard, ...]
    pause: float = 0.5
    folder: Path = Path()


def read_fetch(card: Card) -> Plan:
    """Raises NothingToFetch, or FindingsError with a `bad-card` for each fault of the section."""
    section = card.facts.get("fetch")
    if section is None:
        raise NothingToFetch("nothing-to-fetch", source=card.name, file=short_path(card.file))
    if faults := [SourceError("bad-card", reason=fault).at(short_path(card.file)) for fault in _faults(section)]:
        raise FindingsError(faults)
    files = []
    for name, facts in section["files"].items():
        usual = {"records": usual_path(name, facts), "address": "", "fields": ()}
        given = usual | {key: value for key, value in facts.items() if value is not None}
        files.append(FileCard(name, **given | {"fields": tuple(given["fields"])}))
    pause = float(section.get("pause", Plan.pause))
    return Plan(card.name, str(card.facts["licence"]), tuple(files), pause, card.folder)


def _faults(section: Any) -> Iterator[Phrase]:
    files = section.get("files") if isinstance(section, dict) else None
    if not isinstance(files, dict) or not files:
        yield Phrase("fetch-files")
        return
    yield from _unknown("fetch", section, ("pause", "most_gone", "files"))
    for key, fault in (("pause", Phrase("fetch-pause")), ("most_gone", Phrase("fetch-most-gone"))):
        if not _is_number(section.get(key, 0)):
            yield fault
    for name, facts in files.items():
        yield from _file_faults(str(name), facts)
    if len(files) > 1 and any(isinstance(facts, dict) and facts.get("given") for facts in files.values()):
        yield Phrase("fetch-given")


def _file_faults(name: str, facts: Any) -> Iterator[Phrase]:
    place = f"fetch.files.{name}"
    if not _NAME.fullmatch(name) or name == "source.yml" or not name.endswith(SUFFIXES):
        yield Phrase("fetch-name", place=place, kinds=", ".join(SUFFIXES))
    if not isinstance(facts, dict) or ("address" in facts) == bool(facts.get("given")):
        yield Phrase("fetch-address", place=place)
        return
    yield from _unknown(place, facts, _FILE_KEYS)
    for key, (wanted, is_one) in _FILE_KEYS.items():
        if facts.get(key) is not None and not is_one(facts[key]):
            yield Phrase("fetch-expected", place=f"{place}.{key}", wanted=wanted)
    yield from _out_of_place(name, place, facts)


def _out_of_place(name: str, place: str, facts: dict[str, Any]) -> Iterator[Phrase]:
    """What says nothing of a file of this kind."""
    if facts.get("pages") and not name.endswith(".json"):
        yield Phrase("fetch-pages", place=place)
    if facts.get("question") and (facts.get("pages") or not name.endswith(".json")):
        yield Phrase("fetch-question", place=place)
    for key in ("codes", "batch"):
        if facts.get(key) and not facts.get("question"):
            yield Phrase("fetch-unasked", place=f"{place}.{key}")
    if facts.get("records") and not name.endswith(WITH_PATHS):
        yield Phrase("fetch-senseless", place=f"{place}.records")
    if facts.get("fields") and name.endswith(RDF):
        yield Phrase("fetch-senseless", place=f"{place}.fields")


def _unknown(place: str, facts: dict[Any, Any], known: Any) -> Iterator[Phrase]:
    for key in facts:
        if key not in known:
            yield Phrase("fetch-unknown", place=f"{place}.{key}", known=", ".join(known))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_count(value: object) -> bool:
    return isinstance(value, int) and _is_number(value)


_FILE_KEYS: dict[str, tuple[Phrase | Mapping[str, str], Callable[[Any], bool]]] = {
    "address": (Phrase("fetch-is-address"), lambda value: isinstance(value, str) and fault_of(value) is None),
    "given": (Phrase("fetch-is-true"), lambda value: value is True),
    "records": (Phrase("fetch-is-path"), lambda value: isinstance(value, str)),
    "fields": (
        Phrase("fetch-is-names"),
        lambda value: isinstance(value, list) and all(isinstance(name, str) and name for name in value),
    ),
    "least": (Phrase("fetch-is-count"), _is_count),
    "most_bytes": (Phrase("fetch-is-count"), _is_count),
    "question": (
        Phrase("fetch-is-query"),
        lambda value: isinstance(value, str) and re.fullmatch(r"[a-z0-9-]+\.rq", value) is not None,
    ),
    "codes": (Phrase("fetch-is-register"), lambda value: isinstance(value, str) and bool(value)),
    "batch": (Phrase("fetch-is-batch"), lambda value: _is_count(value) and 0 < value <= 1000),
    "pages": (
        Phrase("fetch-is-pages", one=_ONE, other=_OTHER),
        lambda value: isinstance(value, str) and value in PAGES,
    ),
}
