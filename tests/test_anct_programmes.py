"""The Fabriques prospectives and the Territoires d'industrie: each membership of the file is a participation by SIREN.

The memberships below were written by hand from the file, before any query was asked.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from maillage.queries.run import run
from maillage.sources.card import read_card
from maillage.sources.remake import remake
from maillage.store import EmbeddedStore

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
HERE = ROOT / "data" / "anct-programmes"
Row = dict[str, str]

# Members by SIREN: a Fabrique on nature, of four communes.
NATURE = {"213301898", "214200123", "215500497", "219733615"}
UNLICENSED = {"fabp-20", "fabp-21", "fabp-22"}  # whose only source may be a file without licence: `anct-fabriques`


def rows(path: Path) -> list[Row]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def members(project: str) -> dict[str, Row]:
    bodies = {row["key"]: row for row in rows(HERE / "organisations.csv")}
    taken = [row for row in rows(HERE / "participations.csv") if row["activity"] == project]
    return {bodies[row["agent"]]["siren"]: bodies[row["agent"]] for row in taken}


@pytest.mark.needs("shared")
def test_the_rows_are_made_again_from_the_files(tmp_path: Path) -> None:
    places = {"cooperations.csv": SHARED / "sources" / "anct_programmes"}
    for name in read_card("anct-programmes").facts["made_from"]:
        (tmp_path / name).symlink_to(places.get(name, SHARED / "data" / "cog_etalab") / name)
    for path, made in remake(read_card("anct-programmes"), tmp_path).items():
        assert made == path.read_bytes(), path


@pytest.mark.needs("shared")
def test_each_membership_is_a_participation() -> None:
    noted = [
        row
        for row in rows(SHARED / "sources" / "anct_programmes" / "cooperations.csv")
        if not row["programme"].startswith("Avenir montagnes") and row["project_id"] not in UNLICENSED
    ]
    assert Counter(row["programme"] for row in noted) == {"Fabriques prospectives": 92, "Territoires d'industrie": 588}
    projects = {row["project_id"] for row in noted}
    assert len([project for project in projects if project.startswith("fabp-")]) == 19
    assert len([project for project in projects if project.startswith("ti-")]) == 149
    bodies = {row["key"]: row["siren"] for row in rows(HERE / "organisations.csv")}
    taken = [row for row in rows(HERE / "participations.csv") if row["role"] == "takes-part"]
    assert sorted((row["activity"], bodies[row["agent"]]) for row in taken) == sorted(
        (row["project_id"], row["siren"]) for row in noted
    )


def test_members_are_those_of_the_file() -> None:
    assert members("fabp-08").keys() == NATURE
    assert {row["kind"] for row in members("fabp-08").values()} == {"commune"}
    named = {row["name"] for row in members("ti-3204").values() if "name" in row["implied"].split("|")}
    assert "CA de Lens - Liévin" in named  # by the COG: the file does not name it


def test_a_town_and_its_grouping_are_two() -> None:
    bodies = {row["key"]: row for row in rows(HERE / "organisations.csv")}
    assert bodies["commune-30189"]["name"] == "Nîmes (commune)"
    assert "commune-59350" not in bodies  # Lille: only its métropole is in a group, if any
    assert (
        bodies["epci-200057990"]["territory"] == "intercommunality-200057990"
    )  # a part of the Métropole du Grand Paris
    assert [row for row in bodies.values() if row["kind"] == "intercommunality" and not row["territory"]] == []


@pytest.mark.slow
def test_a_member_that_we_hold_is_the_body_that_we_hold(default: EmbeddedStore) -> None:
    found: dict[str, set[str]] = {}
    for row in run(default, "participations").rows():
        last: Any = str(row["activity"]).rpartition("/")[2]
        found.setdefault(last, set()).add(str(row["agent"]).rpartition("/")[2])
    assert "mulhouse-alsace-agglomeration" in found["ti-4410"]
    assert "ville-de-mulhouse" not in found["ti-4410"]
