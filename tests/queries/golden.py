"""A golden case of a question: the graph it is asked of, the rows it must give, the rows it must not.

`case.yml`: query, parameters, lang, columns of `expected.csv` as its header says, `graph`:
- `world`: `tests/queries/world.trig`, and the case's own `graph.trig` if there is one
- `own`: the case's own `graph.trig` alone
- `graph_of`, beside it: the case whose `graph.trig` is taken in place of its own
- `article`: the graph built from `data/`; `match: some` when the expected rows are not all of them
`absent` lists near misses: a mapping of cells that no row may have together.
`to_judge`: nobody has judged the rows yet; the test of the case fails until this line is taken out.

`python -m tests.queries.golden CASE` writes `expected.csv` from the answer of today, in the columns that sort the rows.
"""

import csv
import sys
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox
import yaml

from maillage.queries.catalogue import Query, question
from maillage.queries.run import bind, sort_rows, terms_of
from maillage.store import EmbeddedStore
from maillage.table import Cell, Table
from maillage.terms import ID, LIST
from tests.cases import HERE
from tests.shared_run import SharedRun

WORLD = Path(__file__).parent / "world.trig"
BUILDS: dict[str, SharedRun] = {}  # those of the session that cases may be asked of; its fixtures write them here
Rows = list[dict[str, str]]


@dataclass(frozen=True, eq=False)
class Golden:
    folder: Path
    query: Query
    parameters: dict[str, str]
    lang: str
    graph: str
    graph_of: str
    match: str
    absent: tuple[dict[str, str], ...]
    to_judge: str = ""

    @cached_property
    def columns(self) -> list[str]:
        return next(csv.reader(self._expected().splitlines()))

    @cached_property
    def rows(self) -> Rows:
        return list(csv.DictReader(self._expected().splitlines()))

    @cached_property
    def terms(self) -> dict[str, str]:
        return terms_of(store_of(self), self.query, self.parameters, self.lang)

    def _expected(self) -> str:
        return (self.folder / "expected.csv").read_text(encoding="utf-8")


@cache
def golden(folder: Path) -> Golden:
    """A case folder, its keys checked: a misspelt one would weaken the case in silence."""
    card = yaml.safe_load((folder / "case.yml").read_text(encoding="utf-8"))
    unknown = set(card) - {"query", "parameters", "lang", "graph", "graph_of", "match", "absent", "why", "to_judge"}
    assert not unknown, f"{folder.name}: unknown keys {unknown}"
    assert card["graph"] in ("world", "own", "article"), folder.name
    return Golden(
        folder,
        question(card["query"]),
        {name: str(value) for name, value in card.get("parameters", {}).items()},
        card.get("lang", "fr"),
        card["graph"],
        card.get("graph_of", folder.name),
        card.get("match", "all"),
        tuple({name: str(cell) for name, cell in row.items()} for row in card["absent"]),
        str(card.get("to_judge", "")),
    )


def answer(case: Golden, text: str | None = None) -> Rows:
    """The rows of the case's question, or of another text in its place, in the columns of expected.csv."""
    asked = case if text is None else replace(case, query=replace(case.query, text=text))
    return in_columns(asked, case.columns)


def cells(table: Table, columns: list[str]) -> Rows:
    return [{name: written(row[name]) for name in columns} for row in table.rows()]


def written(cell: Cell) -> str:
    """A cell as expected.csv has it: IRIs without their base, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).removeprefix(ID).removeprefix(LIST)


def store_of(case: Golden) -> EmbeddedStore:
    return article() if case.graph == "article" else EmbeddedStore(ox_store(case))


def ox_store(case: Golden) -> ox.Store:
    """The small graph of a case that is not asked of the article."""
    return _loaded(paths_of(case))


def paths_of(case: Golden) -> tuple[Path, ...]:
    """The files that make the graph of a case."""
    own = case.folder.with_name(case.graph_of) / "graph.trig"
    assert own.exists() or case.graph_of == case.folder.name, f"{case.folder.name}: no graph of {case.graph_of}"
    return (*([WORLD] if case.graph == "world" else []), *([own] if own.exists() else []))


@cache
def _loaded(paths: tuple[Path, ...]) -> ox.Store:
    store = ox.Store()
    for path in paths:
        store.load(path.read_bytes(), format=ox.RdfFormat.TRIG)
    return store


def article() -> EmbeddedStore:
    """The graph of the article and what it needs, as the session built it."""
    return EmbeddedStore(BUILDS["article"].store)


def in_columns(case: Golden, columns: list[str]) -> Rows:
    """The answer of today to the question of a case, which need not have expected rows yet."""
    asked = bind(case.query, case.terms, case.lang)
    return cells(sort_rows(store_of(case).ask(asked), case.query), columns)


def write(file: Path, rows: Rows, columns: list[str]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def propose(case: Golden) -> None:
    """Writes `expected.csv` as the question answers now: what somebody then judges, row by row."""
    assert case.to_judge, f"{case.folder.name}: judged already"
    columns = list(case.query.sort)
    write(case.folder / "expected.csv", in_columns(case, columns), columns)


if __name__ == "__main__":
    propose(golden(HERE / "queries" / sys.argv[1]))
