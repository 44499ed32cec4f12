"""What a sheet would change in the version that is kept: rows added, changed, taken away, known already."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from maillage.sources.rows import ORIGIN
from maillage.sources.sheet.grid import Place
from maillage.sources.sheet.settle import Row

PreviousRows = dict[tuple[str, str], dict[str, str]]  # (table, key) -> cells


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


def compare(rows: Iterable[Row], kept: PreviousRows) -> Changes:
    """Rows are matched by table and key; where a row stands in the sheet is no change."""
    changes, seen = Changes(), set()
    for row in rows:
        seen.add((row.table, row.key))
        before = kept.get((row.table, row.key))
        if before is None:
            changes.added.append(row)
        elif found := list(_cells(row, before)):
            changes.changed += found
        else:
            changes.known.append(row)
    gone = [(*at, cells.get("name") or at[1]) for at, cells in kept.items() if at not in seen]
    changes.gone = sorted(gone)
    return changes


def _cells(row: Row, before: dict[str, str]) -> Iterable[CellChange]:
    for column in sorted({*row.cells, *before} - {ORIGIN}):
        old, new = before.get(column, ""), row.cells.get(column, "")
        if old != new:
            yield CellChange(row, column, old, new, row.places.get(column))
