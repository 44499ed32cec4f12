"""A small graph in Turtle, with the lists of the ontology, after some of the rules."""

from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from maillage.graph.rules import MERGED, apply_rules, read_rules
from maillage.ontology import list_triples
from maillage.terms import PARTIES


def after(file: str, names: Collection[str], today: str, largest: int = PARTIES) -> ox.Store:
    """The merged graph of a file of this folder, as the rules of these names leave it on a day."""
    store = ox.Store()
    store.load((Path(__file__).parent / file).read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=MERGED)
    store.extend(ox.Quad(t.subject, t.predicate, t.object, MERGED) for t in list_triples())
    rules = [rule for rule in read_rules()[0] if rule.name in names]
    assert {rule.name for rule in rules} == set(names)
    assert apply_rules(store, rules, today, largest)[1] == []
    return store
