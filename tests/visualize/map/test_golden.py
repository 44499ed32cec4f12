"""Each map drawn from small answers gives the points, lines and sentences that its case says."""

from pathlib import Path

import pytest

from maillage.visualize.map.spec import map_names
from tests.cases import case_folders
from tests.visualize.golden import card, drawn, reading


@pytest.mark.parametrize("case", case_folders("maps"))
def test_golden(case: Path) -> None:
    expected, seen = card(case), reading(drawn(case))
    assert "to_judge" not in expected, f"{case.name}: judge what is drawn, then take to_judge out of case.yml"
    assert seen["points"] == expected["points"]
    assert seen["lines"] == sorted([*sorted(line[:2]), *line[2:]] for line in expected["lines"])
    assert seen["sentences"] == expected["sentences"]


def test_every_map_has_a_case() -> None:
    assert {card(case)["map"] for case in case_folders("maps")} == set(map_names())
