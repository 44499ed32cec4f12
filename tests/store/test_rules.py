"""The rules that call no function of ours derive the same on every store: none, one and two certainties, days, sums."""

import pyoxigraph as ox
import pytest

from maillage.graph.rules import Rule, read_rules
from maillage.store.values import with_values
from maillage.terms import PARTIES, XSD, graph_iri
from tests.cases import TODAY
from tests.graph import test_page_years
from tests.graph.test_ties import RULES, world
from tests.store.conftest import Data

OURS = {"tie", "carrying", "partnership"}  # they call functions of ours
PATHS = {"lineage"}  # it goes along paths of which neither end is known, which Virtuoso 7 cannot compile
YEARS = {"page-year", "tie-page-year"}  # of another small world
PORTABLE = [rule for rule in read_rules()[0] if rule.name in (RULES | YEARS) - OURS - PATHS]


def derived(rule: Rule) -> set[str]:
    """What the rule gave here, where it ran on the small world of `tests/graph/ties.ttl` or `page-years.ttl`."""
    graph = ox.NamedNode(graph_iri("rule", rule.name))
    store = test_page_years.world() if rule.name in YEARS else world()
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, graph)}


@pytest.mark.parametrize("rule", PORTABLE, ids=lambda rule: rule.name)
def test_a_rule_gives_the_same_everywhere(rule: Rule, engine_name: str, data: Data) -> None:
    name, made = ("page-years", test_page_years.world) if rule.name in YEARS else ("ties", world)
    data.embedded(name, made)
    text = with_values(with_values(rule.text, "today", [f'"{TODAY}"^^<{XSD}date>']), "largest", [str(PARTIES)])
    found = data.remote(name, engine_name).construct(text)
    there = {str(triple) for triple in ox.parse(found, format=ox.RdfFormat.N_TRIPLES)}
    assert derived(rule)
    assert there == derived(rule)
