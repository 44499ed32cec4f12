"""SHACL validation (pyshacl) of the merged and evidence graphs, told as findings at the rows they come from.

The rows of a register (`claims: record` in its card) come out of one mapping: two that fill the same columns, with
the same concepts of our lists, give the same statements but for their words. SHACL in Python takes some milliseconds
a thing, which is hours for a country; so one row of each form is validated, with whatever it leads to, and the
others are set aside. What depends on words alone (dates, codes, keys) is checked in each cell when it is read.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

import pyoxigraph as ox
import rdflib
from pyshacl import validate as shacl
from rdflib.namespace import SH

from maillage.errors import Finding, Phrase
from maillage.graph.rules import EVIDENCE, MERGED
from maillage.graph.suspects import narrow
from maillage.locales import LANGUAGES
from maillage.ontology import shapes
from maillage.sources.records import Record
from maillage.terms import LIST, compact, expand

SEVERITY: dict[object, str] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
Places = Mapping[str, tuple[str, int]]
SUBJECT = ox.NamedNode(expand("rdf:subject"))
# From a body to the many that belong to it, and no shape asks anything of them (tests/graph/test_forms.py).
DOWNWARDS = frozenset(ox.NamedNode(expand(name)) for name in ("org:hasMember", "org:hasSubOrganization"))
Form = tuple[str, tuple[tuple[str, int, tuple[str, ...]], ...]]


def validate(store: ox.Store, places: Places, aside: set[str] | None = None) -> list[Finding]:
    """What the shapes say of the graph, worst first. `places`: IRI of a thing -> file and line of its row.

    `aside`: things that others of their form stand for (see `form`).

    A result on a thing that no row names (a part, a derived thing) keeps the IRI in place of the file.
    """
    statements, asked = narrow(validation_store(store, aside or set()), shapes())
    data = rdflib.Graph().parse(data=statements, format="nt")
    _, results, _ = shacl(data, shacl_graph=asked, inference="none", advanced=False, inplace=True)
    if not isinstance(results, rdflib.Graph):
        return []
    found = {_finding(results, node, places) for node in results.objects(None, SH.result)}
    rank = {severity: place for place, severity in enumerate(SEVERITY.values())}
    return sorted(found, key=lambda one: (rank[one.severity], one.file, one.line or 0, one.words.message("fr")))


def _finding(results: rdflib.Graph, node: rdflib.term.Node, places: Places) -> Finding:
    focus = str(results.value(node, SH.focusNode))
    severity = SEVERITY.get(results.value(node, SH.resultSeverity), "error")
    words = {str(m.language): str(m) for m in results.objects(node, SH.resultMessage) if hasattr(m, "language")}
    value, path = results.value(node, SH.value), results.value(node, SH.resultPath)
    held = f" ({compact(str(value))})" if value is not None else ""
    file, line = places.get(focus, (compact(focus), None))
    said = Phrase("shape", words={lang: words.get(lang, "") for lang in LANGUAGES}, held=held)
    return Finding(file, line, compact(str(path)) if path is not None else None, severity, said)


def form(record: Record) -> Form:
    """The mapping of a row and the columns it fills: whether with several values, and with which concepts."""
    filled = [
        (column, min(len(values), 2), tuple(sorted(value.text for value in values if value.text.startswith(LIST))))
        for column, values in sorted(record.values.items())
        if values
    ]
    return record.mapping, tuple(filled)


def set_aside(records: Iterable[Record], registers: Collection[str], iri_of: Callable[[Record], str]) -> set[str]:
    """The things of registers that another row of their form stands for, by IRI."""
    kept: dict[Form, str] = {}
    aside: set[str] = set()
    for record in (record for record in records if record.source in registers):
        thing = iri_of(record)
        if kept.setdefault(form(record), thing) is not thing:
            aside.add(thing)
    return aside - set(kept.values())


def validation_store(store: ox.Store, aside: set[str]) -> ox.Store:
    """Merged and evidence (in the default graph) without what is set aside, unless something kept leads to it.

    A body does not lead to those that belong to it (`DOWNWARDS`): through them it leads to a whole register. Nor does
    an IRI given up lead to the one that replaced it: where registers overlap, every row has such an IRI.
    """
    said = store.quads_for_pattern(None, SUBJECT, None, EVIDENCE)
    claims = {quad.subject for quad in said if _name(quad.object) in aside}
    found, wanted = ox.Store(), set[str]()
    quads = (quad for graph in (MERGED, EVIDENCE) for quad in store.quads_for_pattern(None, None, None, graph))
    kept = [quad for quad in quads if not _of(quad.subject, aside) and quad.subject not in claims]
    while kept:
        found.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in kept)
        names = {_name(quad.object) for quad in kept if quad.predicate not in DOWNWARDS and _of(quad.object, aside)}
        led, wanted = names - wanted, wanted | names
        kept = [quad for name in led for quad in store.quads_for_pattern(ox.NamedNode(name), None, None, MERGED)]
    return found


def _of(node: object, aside: set[str]) -> bool:
    """Is it one of those, or a part of one (an identifier), whose IRI lies under its own?"""
    name = _name(node)
    return name in aside or name.rpartition("/")[0] in aside


def _name(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""
