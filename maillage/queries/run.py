"""Asks a question of the catalogue: binds the values, asks the store once, puts the rows in order."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from maillage.queries.catalogue import Query, question
from maillage.queries.parameters import bind, terms_of
from maillage.store import Store
from maillage.table import Table
from maillage.terms import fold

NO_VALUES: Mapping[str, str] = {}


def run(store: Store, name: str, values: Mapping[str, str] = NO_VALUES, lang: str = "fr") -> Table:
    """The rows of a question, in the order of its sort key; ties are broken by the other columns.

    Raises UnknownQuestion, or a QuestionError about a value.
    """
    query = question(name)
    text = bind(query, terms_of(store, query, values, lang), lang)
    return replace(ordered(store.ask(text), query), asked=text)


def sparql(store: Store, name: str, values: Mapping[str, str] = NO_VALUES, lang: str = "fr") -> str:
    """The query as it is asked, for whoever wants to run it elsewhere."""
    query = question(name)
    return bind(query, terms_of(store, query, values, lang), lang)


def ordered(table: Table, query: Query) -> Table:
    """The rows on the question's key; names by their folded form, as a French dictionary does; None last."""
    names = [*query.sort, *(name for name in table.names if name not in query.sort)]
    keys = [key for place, name in enumerate(names) for key in _keys(table, name, place)]
    with_keys = table.frame.with_columns(keys)
    in_order = with_keys.sort([key.name for key in keys], nulls_last=True, maintain_order=True)
    return Table(in_order.select(table.names), table.columns)


def _keys(table: Table, name: str, place: int) -> list[pl.Series]:
    cells = table.frame.get_column(name)
    raw = cells.alias(f"__{place}_raw")
    if table.column(name).kind not in ("label", "text", "term"):
        return [raw]
    forms = {text: fold(text) for text in cells.drop_nulls().unique()}
    folded = cells.replace_strict(forms, default=None, return_dtype=pl.String)
    return [folded.alias(f"__{place}_folded"), raw]
