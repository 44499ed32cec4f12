"""A list of communes as people write it, held against all of France: what several bear is a doubt, never the first."""

from pathlib import Path

import pytest

from maillage.errors import AmbiguousTerritory
from maillage.graph.registry import read_registry
from maillage.sources.sheet import intake
from maillage.sources.sheet.existing import Registry
from tests.refusals import raises
from tests.sources.sheet.sheets import cells, csv_file, said


@pytest.fixture(scope="module")
def france() -> Registry:
    return read_registry()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Saint-Denis (93)", "commune-93066"),
        ("Saint-Denis (11)", "commune-11339"),  # Aude; 11 is also the number of Île-de-France, where another one lies
        ("Saint-Denis (La Réunion)", "commune-97411"),
        ("Saint-Denis, Seine-Saint-Denis", "commune-93066"),
        ("Saint-Denis 93", "commune-93066"),
        ("93200 Saint-Denis", "commune-93066"),
        ("St-Denis (93200)", "commune-93066"),
        ("93200", "commune-93066"),
        ("Vienne (38)", "commune-38544"),
        ("Vienne (département)", "department-86"),
        ("St Étienne du Bois (1)", "commune-01350"),
        ("1", "department-01"),
        ("Bobigny", "commune-93008"),
        ("Métropole du Grand Paris", "intercommunality-200054781"),
        ("Lyon 3e Arrondissement", "commune-69383"),
        ("Nouvelle-Calédonie", "collectivity-988"),
    ],
)
def test_a_territory_of_france_as_people_name_it(france: Registry, text: str, key: str) -> None:
    assert france.territories.key(text) == key
    assert france.territories.change(text, key) is None


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Saint-Denis", ["commune-11339", "commune-30247", "commune-79066", "commune-93066", "commune-97411"]),
        ("Vienne", ["commune-38544", "department-86"]),
        ("Montreuil", ["commune-28267", "commune-62588", "commune-85148", "commune-93048"]),
        ("Évry", ["commune-89162", "commune-91228"]),  # of Yonne, and what became Évry-Courcouronnes
        ("69001", ["commune-69001", "commune-69123"]),  # the code of Affoux, a postcode of Lyon
        ("01", ["department-01", "region-01"]),
    ],
)
def test_a_name_of_several_is_a_doubt_with_its_candidates(france: Registry, text: str, candidates: list[str]) -> None:
    with pytest.raises(AmbiguousTerritory) as doubt:
        france.territories.key(text)
    told = doubt.value.sentence("fr")
    assert [key for key in candidates if key not in told] == []
    assert told.count("commune-") + told.count("department-") + told.count("region-") == len(candidates)


@pytest.mark.parametrize("text", ["Saint-Denis (75)", "Vienne (93)", "Trifouillis", "93200 Vienne", "0"])
def test_what_no_territory_is_called_is_refused(france: Registry, text: str) -> None:
    with raises("unknown-territory"):
        france.territories.key(text)


@pytest.mark.parametrize(
    ("text", "key", "day"),
    [
        ("Courcouronnes", "commune-91228", "2019-01-01"),
        ("Évry (91)", "commune-91228", "2019-01-01"),
        ("91000 Évry", "commune-91228", "2019-01-01"),
        ("Pierrefitte-sur-Seine", "commune-93066", "2025-01-01"),
        ("93059", "commune-93066", "2025-01-01"),
    ],
)
def test_a_former_commune_is_that_of_today_and_its_day_is_told(france: Registry, text: str, key: str, day: str) -> None:
    assert france.territories.key(text) == key
    told = france.territories.change(text, key)
    assert told is not None
    assert f"depuis le {day}, ou avant : {key}" in told.sentence("fr")


def test_a_list_of_communes_ends_in_doubts_not_in_la_reunion(france: Registry, tmp_path: Path) -> None:
    sheet = csv_file(
        tmp_path,
        "nom;type;commune;code postal;département",
        "A;commune;Saint-Denis;;",
        "B;commune;Saint-Denis;93200;",
        "C;commune;Saint-Denis;;93",
        "D;commune;Saint-Denis;97400;",
        "E;commune;Saint-Denis;75018;",
        "F;commune;Vienne;;",
        "G;commune;Évry;91000;",
        "H;commune;Montreuil;;",
    )
    found = intake.read(sheet, tmp_path / "sheets" / "essai", None, france)
    assert {row["name"]: row.get("territory") for row in cells(found)} == {
        "A": None,
        "B": "commune-93066",
        "C": "commune-93066|department-93",
        "D": "commune-97411",
        "E": None,  # no Saint-Denis has that postcode
        "F": "commune-38544",  # its column says a commune
        "G": "commune-91228",
        "H": None,
    }
    doubts = [place for place, _ in said(found.findings, "warning")]
    assert doubts == [f"organisations.csv:{line}:commune" for line in (2, 6, 9)]
    notes = [text for place, text in said(found.findings, "info") if place == "organisations.csv:8:commune"]
    assert ["commune-91228 (Évry-Courcouronnes)" in text for text in notes] == [True]
    assert said(found.findings) == []
