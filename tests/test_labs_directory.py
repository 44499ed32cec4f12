"""The directory of labs: each of the 85 entries is a row that rests on its page, and the graph tells the labs apart."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import fold

ROOT = Path(__file__).parent.parent
ENTRIES = ROOT.parent / "shared" / "sources" / "labs.yml"
# Its page is a source of its own (Les Labonautes): the row rests on the facts of that source.
ELSEWHERE = "https://leslabonautes.la27eregion.fr/a-propos-2/"
KINDS = {
    "territorial-interministerial": "territorial",
    "local-authority": "local-authority",
    "ministry": "ministerial",
    "hospital": "hospital",
    "operator": "operator",
    "other": "other",
}
# Pages that name as a carrier what is no body ("the State", its services), or one body in two words.
CARRIERS = {
    "lab-o-kesak-o": 1,
    "lab-o-projets": 0,
    "ti-lab-20-minutes": 1,
    "ti-lab-prefecture": 1,
    "ti-lab-horizons-publics": 1,
    "laboratoire-des-transitions": 1,
}
NOBODY_KNOWS = {"Corse", "Guadeloupe", "Guyane", "Mayotte"}
Row = dict[str, str]


@cache
def rows(table: str) -> list[Row]:
    text = (ROOT / "data" / "labs-directory" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(ENTRIES.read_text(encoding="utf-8"))
    return [entry for entry in found if entry["source"]["address"] != ELSEWHERE]


def page_of(entry: dict[str, Any]) -> str:
    pages = {row["address"]: row["key"] for row in rows("pages")}
    return pages[entry["source"]["address"]]


def row_of(entry: dict[str, Any]) -> Row:
    """The lab that rests on the entry's page and bears its name, as its own or as another one."""
    forms = {(row["thing"], fold(row["form"])) for row in rows("names")}
    forms |= {(row["key"], fold(row["name"])) for row in rows("organisations")}
    labs = [row for row in rows("organisations") if row["kind"] == "laboratory"]
    here = [row for row in labs if page_of(entry) in row["passages"].split("|")]
    named = [row for row in here if (row["key"], fold(entry["lab"])) in forms]
    assert len(named) == 1, f"{entry['lab']} on {page_of(entry)}: {[row['key'] for row in here]}"
    return named[0]


@pytest.mark.needs("shared")
def test_there_are_85_entries_and_each_has_its_own_row() -> None:
    assert len(entries()) == 84
    keys = [row_of(entry)["key"] for entry in entries()]
    assert len(set(keys)) == 84
    labs = [row["key"] for row in rows("organisations") if row["kind"] == "laboratory"]
    assert sorted([*keys, "ti-lab-labonautes"]) == sorted(labs)


@pytest.mark.needs("shared")
def test_each_row_says_what_its_entry_says() -> None:
    for entry in entries():
        row = row_of(entry)
        year = re.search(r"\b(19|20)\d\d\b", str(entry.get("created", "")))
        assert row["lab_kind"] == KINDS[entry["kind"]], row["key"]
        assert row["created"][:4] == (year.group() if year else ""), row["key"]
        for said, column in (("state", "state"), ("themes", "themes"), ("methods", "methods")):
            assert bool(entry.get(said)) == bool(row[column]), (row["key"], column)


@pytest.mark.needs("shared")
def test_each_carrier_is_a_dated_participation() -> None:
    carried = [row["activity"] for row in rows("participations") if row["role"] == "carries"]
    for entry in entries():
        key, said = row_of(entry)["key"], entry.get("host_or_carriers") or []
        assert carried.count(key) == CARRIERS.get(key, len(said)), key


@pytest.mark.needs("shared")
def test_each_page_is_the_one_read() -> None:
    read = {entry["source"]["address"]: entry["source"] for entry in entries()}
    assert {row["address"] for row in rows("pages")} == read.keys()
    for row in rows("pages"):
        stated = re.search(r"\d{4}-\d\d-\d\d", str(read[row["address"]].get("date", "")))
        assert not row["issued"] or stated is None or row["issued"] in str(read[row["address"]]["date"]), row["key"]


# ---------------------------------------------------------------- the graph of every source


def answers(whole: EmbeddedStore, name: str, **values: str) -> list[dict[str, Any]]:
    return run(whole, name, values).rows()


def test_one_row_a_lab(whole: EmbeddedStore) -> None:
    directory = {row["labLabel"]: row for row in answers(whole, "labs-directory")}
    assert len(directory) == len(answers(whole, "labs-directory")) == 46
    base = directory["LaBase"]
    assert base["regionLabel"] == "Nouvelle-Aquitaine"
    assert base["founded"] == "2016 | 2017"
    assert "Bordeaux Métropole" in base["carrierLabel"]
    assert "DREAL Nouvelle-Aquitaine" in base["carrierLabel"]
    assert "latribune.fr" in base["address"]
    assert directory["La Transfo Mulhouse"]["carrierLabel"].count("|") == 1


def test_spellings_of_one_lab_are_one(whole: EmbeddedStore) -> None:
    found = {row["bodyLabel"]: row for row in answers(whole, "bodies-in-several-sources")}
    assert {"Lab Archipel", "Lab'@rchipel", "Lab @RCHIPEL"} <= set(found["Lab Archipel"]["form"].split(" | "))
    assert "Ti Lab" in found
    assert "Lab 110 bis Poitiers" not in found


def test_near_names_stay_apart(whole: EmbeddedStore) -> None:
    labs = {row["labLabel"] for row in answers(whole, "labs-directory")}
    assert {"110 bis", "Lab 110 bis Poitiers", "Lab 17 bis", "Fabrique à projets", "Fabrique à idées", "Le Lab"} <= labs
    bodies = {row["bodyLabel"] for row in answers(whole, "bodies")}
    assert {"Ville de Mulhouse", "CA Mulhouse Alsace Agglomération"} <= bodies
    assert {"SGAR Pays de la Loire", "Préfecture de région Pays de la Loire"} <= bodies


def test_regions_of_which_no_source_speaks(whole: EmbeddedStore) -> None:
    assert {row["territoryLabel"] for row in answers(whole, "territories-without-labs")} == NOBODY_KNOWS


def test_who_carries_labase_and_on_what_evidence(whole: EmbeddedStore) -> None:
    links = answers(whole, "lab-carrier-links", lab="LaBase")
    said = {(row["bodyLabel"], row["sourceTitle"]) for row in links}
    tribune = "LaBase, nouveau laboratoire d'innovation territoriale"
    note = "Un laboratoire régional d'innovation publique en Nouvelle-Aquitaine (LaBase)"
    assert ("Bordeaux Métropole", tribune) in said
    assert ("SGAR Nouvelle-Aquitaine", note) in said
    assert {row["labLabel"] for row in links} == {"LaBase"}
    assert "Caisse des Dépôts" not in {row["bodyLabel"] for row in links}  # it funds
    assert all(row["pageLink"] for row in links)


def test_where_sources_disagree(whole: EmbeddedStore) -> None:
    found = {(row["subjectLabel"], row["value"], row["otherValue"]) for row in answers(whole, "disagreements")}
    assert ("LaBase", "2016", "2017") in found
    assert ("SIILAB", "2016", "2017") in found
    assert ("LaBase", "actif", "en préfiguration") in found
    assert ("LaBase", "Région Nouvelle-Aquitaine", "SGAR Nouvelle-Aquitaine") in found  # carriers of one page each
    assert ("La Fabrique RH", "Fab RH", "La Fabrique RH") in found
    assert not {row for row in found if row[0] == "Lab Archipel" and row[1] == "Lab'@rchipel"}  # a spelling
    assert not {row for row in found if row[0] == "Ti Lab" and row[1] in ("TiLab", "Région Bretagne")}  # less complete
    gravity = [row["gravity"] for row in answers(whole, "disagreements")]
    assert gravity == sorted(gravity)
    assert len(set(gravity)) == 2
    numbers = {(row["value"], row["otherValue"]) for row in answers(whole, "disagreements") if row["date"]}
    assert ("14", "16") in numbers  # territorial labs of the network, 2022 and 2024
    assert not [row for row in found if row[0] == "Ti Lab" and row[1] == "2017"]  # 2017-11 refines 2017


def test_programmes_and_who_supports_them(whole: EmbeddedStore) -> None:
    said = {(row["programmeLabel"], row["roleLabel"], row["agentLabel"]) for row in answers(whole, "programmes")}
    assert ("Les Labonautes", "organise", "La 27e Région") in said
    assert ("Les Labonautes", "prend part à", "Ti Lab") not in said
    assert any(name == "La Transfo" and body.startswith("Bloomberg") for name, _, body in said)
