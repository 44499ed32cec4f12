"""Rows are blamed at their line and column; a good row beside a bad one is still read."""

from pathlib import Path

import pytest

from maillage.errors import Finding, FindingsError
from maillage.sources.card import Card, ColumnCard, TableCard
from maillage.sources.index import Index
from maillage.sources.records import Record, read_records
from maillage.sources.rows import read_listing, read_rows

COLUMNS = (
    ColumnCard("key", "id"),
    ColumnCard("name", "text", lang="fr", required=True),
    ColumnCard("parent", "thing"),
    ColumnCard("territory", "territory"),
    ColumnCard("passages", "passages"),
    ColumnCard("certainty", "certainty", required=True),
    ColumnCard("implied", "columns"),
    ColumnCard("ambiguous", "columns"),
    ColumnCard("note", "text", lang="fr"),
)
HEADER = "key,name,parent,territory,passages,certainty,implied,ambiguous,note\n"


def read(text: str, folder: Path) -> tuple[list[Record], list[Finding]]:
    table = TableCard("bodies", folder / "bodies.csv", "organisation", "organisation", COLUMNS)
    table.file.write_text(text, encoding="utf-8")
    return read_records(Card("press", folder, {}, (table,)))


@pytest.mark.parametrize(
    ("row", "line", "column", "words"),
    [
        ("a,Un,deux,,,,stated,,,\n", 2, None, "10 cellules, pas 9"),
        ("a,,,,,stated,,,\n", 2, "name", "obligatoire"),
        ("a, Un,,,,stated,,,\n", 2, "name", "espace"),
        ("a,Un,,,,,,,\n", 2, "certainty", "obligatoire"),
        ("a,Un,,,,implied,,,\n", 2, "note", "implied"),
        ("a,Un,,,,stated,parent,,\n", 2, "note", "implied"),
        ("a,Un,,,,stated,nope,,pourquoi\n", 2, None, "nope"),
        ("a,Un,,,nope=p1,stated,,,\n", 2, None, "nope"),
        ('b,Un,,,,stated,,,\na,"Un\ndeux",,x y,,stated,,,\n', 4, "territory", "territoire"),
    ],
)
def test_a_fault_is_named_where_it_is(row: str, line: int, column: str | None, words: str, tmp_path: Path) -> None:
    _, findings = read(HEADER + row, tmp_path)
    (finding,) = [found for found in findings if words in found.words.message("fr")]
    assert (finding.line, finding.column) == (line, column)
    assert finding.file.endswith("bodies.csv")


def test_a_good_row_beside_a_bad_one_is_read(tmp_path: Path) -> None:
    records, findings = read(HEADER + "a,Un,,,,stated,,,\nb,,,,,stated,,,\n", tmp_path)
    assert [record.key for record in records] == ["a"]
    assert len(findings) == 1


def test_a_title_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """The second would hide the first."""
    records, findings = read(HEADER.replace("note", "name") + "a,Un,,,,stated,,,Deux\n", tmp_path)
    assert not records
    assert [finding.error for finding in findings] == ["missing-column", "repeated-column"]
    twice = tmp_path / "twice.csv"
    twice.write_text("a,b,a\n1,2,3\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="“a” stands there twice"):
        read_rows(twice)
    with pytest.raises(FindingsError, match="“a” stands there twice"):
        read_listing(twice)


def test_a_name_with_a_comma_is_one_cell(tmp_path: Path) -> None:
    records, _ = read(HEADER + 'a,"Ministère de l\'Économie, des Finances",,,,stated,,,\n', tmp_path)
    assert records[0].values["name"][0].text == "Ministère de l'Économie, des Finances"
    assert records[0].place == "bodies.csv:2"


def test_a_missing_and_a_new_column_are_both_named(tmp_path: Path) -> None:
    _, findings = read(HEADER.replace("parent", "parents"), tmp_path)
    assert [finding.words.message("fr").split("»")[0] for finding in findings] == [
        "La colonne « parent ",
        "La colonne « parents ",
    ]


def test_references_to_nothing_and_keys_taken_twice(tmp_path: Path) -> None:
    rows = "a,Un,b,region-99,p1,stated,,,\na,Deux,,,,stated,,,\n"
    records, findings = read(HEADER + rows, tmp_path)
    assert findings == []
    found = Index(records).findings()
    assert {(finding.line, finding.column) for finding in found} == {
        (3, "key"),
        (2, "parent"),
        (2, "territory"),
        (2, "passages"),
    }
