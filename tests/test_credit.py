"""The sources that an answer is credited to, where its question asks another within it: those that lead to its rows."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from maillage.credit.credits import MOST_ROWS, Credits
from maillage.credit.patterns import Untraceable, statement_queries
from maillage.credit.sources import Lineage
from maillage.graph.algebra import read
from maillage.queries import catalogue, question
from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import PREFIXES, graph_iri, iri
from tests.shared_run import SharedRun

HEAD = (
    "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    + "@base <https://w3id.org/maillage/id/> ."
)
PROLOGUE = (
    "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    + "PREFIX i: <https://w3id.org/maillage/id/territory/>\n"
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


def sources(store: EmbeddedStore, name: str, **values: str) -> set[str]:
    """The sources of an answer, by their own name."""
    return named(Credits(store).sources(run(store, name, values)))


def named(found: set[str]) -> set[str]:
    return {source.rpartition("/")[2] for source in found}


def behind(store: EmbeddedStore, query: str) -> set[str]:
    """The same for a query of one's own."""
    table = store.ask(f"{PROLOGUE}{query}")
    return named(Credits(store).sources(replace(table, query=f"{PROLOGUE}{query}")))


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
    with pytest.raises(Untraceable, match="many"):
        sources(store, "incubators-and-owners")


@pytest.mark.usefixtures("built_out")
def test_the_order_in_which_an_engine_writes_statements_changes_no_credit(article_run: SharedRun) -> None:
    store, draw = EmbeddedStore(article_run.store), Random(16)
    asked = statement_queries(run(store, "evidence-of", {"thing": "Ti Lab"}).query, MOST_ROWS) or []
    lines = b"".join(store.construct(one.statements) for one in asked).splitlines(keepends=True)
    orders = (draw.sample(lines, len(lines)) for _ in range(12))
    found = {frozenset(Lineage(store).behind(b"".join(order))) for order in orders}
    assert found == {frozenset({iri("source", "horizons-publics-2021"), iri("source", "insee-cog")})}


BOTH = {"labos", "ailleurs"}
LABS = {  # the labs of « Une » and where they are, whatever the layout: atlas and labos, never ailleurs
    "a pattern a line": """SELECT ?lab WHERE {
        ?lab a mai:InnovationLab .
        ?lab mai:territory ?p .
        ?p mai:within i:une .
    }""",
    "one subject": "SELECT ?lab { ?lab a mai:InnovationLab ; mai:territory ?p . ?p mai:within i:une }",
    "one line": "select*{?lab a mai:InnovationLab;mai:territory ?p.?p mai:within i:une.}",
    "a path": "SELECT ?lab { ?lab mai:territory/mai:within i:une ; a mai:InnovationLab }",
    "a path of any length": "SELECT ?lab { ?lab a mai:InnovationLab ; mai:territory/mai:within* i:une }",
    "the other way": "SELECT ?lab { i:une ^mai:within ?p . ?p ^mai:territory ?lab . ?lab a mai:InnovationLab }",
    "a node without a name": "SELECT ?lab { ?lab a mai:InnovationLab ; mai:territory [ mai:within i:une ] }",
    "subqueries": """SELECT ?lab {
        { SELECT ?lab { ?lab a mai:InnovationLab ; mai:territory ?in } } { SELECT ?in { ?in mai:within i:une } }
        ?lab mai:territory ?in }""",
    "a comment with braces": """SELECT ?lab { # } { ?x ?y ?z .
        ?lab a mai:InnovationLab ; mai:territory ?p . ?p mai:within i:une }""",
    "IRIs written whole": """SELECT ?lab { ?lab a <https://w3id.org/maillage/def#InnovationLab> ;
        <https://w3id.org/maillage/def#territory> ?p . ?p <https://w3id.org/maillage/def#within> i:une }""",
}


@pytest.mark.parametrize("layout", LABS)
def test_a_query_is_credited_to_what_it_used_whatever_its_layout(layout: str) -> None:
    assert behind(told(PLACED), LABS[layout]) == {"atlas", "labos"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT ?lab { ?lab a mai:InnovationLab } ORDER BY DESC(?lab) LIMIT 1", {"labos"}),
        ("SELECT ?p { ?p mai:level ?level } GROUP BY ?p HAVING (COUNT(*) > 9)", set()),
        ("ASK { ?lab a mai:InnovationLab ; rdfs:label \"Labo\"@fr }", {"labos"}),
        ("ASK { ?lab a mai:InnovationLab ; rdfs:label \"Absent\"@fr }", set()),
        ("SELECT ?p { ?p a mai:Territory . FILTER NOT EXISTS { ?p mai:foldedLabel ?name } }", {"ailleurs"}),
        ("SELECT ?p { ?p a mai:Territory MINUS { ?lab mai:territory ?p } }", {"atlas"}),
        ("SELECT * { ?lab a mai:InnovationLab OPTIONAL { ?lab mai:territory ?p FILTER(?p = i:deux) } }", BOTH),
        ("SELECT (COUNT(*) AS ?n) { ?lab mai:territory i:nulle-part }", set()),
        ("SELECT ?x { VALUES ?x { i:une i:deux } ?x mai:foldedLabel ?name }", {"atlas"}),
    ],
)  # fmt: skip
def test_what_a_query_leaves_out_is_not_credited(query: str, found: set[str]) -> None:
    lone = PLACED.replace('ailleurs   <territory/deux> mai:foldedLabel "deux"\n', "")
    assert behind(told(lone), query) == found


def test_every_question_tells_what_it_rests_on() -> None:
    assert [name for name in catalogue() if not statement_queries(question(name).text, MOST_ROWS)] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("SELECT ?a WHERE { ?a !rdfs:label ?c }", "path"),
        ("SELECT ?a WHERE { ?a (rdfs:label/rdfs:label)* ?c }", "path"),
        ("SELECT ?a WHERE { ?a ?b ?c ", "unread"),
        ("SELECT ?a WHERE { ?a unknown:name ?c }", "unread"),
        ("DESCRIBE ?a", "unread"),
    ],
)
def test_what_cannot_be_told_is_not_guessed_at(text: str, why: str) -> None:
    with pytest.raises(Untraceable, match=why):
        statement_queries(text, MOST_ROWS)


@pytest.mark.parametrize("spoiled", ["", "{}", '{"parts": [[]]}', "[1]", "\x00"])
def test_a_reading_that_was_spoiled_is_made_again(
    spoiled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    text = "SELECT * { ?a <x:p> ?b ; <x:q>|<x:r> [] }"
    read.cache_clear()
    first = read(text)
    [kept] = tmp_path.rglob("*.json")
    kept.write_text(spoiled, encoding="utf-8")
    read.cache_clear()
    assert read(text) == first
    assert first.always == ("?a", "?b")
