"""A sheet read whole: what would enter, what would change, and everything that is wrong, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from maillage.errors import Finding, MissingFile, Phrase, SheetError
from maillage.files import read_bytes, short_path
from maillage.ontology import concepts
from maillage.sources.card import card_names
from maillage.sources.cells import KEY, find_concept
from maillage.sources.sheet import archive
from maillage.sources.sheet.drafts import drafts
from maillage.sources.sheet.existing import Registry
from maillage.sources.sheet.grid import Grid, read_text_file, read_workbook
from maillage.sources.sheet.plan import OwnCard, SheetPlan, by_titles
from maillage.sources.sheet.settle import Row, Same, Settlement
from maillage.sources.sheet.template import template
from maillage.terms import iri, slug

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")
RANK = 80  # of a sheet among the sources: what a curated source says goes before
FACTS = {  # what a source must say: words for people, and the option that says it
    "title": (Phrase("fact-title"), "--title"),
    "publisher": (Phrase("fact-publisher"), "--publisher"),
    "licence": (Phrase("fact-licence"), "--licence"),
}


@dataclass(frozen=True)
class SheetImport:
    """What a sheet says. `findings`: errors keep their rows out, warnings are doubts, notes are columns left out."""

    plans: list[SheetPlan]
    rows: list[Row]
    same: list[Same]
    findings: list[Finding]
    changes: archive.Changes


def grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, the one of a CSV file, or those of every file of a folder, by name.

    Raises MissingFile, `unknown-sheet-kind`, or what the readers raise.
    """
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
        if not files:
            raise MissingFile(file=f"{short_path(path)}/*.csv")
        return [grid for file in files for grid in grids(file)]
    if not path.exists():
        raise MissingFile(file=short_path(path))
    if path.suffix.lower() not in SUFFIXES:
        raise SheetError("unknown-sheet-kind", file=short_path(path))
    return read_workbook(path) if path.suffix.lower() == ".xlsx" else [read_text_file(path)]


def sheet_name(path: Path, given: str | None) -> str:
    """The name of the source: the one given, else that of the file. Raises `sheet-name-taken`."""
    name = given or slug(path.stem)
    if not KEY.fullmatch(name):
        raise SheetError("sheet-name-taken", name=given or path.stem, reason=Phrase("name-letters"))
    if name in card_names():
        raise SheetError("sheet-name-taken", name=name, reason=Phrase("name-of-source"))
    return name


def read(path: Path, folder: Path, card: OwnCard | None, held: Registry) -> SheetImport:
    """Reads a sheet against the version kept in `folder`, whose name is that of the source.

    Raises the errors of `grids`, `by_titles` and `OwnCard`.
    """
    tables = template()
    plans, findings = card.plans(grids(path), tables) if card else by_titles(grids(path), tables)
    settled = Settlement((draft for plan in plans for draft in drafts(plan, held.territories)), held, folder.name)
    changes = archive.compare(settled.rows, archive.rows_of(folder))
    return SheetImport(plans, settled.rows, settled.same, [*findings, *settled.findings], changes)


def checksum(path: Path) -> str:
    """Of the file, or of the files of a folder one after the other, by name."""
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
    return sha256(b"".join(read_bytes(file) for file in files)).hexdigest()


def facts(said: Mapping[str, Any], name: str, path: Path, today: date) -> dict[str, Any]:
    """The card of the source (`source.yml`), without its tables. Raises `unsaid-fact` or `unknown-reference`."""
    for fact, (words, option) in FACTS.items():
        if not said.get(fact):
            choices = f" ({', '.join(concepts('licence'))})" if fact == "licence" else ""
            raise SheetError("unsaid-fact", fact=words, option=option, choices=choices)
    licence = str(said["licence"]).lower()
    find_concept(licence, "licence", said["licence"])
    return {
        "title": said["title"],
        "publisher": said["publisher"],
        "kind": "spreadsheet",
        "licence": licence,
        "address": said.get("address") or iri("source", name),
        "issued": str(said.get("issued") or today),
        "read_on": str(today),
        "checksum": checksum(path),
        "credit": f"{said['publisher']}, {said['title']}",
        "rank": RANK,
    }


def says_more(imported: SheetImport, said: dict[str, Any], known: dict[str, Any]) -> bool:
    """Whether a sheet says anything that the kept version does not, whose card is `known`: days do not count."""
    days = ("issued", "read_on")
    return imported.changes.any or any(said[fact] != known.get(fact) for fact in said if fact not in days)


def keep(imported: SheetImport, folder: Path, said: dict[str, Any]) -> None:
    """Keeps the rows that are right as the new version of the source. Raises `nothing-to-import` or CannotWrite."""
    if not imported.rows:
        raise SheetError("nothing-to-import", file=imported.plans[0].grid.file)
    archive.keep(folder, imported.rows, imported.same, said)
