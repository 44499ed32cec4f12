"""Each question gives the rows written by hand, in their order, and none of its near misses."""

from pathlib import Path

import pytest

from maillage.queries.catalogue import catalogue
from tests.cases import case_folders
from tests.queries.golden import Rows, answer, golden


@pytest.mark.parametrize("case", case_folders("queries"))
def test_golden(case: Path) -> None:
    expected = golden(case)
    assert not expected.to_judge, f"{case.name}: judge its rows by the graph, then take to_judge out of case.yml"
    rows = answer(expected)
    if expected.match == "some":
        assert [row for row in expected.rows if row not in rows] == []
    elif expected.graph == "article":  # order and repetitions are told apart in the small world
        assert distinct(rows) == distinct(expected.rows)
    else:
        assert rows == expected.rows
    for miss in expected.absent:
        assert set(miss) <= set(expected.columns), f"{miss} names a column that expected.csv has not"
        assert held(miss, rows) == [], f"the near miss {miss} is in the answer"


def distinct(rows: Rows) -> list[tuple[str, ...]]:
    return sorted({tuple(row.values()) for row in rows})


def held(miss: dict[str, str], rows: Rows) -> Rows:
    """The rows that have all the cells of a near miss."""
    return [row for row in rows if miss.items() <= row.items()]


@pytest.mark.parametrize("case", case_folders("queries"))
def test_each_case_has_a_near_miss(case: Path) -> None:
    assert golden(case).absent, f"{case.name}: absent: lists at least one near miss"


def test_each_question_has_a_case() -> None:
    asked = {golden(case).query.name for case in case_folders("queries")}
    assert set(catalogue()) == asked
