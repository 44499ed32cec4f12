"""A sheet read whole: what would enter, what would change, and everything that is wrong, before anything is written.

The folder of a sheet that was taken is a curated source like those of `data/`, with its earlier versions inside:

<sheets>/<name>/source.yml  organisations.csv …  identity.csv  .before/<the version before, and so on>
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from maillage.errors import CannotWrite, Finding, MissingFile, Phrase, SheetError
from maillage.files import read_bytes, replace_folder, short_path
from maillage.locales import LANGUAGES, say
from maillage.ontology import concepts
from maillage.sources.card import card_names, read_yaml
from maillage.sources.cells import KEY, find_concept
from maillage.sources.rows import DECISION, ORIGIN, format_csv, read_rows
from maillage.sources.sheet.existing import Registry
from maillage.sources.sheet.grid import Grid, Place, read_text_file, read_workbook
from maillage.sources.sheet.plan import OwnCard, SheetPlan, by_titles
from maillage.sources.sheet.settle import Row, Same, Settlement, drafts
from maillage.sources.sheet.template import standard_columns, template
from maillage.terms import iri, slug

BEFORE = ".before"
PreviousRows = dict[tuple[str, str], dict[str, str]]  # (table, key) -> cells


@dataclass(frozen=True)
class CellChange:
    """A cell that says something else than before; `place` where the sheet says it."""

    row: Row
    column: str
    old: str
    new: str
    place: Place | None


class Changes:
    """Rows are matched by table and key; where a row stands in the sheet is no change. `gone`: the table and the key of
    rows that the sheet no longer has, with the name they had.
    """

    def __init__(self, rows: Iterable[Row], kept: PreviousRows) -> None:
        self.added, self.changed, self.known = list[Row](), list[CellChange](), list[Row]()
        left = dict(kept)
        for row in rows:
            before = left.pop((row.table, row.key), None)
            if before is None:
                self.added.append(row)
            elif found := list(_cells(row, before)):
                self.changed += found
            else:
                self.known.append(row)
        self.gone = sorted((*at, cells.get("name") or at[1]) for at, cells in left.items())

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def rows_of(folder: Path) -> PreviousRows:
    """The rows of the version that is kept; none where there is none. Raises FileError, FindingsError."""
    found: PreviousRows = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name != "identity.csv":
            for _, row in read_rows(path, placed=True):
                found[path.stem, row.get("key", "")] = row
    return found


def _cells(row: Row, before: dict[str, str]) -> Iterable[CellChange]:
    for column in sorted({*row.cells, *before} - {ORIGIN}):
        old, new = before.get(column, ""), row.cells.get(column, "")
        if old != new:
            yield CellChange(row, column, old, new, row.places.get(column))


def facts_of(folder: Path) -> dict[str, Any]:
    """What the card of the version that is kept says; empty where there is none."""
    return read_yaml(card) if (card := folder / "source.yml").is_file() else {}


def undo(sheets: Path, name: str) -> bool:
    """Puts back the version before the last; True when there was none, and the sheet is gone.

    Raises `no-such-import` or CannotWrite.
    """
    folder = sheets / name
    if name not in names(sheets):
        raise SheetError("no-such-import", name=name, folder=short_path(sheets), known=", ".join(names(sheets)) or "—")
    before = folder / BEFORE
    if not before.is_dir():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise CannotWrite(file=short_path(folder), reason=error.strerror or str(error)) from error
        return True
    with replace_folder(folder) as fresh:
        shutil.copytree(before, fresh, dirs_exist_ok=True)
    return False


def names(sheets: Path) -> list[str]:
    return sorted(path.parent.name for path in sheets.glob("*/source.yml"))


def source_in(sheets: Path, name: str) -> str:
    """The path of the sheet of that name, for `maillage build`; the name itself where it is no sheet."""
    return str(sheets / name) if name in names(sheets) else name


def _write(path: Path, rows: list[Row]) -> None:
    columns = [column.name for column in standard_columns(rows[0].mapping)]
    found = [{ORIGIN: row.place, **row.cells} for row in sorted(rows, key=lambda row: row.key)]
    path.write_bytes(format_csv((ORIGIN, *columns), found))


def _decision(sheet: str, same: Same, day: str) -> dict[str, str]:
    said = {"a": f"{sheet}:{same.key}", "b": same.reference, "decision": "same"}
    reason = say(LANGUAGES[0], "import.decided", place=same.place)
    return said | {"decided_by": "sheet-author", "date": day, "reason": reason}


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
    changes: Changes


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
    changes = Changes(settled.rows, rows_of(folder))
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
    """Writes the rows that are right as the new version of the source, with the one it replaces inside.

    Raises `nothing-to-import`, or CannotWrite; what stood there then stays.
    """
    if not imported.rows:
        raise SheetError("nothing-to-import", file=imported.plans[0].grid.file)
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in imported.rows:
        tables[row.table].append(row)
    cards = {name: {"mapping": found[0].mapping, "placed": True} for name, found in sorted(tables.items())}
    with replace_folder(folder) as fresh:
        for name, found in tables.items():
            _write(fresh / f"{name}.csv", found)
        if decided := [_decision(folder.name, one, str(said["read_on"])) for one in imported.same]:
            (fresh / "identity.csv").write_bytes(format_csv(DECISION, decided))
        text = yaml.safe_dump(said | {"tables": cards}, allow_unicode=True, sort_keys=False, width=120)
        (fresh / "source.yml").write_text(text, encoding="utf-8")
        if folder.exists():
            shutil.copytree(folder, fresh / BEFORE)
