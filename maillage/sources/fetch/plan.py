"""What the section `fetch:` of a card says: which files to take, from where, and what they must hold."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.errors import FindingsError, NothingToFetch, SourceError
from maillage.files import shown
from maillage.sources.card import Card
from maillage.sources.fetch.address import fault_of

SUFFIXES = (
    ".json", ".jsonld", ".geojson", ".jsonl", ".yml", ".yaml", ".csv", ".csv.gz", ".ics", ".html", ".ttl", ".rdf",
    ".zip",
)  # fmt: skip
WITH_PATHS = (".json", ".jsonld", ".geojson", ".yml", ".yaml", ".zip")
RDF = (".ttl", ".rdf")
PAGES = {"explore": "results", "openagenda": "events"}  # how answers are paged, and where their records are
BINDINGS = "results.bindings"  # of an answer in SPARQL 1.1 JSON
Codes = Callable[[str], list[str]]  # the codes of a register that the bodies of our graph bear
MOST_BYTES = 200_000_000
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
    """Raises NothingToFetch, or FindingsError with a BadCard for each fault of the section."""
    section = card.facts.get("fetch")
    if section is None:
        raise NothingToFetch("nothing-to-fetch", source=card.name, file=shown(card.file))
    faults = [SourceError("bad-card", reason_fr=fr, reason=en).at(shown(card.file)) for fr, en in _faults(section)]
    if faults:
        raise FindingsError(faults)
    files = tuple(_file_card(name, facts) for name, facts in section["files"].items())
    return Plan(card.name, str(card.facts["licence"]), files, float(section.get("pause", Plan.pause)), card.folder)


def usual_path(name: str, facts: dict[str, Any]) -> str:
    """Where the records of a file lie when its card does not say it."""
    if facts.get("question"):
        return BINDINGS
    return "features" if name.endswith(".geojson") else PAGES.get(facts.get("pages", ""), "")


def _file_card(name: str, facts: dict[str, Any]) -> FileCard:
    given: dict[str, Any] = {"records": usual_path(name, facts), "address": ""} | {
        key: value for key, value in facts.items() if value is not None
    }
    return FileCard(name, **given | {"fields": tuple(given.get("fields", ()))})


Fault = tuple[str, str]


def _faults(section: Any) -> Iterator[Fault]:
    files = section.get("files") if isinstance(section, dict) else None
    if not isinstance(files, dict) or not files:
        yield "fetch.files doit nommer au moins un fichier.", "fetch.files must name at least one file."
        return
    yield from _unknown("fetch", section, ("pause", "most_gone", "files"))
    if not _is_number(section.get("pause", 0)):
        yield "fetch.pause doit être un nombre de secondes.", "fetch.pause must be a number of seconds."
    if not _is_number(section.get("most_gone", 0)):
        yield "fetch.most_gone doit être une part (0,25).", "fetch.most_gone must be a share (0.25)."
    for name, facts in files.items():
        yield from _file_faults(str(name), facts)
    if len(files) > 1 and any(isinstance(facts, dict) and facts.get("given") for facts in files.values()):
        yield "fetch.files : un fichier donné est seul.", "fetch.files: a given file is alone."


def _file_faults(name: str, facts: Any) -> Iterator[Fault]:
    place = f"fetch.files.{name}"
    if not _NAME.fullmatch(name) or name == "source.yml" or not name.endswith(SUFFIXES):
        kinds = ", ".join(SUFFIXES)
        yield f"{place} : nom ou sorte refusés (sortes : {kinds}).", f"{place}: name or kind refused (kinds: {kinds})."
    if not isinstance(facts, dict) or ("address" in facts) == bool(facts.get("given")):
        yield f"{place} : address, ou given: true, l'un des deux.", f"{place}: address or given: true, one of them."
        return
    yield from _unknown(place, facts, _EXPECTED)
    for key, (fr, en, is_one) in _EXPECTED.items():
        if facts.get(key) is not None and not is_one(facts[key]):
            yield f"{place}.{key} doit être {fr}.", f"{place}.{key} must be {en}."
    yield from _out_of_place(name, place, facts)


def _out_of_place(name: str, place: str, facts: dict[str, Any]) -> Iterator[Fault]:
    """What says nothing of a file of this kind."""
    if facts.get("pages") and not name.endswith(".json"):
        yield f"{place} : des pages font un fichier .json.", f"{place}: pages make a .json file."
    if facts.get("question") and (facts.get("pages") or not name.endswith(".json")):
        yield f"{place} : une question fait un fichier .json sans pages.", f"{place}: a question makes a .json file."
    for key in ("codes", "batch"):
        if facts.get(key) and not facts.get("question"):
            yield f"{place}.{key} n'a pas de sens sans question.", f"{place}.{key} means nothing without a question."
    if facts.get("records") and not name.endswith(WITH_PATHS):
        yield f"{place}.records n'a pas de sens ici.", f"{place}.records means nothing here."
    if facts.get("fields") and name.endswith(RDF):
        yield f"{place}.fields n'a pas de sens ici.", f"{place}.fields means nothing here."


def _unknown(place: str, facts: dict[Any, Any], known: Any) -> Iterator[Fault]:
    for key in facts:
        if key not in known:
            said = ", ".join(known)
            yield f"{place}.{key} est inconnu (connus : {said}).", f"{place}.{key} is unknown (known: {said})."


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_count(value: object) -> bool:
    return isinstance(value, int) and _is_number(value)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name for name in value)


_EXPECTED: dict[str, tuple[str, str, Callable[[Any], bool]]] = {
    "address": (
        "une adresse http(s) sans mot de passe",
        "an http(s) address without a password",
        lambda value: isinstance(value, str) and fault_of(value) is None,
    ),
    "given": ("true", "true", lambda value: value is True),
    "records": ("un chemin", "a path", lambda value: isinstance(value, str)),
    "fields": ("une liste de noms", "a list of names", _is_names),
    "least": ("un nombre entier", "a whole number", _is_count),
    "most_bytes": ("un nombre entier", "a whole number", _is_count),
    "question": (
        "le nom d'un fichier .rq à côté de la fiche",
        "the name of a .rq file beside the card",
        lambda value: isinstance(value, str) and re.fullmatch(r"[a-z0-9-]+\.rq", value) is not None,
    ),
    "codes": ("un registre", "a register", lambda value: isinstance(value, str) and bool(value)),
    "batch": ("un nombre de 1 à 1000", "a number from 1 to 1000", lambda value: _is_count(value) and 0 < value <= 1000),
    "pages": (" ou ".join(PAGES), " or ".join(PAGES), lambda value: isinstance(value, str) and value in PAGES),
}
