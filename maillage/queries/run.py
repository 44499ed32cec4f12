"""Asks a question of the catalogue: binds the values, asks the store once, puts the rows in order."""

import re
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from maillage.queries.catalogue import Query, question
from maillage.queries.parameters import bind, terms_of
from maillage.store import Store
from maillage.table import BETWEEN, Column, Table
from maillage.terms import fold

NO_VALUES: Mapping[str, str] = {}
LAST_DATE = re.compile(r"\b(\d{4}(?:-\d\d){0,2})\)$")


def run(store: Store, name: str, values: Mapping[str, str] = NO_VALUES, lang: str = "fr") -> Table:
    """The rows of a question, in the order of its sort key; ties are broken by the other columns.

    Raises `unknown-question`, or a QuestionError about a value.
    """
    text = sparql(store, name, values, lang)
    return replace(sort_rows(store.ask(text), question(name)), query=text)


def sparql(store: Store, name: str, values: Mapping[str, str] = NO_VALUES, lang: str = "fr") -> str:
    """The query as it is asked, for whoever wants to run it elsewhere."""
    query = question(name)
    return bind(query, terms_of(store, query, values, lang), lang)


def sort_rows(table: Table, query: Query) -> Table:
    """The rows on the question's key; names by their folded form, as a French dictionary does; None last."""
    table = _gather_lists(table, query.lists, query.newest) if query.lists else table
    names = [*query.sort, *(name for name in table.names if name not in query.sort)]
    keys = {key.name: (key, name) for place, name in enumerate(names) for key in _keys(table, name, place)}
    falls = [name in query.highest for _, name in keys.values()]
    with_keys = table.frame.with_columns(key for key, _ in keys.values())
    in_order = with_keys.sort(list(keys), descending=falls, nulls_last=True, maintain_order=True)
    return Table(in_order.select(table.names), table.columns)


def _gather_lists(table: Table, lists: tuple[str, ...], newest: tuple[str, ...]) -> Table:
    """One row for those that differ in their lists only: each list holds its distinct values, in their order."""
    apart = [name for name in table.names if name not in lists]
    values = [pl.col(name).cast(pl.String).drop_nulls().unique() for name in lists]
    frame = table.frame.group_by(apart, maintain_order=True).agg(values)
    joined = [
        pl.Series(name, [_join(cells, name in newest) for cells in frame.get_column(name).to_list()], dtype=pl.String)
        for name in lists
    ]
    columns = tuple(Column(column.name, "text") if column.name in lists else column for column in table.columns)
    return Table(frame.with_columns(joined).select(table.names), columns)


def _join(values: list[str], newest: bool) -> str | None:
    """The values in folded order or, `newest`, by the date that each ends with, the latest first, none last."""
    ordered = sorted(values, key=lambda text: (fold(text), text))
    if newest:
        ordered.sort(key=LAST_DATE.findall, reverse=True)
    return BETWEEN.join(ordered) or None


def _keys(table: Table, name: str, place: int) -> list[pl.Series]:
    cells = table.frame.get_column(name)
    raw = cells.alias(f"__{place}_raw")
    if table.column(name).kind not in ("label", "text", "term"):
        return [raw]
    forms = {text: fold(text) for text in cells.drop_nulls().unique()}
    folded = cells.replace_strict(forms, default=None, return_dtype=pl.String)
    return [folded.alias(f"__{place}_folded"), raw]
