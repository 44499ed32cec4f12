"""What was taken, when, from where: `source.yml` beside the files in `<out>/fetched/<source>/`."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from maillage.errors import FileError, MachineError
from maillage.files import asset
from maillage.sources.card import Card, read_yaml

FETCH_FOLDER = "fetched"
RECORD = "source.yml"
PAGES = {"explore": "results", "openagenda": "events"}  # how answers are paged, and where their records are
BINDINGS = "results.bindings"  # of an answer in SPARQL 1.1 JSON


@dataclass(frozen=True)
class FileRecord:
    """A file of the last good copy. Times are UTC; `checksum` is the SHA-256 of the file as it lies there.

    `fetched_at`: when its publisher last said that it is the current one; `first_fetched`: when these bytes
    first arrived; `address`: as the card writes it, without the keys.
    """

    address: str
    fetched_at: str
    first_fetched: str
    checksum: str
    bytes: int
    records: int
    etag: str | None = None
    last_modified: str | None = None


def folder_of(out: Path, source: str) -> Path:
    return out / FETCH_FOLDER / source


def last_copy(out: Path | None, source: str) -> Path:
    """Where the last good copy of a source lies, if any: where it was fetched, else where `data/` holds one."""
    fetched = folder_of(out, source) if out else None
    return fetched if fetched and (fetched / RECORD).is_file() else asset("data") / source / "copy"


def has_copy(source: str, out: Path | None = None) -> bool:
    return (last_copy(out, source) / RECORD).is_file()


def fetched_folder(out: Path | None, source: str) -> Path:
    """Where the last good copy of a source lies. Raises `not-fetched`."""
    if not has_copy(source, out):
        raise MachineError("not-fetched", source=source)
    return last_copy(out, source)


def read_record(folder: Path) -> dict[str, FileRecord]:
    """The files of the last good copy by name; none where there is no copy, or where its record was spoilt."""
    with suppress(FileError, KeyError, TypeError, AttributeError):
        return {name: FileRecord(**facts) for name, facts in read_yaml(folder / RECORD)["files"].items()}
    return {}


def date_card(card: Card, out: Path | None) -> Card:
    """The card of a fetched source, read on the day that the oldest file of its copy was last current."""
    files = read_record(last_copy(out, card.name)) if card.fetch else {}
    if not files:
        return card
    return replace(card, facts=card.facts | {"read_on": min(file.fetched_at for file in files.values())[:10]})


def format_time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def checksum_of(path: Path) -> str:
    with path.open("rb") as body:
        return file_digest(body, "sha256").hexdigest()


def usual_path(name: str, facts: dict[str, Any]) -> str:
    """Where the records of a file lie when its card does not say it."""
    if facts.get("question"):
        return BINDINGS
    return "features" if name.endswith(".geojson") else PAGES.get(facts.get("pages", ""), "")
