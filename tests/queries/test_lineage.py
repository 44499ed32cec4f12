"""The sources that an answer is credited to, where its question asks another within it: those that lead to its rows."""

from random import Random

import pyoxigraph as ox
import pytest

from maillage.credit.credits import MOST_ROWS, Credits
from maillage.credit.sources import Lineage
from maillage.queries import catalogue, question, run
from maillage.credit.patterns import matched
from maillage.store import EmbeddedStore
from maillage.terms import PREFIXES, graph_iri, iri
from tests.shared_run import SharedRun

HEAD = (
    "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    + "@base <https://w3id.org/maillage/id/> ."
)
INCUBATED = """
registre   <participation/carte> mai:role role:incubates
registre   <participation/carte> mai:agent <organisation/fabrique>
registre   <participation/carte> mai:activity <programme/carte>
noms       <organisation/fabrique> rdfs:label "Fabrique"@fr
noms       <organisation/bureau> rdfs:label "Bureau"@fr
titres     <programme/carte> rdfs:label "La Carte"@fr
commandes  <participation/guide> mai:role role:sponsors
commandes  <participation/guide> mai:agent <organisation/bureau>
commandes  <participation/guide> mai:activity <programme/guide>
anonymes   <participation/plan> mai:role role:incubates
anonymes   <participation/plan> mai:agent <organisation/serre>
anonymes   <participation/plan> mai:activity <programme/plan>
"""  # products are counted, not named; an incubator that nobody names is in no row
PLACED = """
atlas      <territory/une> rdf:type mai:Territory
atlas      <territory/une> mai:level level:region
atlas      <territory/une> rdfs:label "Une"@fr
atlas      <territory/une> mai:foldedLabel "une"
atlas      <territory/ici> mai:level level:commune
atlas      <territory/ici> mai:within <territory/une>
labos      <organisation/labo> rdf:type mai:InnovationLab
labos      <organisation/labo> rdfs:label "Labo"@fr
labos      <organisation/labo> mai:territory <territory/ici>
ailleurs   <territory/deux> rdf:type mai:Territory
ailleurs   <territory/deux> mai:level level:region
ailleurs   <territory/deux> rdfs:label "Deux"@fr
ailleurs   <territory/deux> mai:foldedLabel "deux"
ailleurs   <organisation/autre> rdf:type mai:InnovationLab
ailleurs   <organisation/autre> rdfs:label "Autre"@fr
ailleurs   <organisation/autre> mai:territory <territory/deux>
"""


def told(statements: str) -> EmbeddedStore:
    """A graph in which each source makes its statements and no other."""
    lines, claims = [], []
    for number, line in enumerate(statements.strip().splitlines()):
        source, subject, predicate, value = line.split(maxsplit=3)
        lines.append(f"{subject} {predicate} {value} .")
        claims.append(
            f"<claim/{number}> rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {value} ;"
            f" dcterms:source <source/{source}> ."
        )
    graphs = {"merged": lines, "evidence": claims}
    text = "\n".join(f"<{graph_iri(name)}> {{ {' '.join(held)} }}" for name, held in graphs.items())
    store = ox.Store()
    store.load(f"{HEAD}\n{text}".encode(), format=ox.RdfFormat.TRIG)
    return EmbeddedStore(store)


def sources(store: EmbeddedStore, name: str, **values: str) -> set[str] | None:
    """The sources of an answer, by their own name."""
    found = Credits(store).sources(run(store, name, values))
    return None if found is None else {source.rpartition("/")[2] for source in found}


def test_what_is_counted_is_credited_where_a_row_counts_it() -> None:
    assert sources(told(INCUBATED), "incubators-and-owners") == {"registre", "noms"}


def test_what_is_counted_for_no_row_is_not_credited() -> None:
    named = f'{INCUBATED}noms <organisation/serre> rdfs:label "Serre"@fr'
    assert sources(told(named), "incubators-and-owners") == {"registre", "noms", "anonymes"}


def test_what_is_asked_within_is_that_of_the_territory_asked_for() -> None:
    store = told(PLACED)
    assert sources(store, "labs-and-products-by-territory") == {"atlas", "labos", "ailleurs"}
    assert sources(store, "labs-and-products-by-territory", territory="Une") == {"atlas", "labos"}
    assert sources(store, "labs-and-products-by-territory", territory="Deux") == {"ailleurs"}


def test_an_answer_that_counts_too_much_is_not_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    store = told(INCUBATED)
    monkeypatch.setattr("maillage.credit.credits.MOST_ROWS", 2)
    assert sources(store, "incubators-and-owners") == {"registre", "noms"}  # two participations of an incubator
    monkeypatch.setattr("maillage.credit.credits.MOST_ROWS", 1)
    assert sources(store, "incubators-and-owners") is None


def test_the_order_in_which_an_engine_writes_statements_changes_no_credit(article_run: SharedRun) -> None:
    store, draw = EmbeddedStore(article_run.store), Random(16)
    asked = matched(run(store, "evidence-of", {"thing": "Ti Lab"}).asked, MOST_ROWS) or []
    lines = b"".join(store.construct(one.statements) for one in asked).splitlines(keepends=True)
    orders = (draw.sample(lines, len(lines)) for _ in range(12))
    found = {frozenset(Lineage(store).sources(b"".join(order))) for order in orders}
    assert found == {frozenset({iri("source", "horizons-publics-2021"), iri("source", "insee-cog")})}


@pytest.mark.parametrize("name", catalogue())
def test_the_lines_of_a_question_tell_what_it_rests_on(name: str) -> None:
    assert matched(question(name).text, MOST_ROWS)


def test_a_line_with_two_properties_is_two_patterns() -> None:
    found = matched("SELECT ?a\nWHERE {\n  ?a skos:prefLabel|skos:altLabel ?name .\n}", MOST_ROWS)
    assert found
    assert [line.strip() for line in found[0].statements.splitlines()[1:3]] == [
        "?a skos:prefLabel ?name .", "?a skos:altLabel ?name .",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a WHERE { ?a ?b ?c . }",
        "SELECT ?a\nWHERE {\n  ?a rdfs:label/skos:altLabel ?c .\n}",
        "SELECT ?a\nWHERE {\n  { SELECT ?a WHERE { ?a a ?c . } GROUP BY (STR(?a)) }\n}",
    ],
)
def test_lines_that_do_not_tell_are_not_guessed_at(text: str) -> None:
    assert matched(text, MOST_ROWS) is None
