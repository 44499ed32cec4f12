"""A card of one's own: for a sheet whose columns are not those of the template, a short YAML file.

title: Annuaire des laboratoires bretons     # and publisher, licence, address, if they are known
tables:
  organisations:
    sheet: Feuil1                            # of a workbook, or a file of a folder; the only one if not said
    header: 3                                # the line of the titles; found by itself if not said
    columns: {Nom du labo: nom, Dépt: territoire}
    constants: {type: laboratoire d'innovation}
    separator: ","                           # between the items of a cell; `;`, `|` and a new line if not said
    dates: month-first                       # day-first if not said
"""

from pathlib import Path
from typing import Any

from maillage.errors import Finding, Phrase, SheetError, SourceError
from maillage.files import short_path
from maillage.sources.card import read_yaml
from maillage.sources.cells import nearest
from maillage.sources.sheet.dates import ORDERS
from maillage.sources.sheet.grid import Grid
from maillage.sources.sheet.plan import SheetPlan
from maillage.sources.sheet.reading import Manner
from maillage.sources.sheet.template import SheetColumn, SheetTable
from maillage.sources.sheet.wording import personal_title
from maillage.terms import fold

FACTS = ("title", "publisher", "licence", "address")
OF_TABLE = ("sheet", "header", "columns", "constants", "separator", "dates")


class OwnCard:
    """A card as it was read. Raises MissingFile, `bad-yaml` or `bad-sheet-card`."""

    def __init__(self, path: Path) -> None:
        self.file = short_path(path)
        said = read_yaml(path)
        self.facts = {name: str(said[name]) for name in FACTS if said.get(name)}
        self._refuse_unknown(list(said), [*FACTS, "tables"])
        if not isinstance(said.get("tables"), dict) or not said["tables"]:
            raise self._fault(Phrase("card-without-tables"))
        self.tables: dict[str, dict[str, Any]] = said["tables"]

    def plans(self, grids: list[Grid], tables: dict[str, SheetTable]) -> tuple[list[SheetPlan], list[Finding]]:
        """Raises `no-sheet` or `bad-sheet-card`."""
        plans, findings = [], []
        self._refuse_unknown(list(self.tables), list(tables))
        for name, spec in self.tables.items():
            self._check(name, spec)
            plan, faults = self._plan(self._grid(spec, grids), tables[name], spec)
            plans.append(plan)
            findings += [*faults, *plan.findings()]
        return plans, findings

    def _check(self, name: str, spec: Any) -> None:
        if not isinstance(spec, dict) or not isinstance(spec.get("columns"), dict):
            raise self._fault(Phrase("card-without-columns", table=name))
        self._refuse_unknown(list(spec), list(OF_TABLE))
        if spec.get("dates", "day-first") not in ORDERS:
            raise self._fault(Phrase("card-dates", given=spec["dates"], known=", ".join(ORDERS)))

    def _grid(self, spec: dict[str, Any], grids: list[Grid]) -> Grid:
        if "sheet" not in spec and len(grids) == 1:
            return grids[0]
        wanted = str(spec.get("sheet", ""))
        for grid in grids:
            if wanted in (grid.sheet, grid.file):
                return grid
        found = ", ".join(grid.sheet for grid in grids)
        raise SheetError("no-sheet", sheet=wanted, file=grids[0].file if grids else "", found=found)

    def _plan(self, grid: Grid, table: SheetTable, spec: dict[str, Any]) -> tuple[SheetPlan, list[Finding]]:
        wanted = {fold(str(title)): self._target(str(name), table) for title, name in spec["columns"].items()}
        constants = {self._target(str(name), table).name: str(said) for name, said in self._constants(spec).items()}
        header = self._header(grid, wanted, spec)
        titles = grid.rows[header] if grid.rows else []
        columns = {place: wanted[fold(title)] for place, title in enumerate(titles) if fold(title) in wanted}
        at = (grid.name, grid.lines[header] if grid.lines else None)
        absent = [title for title in spec["columns"] if fold(str(title)) not in map(fold, titles)]
        found = ", ".join(filter(None, titles))
        faults = [SourceError("missing-column", column=title, found=found).at(*at) for title in absent]
        persons = [place for place in columns if personal_title(titles[place])]
        faults += [SheetError("personal-column", title=titles[place]).at(*at) for place in persons]
        kept = {place: column for place, column in columns.items() if place not in persons}
        self._refuse_both(kept, constants)
        manner = Manner(str(spec.get("separator", Manner.separators)), str(spec.get("dates", Manner.dates)))
        return SheetPlan(grid, table, header, kept, constants, manner), faults

    def _header(self, grid: Grid, wanted: dict[str, SheetColumn], spec: dict[str, Any]) -> int:
        if "header" in spec:
            if spec["header"] not in grid.lines:
                raise self._fault(Phrase("card-header", given=spec["header"]))
            return grid.lines.index(spec["header"])
        matched = [sum(fold(cell) in wanted for cell in row) for row in grid.rows]
        return matched.index(max(matched)) if matched else 0

    def _constants(self, spec: dict[str, Any]) -> dict[str, Any]:
        constants = spec.get("constants") or {}
        if not isinstance(constants, dict):
            raise self._fault(Phrase("card-constants"))
        return constants

    def _target(self, name: str, table: SheetTable) -> SheetColumn:
        column = table.column_by_name(name) or table.column_by_title(name)
        if column is None:
            close = nearest(name, [column.words["fr"] for column in table.columns])
            raise self._fault(Phrase("card-column", name=name, nearest=close))
        return column

    def _refuse_both(self, columns: dict[int, SheetColumn], constants: dict[str, str]) -> None:
        """A constant would fill the empty cells of a column with what nobody said."""
        for column in columns.values():
            if column.name in constants:
                raise self._fault(Phrase("card-both", column=column.words))

    def _refuse_unknown(self, names: list[Any], known: list[str]) -> None:
        for name in names:
            if name not in known:
                raise self._fault(Phrase("card-word", name=name, known=", ".join(known)))

    def _fault(self, reason: Phrase) -> SheetError:
        return SheetError("bad-sheet-card", file=self.file, reason=reason)
