"""Cells are read as their card types them; what cannot be read says what was wanted and how to write it."""

from typing import Any

import pytest

from maillage.errors import MaillageError
from maillage.sources.card import ColumnCard
from maillage.sources.cells import Value, cell_values
from maillage.terms import XSD, concept_iri
from tests.refusals import raises


def read(cell: str, type_: str, **options: Any) -> list[Value]:
    return cell_values(cell, ColumnCard("c", type_, **options), "press")


@pytest.mark.parametrize(
    ("cell", "type_", "value"),
    [
        ("2021", "date", Value("literal", "2021", datatype=f"{XSD}gYear")),
        ("2021-11", "date", Value("literal", "2021-11", datatype=f"{XSD}gYearMonth")),
        ("2024-02-29", "date", Value("literal", "2024-02-29", datatype=f"{XSD}date")),
        ("007", "integer", Value("literal", "7", datatype=f"{XSD}integer")),
        ("12.50", "decimal", Value("literal", "12.5", datatype=f"{XSD}decimal")),
        ("45.0", "decimal", Value("literal", "45", datatype=f"{XSD}decimal")),
        ("300", "decimal", Value("literal", "300", datatype=f"{XSD}decimal")),
        ("-0.0", "decimal", Value("literal", "0", datatype=f"{XSD}decimal")),
        ("yes", "boolean", Value("literal", "true", datatype=f"{XSD}boolean")),
        ("https://example.org/a", "iri", Value("iri", "https://example.org/a")),
        ("ti-lab", "thing", Value("thing", "ti-lab", source="press")),
        ("state:ditp", "thing", Value("thing", "ditp", source="state")),
        ("region-53", "territory", Value("territory", "region-53")),
        ("fr-FR", "language", Value("text", "fr-FR")),
        ("stated", "certainty", Value("iri", concept_iri("certainty", "stated"))),
        ("p01", "passages", Value("passage", "p01", source="press")),
        ("kind=p01", "passages", Value("passage", "p01", source="press", column="kind")),
    ],
)
def test_each_type(cell: str, type_: str, value: Value) -> None:
    assert read(cell, type_) == [value]


@pytest.mark.parametrize(
    ("cell", "type_"),
    [
        ("31/11/2021", "date"),
        ("2021-11-31", "date"),
        ("2023-02-29", "date"),
        ("21", "date"),
        ("١٢", "date"),
        ("1,5", "decimal"),
        ("NaN", "decimal"),
        ("1.5", "integer"),
        ("oui", "boolean"),
        ("javascript:alert(1)", "iri"),
        ("https://example.org/<a>", "iri"),
        ("Ti Lab", "thing"),
        ("a:b:c", "thing"),
        ("Bretagne", "territory"),
        ("français", "language"),
        ("été", "id"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(cell: str, type_: str) -> None:
    with raises("bad-cell") as refused:
        read(cell, type_)
    for lang in ("fr", "en"):
        assert cell in refused.value.message(lang)
        assert refused.value.cure(lang)


def test_an_unknown_concept_names_the_nearest() -> None:
    with raises("unknown-reference", match="association"):
        read("asociation", "concept", list="organisation-kind")


def test_a_list_is_split_and_an_empty_cell_holds_nothing() -> None:
    assert [value.text for value in read("a|b", "text", list_of=True)] == ["a", "b"]
    assert read("a|b", "text") == [Value("text", "a|b")]
    assert read("", "date") == []


def test_a_text_keeps_its_language() -> None:
    assert read("Ti Lab", "text", lang="fr") == [Value("text", "Ti Lab", lang="fr")]


def test_an_error_of_a_cell_takes_its_place() -> None:
    try:
        read("31/11/2021", "date")
    except MaillageError as error:
        found = error.at("events.csv", 12, "start")
    assert found.sentence("fr").startswith("events.csv:12:start: « 31/11/2021 »")
    assert "YYYY-MM-DD" in found.sentence("en")
