"""Rows that speak of a body by its code in a register: which body that is, and when it is none."""

from pathlib import Path

import pytest

from maillage.sources.card import Card, ColumnCard, TableCard
from maillage.sources.cells import Value, cell_values
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.sources.subset import drop_stray_codes
from tests.refusals import raises

COLUMNS = (ColumnCard("key", "id"), ColumnCard("thing", "code", required=True), ColumnCard("parents", "code"))
CARD = Card("base", Path(), {}, (TableCard("entries", Path("entries.sql"), "entry", "entry", COLUMNS),))


def body(source: str, key: str, *codes: str) -> Record:
    values = {"identifiers": [Value("text", code) for code in codes]}
    return Record(source, "bodies", "body", "merged", "organisation", key, "bodies.csv", 1, values)


def entry(key: str, thing: str, *parents: str) -> Record:
    values = {"thing": [Value("code", thing)], "parents": [Value("code", code) for code in parents]}
    return Record("base", "entries", "entry", "merged", "entry", key, "base/entries.json", 1, values)


@pytest.mark.parametrize(
    ("bodies", "found"),
    [
        ([body("a", "one", "SIREN=1"), body("b", "two", "SIREN=2")], ("a", "one")),
        ([body("b", "two", "SIREN=1"), body("a", "one", "SIREN=1")], ("a", "one")),  # one body, of two sources
        ([body("a", "one", "SIREN=1"), body("a", "two", "SIREN=1")], None),
        ([body("a", "one", "SIREN=2")], None),
        ([body("a", "one", "COG=1")], None),
    ],
)
def test_a_code_names_the_body_that_alone_bears_it(bodies: list[Record], found: tuple[str, str] | None) -> None:
    assert Index(bodies).target(Value("code", "SIREN=1")) == found


def test_what_no_body_bears_is_left_out_and_counted() -> None:
    ours = [body("a", "one", "SIREN=1", "SIREN=11"), body("a", "two", "SIREN=2")]
    rows = [entry("q1", "SIREN=1", "SIREN=2", "SIREN=3", "SIREN=11"), entry("q2", "SIREN=4")]
    kept, told = drop_stray_codes([*ours, *rows], [CARD])
    assert [record.key for record in kept] == ["one", "two", "q1"]
    assert kept[2].values["parents"] == [Value("code", "SIREN=2")]  # neither an unknown one nor the body itself
    assert [(finding.severity, finding.sentence("en")[:14]) for finding in told] == [("info", "base: 1 row(s)")]


def test_a_code_says_its_register() -> None:
    column = ColumnCard("thing", "code")
    assert cell_values("SIREN=213801855", column, "base") == [Value("code", "SIREN=213801855")]
    for cell in ("213801855", "siren=213801855", "SIREN=", "SIREN=21 38"):
        with raises("bad-cell"):
            cell_values(cell, column, "base")
