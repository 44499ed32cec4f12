"""Each map drawn from small answers gives the points, lines and sentences that its case says."""

from pathlib import Path

import pytest

from maillage.locales import LANGUAGES
from maillage.visualize.map.spec import map_names
from maillage.visualize.map.words import sentences
from tests.cases import case_folders
from tests.visualize.golden import card, drawn


@pytest.mark.parametrize("case", case_folders("maps"))
def test_golden(case: Path) -> None:
    expected, drawing = card(case), drawn(case)
    assert {point.name["fr"]: point.symbol.kind for point in drawing.points} == expected["points"]
    lines = [
        [*sorted((line.start.name["fr"], line.goal.name["fr"])), line.edge.weight, line.certainty]
        for line in drawing.lines
    ]
    assert sorted(lines) == sorted([*sorted(line[:2]), *line[2:]] for line in expected["lines"])
    for lang in LANGUAGES:
        said = [sentence.replace("\u00a0", " ") for sentence in sentences(drawing, lang)]
        assert said == expected["sentences"][lang]


def test_every_map_has_a_case() -> None:
    assert {card(case)["map"] for case in case_folders("maps")} == set(map_names())
