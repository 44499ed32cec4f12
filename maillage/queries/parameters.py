"""From a value that a person typed to a term of the graph, and from the term into the query.

A value is always resolved or parsed to a term and written by the serialiser of terms, so that it can never
change the query.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from maillage.errors import Phrase, QuestionError
from maillage.graph.facade import day
from maillage.locales import LANGUAGES, OURS
from maillage.queries.catalogue import Parameter, Query, question
from maillage.store import Store
from maillage.store.values import values_block, with_values
from maillage.table import Cell
from maillage.terms import concept_iri, expand, fold, iri, slug

Row = dict[str, Cell]
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
    for name in given:
        if name not in known:
            listed = ", ".join(f"--{other}" for other in known) or "—"
            raise QuestionError("unknown-parameter", query=query.name, name=name, known=listed)
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            hint = {word: f"{said}." for word, said in parameter.words.items()}
            raise QuestionError("missing-parameter", query=query.name, name=parameter.name, hint=hint)
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
    near = _nearest(fold(value), [row for row in rows if sort.holds(row)])
    return QuestionError("unknown-value", value=value, kind=sort.name, nearest=", ".join(near) or "—")


def _nearest(folded: str, rows: Iterable[Row]) -> list[str]:
    """Names that hold the words come first, then those spelled nearly so."""
    labels: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (str(row["folded"]), str(row["thing"]))):
        labels.setdefault(str(row["folded"]), str(row["thingLabel"]))
    words = set(folded.split())
    holding = [name for name in labels if words & set(name.split())]
    holding.sort(key=lambda name: (-len(words & set(name.split())), len(name), name))
    similar = difflib.get_close_matches(folded, labels, n=NEAREST, cutoff=0.6)
    return list(dict.fromkeys(labels[name] for name in [*holding, *similar]))[:NEAREST]
