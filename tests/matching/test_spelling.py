"""What the spelling of real names says, and what it must not say."""

import re

import pytest

from maillage.matching.spelling import SEVERAL, initials, pattern, read_name
from maillage.terms import fold


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ville de Paris", "commune"),
        ("Mairie - Velaux", "commune"),
        ("Grenoble-Alpes Métropole", "metropole"),
        ("Département du Var", "departement"),
        ("Département des outils d’aide à la décision", ""),
        ("Conseil régional - Bretagne", "region"),
        ("Préfecture - Ain", "prefecture"),
        ("Préfecture de la région Bretagne", "prefecture-region"),
        ("SGAR Bretagne", "sgar"),
        ("Direction Générale des Finances Publiques", "direction-generale"),
        ("Ministère de l’Intérieur et Agence nationale du traitement automatisé des infractions (ANTAI)", SEVERAL),
        ("Ministère de la Justice et ministère de l'Intérieur", SEVERAL),
        ("Ministère de la Justice, Ministère de l'Intérieur", SEVERAL),
    ],
)
def test_the_class_of_a_body(name: str, kind: str) -> None:
    assert read_name(name).kind == kind


def test_a_ministry_above_is_not_the_body() -> None:
    before = read_name("Ministère des Armées - Etat Major de la Marine")
    after = read_name("Service hydrographique et océanographique de la marine (Shom), Ministère des Armées")
    assert before.words == ("etat", "major", "marin")
    assert after.acronym == "shom"
    assert before.above == after.above == ("arme",)


def test_apostrophes_entities_and_old_windows_bytes_are_one() -> None:
    spellings = ("Préfecture de l'Ain", "Préfecture de l’Ain", "Préfecture de l&#39;Ain", "Préfecture de l\x92Ain")
    assert len({read_name(name) for name in spellings}) == 1


def test_commas_inside_a_name_do_not_cut_it() -> None:
    name = "Direction générale de la concurrence, de la consommation et de la répression des fraudes"
    assert read_name(name).words == ("concurrenc", "consommation", "fraud", "repression")


def test_brackets_hold_an_acronym_or_more_words() -> None:
    assert read_name("Direction interministérielle du numérique (DINUM),").acronym == "dinum"
    assert read_name("Greffe des associations - Creuse (Guéret)").acronym == ""
    assert read_name("Greffe des associations - Creuse (Guéret)").places == ("creuse", "les associations gueret")
    assert read_name("Greffe des associations - La Réunion (Saint-Denis)").acronym == ""


def test_the_code_of_homonyms_is_kept_apart() -> None:
    read = read_name("Mairie - Parisot 82137-01")
    assert (read.places, read.code) == (("parisot",), "82137-01")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mairie - Le Luc", "Ville du Luc", True),
        ("Mairie - Le Luc", "Mairie - Luc", False),
        ("Mairie de La Rochelle", "Ville de la Rochelle", True),
        ("Mairie - La Motte-Saint-Jean", "Mairie - Saint-Jean-de-la-Motte", False),
        ("Mairie - Rougé", "Mairie - Maison-Rouge", False),
        ("Mairie - Ville-en-Selve", "Mairie - Selve", False),
        ("Sous-préfecture - Soissons", "Sous-préfecture de Soissons", True),
        ("Préfecture - Ain", "Préfecture de l'Ain", True),
        ("Conseil départemental - Loire", "Conseil départemental - Haute-Loire", False),
        ("Rectorat - Académie de Lyon", "Académie de Lyon", True),
        ("Métropole - Grenoble Alpes", "Grenoble-Alpes Métropole", True),
    ],
)
def test_a_place_is_its_whole_name(one: str, other: str, same: bool) -> None:
    assert (read_name(one).places == read_name(other).places) is same


RISKS = "Centre d'études et d'expertise sur les risques"


@pytest.mark.parametrize(
    ("acronym", "name", "strict", "loose"),
    [
        ("dinum", "Direction interministérielle du numérique", True, True),
        ("dgfip", "Direction générale des Finances publiques", True, True),
        ("cerema", "Centre d'études et d'expertise sur les risques, l'environnement, la mobilité", False, False),
        ("cerema", f"{RISKS}, l'environnement, la mobilité et l'aménagement", False, True),
        ("dge", "Direction générale de l'enseignement scolaire", False, False),
        ("ditp", "Direction interministérielle du numérique", False, False),
    ],
)  # fmt: skip
def test_what_an_acronym_spells(acronym: str, name: str, strict: bool, loose: bool) -> None:
    assert bool(re.search(initials(acronym), fold(name))) is strict
    assert bool(re.search(pattern(acronym), fold(name))) is loose


@pytest.mark.parametrize(
    "name", ["", "   ", "(", "()", "-", "d'", "…", "((DINUM", "🙂", "a" * 3000, "\x00", "et et et"]
)
def test_no_name_is_too_odd_to_read(name: str) -> None:
    assert read_name(name).folded == fold(name)
