"""An event of which no territory is said is held at its host's, and that is implied."""

import pyoxigraph as ox

from maillage.terms import MAI, concept_iri, graph_iri, iri
from tests.cases import TODAY
from tests.graph.after import after

HELD = {"workshop": "town", "council": "region"}


def test_a_host_implies_where() -> None:
    store = after("hosts.ttl", {"territory-of-place", "territory-of-host"}, TODAY)
    implied, wanted = concept_iri("certainty", "implied"), set()
    for event, territory in HELD.items():
        for name, value in (("territory", iri("territory", territory)), ("territoryCertainty", implied)):
            nodes = (ox.NamedNode(one) for one in (iri("event", event), f"{MAI}{name}", value))
            wanted.add(ox.Triple(*nodes))
    rule = ox.NamedNode(graph_iri("rule", "territory-of-host"))
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, rule)} == wanted
