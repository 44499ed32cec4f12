"""SHACL validation (pyshacl) of the merged and evidence graphs, told as findings at the rows they come from."""

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
import rdflib
from pyshacl import validate as shacl
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from maillage.errors import Finding, Phrase
from maillage.graph.sample import validation_store
from maillage.locales import LANGUAGES
from maillage.ontology import shapes
from maillage.terms import compact

SEVERITY: dict[object, str] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
Places = Mapping[str, tuple[str, int]]


class CachingGraph(rdflib.Graph):
    """A graph that reads a query once: pyshacl hands the text of a SPARQL constraint over again for each thing."""

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *how: Any, **bindings: Any) -> rdflib.query.Result:
        if isinstance(query_object, str):
            text = query_object
            query_object = self._prepared.get(text) or self._prepared.setdefault(text, prepareQuery(text))
        return super().query(query_object, *how, **bindings)


def validate(store: ox.Store, places: Places, aside: set[str] | None = None) -> list[Finding]:
    """What the shapes say of the graph, worst first. `places`: IRI of a thing -> file and line of its row.

    `aside`: things that others of their form stand for (see `forms`).

    A result on a thing that no row names (a part, a derived thing) keeps the IRI in place of the file.
    """
    data = CachingGraph()
    looked_at = validation_store(store, aside or set())
    data.parse(data=looked_at.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt")
    _, results, _ = shacl(data, shacl_graph=shapes(), inference="none", advanced=False, inplace=True)
    if not isinstance(results, rdflib.Graph):
        return []
    found = {_finding(results, node, places) for node in results.objects(None, SH.result)}
    return sorted(
        found, key=lambda f: (list(SEVERITY.values()).index(f.severity), f.file, f.line or 0, f.words.message("fr"))
    )


def _finding(results: rdflib.Graph, node: rdflib.term.Node, places: Places) -> Finding:
    focus = str(results.value(node, SH.focusNode))
    severity = SEVERITY.get(results.value(node, SH.resultSeverity), "error")
    words = {str(m.language): str(m) for m in results.objects(node, SH.resultMessage) if hasattr(m, "language")}
    value, path = results.value(node, SH.value), results.value(node, SH.resultPath)
    held = f" ({compact(str(value))})" if value is not None else ""
    file, line = places.get(focus, (compact(focus), None))
    said = Phrase("shape", words={lang: words.get(lang, "") for lang in LANGUAGES}, held=held)
    return Finding(file, line, compact(str(path)) if path is not None else None, severity, said)
