"""The rows of a sheet as they are written: each cell read by itself, its faults where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from maillage.errors import AmbiguousTerritory, Finding, MaillageError, SheetError, SourceError
from maillage.sources.sheet.existing import Territories
from maillage.sources.sheet.grid import Place
from maillage.sources.sheet.plan import SheetPlan
from maillage.sources.sheet.reading import Reader
from maillage.sources.sheet.template import SheetColumn, SheetTable
from maillage.terms import fold


@dataclass
class Draft:
    """A row: what its cells say in the standard form, but for those that name another row, which stay as written.

    `place`: `labo.xlsx, Organisations:7`; `places`: where each column was read; `is_refused`: it has a fault.
    """

    table: SheetTable
    place: str
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    key: str = ""

    @property
    def is_refused(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def names(self) -> list[str]:
        """Every name that the row gives itself, its own name first."""
        return [self.cells[name] for name in ("name", "acronym") if self.cells.get(name)]

    def blame(self, error: MaillageError, column: str, severity: str = "error") -> None:
        place = self.places.get(column) or self.where
        self.findings.append(error.at(*place, severity=severity))

    @property
    def where(self) -> Place:
        name, _, line = self.place.rpartition(":")
        return name, int(line), None


def drafts(plan: SheetPlan, territories: Territories) -> Iterator[Draft]:
    """A draft for each row below the titles that holds something in a column that is read."""
    reader = Reader(territories, plan.manner)
    for row in range(plan.header + 1, len(plan.grid.rows)):
        cells = plan.grid.rows[row]
        if any(cells[place] for place in plan.columns if place < len(cells)):
            yield _draft(plan, row, reader)


def _draft(plan: SheetPlan, row: int, reader: Reader) -> Draft:
    draft, cells = Draft(plan.table, f"{plan.grid.name}:{plan.grid.lines[row]}"), plan.grid.rows[row]
    if any(cells[len(plan.titles) :]):
        error = SourceError("wrong-cell-count", found=len(cells), expected=len(plan.titles))
        draft.findings.append(error.at(*draft.where))
    for place, column in plan.columns.items():
        if place < len(cells):
            at = plan.grid.place(row, place, plan.titles[place])
            formula = plan.grid.workbook and plan.grid.cell(row, place) in plan.grid.formulas
            _take(draft, column, "" if formula else cells[place], at, reader, _beside(plan, column, place, cells))
            if formula:
                draft.blame(SheetError("formula-cell"), column.name)
    for column in plan.table.columns:
        if column.name in plan.constants:
            _take(draft, column, plan.constants[column.name], draft.where, reader)
        if column.default and not draft.cells.get(column.name):
            draft.cells[column.name] = column.default
    return draft


def _beside(plan: SheetPlan, column: SheetColumn, own: int, cells: list[str]) -> list[str]:
    """What helps to read a cell: its title, and the cells of the row that are `beside` it."""
    others = [
        cells[place]
        for place, title in enumerate(plan.titles[: len(cells)])
        if place != own and (fold(title) in column.beside or plan.columns.get(place) == column)
    ]
    return [plan.titles[own], *filter(None, others)]


def _take(draft: Draft, column: SheetColumn, text: str, at: Place, reader: Reader, beside: Sequence[str] = ()) -> None:
    """Reads a cell; several columns of the sheet may fill one column that takes a list."""
    draft.places.setdefault(column.name, at)
    if not text:
        return
    try:
        read = reader.read(text, column.card, beside)
        draft.findings += [error.at(*at, severity="info") for error in reader.changes(text, column.card, beside)]
    except AmbiguousTerritory as error:
        draft.findings.append(error.at(*at, severity="warning"))
    except MaillageError as error:
        draft.findings.append(error.at(*at))
    else:
        before = draft.cells.get(column.name)
        draft.cells[column.name] = f"{before}|{read}" if before else read
