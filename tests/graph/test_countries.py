"""The country of a body: that of its territory, a union of States for its institutions, or the one that is told."""

import pyoxigraph as ox

from maillage.graph.rules import MERGED
from maillage.terms import MAI
from tests.cases import TODAY
from tests.graph.after import after

EX = "https://example.org/"
COUNTRIES = {
    ("national", "france"),
    ("lab", "france"),
    ("former", "france"),
    ("abroad", "denmark"),
    ("commission", "union"),
    ("both", "france"),
    ("both", "denmark"),
    ("told", "denmark"),
}


def test_a_body_belongs_to_the_country_of_its_territory() -> None:
    store = after("countries.ttl", {"country"}, TODAY)
    found = store.quads_for_pattern(None, ox.NamedNode(MAI + "country"), None, MERGED)
    pairs = {(str(quad.subject)[1:-1], str(quad.object)[1:-1]) for quad in found}
    assert pairs == {(EX + body, EX + country) for body, country in COUNTRIES}
