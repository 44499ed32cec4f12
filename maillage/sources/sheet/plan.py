"""Which column of a sheet is which column of ours: by the titles of the template, or by a card."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from maillage.errors import Finding, SheetError, SourceError
from maillage.locales import LANGUAGES, section
from maillage.sources.sheet.grid import Grid, letters
from maillage.sources.sheet.reading import Manner
from maillage.sources.sheet.template import SheetColumn, SheetTable, choices
from maillage.sources.sheet.wording import personal, personal_title
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
