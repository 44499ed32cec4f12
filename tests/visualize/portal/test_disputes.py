"""What sources disagree on bears a mark with its values; a date only less precise, or another spelling, bears none."""

from pathlib import Path

import pyoxigraph as ox

from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import expand, graph_iri
from maillage.visualize.portal.explorer import read_world
from maillage.visualize.portal.thing import Texts, disputes

# One lab whose two pages give two years; one whose second page gives the day; one called otherwise by its page.
GRAPH = """
@prefix : <https://w3id.org/maillage/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix mai: <https://w3id.org/maillage/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
schema:foundingDate rdfs:label "création"@fr, "founding"@en .
skos:altLabel rdfs:label "autre nom"@fr, "other name"@en .
:disputed rdfs:label "Lab Un"@fr, "Lab Un"@en .
:refined rdfs:label "Lab Deux"@fr, "Lab Deux"@en .
:spelt a org:Organization ; skos:prefLabel "Lab Trois" ; rdfs:label "Lab Trois"@fr, "Lab Trois"@en .
:one dcterms:title "Page 1" . :two dcterms:title "Page 2" .
:c1 rdf:subject :disputed ; rdf:predicate schema:foundingDate ; rdf:object "2016" ; dcterms:source :one .
:c2 rdf:subject :disputed ; rdf:predicate schema:foundingDate ; rdf:object "2017-05-01" ; dcterms:source :two .
:c3 rdf:subject :refined ; rdf:predicate schema:foundingDate ; rdf:object "2016" ; dcterms:source :one .
:c4 rdf:subject :refined ; rdf:predicate schema:foundingDate ; rdf:object "2016-05-01" ; dcterms:source :two .
:c5 rdf:subject :spelt ; rdf:predicate skos:altLabel ; rdf:object "Le Lab'3" ; dcterms:source :one ; mai:passage :p .
"""


def marks(store: ox.Store) -> dict[tuple[str, str], Texts]:
    return disputes({lang: run(EmbeddedStore(store), "disagreements", {}, lang).rows() for lang in ("fr", "en")})


def test_only_two_values_are_marked() -> None:
    store = ox.Store()
    store.load(GRAPH.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph_iri("evidence")))
    asked = run(EmbeddedStore(store), "disagreements", {}, "fr").rows()
    assert {str(row["subjectLabel"]) for row in asked} == {"Lab Un", "Lab Trois"}, "the spelling is known"
    assert marks(store) == {
        ("https://w3id.org/maillage/id/disputed", expand("schema:foundingDate")): {
            "fr": "sources en désaccord\u00a0: 2016, 1er mai 2017",
            "en": "sources disagree: 2016, 1 May 2017",
        }
    }


def test_a_page_and_a_sheet_bear_the_mark(ran: tuple[Path, str]) -> None:
    """One page says that LaBase began in 2016, another in 2017; of Ti Lab no two pages tell two things."""
    portal, mark = ran[0] / "portal", "sources en désaccord\u00a0: 2016, 2017"
    page = (portal / "id/organisation/labase.html").read_text(encoding="utf-8")
    for year in ("2016", "2017"):
        assert f'<dt>création</dt><dd>{year} <span class="disputed">{mark}</span>' in page
    assert 'class="disputed"' not in (portal / "id/organisation/ti-lab.html").read_text(encoding="utf-8")
    bodies = {one["id"]: one for one in read_world(portal / "data/world.js")["bodies"]}
    assert bodies["organisation/labase"]["disputed"]["start"] == {"fr": mark, "en": "sources disagree: 2016, 2017"}
    assert "disputed" not in bodies["organisation/ti-lab"]
