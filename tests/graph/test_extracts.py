"""A place in a page of a directory opens that page, at its words where they are given."""

import pyoxigraph as ox

from maillage.graph.rules import MERGED
from maillage.terms import MAI
from tests.cases import TODAY
from tests.graph.after import after

EX = "https://example.org/"
PAGE = "https://site.example/post"
LINKS = {
    "with-words": f"{PAGE}#:~:text=Le%20lab,et%20l%27%C3%89tat",
    "withheld": PAGE,
    "linked": "https://site.example/elsewhere",
}


def test_a_passage_opens_its_page() -> None:
    store = after("extracts.ttl", {"extract-link"}, TODAY)
    found = store.quads_for_pattern(None, ox.NamedNode(MAI + "pageLink"), None, MERGED)
    pairs = [(str(quad.subject)[1:-1], str(quad.object)[1:-1]) for quad in found]
    assert sorted(pairs) == sorted((EX + name, link) for name, link in LINKS.items())
