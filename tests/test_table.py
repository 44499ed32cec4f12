"""Terms survive the way from Oxigraph's TSV into a table, whatever characters they hold."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.table import Column, Table
from maillage.terms import XSD

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t\r"\\'), max_size=40)


def answer(query: str, store: ox.Store | None = None) -> Table:
    found = (store or ox.Store()).query(query)
    assert isinstance(found, ox.QuerySolutions)
    body = found.serialize(format=ox.QueryResultsFormat.TSV)
    assert body is not None
    return Table.from_tsv(body)


@given(TEXTS)
def test_any_text_comes_back_whole(text: str) -> None:
    store = ox.Store()
    node = ox.NamedNode("http://example.org/a")
    store.add(ox.Quad(node, node, ox.Literal(text, language="fr")))
    table = answer("SELECT ?s ?o WHERE { ?s ?p ?o }", store)
    assert table.rows() == [{"s": node.value, "o": text}]
    assert table.column("o") == Column("o", "label", "fr")


@pytest.mark.parametrize(
    ("term", "kind", "value"),
    [
        ("<http://example.org/a>", "iri", "http://example.org/a"),
        ('"é"', "text", "é"),
        ('"é"@fr', "label", "é"),
        ("12", "number", 12),
        ("1.5", "number", 1.5),
        ("true", "boolean", True),
        (f'"2021-11-29"^^<{XSD}date>', "date", "2021-11-29"),
        (f'"2021"^^<{XSD}gYear>', "date", "2021"),
        ('"12"', "text", "12"),
        ('"<not an iri>"', "text", "<not an iri>"),
    ],
)
def test_each_kind_of_term(term: str, kind: str, value: object) -> None:
    table = answer(f"SELECT ?x ?y WHERE {{ VALUES (?x ?y) {{ ({term} UNDEF) (UNDEF 1) }} }}")
    assert table.column("x").kind == kind
    assert [row["x"] for row in table.rows()] == [value, None]


def test_a_column_of_years_and_days_is_a_column_of_dates() -> None:
    table = answer(f'SELECT ?x WHERE {{ VALUES ?x {{ "2021"^^<{XSD}gYear> "2021-11-02"^^<{XSD}date> }} }}')
    assert table.column("x") == Column("x", "date")


def test_a_mixture_keeps_its_syntax() -> None:
    table = answer('SELECT ?x WHERE { VALUES ?x { <http://example.org/a> "a"@fr } }')
    assert table.column("x").kind == "term"
    assert {row["x"] for row in table.rows()} == {"<http://example.org/a>", '"a"@fr'}


def test_no_row_keeps_the_columns() -> None:
    table = answer("SELECT ?x ?y WHERE { FILTER(false) }")
    assert (len(table), table.names) == (0, ["x", "y"])
    assert answer("SELECT ?x WHERE { FILTER(false) }").names == ["x"]


def test_one_row_without_a_value_is_a_row() -> None:
    assert answer("SELECT ?x WHERE { }").rows() == [{"x": None}]


def test_iris_are_listed_once() -> None:
    query = "SELECT ?x ?n WHERE { VALUES (?x ?n) { (<urn:b> 1) (<urn:a> 2) (<urn:b> 3) } }"
    assert answer(query).iris() == ["urn:a", "urn:b"]


def test_rows_made_in_python() -> None:
    table = Table.from_rows([{"a": "x", "n": 1}, {"a": None}], [Column("a", "text"), Column("n", "number")])
    assert table.rows() == [{"a": "x", "n": 1.0}, {"a": None, "n": None}]
    assert table.select(["n"]).names == ["n"]
