"""Asks a question of the catalogue: binds the values, asks the store once, puts the rows in order.

A value that a person typed is always resolved or parsed to a term and written by the serialiser of terms, so that it
can never change the query.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import pyoxigraph as ox

from maillage.errors import Phrase, QuestionError
from maillage.graph.facade import day
from maillage.locales import LANGUAGES, OURS
from maillage.queries.catalogue import Parameter, Query, question
from maillage.store import Store
from maillage.store.search import NamedThing, NameIndex
from maillage.store.values import values_block, with_language, with_values
from maillage.table import BETWEEN, Cell, Column, Table
from maillage.terms import concept_iri, expand, fold, iri, slug

Row = dict[str, Cell]
Ask = Callable[[str], Table]
NEAREST = 6
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(frozen=True)
class Sort:
    """What a value of a type may name: classes, schemes of concepts, kinds of minted IRIs (for keys)."""

    name: Phrase
    classes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    minted: tuple[str, ...] = ()

    def holds(self, row: Row) -> bool:
        if self.schemes:
            return row["scheme"] in {concept_iri(scheme, "").rstrip("/") for scheme in self.schemes}
        return not self.classes or row["class"] in {expand(name) for name in self.classes}


SORTS = {
    "organisation": Sort(Phrase("kind-of-organisation"), ("org:Organization",), (), ("organisation",)),
    "lab": Sort(Phrase("kind-of-lab"), ("mai:InnovationLab",), (), ("organisation",)),
    "event": Sort(Phrase("kind-of-event"), ("schema:Event", "schema:EventSeries"), (), ("event",)),
    "territory": Sort(Phrase("kind-of-territory"), ("mai:Territory",), (), ("territory",)),
    "theme": Sort(Phrase("kind-of-theme"), ("skos:Concept",), ("theme", "method")),
    "source": Sort(Phrase("kind-of-source"), ("mai:Source",), (), ("source",)),
    "thing": Sort(Phrase("kind-of-thing"), minted=("organisation", "event", "programme")),
}


def bind(query: Query, terms: Mapping[str, str], lang: str) -> str:
    """The text of the question, each `VALUES ?x { UNDEF }` and the language filled in by serialised terms."""
    text = query.text
    for name, term in terms.items():
        text = with_values(text, name, [term])
    spoken = ox.Literal(lang if lang in OURS else LANGUAGES[0])  # the graph has no names in a third language
    return re.sub(r'VALUES\s+\?lang\s*\{\s*"fr"\s*\}', values_block("lang", [str(spoken)]), text)


def terms_of(store: Store, query: Query, values: Mapping[str, str], lang: str) -> dict[str, str]:
    """The serialised term of each value given. Raises a QuestionError that says what was expected."""
    given = {name: value.strip() for name, value in values.items() if value and value.strip()}
    known = {parameter.name: parameter for parameter in query.parameters}
    asked = Phrase("the-question", name=query.name)
    for name in given:
        if name not in known:
            listed = ", ".join(f"--{other}" for other in known) or "—"
            raise QuestionError("unknown-parameter", asked=asked, name=name, known=listed)
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            hint = {word: f"{said}." for word, said in parameter.words.items()}
            raise QuestionError("missing-parameter", asked=asked, name=parameter.name, hint=hint)
    return {name: term(store, known[name], value, lang) for name, value in given.items()}


def term(store: Store, parameter: Parameter, value: str, lang: str = "fr") -> str:
    """The term that a value names, in SPARQL syntax: an IRI, a date or a text."""
    if parameter.type == "date":
        return _day(value)
    if parameter.type == "text":
        return str(ox.Literal(value))
    return str(ox.NamedNode(resolve(store, parameter.type, value, lang)))


def _day(value: str) -> str:
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise QuestionError("bad-value", value=value, wanted=Phrase("value-day", day=_example(value))) from None
    return str(day(value))


def _example(value: str) -> str:
    """The day that was meant, where it can be told, else some other, as it is written here."""
    found = _FRENCH_DAY.fullmatch(value)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else "2021-11-29"
    except ValueError:
        return "2021-11-29"


def resolve(store: Store, type_: str, value: str, lang: str = "fr") -> str:
    """The IRI of what the value names: an IRI, a label or acronym in any case and accent, a code, or its key.

    Raises `unknown-value` with the nearest names, or `ambiguous-value` with every candidate.
    """
    sort = SORTS[type_]
    asked = value.removeprefix("<").removesuffix(">")
    if re.match(r"https?://", asked):
        return _check_iri(store, type_, asked, lang)
    found = _rows_by_iri(store, sort, {"folded": str(ox.Literal(fold(value)))}, lang)
    for kind in sort.minted if not found else ():
        found |= _rows_by_iri(store, sort, {"thing": str(ox.NamedNode(iri(kind, slug(value))))}, lang)
    if not found:
        raise _unknown(store, sort, value, lang)
    if len(found) > 1:
        kinds = {thing: f" ({row['kindLabel']})" if row["kindLabel"] else "" for thing, row in found.items()}
        listed = sorted(f"{row['thingLabel']}{kinds[thing]} <{thing}>" for thing, row in found.items())
        raise QuestionError("ambiguous-value", value=value, candidates=" ; ".join(listed))
    return next(iter(found))


def _check_iri(store: Store, type_: str, asked: str, lang: str) -> str:
    """An IRI of the right type; as a `thing` any IRI goes, since participations and claims have no name."""
    sort = SORTS[type_]
    try:
        node = ox.NamedNode(asked)
    except ValueError:
        raise _unknown(store, sort, asked, lang) from None
    if type_ != "thing" and not _rows_by_iri(store, sort, {"thing": str(node)}, lang):
        raise _unknown(store, sort, asked, lang)
    return asked


def _rows_by_iri(store: Store, sort: Sort, terms: Mapping[str, str], lang: str) -> dict[str, Row]:
    rows = store.ask(bind(question("names"), terms, lang)).rows()
    return {str(row["thing"]): row for row in rows if sort.holds(row)}


def _unknown(store: Store, sort: Sort, value: str, lang: str) -> QuestionError:
    rows = store.ask(bind(question("names"), {}, lang)).rows()
    names: dict[str, set[str]] = defaultdict(set)
    for row in filter(sort.holds, rows):
        names[str(row["thing"])].add(fold(str(row["folded"])))
    shown = {str(row["thing"]): str(row["thingLabel"]) for row in rows}
    things = (NamedThing(thing, {lang: shown[thing]}, frozenset(some)) for thing, some in names.items())
    with closing(NameIndex.of(things)) as index:
        hits = index.seek(value, NEAREST)
    near = dict.fromkeys(hit.labels[lang] for hit in (*hits.found, *hits.near))
    return QuestionError("unknown-value", value=value, kind=sort.name, nearest=", ".join(near) or "—")


NO_VALUES: Mapping[str, str] = {}
LAST_DATE = re.compile(r"\b(\d{4}(?:-\d\d){0,2})\)$")


def run(
    store: Store, name: str, values: Mapping[str, str] = NO_VALUES, lang: str = "fr", ask: Ask | None = None
) -> Table:
    """The rows of a question, in the order of its sort key; ties are broken by the other columns.

    `ask`: how its text is asked, where not of the store itself. Raises `unknown-question`, or a QuestionError about a
    value.
    """
    text = sparql(store, name, values, lang)
    return replace(sort_rows((ask or store.ask)(with_language(text)), question(name)), query=text)


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
