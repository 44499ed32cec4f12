"""The article as a source: the form of its rows, and the readings of what the text sets as traps."""

import csv
import re
from pathlib import Path

import pytest

from maillage.ontology import concepts
from tests.article import ROOT, TABLES, by_key, decisions, rows

# ---------------------------------------------------------------- form


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_rows_are_sorted_and_trimmed(path: Path) -> None:
    body = path.read_bytes()
    assert not body.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in body
    keys = [row["key"] for row in rows(path.stem)]
    assert keys == sorted(keys)
    assert all(value == value.strip() for row in rows(path.stem) for value in row.values())


def test_keys_are_unique_in_the_source() -> None:
    keys = [row["key"] for path in TABLES for row in rows(path.stem)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("scheme", "column"),
    [("theme", "themes"), ("method", "methods"), ("format", "formats"), ("audience", "audiences")],
)
def test_every_concept_is_used_or_gathers_used_ones(scheme: str, column: str) -> None:
    tables = [
        csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        for path in sorted((ROOT / "data").glob("*/*.csv"))
    ]
    used = {slug for table in tables for row in table for slug in (row.get(column) or "").split("|") if slug}
    turtle = (ROOT / "ontology" / "lists" / f"{scheme}.ttl").read_text(encoding="utf-8")
    broader = set(re.findall(rf"skos:broader {scheme}:([\w-]+)", turtle))
    assert concepts(scheme).keys() == used | broader


# ---------------------------------------------------------------- what the text sets as traps


def agents(activity: str, *roles: str) -> set[str]:
    found = [row for row in rows("participations") if row["activity"] == activity]
    return {row["agent"] for row in found if not roles or row["role"] in roles}


ORGANISES = ("organises", "co-organises", "coordinates")


def test_no_organiser_where_none_is_named() -> None:
    events = {row["key"] for row in rows("events") if row["kind"] in ("event", "set")}
    assert {key for key in events if not agents(key, *ORGANISES)} == {
        "journee-des-labs-2021",
        "journee-etudes-recherche-action-publique",
        "rencontre-serious-games",
        "seance-intelligence-collective-paca-2019",
        "table-ronde-innovation-audiovisuel",
    }
    assert agents("rencontre-serious-games") == set()


def test_dates_are_those_of_the_text() -> None:
    dated = {row["key"]: (row["start"], row["end"]) for row in rows("events") if row["start"]}
    assert dated == {
        "atelier-coaching-equipe": ("2021-11-05", ""),
        "decouverte-design-fiction": ("2021-11-15", ""),
        "journee-debats-tiers-lieux": ("2021-11-29", ""),
        "journee-des-labs-2021": ("2021-11-04", ""),
        "journee-etudes-recherche-action-publique": ("2021-11-29", ""),
        "journee-recherche-innovation-gendarmerie": ("2021-11-23", ""),
        "marathon-creatif-accueil-usagers": ("2021-11-24", ""),
        "masterclass-firh": ("2021-11-25", ""),
        "mois-innovation-publique-2021": ("2021-11-02", "2021-11-30"),
        "non-conference-donnees-ouvertes": ("2021-11-04", "2021-11-05"),
        "rencontre-serious-games": ("2021-11-03", ""),
        "ronde-des-labos-publics": ("2021-11-22", ""),
        "seance-intelligence-collective-paca-2019": ("2019", ""),
        "semaine-innovation-publique-2019": ("2019", ""),
        "table-ronde-teletravail-collectivites": ("2021-11-24", ""),
        "theatre-forum-cooperation-equipe": ("2021-11-30", ""),
        "universite-innovation-publique": ("2021-11-16", ""),
    }


def test_figures_stay_figures() -> None:
    figures = {row["key"]: (row["qualifier"], row["value"]) for row in rows("observations")}
    assert figures == {
        "evenements-labs-territoriaux": ("more-than", "100"),
        "evenements-programmes": ("more-than", "300"),
        "evenements-references": ("more-than", "300"),
        "labs-attendus-journee-des-labs": ("about", "50"),
        "labs-territoriaux-annonces": ("exactly", "4"),
        "nombre-ateliers-decider-ensemble": ("exactly", "5"),
        "parcours-retenus": ("exactly", "4"),
        "rang-edition-2019": ("exactly", "6"),
        "rang-edition-2021": ("exactly", "8"),
    }
    labs = {row["key"] for row in rows("organisations") if row["kind"] == "laboratory"}
    assert labs == {"ti-lab", "lab-archipel", "etat-lin", "la-piste"}


def test_the_lab_in_preparation_and_the_programme_of_the_same_bodies_are_two() -> None:
    four = {"departement-isere", "grenoble-alpes-metropole", "ccas-grenoble", "ville-de-grenoble"}
    assert by_key("organisations")["la-piste"]["state"] == "in-preparation"
    assert agents("la-piste", "carries") == agents("programme-agents-isere", *ORGANISES) == four
    assert agents("theatre-forum-cooperation-equipe") == {"la-piste", "groupe-bandits-manchots"}


def test_premises_are_an_object_not_a_partner() -> None:
    assert agents("marathon-creatif-accueil-usagers", "object") == {"prefecture-ardeche"}
    assert agents("marathon-creatif-accueil-usagers", *ORGANISES) == {"lab-archipel"}


def test_kinds_are_absent_where_the_text_does_not_say() -> None:
    assert {row["key"] for row in rows("organisations") if not row["kind"]} == {
        "cnc",
        "compagnie-des-tiers-lieux",
        "dgafp",
        "dinum",
        "ina",
        "la-27e-region",
        "la-fabrique-rh",
        "radio-france",
    }


def test_services_and_authorities_of_one_territory_stay_two() -> None:
    decided = decisions()
    read = [(row["a"], row["b"]) for row in decided if row["decided_by"] != "splink"]
    assert read == sorted(read)
    assert read == [(row["a"], row["b"]) for row in decided[: len(read)]], "a batch of the model comes after"
    same = {row["a"].partition(":")[2]: row["b"] for row in decided if row["decision"] == "same"}
    assert same["region-bourgogne"] == "local-authorities:region-bourgogne-franche-comte"
    apart = {
        (row["a"].partition(":")[2], row["b"].partition(":")[2]) for row in decided if row["decision"] == "different"
    }
    assert ("sgar-pays-de-la-loire", "region-pays-de-la-loire") in apart
    assert ("ccas-grenoble", "ville-de-grenoble") in apart
