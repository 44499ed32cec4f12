"""The facts read in 49 public pages: each page is used, and reads as it was noted.

The rows below were written by hand from the facts, before any query was asked.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.queries.run import run
from maillage.store import EmbeddedStore

ROOT = Path(__file__).parent.parent
FACTS = ROOT.parent / "shared" / "sources" / "press-facts-2.yml"
HERE = "https://w3id.org/maillage/id/participation/public-pages/"
Row = dict[str, str]

# Agent, role, activity; certainty; the end of the page's address.
PARTICIPATIONS = {
    "ditp-organises-la-cousinade-2018": ("ditp organises la-cousinade-2018", "stated", "innovation-publique-inspire"),
    "nantes-metropole-co-organises-mip-2020-pays-de-la-loire": (
        "nantes-metropole co-organises mip-2020-pays-de-la-loire",
        "implied",
        "la-dynamique-d-innovation-territoriale",
    ),
    "condition-publique-co-organises-conseil-national-tiers-lieux-2020": (
        "condition-publique co-organises conseil-national-tiers-lieux-2020",
        "stated",
        "aux-110-tiers-lieux-deja-labellises",
    ),
    "ville-d-agen-coordinates-urbact-active-citizens": (
        "ville-d-agen coordinates urbact-active-citizens",
        "stated",
        "23-nouveaux-reseaux-urbact",
    ),
    "ville-de-strasbourg-attends-rencontre-urbact-2026": (
        "commune-67482 attends rencontre-urbact-2026",
        "ambiguous",
        "renforcer-la-cooperation-europeenne",
    ),
    "megalis-attends-open-data-locale-2017-06": (
        "megalis attends open-data-locale-2017-06",
        "stated",
        "les-rendez-vous-de-lexperimentation/",
    ),
}
FIGURES = {
    ("ftap", "projets financés depuis 2017", "exactly", "126"),
    ("ftap", "projets financés depuis 2017", "exactly", "150"),
    ("lab4lab", "membres", "at-least", "50"),
    ("lab4lab", "membres", "at-most", "100"),
    ("nec-2020", "participants", "exactly", "2600"),
    ("atlas-labs-ditp", "laboratoires recensés, pour le moment", "exactly", "75"),
}


@cache
def rows(table: str) -> dict[str, Row]:
    text = (ROOT / "data" / "public-pages" / f"{table}.csv").read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}


def answers(core: EmbeddedStore, name: str, **values: str) -> list[dict[str, Any]]:
    return run(core, name, values).rows()


def last(iri: Any) -> str:
    return str(iri).rpartition("/")[2]


@pytest.mark.needs("shared")
def test_each_page_is_the_one_read_and_a_row_rests_on_it() -> None:
    noted = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    assert len(noted) == 49
    assert {row["address"]: row["title"] for row in rows("pages").values()} == {
        text["source"]["address"]: text["source"]["title"] for text in noted
    }
    tables = [rows(path.stem) for path in (ROOT / "data" / "public-pages").glob("*.csv") if path.stem != "pages"]
    used = {one for table in tables for row in table.values() for one in row["passages"].split("|")}
    assert {one.rpartition("=")[2] for one in used} == rows("pages").keys()


def test_a_page_opens_what_it_says(core: EmbeddedStore) -> None:
    found = {row["participation"].removeprefix(HERE): row for row in answers(core, "participations")}
    for key, (who, certainty, address) in PARTICIPATIONS.items():
        row = found[key]
        assert f"{last(row['agent'])} {last(row['role'])} {last(row['activity'])}" == who
        assert last(row["certainty"]) == certainty, key
        links = {link["pageLink"] for link in answers(core, "evidence-of", thing=f"{HERE}{key}")}
        assert [link for link in links if not str(link).endswith(address)] == [], key


def test_figures_are_those_of_the_pages() -> None:
    found = {(row["about"], row["measure"], row["qualifier"], row["value"]) for row in rows("observations").values()}
    assert found >= FIGURES
    money = {(row["programme"], row["value"], row["qualifier"]) for row in rows("amounts").values()}
    assert {("ftap", "764000000", "exactly"), ("ftap", "800000000", "more-than")} <= money
    assert ("labs-territoriaux-interministeriels", "250000", "at-most") in money


def test_what_a_page_does_not_say_is_not_written() -> None:
    organising = {row["activity"] for row in rows("participations").values() if "organises" in row["role"]}
    assert "rencontre-urbact-2026" not in organising
    assert not [row for row in rows("participations").values() if row["activity"] == "tiga-nord-franche-comte"]
    events = rows("events")
    assert [events[key]["start"] for key in ("ouverture-lab-o-montpellier", "ouverture-w-inn")] == ["", ""]
    assert rows("organisations")["ville-de-grigny"]["territory"] == ""  # two communes bear the name
    assert events["nec-merignac-2024"]["territory"] == ""  # three do


def test_what_is_announced_before_its_day_is_said_so() -> None:
    announced = {row["thing"] for row in rows("states").values()}
    assert {"pitchs-nantes-2014", "presentation-polau-2014", "innovation-publique-montpellier-2018"} <= announced
    assert "open-data-locale-2017-06" not in announced


@pytest.mark.slow
def test_near_bodies_stay_apart(default: EmbeddedStore) -> None:
    bodies = {last(row["body"]): row["bodyLabel"] for row in answers(default, "bodies")}
    assert {"Métropole du Grand Paris", "Ville de Paris", "Clermont Auvergne Métropole"} <= set(bodies.values())
    assert {
        "cnfpt",
        "cnfpt-paca",
        "lab-la-reunion",
        "lab-pei",
        "territoria",
        "observatoire-innovation-publique",
    } <= set(bodies)
