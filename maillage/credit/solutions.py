"""Which sources stand behind an answer, by the columns of a build: the question is asked once, with everything that it
binds, and the statements that each solution rests on are put together from it.

`patterns` and `sources` say the same by questions alone, for a store without columns.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial

import polars as pl

from maillage.credit.patterns import Select, Untraceable, query_of, read_select
from maillage.projection.columns import Columns
from maillage.projection.write import TRIPLE
from maillage.table import Table
from maillage.terms import ID, XSD

WAITING = 20  # answers whose solutions are at hand until they are credited
BARE = {
    r"^[+-]?\d+$": "integer",
    r"^[+-]?\d*\.\d+$": "decimal",
    r"^[+-]?[\d.]+[eE][+-]?\d+$": "double",
    "^(true|false)$": "boolean",
}
Rows = Callable[[], pl.DataFrame]
Terms = Callable[[str], pl.DataFrame]  # the rows of a query, in N-Triples syntax, numbers and booleans bare


class Trail:
    """Asks, and remembers what the rows rest on until they are credited; `most`: solutions of what an answer counts."""

    def __init__(self, columns: Columns, terms: Terms, most: int) -> None:
        self._columns, self._terms, self._most = columns, terms, most
        self._solutions: dict[str, pl.DataFrame] = {}
        self._sources: dict[str, set[str]] = {}

    def ask(self, text: str) -> Table:
        """The rows of a SELECT, unsorted."""
        prologue, select = read_select(text)
        if (head := select.plain_head) is None:
            return Table.from_raw(self._terms(text))
        distinct, names = head
        found = self._terms(query_of("wide", prologue=prologue, distinct=distinct, group=select.group))
        if text not in self._sources:
            self._solutions = dict([*self._solutions.items()][1 - WAITING :]) | {text: found}
        absent = [pl.lit(None, pl.String).alias(name) for name in names if name not in found.columns]
        rows = found.with_columns(absent).select(names)
        return Table.from_raw(rows.unique(maintain_order=True) if distinct else rows)

    def sources(self, text: str, bound: bool = True) -> set[str]:
        """The IRIs of the sources behind the rows of a query. Raises Untraceable."""
        if text not in self._sources:
            self._sources[text] = self._read(text, bound)
        return self._sources[text]

    def behind(self, statements: bytes) -> set[str]:
        """Those behind statements (N-Triples)."""
        lines = pl.Series("line", statements.decode().splitlines(), pl.String).to_frame()
        cut = pl.col("line").str.strip_suffix(" .").str.splitn(" ", 3).struct.rename_fields([*TRIPLE])
        return self._columns.sources(lines.select(cut.alias("cut")).unnest("cut"))

    def _read(self, text: str, bound: bool) -> set[str]:
        prologue, select = read_select(text)
        kept, around = self._solutions.pop(text, None), select.rows if select.cuts else "" if bound else "{}"
        rows = cache(lambda: self._solve(prologue, select, around, guard=bool(around)) if kept is None else kept)
        statements = pl.concat([_triples(pl.DataFrame(), ""), *self._statements(prologue, select, rows)]).unique()
        found = self._columns.sources(statements)
        if not found and statements.get_column("subject").str.starts_with(f"<{ID}").any():
            raise Untraceable("unsaid")
        return found

    def _statements(self, prologue: str, select: Select, rows: Rows) -> Iterator[pl.DataFrame]:
        """What the solutions of a group rest on, and those of its subqueries that go with them, which come first: where
        there are too many of them, the group need not be asked. One that says nothing itself is not asked.
        """
        reading = select.reading(prologue)
        for one in select.within:
            names = [name[1:] for name in one.row_variables if name in reading.always]
            yield from self._statements(prologue, one, cache(partial(self._solve_within, prologue, one, rows, names)))
        for template, further in reading.parts or ():
            if further:
                names = sorted({word for word in further.split() if word[1:] in rows().columns and word[0] == "?"})
                group = f"{_values(rows(), names)} {further}"
                yield _triples(self._terms(query_of("further", prologue=prologue, group=group)), template)
            else:
                yield _triples(rows(), template)

    def _solve_within(self, prologue: str, select: Select, rows: Rows, names: list[str]) -> pl.DataFrame:
        """The solutions of a subquery that go with those of the group around it."""
        found = self._solve(prologue, select)
        names = [name for name in names if name in found.columns]
        return _join(found, rows(), names) if names else found

    def _solve(self, prologue: str, select: Select, around: str = "", guard: bool = True) -> pl.DataFrame:
        """The solutions of a group. Raises Untraceable where there are more than are worth tracing."""
        group = f"{around} {{{select.group}}}" if around else select.group
        limit = f"LIMIT {self._most + 1}" if guard else ""
        found = self._terms(query_of("every", prologue=prologue, dataset=select.dataset, group=group, limit=limit))
        if guard and found.height > self._most:
            raise Untraceable("many")
        return found


def _join(found: pl.DataFrame, rows: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The solutions of a subquery that go with a row; an unbound variable goes with any."""
    names = [name for name in names if name in rows.columns]
    free = found.filter(pl.any_horizontal(pl.lit(not names), *(pl.col(name).is_null() for name in names)))
    return pl.concat([found.join(rows.select(names), names, "semi"), free]) if names else free


def _values(rows: pl.DataFrame, names: list[str]) -> str:
    """The values of some variables in the solutions, as a block."""
    known = rows.select(name[1:] for name in names).unique() if names else rows.clear()
    lines = (f"({' '.join(term or 'UNDEF' for term in row)})" for row in known.iter_rows())
    return f"VALUES ({' '.join(names)}) {{ {' '.join(lines)} }}" if names else ""


def _triples(rows: pl.DataFrame, template: str) -> pl.DataFrame:
    """The statements of a template, for each solution that binds all of its variables."""
    found = [pl.DataFrame(schema=dict.fromkeys(TRIPLE, pl.String))]
    for line in template.splitlines():
        terms = line.removesuffix(" .").split(" ", 2)
        if all(term[1:] in rows.columns for term in terms if term[0] == "?"):
            cells = [pl.col(term[1:]) if term[0] == "?" else pl.lit(term) for term in terms]
            named = [cell.alias(name) for cell, name in zip(cells, TRIPLE, strict=True)]
            found.append(rows.select(named).drop_nulls().unique())
    value = pl.col("object")
    for form, name in BARE.items():
        typed = pl.format('"{}"^^<' + f"{XSD}{name}>", pl.col("object"))
        value = pl.when(pl.col("object").str.contains(form)).then(typed).otherwise(value)
    return pl.concat(found).with_columns(value)
