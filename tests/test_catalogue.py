"""The catalogue of questions: headers checked with the place at fault, queries that run unmodified on any engine."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path as File

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.paths import AlternativePath, Path
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from maillage.files import asset
from maillage.locales import LANGUAGES
from maillage.queries.catalogue import KEYS, Query, catalogue, question, read
from maillage.queries.manual import PAGE, page
from maillage.terms import PREFIXES
from maillage.visualize.map.spec import map_names, read_spec
from tests.refusals import raises
from tests.unused import MACHINE

QUERIES = list(catalogue().values())
EVIDENCE = {"certainty", "certaintyLabel", "source", "sourceTitle", "paragraph", "pageLink", "licenceLabel"}
GOOD = """\
#+ summary:
#+   fr: Quoi ?
#+   en: What?
#+ parameters:
#+   thing: {type: thing, fr: La chose, en: The thing}
#+ sort: [thing]
SELECT ?thing
WHERE {
  VALUES ?thing { UNDEF }
  ?thing ?is ?said .
}
"""
NOT_PORTABLE = {
    "GRAPH": r"\bGRAPH\b",
    "FROM": r"\bFROM\b",
    "SERVICE": r"\bSERVICE\b",
    "GROUP_CONCAT": r"\bGROUP_CONCAT\b",
    "ORDER BY": r"\bORDER\s+BY\b",
    "LIMIT": r"\bLIMIT\b",
}


def written(tmp_path: File, old: str = "", new: str = "") -> File:
    path = tmp_path / "actors" / "one.rq"
    path.parent.mkdir(exist_ok=True)
    assert old in GOOD
    path.write_text(GOOD.replace(old, new) if old else GOOD, encoding="utf-8")
    return path


def test_every_file_is_a_question() -> None:
    assert {query.path for query in QUERIES} == set(asset("queries").rglob("*.rq"))


def test_an_unknown_question_lists_the_nearest() -> None:
    with raises("unknown-question", match="partners-of"):
        question("partner-of")


def test_a_good_header(tmp_path: File) -> None:
    query = read(written(tmp_path))
    assert (query.name, query.theme, query.columns, query.sort) == ("one", "actors", ("thing",), ("thing",))
    assert [(p.name, p.type, p.required) for p in query.parameters] == [("thing", "thing", False)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (GOOD.partition("SELECT")[0], "", "there is none"),
        ("#+   fr: Quoi ?\n", "", "“summary” needs fr and en"),
        ("#+   fr: Quoi ?", "#+   fr: [Quoi", "one.rq:3"),
        ("#+ sort: [thing]\n", "", "“sort” is missing"),
        ("#+ sort", "#+ colour: red\n#+ sort", "one.rq:6 is at fault: “colour” is not known"),
        ("type: thing", "type: hobby", "one.rq:5 is at fault: the parameter thing needs"),
        ("type: thing,", "type: thing, requird: true,", "one.rq:5"),
        ("sort: [thing]", "sort: [name]", "one.rq:6 is at fault: name is not a column"),
        ("#+ parameters:\n#+   thing: {type: thing, fr: La chose, en: The thing}\n", "", "thing is not both"),
        ("  VALUES ?thing { UNDEF }\n", "", "one.rq:5 is at fault: thing is not both a parameter and a block"),
    ],
)
def test_a_faulty_header_is_named_with_its_place(tmp_path: File, old: str, new: str, said: str) -> None:
    with raises("bad-header") as caught:
        read(written(tmp_path, old, new))
    assert said in caught.value.sentence("en")
    assert caught.value.sentence("fr") != caught.value.sentence("en")


def test_every_key_of_a_header_is_read() -> None:
    """By what asks, shows or releases questions: the catalogue itself only fills them in."""
    others = {name: code for name, code in MACHINE.items() if name != "maillage.queries.catalogue"}
    trees = [ast.parse(code) for code in others.values()]
    read = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert KEYS | {field.name for field in fields(Query)} <= read


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_it_runs_unmodified(query: Query) -> None:
    ox.Store().query(query.text)


def paths(node: object) -> Iterator[Path]:
    """The property paths of a query's algebra, but for a choice between properties, on which engines agree."""
    if isinstance(node, AlternativePath) and all(isinstance(one, URIRef) for one in node.args):
        return
    if isinstance(node, Path):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
        yield from paths(part)


@pytest.mark.parametrize(
    ("path", "found"),
    [("rdfs:label|skos:altLabel", 0), ("rdfs:label/skos:altLabel", 1), ("mai:within*", 1), ("^mai:is", 1)],
)
def test_a_path_is_seen(path: str, found: int) -> None:
    known = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    algebra = translateQuery(parseQuery(f"{known} SELECT * {{ OPTIONAL {{ ?a {path} ?b ; rdfs:label ?c }} }}")).algebra
    assert len(list(paths(algebra))) == found


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_it_is_portable(query: Query) -> None:
    body = query.text.partition("WHERE {")[2]
    found = [name for name, pattern in NOT_PORTABLE.items() if re.search(pattern, body, re.MULTILINE)]
    found += [f"the path {path.n3()}" for path in paths(translateQuery(parseQuery(query.text)).algebra)]
    assert found == [], f"{query.path}: {found} (engines differ: CONTRIBUTING.md, “Questions are portable”)"
    assert "VALUES" not in body.rpartition("\n}")[2], f"{query.path}: a trailing VALUES"
    over_all = len(re.findall(r"^\s*SELECT\b.*\b(?:SUM|MIN|MAX|AVG)\s*\(", query.text, re.MULTILINE))
    assert over_all <= query.text.count("GROUP BY"), f"{query.path}: a sum without GROUP BY, which may be over nothing"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_labels_follow_the_language(query: Query) -> None:
    if any(name.endswith("Label") for name in query.columns if name != "licenceLabel"):
        assert 'VALUES ?lang { "fr" }' in query.text


@pytest.mark.parametrize("name", sorted({"path-links", *(read_spec(name).question for name in map_names())}))
def test_the_questions_of_maps_name_their_evidence_alike(name: str) -> None:
    assert set(question(name).columns) >= EVIDENCE


def test_words_are_in_both_languages() -> None:
    for query in QUERIES:
        for words in (query.summary, *(p.words for p in query.parameters), query.description, query.empty):
            assert not words or all(words[lang].strip() for lang in LANGUAGES), query.path
        assert query.summary["fr"] != query.summary["en"], query.path


def test_each_required_parameter_comes_with_the_meaning_of_an_empty_answer() -> None:
    assert [q.name for q in QUERIES if any(p.required for p in q.parameters) and not q.empty] == []


def test_no_parameter_hides_an_option_of_the_command_line() -> None:
    taken = {"lang", "out", "format", "output", "help", "list", "timeout", "form", "target"}
    assert [(q.name, p.name) for q in QUERIES for p in q.parameters if p.name in taken] == []


def test_the_manual_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m maillage.queries.manual"
