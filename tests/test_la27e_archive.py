"""The archive of La 27e Région: every row of the five files is entered or left out by name, and reads as it was noted.

The participations and facts below were written by hand from the files, before any query was asked.
"""

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from drafting.la27e_region.__main__ import draft_tables
from maillage.graph.rules import MERGED
from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import MAI
from tests.shared_run import SharedRun

ROOT = Path(__file__).parent.parent
NOTED = ROOT.parent / "shared" / "sources" / "la27e_region_blog"
HERE = "https://w3id.org/maillage/id/participation/la27e-region/"
ID = "https://w3id.org/maillage/id/"
Row = dict[str, str]
shared = pytest.mark.needs("shared")

# Participation: agent, role, activity; first and last day; certainty; post.
PARTICIPATIONS = {
    "next-laboratorio-innovazione-attends-workshop-labs-copenhague-2009": (
        "next-laboratorio-innovazione attends workshop-labs-copenhague-2009",
        "2009-10-12 2009-10-13 stated 341",
    ),
    "la-27e-region-organises-reflexes-publics-atelier-2020": (
        "la-27e-region organises reflexes-publics-atelier-2020",
        "2020-05 2020-05 implied 8877",
    ),
    "artzemois-supports-habiter-wazemmes-2011": ("artzemois supports habiter-wazemmes-2011", "2011-01  stated 6659"),
    "it-anchorage-takes-part-i-teams-bloomberg": ("it-anchorage takes-part i-teams-bloomberg", "  stated 6836"),
    "la-27e-region-announces-edip-lancement-2014": (
        "la-27e-region announces edip-lancement-2014",
        "2014 2014 implied 166",
    ),
    "op-inrae-takes-part-chantilly-foret": ("op-inrae takes-part chantilly-foret", "  stated 10594"),
    "region-24-takes-part-capacites-publiques": ("region-24 takes-part capacites-publiques", "2022 2022 stated 10678"),
    "epci-243300316-attends-france-urbaine-2017-session-2": (
        "bordeaux-metropole attends france-urbaine-2017-session-2",
        "2017-08-28 2017-08-29 stated 6493",
    ),
    "fondation-de-france-supports-solidarite-alimentaire-amp-2020": (
        "fondation-de-france supports solidarite-alimentaire-amp-2020",
        "2020  stated 9631",
    ),
    "la-deviation-takes-part-juristes-embarques-sud-2021": (
        "la-deviation takes-part juristes-embarques-sud-2021",
        "2021-01 2021-01 stated 9560",
    ),
    "agence-grrr-contributes-france-urbaine-2017-session-2": (
        "agence-grrr contributes france-urbaine-2017-session-2",
        "2017-08-28 2017-08-29 implied 6493",
    ),
    "commune-75056-organises-mexique-colombie-2017": (
        "ville-de-paris organises mexique-colombie-2017",
        "2017-12 2017-12 ambiguous 7545",
    ),
    "medialab-sciences-po-contributes-webinaire-ia-2024": (
        "medialab-sciences-po contributes webinaire-ia-2024",
        "2024-04-05 2024-04-05 implied 13826",
    ),
    "cuesta-organises-blackmarket-18-2015": (
        "cuesta organises blackmarket-18-2015",
        "2015-11-21 2015-11-21 stated 4202",
    ),
    "jhu-centre-innovation-publique-co-organises-repousser-les-frontieres": (
        "jhu-centre-innovation-publique co-organises repousser-les-frontieres",
        "2023-10  stated 13805",
    ),
    "department-95-co-organises-accueil-social": (
        "departement-val-d-oise co-organises accueil-social",
        "2017  stated 6650",
    ),
}
# A figure: of what, its value and qualifier, its day; both bounds of a range.
FIGURES = {
    ("snook", "permanents", "exactly", "5", "2012-11-07"),
    ("g0v", "participants à chaque marathon mensuel", "exactly", "600", "2016-03"),
    ("labworks-2015", "participants", "more-than", "200", "2015-07-09"),
    ("webinaires-adherents", "webinaires par an", "at-least", "4", ""),
    ("webinaires-adherents", "webinaires par an", "at-most", "6", ""),
    ("coeur-de-ville", "villes moyennes", "exactly", "222", "2018-07"),
    ("coeur-de-ville", "villes moyennes", "more-than", "220", "2018-12"),
}


@cache
def rows(table: str, folder: Path = ROOT / "data" / "la27e-region") -> list[Row]:
    text = (folder / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def by_key(table: str) -> dict[str, Row]:
    return {row["key"]: row for row in rows(table)}


def left_out(table: str) -> list[str]:
    return [row["key"] for row in rows("left-out", ROOT / "drafting" / "la27e_region") if row["table"] == table]


def answers(default: EmbeddedStore, name: str, **values: str) -> list[dict[str, Any]]:
    return run(default, name, values).rows()


def last(iri: Any) -> str:
    return str(iri).rpartition("/")[2]


def number(value: Any) -> str:
    """A decimal as it is written, whether or not the answer gives it with its type."""
    return str(value).removeprefix('"').partition('"')[0]


@shared
def test_the_tables_are_those_that_the_files_give() -> None:
    tables, dropped = draft_tables(NOTED)
    for name, drafted in tables.items():
        assert {key: row.get("passages") for key, row in drafted.items()} == {
            key: row.get("passages") for key, row in by_key(name).items()
        }, f"data/la27e-region/{name}.csv: python -m drafting.la27e_region ../shared/sources/la27e_region_blog"
    assert sorted(map(str, dropped)) == sorted(map(str, rows("left-out", ROOT / "drafting" / "la27e_region")))


@shared
def test_every_noted_row_is_entered_or_left_out() -> None:
    assert len(rows("events")) + len(rows("programmes")) == 905 - 19  # the labs, which are bodies
    assert (len(rows("events")), len(rows("programmes"))) == (312, 574)
    assert len(rows("organisations")) == 977 + 5  # labs told as activities only
    assert len(rows("participations", NOTED)) == 2673
    carried = [row for row in rows("participations") if row["role"] == "carries"]
    assert len(rows("participations")) == 2673 + len(carried) - 96  # of facts alone: who carries what
    assert left_out("participations") == []
    assert len(rows("facts", NOTED)) == 541
    assert len(left_out("facts")) == 52
    assert len(rows("pages")) == 311


@shared
def test_certainties_are_those_that_were_noted() -> None:
    noted = Counter(row["certainty"] for row in rows("participations", NOTED))
    assert noted == {"stated": 1607, "implied": 1014, "ambiguous": 52}
    unsure = [row for table in ("participations", "events", "programmes") for row in rows(table)]
    assert [row["key"] for row in unsure if row["certainty"] != "stated" and not row["note"]] == []


@shared
def test_withheld_words_keep_their_place_and_page() -> None:
    withheld = [row for row in rows("participations", NOTED) if not row["first_words"]]
    assert len(withheld) == 121
    for row in withheld:
        extract = by_key("extracts")[f"p-{row['post']}-{row['p_from']}-{row['p_to']}"]
        assert (extract["page"], extract["first_words"], extract["last_words"]) == (f"post-{row['post']}", "", "")


def test_a_passage_holds_four_words_at_each_end_at_most() -> None:
    pages = by_key("pages")
    for row in rows("extracts"):
        assert max(len(row[name].split()) for name in ("first_words", "last_words")) <= 4, row["key"]
        assert row["page"] in pages and int(row["start"]) < int(row["end"]), row["key"]


def test_a_key_of_a_body_and_an_activity_is_the_body_and_the_activity_bears_its_kind() -> None:
    activities = by_key("events") | by_key("programmes")
    assert by_key("organisations").keys() & activities.keys() == set()
    assert by_key("organisations")["mindlab"]["kind"] == "laboratory"
    assert "mindlab-lab" not in activities
    assert by_key("programmes")["la-preuve-par-7-programme"]["name"] == "La Preuve par 7"
    assert by_key("events")["states-of-change-event"]["start"] == "2017-11"


def test_foreign_bodies_have_a_country_and_former_regions_their_own_territory() -> None:
    bodies = by_key("organisations")
    countries = [row for row in bodies.values() if row["territory"].startswith(("country-", "union-"))]
    assert len(countries) == 338
    assert bodies["design-council"]["territory"] == "country-gb"
    assert bodies["commission-europeenne"]["territory"] == "union-eu"
    former = {row["territory"] for key, row in bodies.items() if key.startswith("region-former-")}
    assert all(territory.startswith("former-region-") for territory in former)


def test_a_kind_is_read_in_the_word_of_a_post_and_says_so() -> None:
    bodies = by_key("organisations")
    assert (bodies["usbek-et-rica"]["kind"], bodies["usbek-et-rica"]["implied"]) == ("media", "kind")
    assert "« magazine »" in bodies["usbek-et-rica"]["note"]
    assert (bodies["superpublic"]["kind"], bodies["superpublic"]["note"]) == (
        "place",
        "Le billet ne la dit pas : la catégorie est déduite.",
    )
    assert bodies["banque-des-territoires"]["kind"] == bodies["fip-explo"]["kind"] == ""  # nothing says it


def test_a_country_is_told_of_who_has_no_territory() -> None:
    countries = {row["thing"]: row for row in rows("countries")}
    assert (countries["collectif-etc"]["country"], countries["collectif-etc"]["certainty"]) == ("country-fr", "implied")
    bodies = by_key("organisations")
    national = {row["thing"] for row in rows("competences")}
    assert not countries.keys() & national
    placed = [key for key in countries.keys() | national if bodies[key]["territory"]]
    assert placed == ["lab-pole-emploi"]  # in Paris, of a national body: one does not say the other
    assert "nations-unies" not in countries  # which is of no country
    assert countries["shift-surrey"]["country"] == "country-gb"


def test_an_uncertain_join_is_no_decision() -> None:
    decided = [
        row for row in rows("la27e-region", ROOT / "graph" / "identity") if not row["b"].startswith("authority:")
    ]  # those: tests/test_authority.py
    same = {row["a"].removeprefix("la27e-region:") for row in decided if row["decision"] == "same"}
    # Two ministries by their names of one day; communes and groupings by their code; editions, whose days agree, and
    # activities by name and day.
    assert len(same) == 65 + 2 + 16 + 4 + 4
    assert "labo-lille" not in same
    assert all(row["reason"] for row in decided)


@pytest.mark.slow
def test_participations_are_those_of_the_files(default: EmbeddedStore) -> None:
    found = {row["participation"].removeprefix(HERE): row for row in answers(default, "participations")}
    for key, (who, said) in PARTICIPATIONS.items():
        row = found[key]
        assert f"{last(row['agent'])} {last(row['role'])} {last(row['activity'])}" == who
        days = f"{row['firstDay'] or ''} {row['lastDay'] or ''}"
        assert f"{days} {last(row['certainty'])} {last(row['source']).removeprefix('post-')}" == said, key


@pytest.mark.slow
def test_a_participation_opens_its_passage_or_its_page(default: EmbeddedStore) -> None:
    links = {
        key: {row["pageLink"] for row in answers(default, "evidence-of", thing=f"{HERE}{key}")}
        for key in ("cuesta-organises-blackmarket-18-2015", "department-95-co-organises-accueil-social")
    }
    pages = {key: by_key("pages")[f"post-{post}"]["address"] for key, post in zip(links, ("4202", "6650"), strict=True)}
    told, withheld = links
    assert {link.partition("#:~:text=On%20a%20v")[0] for link in links[told]} == {pages[told]}
    assert links[withheld] == {pages[withheld]}


@pytest.mark.slow
def test_figures_are_those_of_the_files(default: EmbeddedStore) -> None:
    found = {
        (last(row["about"]), row["measure"], last(row["qualifier"]), number(row["value"]), str(row["date"] or ""))
        for row in answers(default, "observations")
    }
    assert found >= FIGURES
    money = {(last(row["about"]), str(row["value"]), row["currency"]) for row in answers(default, "amounts")}
    assert ("pia-labs-2016", "6000000", "EUR") in money


def test_a_fact_is_a_cell_of_its_body() -> None:
    bodies = by_key("organisations")
    assert bodies["glasgow-school-of-art"]["created"] == "1845"
    assert bodies["helsinki-design-lab"]["state"] == "ended"
    assert by_key("participations")["epci-200054807-carries-lab-possibles"]["certainty"] == "stated"
    assert by_key("memberships")["pop-member-of-la-27e-region"]["start"] == "2015"
    assert by_key("programmes")["transfo-paris"]["parent"] == "transfo-2"
    assert {row["form"] for row in rows("names") if row["thing"] == "waag" and row["name_kind"] == "former"} == {
        "Waag Society"
    }


@pytest.mark.slow
@pytest.mark.usefixtures("default")
def test_a_publication_makes_no_meeting_nor_does_what_was_only_announced(default_run: SharedRun) -> None:
    def met(*bodies: str) -> bool:
        a, b = (ox.NamedNode(f"{ID}organisation/{body}") for body in bodies)
        return any(default_run.store.quads_for_pattern(a, ox.NamedNode(f"{MAI}met"), b, MERGED))

    assert met("cuesta", "council")
    assert by_key("programmes")["labcraft-livre"]["kind"] == "publication"
    assert not met("hivos", "natural-innovation")  # who both contribute to the book
    assert by_key("states")["state-sip-2014-nantes"]["state"] == "announced"
    assert not met("agence-pdl-ti", "mission-val-de-loire")  # who both were to organise it


@pytest.mark.slow
def test_near_bodies_stay_apart(default: EmbeddedStore) -> None:
    iris = {row["body"]: row["bodyLabel"] for row in answers(default, "bodies")}
    for name in ("labo-lille", "lab-metropole-europeenne-de-lille", "region-former-bourgogne", "uk-policy-lab"):
        assert f"{ID}organisation/{name}" in iris, name
