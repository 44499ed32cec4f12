"""The rows of a question in another language without asking it again, where only the names of things change."""

import re
from dataclasses import replace

import polars as pl

from maillage.locales import LANGUAGES
from maillage.queries.catalogue import Query, question
from maillage.queries.run import run, sort_rows, sparql
from maillage.store import Store
from maillage.table import ENDINGS, Table

_CHOSEN = re.compile(r'VALUES\s+\?lang\s*\{\s*"fr"\s*\}')
_NAMED = re.compile(r"FILTER\(LANG\(\?(\w+)\) = \?lang\)")


def read_names(store: Store) -> pl.DataFrame | None:
    """`thing` and its name in each language; None where a thing lacks one or has two: then whole rows would differ."""
    first, *others = (run(store, "labels", {}, lang).frame.rename({"thingLabel": lang}) for lang in LANGUAGES)
    names = first
    for other in others:
        names = names.join(other, "thing", "full", coalesce=True)
    return names if names.height == first.height and not names.null_count().sum_horizontal().item() else None


def run_again(store: Store, table: Table, name: str, lang: str, names: pl.DataFrame | None) -> Table:
    """A question in `lang`; `table`: its rows in the first language, `names`: see `read_names`."""
    if lang == LANGUAGES[0] or "?lang" not in question(name).text:
        return table
    found = _translate(table, question(name), lang, names) if names is not None else None
    if found is None:
        return run(store, name, {}, lang)
    return replace(sort_rows(found, question(name)), query=sparql(store, name, {}, lang))


def _translate(table: Table, query: Query, lang: str, names: pl.DataFrame) -> Table | None:
    """The rows in no order; None where a word is not just the name of the thing in the column beside."""
    labels = {*_NAMED.findall(query.text)}
    things = {label: label.removesuffix(ENDINGS[0]) for label in labels}
    otherwise = _NAMED.sub("", _CHOSEN.sub("", query.text))
    if query.lists or "?lang" in otherwise or not {*things, *things.values()} <= {*table.names}:
        return None
    frame = table.frame
    for label, thing in things.items():
        said = frame.select(thing=pl.col(thing).cast(pl.String)).join(names, "thing", "left", maintain_order="left")
        if not said.get_column(LANGUAGES[0]).eq_missing(frame.get_column(label)).all():
            return None
        frame = frame.with_columns(said.get_column(lang).alias(label))
    columns = (replace(one, lang=lang) if one.name in things and one.lang else one for one in table.columns)
    return Table(frame, tuple(columns))
