"""The folder of a sheet that was taken: a curated source like those of `data/`, with its earlier versions inside;
and what a sheet would change in it.

<sheets>/<name>/source.yml  organisations.csv …  identity.csv  .before/<the version before, and so on>
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from maillage.errors import CannotWrite, MissingFile, SheetError
from maillage.files import replace_folder, short_path
from maillage.locales import LANGUAGES, say
from maillage.sources.card import read_yaml
from maillage.sources.rows import ORIGIN, format_csv, read_rows
from maillage.sources.sheet.grid import Place
from maillage.sources.sheet.settle import Row, Same
from maillage.sources.sheet.template import standard_columns

BEFORE = ".before"
PreviousRows = dict[tuple[str, str], dict[str, str]]  # (table, key) -> cells
DECISION = ("a", "b", "decision", "decided_by", "date", "reason")


@dataclass(frozen=True)
class CellChange:
    """A cell that says something else than before; `place` where the sheet says it."""

    row: Row
    column: str
    old: str
    new: str
    place: Place | None


@dataclass
class Changes:
    """`gone`: the table and the key of rows that the sheet no longer has, with the name they had."""

    added: list[Row] = field(default_factory=list)
    changed: list[CellChange] = field(default_factory=list)
    known: list[Row] = field(default_factory=list)
    gone: list[tuple[str, str, str]] = field(default_factory=list)

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


def compare(rows: Iterable[Row], kept: PreviousRows) -> Changes:
    """Rows are matched by table and key; where a row stands in the sheet is no change."""
    changes, left = Changes(), dict(kept)
    for row in rows:
        before = left.pop((row.table, row.key), None)
        if before is None:
            changes.added.append(row)
        elif found := list(_cells(row, before)):
            changes.changed += found
        else:
            changes.known.append(row)
    changes.gone = sorted((*at, cells.get("name") or at[1]) for at, cells in left.items())
    return changes


def _cells(row: Row, before: dict[str, str]) -> Iterable[CellChange]:
    for column in sorted({*row.cells, *before} - {ORIGIN}):
        old, new = before.get(column, ""), row.cells.get(column, "")
        if old != new:
            yield CellChange(row, column, old, new, row.places.get(column))


def facts_of(folder: Path) -> dict[str, Any]:
    """What the card of the version that is kept says; empty where there is none."""
    try:
        return read_yaml(folder / "source.yml")
    except MissingFile:
        return {}


def keep(folder: Path, rows: Iterable[Row], same: Iterable[Same], facts: dict[str, Any]) -> None:
    """Writes the source whole, with the version it replaces inside. Raises CannotWrite; what stood there then stays."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        tables[row.table].append(row)
    cards = {name: {"mapping": found[0].mapping, "placed": True} for name, found in sorted(tables.items())}
    with replace_folder(folder) as fresh:
        for name, found in tables.items():
            _write(fresh / f"{name}.csv", found)
        if decided := [_decision(folder.name, one, str(facts["read_on"])) for one in same]:
            (fresh / "identity.csv").write_bytes(format_csv(DECISION, decided))
        text = yaml.safe_dump(facts | {"tables": cards}, allow_unicode=True, sort_keys=False, width=120)
        (fresh / "source.yml").write_text(text, encoding="utf-8")
        if folder.exists():
            shutil.copytree(folder, fresh / BEFORE)


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
