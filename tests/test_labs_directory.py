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
# Pages that date the decision to create a lab which they say is still in preparation: an event, not a founding date.
NOT_YET = {"lab-logistique", "lab-bourgogne-franche-comte"}
# An entry that describes a programme which prefigures an innovation unit, and no lab.
PROGRAMME = "La Transfo Mulhouse"
NOBODY_KNOWS = {"Corse", "Guyane", "Mayotte"}  # one is announced in Guadeloupe
Row = dict[str, str]


@cache
def rows(table: str) -> list[Row]:
    text = (ROOT / "data" / "labs-directory" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(ENTRIES.read_text(encoding="utf-8"))
    return [entry for entry in found if entry["source"]["address"] != ELSEWHERE]


def labs_said() -> list[dict[str, Any]]:
    return [entry for entry in entries() if entry["lab"] != PROGRAMME]


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
    keys = [row_of(entry)["key"] for entry in labs_said()]
    assert len(set(keys)) == 83
    assert [row["parent"] for row in rows("programmes") if row["name"] == PROGRAMME] == ["la-transfo"]
    labs = [row["key"] for row in rows("organisations") if row["kind"] == "laboratory"]
    assert sorted([*keys, "ti-lab-labonautes"]) == sorted(labs)


@pytest.mark.needs("shared")
def test_each_row_says_what_its_entry_says() -> None:
    for entry in labs_said():
        row = row_of(entry)
        year = re.search(r"\b(19|20)\d\d\b", str(entry.get("created", "")))
        assert row["lab_kind"] == KINDS[entry["kind"]], row["key"]
        founded = year.group() if year and row["key"] not in NOT_YET else ""
        assert row["created"][:4] == founded, row["key"]
        for said, column in (("state", "state"), ("themes", "themes"), ("methods", "methods")):
            assert bool(entry.get(said)) == bool(row[column]), (row["key"], column)


@pytest.mark.needs("shared")
def test_each_carrier_is_a_dated_participation() -> None:
    carried = [row["activity"] for row in rows("participations") if row["role"] == "carries"]
    for entry in labs_said():
        key, said = row_of(entry)["key"], entry.get("host_or_carriers") or []
        assert carried.count(key) == CARRIERS.get(key, len(said)), key


def roles(activity: str) -> dict[str, tuple[str, str]]:
    """Role and certainty of each body in an activity."""
    found = [row for row in rows("participations") if row["activity"] == activity]
    return {row["agent"]: (row["role"], row["certainty"]) for row in found}


def test_a_role_is_no_stronger_than_the_words_of_its_page() -> None:
    assert roles("coalition-sobriete") == {
        "ditp": ("supports", "implied"),  # it encouraged such coalitions
        **dict.fromkeys(
            [
                "caisse-des-depots",
                "drieat",
                "fabrique-a-projets-coalition",
                "ign",
                "la-27e-region",
                "lab-vnf",
                "onf",
                "ti-lab-coalition",
            ],
            ("takes-part", "stated"),
        ),
    }
    assert roles("la-transfo")["bloomberg-philanthropie"] == ("supports", "implied")  # “initiator”
    assert roles("lab-pole-emploi-the-lab")["commission-europeenne"] == ("cites", "stated")
    assert roles("accompagnements-lab-est")["lab-est"] == ("funds", "stated")
    assert roles("projets-innovation-publique-lab-pole-emploi")["lab-pole-emploi-the-lab"] == ("organises", "implied")
    assert roles("limaccueil")["lab-o-projets"] == ("organises", "stated")  # among the projects that it carries


def test_what_a_page_says_is_not_lost() -> None:
    figures = {(row["about"], row["measure"]): row["value"] for row in rows("observations")}
    assert figures["lab-archipel-le-lab", "champs d'action"] == "12"
    labs = {row["key"]: row for row in rows("organisations")}
    assert "advice" in labs["innov-mandie"]["methods"].split("|")
    assert "collective-intelligence" in labs["lab-110-bis-poitiers"]["methods"].split("|")
    assert labs["lab-logistique"]["themes"].split("|") == ["logistics", "export", "food"]
    assert "shared-culture" in labs["lab-ah"]["themes"].split("|")


def test_the_bounds_of_a_figure_are_qualifiers() -> None:
    bounds = {row["qualifier"]: row for row in rows("observations") if row["about"] == "residence-bernard-du-bois"}
    assert {qualifier: row["value"] for qualifier, row in bounds.items()} == {"at-least": "80", "at-most": "120"}
    assert {row["measure"] for row in bounds.values()} == {"personnes hébergées"}


def test_a_lab_in_preparation_was_not_founded() -> None:
    preparing = [row for row in rows("organisations") if row["state"] == "in-preparation"]
    assert len(preparing) == 6
    assert [row["key"] for row in preparing if row["created"]] == []


@pytest.mark.needs("shared")
def test_each_page_is_the_one_read() -> None:
    read = {entry["source"]["address"]: entry["source"] for entry in entries()}
    assert {row["address"] for row in rows("pages")} == read.keys()
    for row in rows("pages"):
        stated = re.search(r"\d{4}-\d\d-\d\d", str(read[row["address"]].get("date", "")))
        assert not row["issued"] or stated is None or row["issued"] in str(read[row["address"]]["date"]), row["key"]


# ---------------------------------------------------------------- the graph of every source


def answers(core: EmbeddedStore, name: str, **values: str) -> list[dict[str, Any]]:
    return run(core, name, values).rows()


def test_one_row_a_lab(core: EmbeddedStore) -> None:
    directory = {row["labLabel"]: row for row in answers(core, "labs-directory")}
    assert len(directory) == len(answers(core, "labs-directory")) == 57
    base = directory["LaBase"]
    assert base["regionLabel"] == "Nouvelle-Aquitaine"
    assert base["founded"] == "2016 | 2017"
    assert "Bordeaux Métropole" in base["carrierLabel"]
    assert "DREAL Nouvelle-Aquitaine" in base["carrierLabel"]
    assert "latribune.fr" in base["address"]
    assert PROGRAMME not in directory
    assert "Laboratoire d'innovation de la ville de Vancouver" not in directory  # of Canada


def test_spellings_of_one_lab_are_one(core: EmbeddedStore) -> None:
    found = {row["bodyLabel"]: row for row in answers(core, "bodies-in-several-sources")}
    assert {"Lab Archipel", "Lab'@rchipel", "Lab @RCHIPEL"} <= set(found["Lab Archipel"]["form"].split(" | "))
    assert "Ti Lab" in found
    assert "Lab 110 bis Poitiers" not in found


def test_near_names_stay_apart(core: EmbeddedStore) -> None:
    labs = {row["labLabel"] for row in answers(core, "labs-directory")}
    assert {"110 bis", "Lab 110 bis Poitiers", "Lab 17 bis", "Fabrique à projets", "Fabrique à idées"} <= labs
    assert {"Le Lab (Banque de France)", "Le Lab Zéro", "Le Lab Pôle emploi"} <= labs
    bodies = {row["bodyLabel"] for row in answers(core, "bodies")}
    assert {"Ville de Mulhouse", "Mulhouse Alsace Agglomération"} <= bodies
    assert {"SGAR Pays de la Loire", "Préfecture de région Pays de la Loire"} <= bodies


def test_regions_of_which_no_source_speaks(core: EmbeddedStore) -> None:
    assert {row["territoryLabel"] for row in answers(core, "territories-without-labs")} == NOBODY_KNOWS


GENERIC = frozenset(
    fold(
        "à d de des du l la le les et pour en lab labo laboratoire innovation publique mission secrétariat général "
        "administration design politiques publiques région service"
    ).split()
)


def test_a_name_that_says_nothing_alone_shows_its_carrier(core: EmbeddedStore) -> None:
    shown = {row["bodyLabel"] for row in answers(core, "bodies")}
    assert [name for name in shown if not set(fold(name).split()) - GENERIC] == ["LAB'L"]  # a name, not the word
    assert {"Académie de Limoges", "Laboratoire d'innovation publique de la Région Sud"} <= shown
    assert not {"Limoges", "Le Lab", "Le Labo", "Laboratoire de design des politiques publiques"} & shown


STYLED = {"i-Lab", "pOlau"}  # these write themselves so


def test_names_that_a_reader_knows(core: EmbeddedStore) -> None:
    shown = {row["bodyLabel"] for row in answers(core, "bodies")}
    assert {"Voies navigables de France", "Office national des forêts", "PFRH des Pays de la Loire"} <= shown
    assert not {"VNF", "ONF", "PFRH du Pays de la Loire", "CU de Dunkerque"} & shown
    regional = {name for name in shown if "réfecture" in name and "région" in name}
    assert len(regional) == 10
    assert [name for name in regional if not name.startswith("Préfecture de région ")] == []
    assert [name for name in shown if "’" in name or (name[0].islower() and name not in STYLED)] == []


def test_who_carries_labase_and_on_what_evidence(core: EmbeddedStore) -> None:
    links = answers(core, "lab-carrier-links", lab="LaBase")
    said = {(row["bodyLabel"], row["sourceTitle"]) for row in links}
    tribune = "LaBase, nouveau laboratoire d'innovation territoriale"
    note = "Un laboratoire régional d'innovation publique en Nouvelle-Aquitaine (LaBase)"
    assert ("Bordeaux Métropole", tribune) in said
    assert ("SGAR Nouvelle-Aquitaine", note) in said
    assert {row["labLabel"] for row in links} == {"LaBase"}
    assert "Caisse des Dépôts" not in {row["bodyLabel"] for row in links}  # it funds
    assert all(row["pageLink"] for row in links)


def test_where_sources_disagree(core: EmbeddedStore) -> None:
    found = {(row["subjectLabel"], row["value"], row["otherValue"]) for row in answers(core, "disagreements")}
    assert ("LaBase", "2016", "2017") in found
    assert ("SIILAB", "2016", "2017") in found
    assert ("LaBase", "actif", "en préfiguration") in found
    assert ("LaBase", "Région Nouvelle-Aquitaine", "SGAR Nouvelle-Aquitaine") in found  # carriers of one page each
    assert ("La Fabrique RH", "Fab RH", "La Fabrique RH") in found
    assert not {row for row in found if row[0] == "Lab Archipel" and row[1] == "Lab'@rchipel"}  # a spelling
    assert not {row for row in found if row[0] == "Ti Lab" and row[1] in ("TiLab", "Région Bretagne")}  # less complete
    gravity = [row["gravity"] for row in answers(core, "disagreements")]
    assert gravity == sorted(gravity)
    assert len(set(gravity)) == 2
    numbers = {(row["value"], row["otherValue"]) for row in answers(core, "disagreements") if row["date"]}
    assert ("14", "16") in numbers  # territorial labs of the network, 2022 and 2024
    assert not [row for row in found if row[0] == "Ti Lab" and row[1] == "2017"]  # 2017-11 refines 2017


def test_programmes_and_who_supports_them(core: EmbeddedStore) -> None:
    said = {(row["programmeLabel"], row["roleLabel"], row["agentLabel"]) for row in answers(core, "programmes")}
    assert ("Les Labonautes", "organise", "La 27e Région") in said
    assert ("Les Labonautes", "prend part à", "Ti Lab") not in said
    assert any(name == "La Transfo" and body.startswith("Bloomberg") for name, _, body in said)
