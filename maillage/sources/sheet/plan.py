"""Which column of a sheet is which column of ours: by the titles of the template, or by a card of one's own.

Such a card is, for a sheet whose columns are not those of the template, a short YAML file.

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

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maillage.errors import Finding, Phrase, SheetError, SourceError
from maillage.files import short_path
from maillage.locales import LANGUAGES, section
from maillage.sources.card import read_yaml
from maillage.sources.cells import nearest
from maillage.sources.sheet.grid import Grid, letters
from maillage.sources.sheet.reading import ORDERS, Manner, personal, personal_title
from maillage.sources.sheet.template import SheetColumn, SheetTable, choices
from maillage.terms import fold

MOST_TITLE_ROWS = 20  # rows among which the titles are looked for


@dataclass(frozen=True)
class SheetPlan:
    """How a grid becomes rows of a table. `header`: where its titles are in `grid.rows`; `columns`: by their place."""

    grid: Grid
    table: SheetTable
    header: int
    columns: dict[int, SheetColumn] = field(hash=False)
    constants: dict[str, str] = field(default_factory=dict, hash=False)
    manner: Manner = field(default_factory=Manner)

    @property
    def titles(self) -> list[str]:
        return self.grid.rows[self.header]

    @property
    def known_words(self) -> int:
        """How many cells hold a word of the list that their column takes from."""
        words = {
            place: {fold(word) for lang in LANGUAGES for word in choices(column, lang)}
            for place, column in self.columns.items()
        }
        below = self.grid.rows[self.header + 1 :]
        return sum(fold(row[place]) in words[place] for row in below for place in words if place < len(row))

    def findings(self) -> list[Finding]:
        return [*self.missing(), *self._double(), *self._ignored_columns()]

    def missing(self) -> Iterator[Finding]:
        said = {column.name for column in self.columns.values()} | self.constants.keys()
        for name in self.table.required_columns:
            column = self.table.column_by_name(name)
            if name not in said and column:
                found = ", ".join(filter(None, self.titles))
                yield SourceError("missing-column", column=column.words["fr"], found=found).at(*self._line())

    def _double(self) -> Iterator[Finding]:
        """A column that takes a list may be written in several."""
        titles = defaultdict(list)
        for place, column in self.columns.items():
            titles[column].append(self.titles[place])
        for column, said in titles.items():
            if len(said) > 1 and not column.card.list_of:
                error = SheetError("double-column", column=column.words["fr"], titles=", ".join(said))
                yield error.at(*self._line())

    def _ignored_columns(self) -> Iterator[Finding]:
        """Columns that hold something and are not read, those that name persons apart."""
        titles = []
        for place in range(len(self.titles)):
            cells = [row[place] for row in self.grid.rows[self.header + 1 :] if place < len(row) and row[place]]
            title = self.titles[place] or letters(place + self.grid.first)
            if place in self.columns or not cells:
                continue
            if personal_title(title) or any(map(personal, cells)):
                yield SheetError("personal-column", title=title).at(*self._line(), severity="warning")
            else:
                titles.append(title)
        if titles:
            yield SheetError("columns-ignored", titles=", ".join(titles)).at(*self._line(), severity="info")

    def _line(self) -> tuple[str, int]:
        return self.grid.name, self.grid.lines[self.header]


def by_titles(grids: list[Grid], tables: dict[str, SheetTable]) -> tuple[list[SheetPlan], list[Finding]]:
    """The plans of the grids that follow the template: those that bear the name of a table, else by their titles.

    Raises `no-table` when no grid follows it, `ambiguous-table` when the titles of one fit several tables.
    """
    named = {name: table for table in reversed(tables.values()) for name in table.titles}
    pairs = ((grid, named.get(fold(grid.sheet))) for grid in grids)
    plans = [plan for grid, table in pairs if table and (plan := plan_by_titles(grid, table))]
    plans = plans or [plan for grid in grids if (plan := _fitting(grid, tables))]
    if not plans:
        found = " ; ".join(f"{grid.sheet} : {', '.join(_first_written(grid))}" for grid in grids)
        raise SheetError("no-table", file=grids[0].file if grids else "", found=found)
    return plans, [*(finding for plan in plans for finding in plan.findings()), *_unread_grids(grids, plans)]


def _fitting(grid: Grid, tables: dict[str, SheetTable]) -> SheetPlan | None:
    """The table that has most of the titles, then most of the words of its lists, and lacks no required column."""
    fitting = [plan for table in tables.values() if (plan := plan_by_titles(grid, table)) and not list(plan.missing())]
    most = max(((len(plan.columns), plan.known_words) for plan in fitting), default=(0, 0))
    best = [plan for plan in fitting if (len(plan.columns), plan.known_words) == most]
    if len(best) > 1:
        candidates = ", ".join(plan.table.words["fr"] for plan in best)
        raise SheetError("ambiguous-table", file=grid.name, candidates=candidates)
    return best[0] if best else None


def _unread_grids(grids: list[Grid], plans: list[SheetPlan]) -> Iterator[Finding]:
    read = [plan.grid for plan in plans]
    beside = {section(lang, "sheet")[name] for lang in LANGUAGES for name in ("guide", "lists")}
    for grid in grids:
        if grid not in read and grid.sheet not in beside:
            yield SheetError("sheet-ignored", sheet=grid.sheet).at(grid.file, severity="info")


def _first_written(grid: Grid) -> list[str]:
    return next((list(filter(None, row)) for row in grid.rows if any(row)), [])


def plan_by_titles(grid: Grid, table: SheetTable) -> SheetPlan | None:
    """The plan of a grid for a table, by the titles of the row that has the most of them; None where none has any."""
    rows = [
        {place: column for place, title in enumerate(row) if title and (column := table.column_by_title(title))}
        for row in grid.rows[:MOST_TITLE_ROWS]
    ]
    header = max(range(len(rows)), key=lambda row: len(rows[row]), default=0)
    return SheetPlan(grid, table, header, rows[header]) if rows and rows[header] else None


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
        said = spec.get("constants") or {}
        if not isinstance(said, dict):
            raise self._fault(Phrase("card-constants"))
        constants = {self._target(str(name), table).name: str(text) for name, text in said.items()}
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
        for column in kept.values():
            if column.name in constants:  # it would fill the empty cells of a column with what nobody said
                raise self._fault(Phrase("card-both", column=column.words))
        manner = Manner(str(spec.get("separator", Manner.separators)), str(spec.get("dates", Manner.dates)))
        return SheetPlan(grid, table, header, kept, constants, manner), faults

    def _header(self, grid: Grid, wanted: dict[str, SheetColumn], spec: dict[str, Any]) -> int:
        if "header" in spec:
            if spec["header"] not in grid.lines:
                raise self._fault(Phrase("card-header", given=spec["header"]))
            return grid.lines.index(spec["header"])
        matched = [sum(fold(cell) in wanted for cell in row) for row in grid.rows]
        return matched.index(max(matched)) if matched else 0

    def _target(self, name: str, table: SheetTable) -> SheetColumn:
        column = table.column_by_name(name) or table.column_by_title(name)
        if column is None:
            close = nearest(name, [column.words["fr"] for column in table.columns])
            raise self._fault(Phrase("card-column", name=name, nearest=close))
        return column

    def _refuse_unknown(self, names: list[Any], known: list[str]) -> None:
        for name in names:
            if name not in known:
                raise self._fault(Phrase("card-word", name=name, known=", ".join(known)))

    def _fault(self, reason: Phrase) -> SheetError:
        return SheetError("bad-sheet-card", file=self.file, reason=reason)
