"""Figures read as sentences, states bear the date of their page: what the rules make of them, case by case."""

import pyoxigraph as ox
import pytest

from maillage.graph.rules import EVIDENCE, MERGED, apply_rules, read_rules
from maillage.ontology import list_triples
from maillage.terms import expand, iri

PREFIXES = """
    @base <https://w3id.org/maillage/id/> .
    @prefix certainty: <https://w3id.org/maillage/list/certainty/> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix mai: <https://w3id.org/maillage/def#> .
    @prefix qualifier: <https://w3id.org/maillage/list/qualifier/> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix schema: <https://schema.org/> .
    @prefix state: <https://w3id.org/maillage/list/state/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def after(rule: str, merged: str = "", evidence: str = "") -> ox.Store:
    """What a rule of the graph makes of some statements, the lists beside them."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object, MERGED) for t in list_triples())
    for graph, text in ((MERGED, merged), (EVIDENCE, evidence)):
        store.load((PREFIXES + text).encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    _, findings = apply_rules(store, [one for one in read_rules()[0] if one.name == rule], "2026-11-30")
    assert findings == []
    return store


def labels(store: ox.Store, thing: str) -> dict[str, str]:
    """The names shown of a thing, by language."""
    found = store.quads_for_pattern(
        ox.NamedNode(iri(*thing.split("/"))), ox.NamedNode(expand("rdfs:label")), None, None
    )
    named = {quad.object for quad in found if isinstance(quad.object, ox.Literal)}
    return {str(name.language): name.value for name in named}


@pytest.mark.parametrize(
    ("value", "qualifier", "more", "fr", "en"),
    [
        ("12000000", "exactly", '"EUR"', "12 millions d'euros", "12 million euros"),
        ("1000000", "about", '"EUR"', "environ 1 million d'euros", "about 1 million euros"),
        ("250000", "exactly", '"EUR"', "250\u202f000 euros", "250,000 euros"),
        ("1234567", "at-least", '"CHF"', "au moins 1\u202f234\u202f567 CHF", "at least 1,234,567 CHF"),
        ("3000000", "exactly", '"CHF"', "3 millions de CHF", "3 million CHF"),
        ("300", "more-than", "", "plus de 300", "more than 300"),
        ("2.5", "exactly", "", "2,5", "2.5"),
    ],
)
def test_a_figure_reads_as_a_sentence(value: str, qualifier: str, more: str, fr: str, en: str) -> None:
    money = f"; schema:currency {more}" if more else ""
    store = after(
        "figure-label",
        f"""<amount/x> mai:purpose "soutien aux labs"@fr, "support of labs"@en ; schema:value "{value}"^^xsd:decimal ;
            mai:qualifier qualifier:{qualifier} {money} .""",
    )
    assert labels(store, "amount/x") == {"fr": f"Soutien aux labs\u00a0: {fr}", "en": f"Support of labs: {en}"}


def test_a_figure_tells_its_unit() -> None:
    store = after(
        "figure-label",
        """<observation/x> mai:measure "durée"@fr, "length"@en ; mai:unit "jours"@fr, "days"@en ;
            schema:value "3"^^xsd:decimal ; mai:qualifier qualifier:exactly .""",
    )
    assert labels(store, "observation/x") == {"fr": "Durée\u00a0: 3 jours", "en": "Length: 3 days"}


def test_a_state_is_that_of_the_newest_page() -> None:
    """Two pages say it is active: the one updated last is kept. An undated page yields to a dated one."""
    said = """<claim/{n}> rdf:predicate mai:state ; rdf:subject <organisation/lab> ; rdf:object state:{state} ;
        mai:certainty certainty:{certainty} ; dcterms:source <source/{n}> ."""
    claims = [("active", "stated"), ("active", "implied"), ("active", "stated"), ("announced", "ambiguous")]
    told = "".join(said.format(n=n, state=state, certainty=certainty) for n, (state, certainty) in enumerate(claims))
    dates = """<source/0> dcterms:issued "2017"^^xsd:gYear ; dcterms:modified "2019-05-02"^^xsd:date .
        <source/1> dcterms:issued "2018-02"^^xsd:gYearMonth ."""
    store = after("state-claim", evidence=told + dates)
    kept = store.quads_for_pattern(None, ox.NamedNode(expand("mai:stateClaim")), None, MERGED)
    assert {quad.object for quad in kept} == {ox.NamedNode(iri("claim", n)) for n in ("0", "3")}
    assert labels(store, "claim/0") == {"fr": "actif (2019-05-02)", "en": "active (2019-05-02)"}
    assert labels(store, "claim/3") == {
        "fr": "annoncé (ambigu, page sans date)",
        "en": "announced (ambiguous, undated page)",
    }
    days = list(store.quads_for_pattern(None, ox.NamedNode(expand("mai:asOf")), None, MERGED))
    assert [quad.subject for quad in days] == [ox.NamedNode(iri("claim", "0"))]
