"""Two hundred statements drawn by lot and read in their page or file: what was right stands, the rest is mended."""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from maillage.store import EmbeddedStore
from tests.readings.draw import draw

ROOT = Path(__file__).parent.parent
READINGS = ROOT / "docs" / "measures" / "readings-0.2.csv"
QUERY = ROOT / "tests" / "readings" / "statements.rq"
Row = dict[str, str]


def readings() -> list[Row]:
    return list(csv.DictReader(READINGS.read_text(encoding="utf-8").splitlines()))


def drawn_of(row: Mapping[str, object]) -> tuple[object, ...]:
    return row["subject"], row["property"], row["value"]


def test_each_source_has_its_part_and_what_is_not_right_says_why() -> None:
    rows = readings()
    assert [row["number"] for row in rows] == [str(count) for count in range(1, 201)]
    assert set(Counter(row["source"] for row in rows).values()) == {33, 34}
    assert {row["verdict"] for row in rows} <= {"right", "body", "role", "day", "other"}
    assert [row["number"] for row in rows if row["verdict"] != "right" and not row["note"]] == []


def test_the_lot_takes_each_source_and_each_kind_in_turn_and_a_subject_once() -> None:
    rows = [
        {"place": f"source/{source}/p", "stratum": stratum, "subject": subject}
        for source, stratum, subject in [
            ("a", "day", "1"), ("a", "day", "1"), ("a", "day", "2"), ("a", "role", "3"), ("b", "role", "4"),
        ]
    ]  # fmt: skip
    assert [row["subject"] for row in draw(rows, 4)] == ["1", "4", "3", "2"]


@pytest.mark.slow
def test_what_was_read_stands_and_what_was_not_right_is_mended(default: EmbeddedStore) -> None:
    found = default.ask(QUERY.read_text(encoding="utf-8")).rows()
    stated = {(*drawn_of(row), row["certainty"]) for row in found}
    kept = [row for row in readings() if row["stratum"] != "partnership"]  # what a rule makes is another's test
    still = [row["number"] for row in kept if (*drawn_of(row), row["certainty"]) in stated]
    assert still == [row["number"] for row in kept if row["verdict"] == "right"]
