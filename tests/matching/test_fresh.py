"""300 pairs of the new sources, judged before the model changed, and each thing that it then learned to find."""

from dataclasses import replace

import pytest

from maillage.graph.build import read_whole
from maillage.graph.proposals import bodies_of
from maillage.matching import score
from maillage.matching.bodies import Body, matches_within, reconcile
from maillage.matching.evaluate import evaluate, score_method
from maillage.matching.labels import fresh_pairs
from maillage.matching.lexicon import lexicon, matching_folder
from maillage.matching.model import model
from maillage.matching.score import NameEntry, each
from maillage.sources.rows import read_rows

pytestmark = pytest.mark.sample(3)

ROWS = [row for _, row in read_rows(matching_folder() / "fresh.csv")]
JUDGED = [row for row in ROWS if row["decision"] != "unknown"]


def two(row: dict[str, str], known: dict[str, Body]) -> tuple[Body, Body]:
    """The bodies of a pair; where one source writes one body in two ways, the first name comes alone."""
    a, b = known[row["key_a"]], known[row["key_b"]]
    if row["near"] != "spelling":
        return a, b
    names = dict.fromkeys(name for name in (row["b"], *b.names) if name != row["a"])
    return Body("list:name", (row["a"],)), replace(b, names=tuple(names))


@pytest.fixture(scope="module")
def said() -> list[bool]:
    read = read_whole(undecided=True)
    known = {body.key: body for body in bodies_of(read, "organisation")}
    bodies = [body for row in JUDGED for body in two(row, known)]
    found = {(match.a, match.b): match.score for match in matches_within(bodies)}
    return [found.get((place, place + 1), 0.0) >= model().threshold for place in range(0, len(bodies), 2)]


def test_there_are_three_hundred_and_each_has_a_reason() -> None:
    assert len(ROWS) == 300
    assert all(row["reason"].endswith(".") for row in ROWS)
    assert len({frozenset((row["a"], row["b"])) for row in ROWS}) == 300
    assert sum(row["decision"] == "same" for row in ROWS) == 106


def test_bodies_are_found_and_none_but_two_in_a_hundred_wrongly(said: list[bool]) -> None:
    measured = score_method("identity", fresh_pairs(), said)
    assert (measured.precision or 0) >= 0.97
    assert (measured.recall or 0) >= 0.8


def test_plain_names_are_found() -> None:
    for measured in evaluate(fresh_pairs())[:2]:  # pair by pair, and as one list
        assert (measured.precision or 0) >= 0.97
        assert (measured.recall or 0) >= 0.75


# --- each sentence, with a near miss -------------------------------------------------------------------

FOUND = [
    ("Gare Franche", "La Gare Franche"),  # an article
    ("Régions de France", "Association des Régions de France"),  # a legal form
    ("MBR Centre for Government Innovation", "MBR Centre for Government Innovation (Dubaï)"),  # brackets
    ("Mouans-Sartoux (commune)", "Ville de Mouans-Sartoux"),
    (
        "DRJSCS Hauts-de-France",
        "Direction régionale de la jeunesse, des sports et de la cohésion sociale (DRJSCS) Hauts-de-France",
    ),
    ("collectif ECHO", "Espace des Communautés et des Habitants Organisés"),  # an acronym
    ("Knowlsley Council", "Knowsley Council"),  # a letter in a rare word
    ("Thiers", "Ville de Thiers"),
    ("Labo de la Région Occitanie", "Le Lab, laboratoire d'innovation de la Région Occitanie"),
    ("Région PACA", "Région Provence-Alpes-Côte d'Azur"),
]
NOT_FOUND = [
    ("Le Luc", "Ville du Luc-en-Provence"),
    ("Association des maires de France", "Régions de France"),
    ("Innovation Team (Boston)", "Innovation Team (Seattle)"),
    ("Saint-Denis (commune)", "Ville de Saint-Genis"),
    ("DRAC Corse", "Direction régionale des affaires culturelles (DRAC) Bretagne"),
    ("IEP", "IEP Paris"),
    ("Mission locale de Quimper", "Mission locale de Quimperlé"),
    ("Thiers", "Communauté de communes de Thiers"),
    ("Labo de la Région Occitanie", "Région Occitanie"),
    ("Région PACA", "Préfecture de la région Provence-Alpes-Côte d'Azur"),
]  # fmt: skip


@pytest.fixture(scope="module")
def scores() -> dict[tuple[str, str], float]:
    pairs = [*FOUND, *NOT_FOUND]
    found = each([NameEntry(a) for a, _ in pairs], [NameEntry(b) for _, b in pairs])
    return dict.fromkeys(pairs, 0.0) | {pairs[row["a"]]: row["score"] for row in found.select("a", "score").to_dicts()}


@pytest.mark.parametrize(("a", "b"), FOUND)
def test_what_only_adds_a_mention_is_one(a: str, b: str, scores: dict[tuple[str, str], float]) -> None:
    assert scores[a, b] >= model().threshold


@pytest.mark.parametrize(("a", "b"), NOT_FOUND)
def test_what_says_another_thing_is_two(a: str, b: str, scores: dict[tuple[str, str], float]) -> None:
    assert scores[a, b] < model().threshold


@pytest.mark.parametrize("word", ["Région", "Lab", "Institut", "Métropole"])
def test_a_generic_word_makes_no_candidate(word: str) -> None:
    one, other, near = (NameEntry(f"{word} {name}") for name in ("Armorix", "Belisama", "Armorix"))
    assert score.within([one, other]).is_empty()
    assert len(score.within([one, near])) == 1


def test_a_region_is_no_candidate_for_an_institute_that_names_one() -> None:
    known = [Body(name, (name,)) for name in ("La 27e Région", "Préfecture de la région Occitanie", "Région PACA")]
    (found,) = reconcile([Body("", ("Institut de formation de la région Occitanie",))], known)
    assert found.candidates == ()


def test_a_lab_is_not_outranked_by_its_host() -> None:
    known = [
        "Région Occitanie",
        "Préfecture de la région Occitanie",
        "Le Lab, laboratoire d'innovation de la Région Occitanie",
    ]
    (found,) = reconcile([Body("", ("Labo de la Région Occitanie",))], [Body(name, (name,)) for name in known])
    assert [body.key for body, _ in found.candidates] == [known[-1]]
    (host,) = reconcile([Body("", ("Conseil régional d'Occitanie",))], [Body(name, (name,)) for name in known])
    assert host.choice and host.choice.key == known[0]


def test_scores_tell_candidates_of_one_level_apart() -> None:
    known = ["École nationale supérieure d'arts et métiers", "Arts et métiers d'Annecy", "Arts et Métiers ParisTech"]
    (found,) = reconcile([Body("", ("Arts et Métiers",))], [Body(name, (name,)) for name in known])
    scored = [match.score for _, match in found.candidates]
    assert len(scored) > 1
    assert len(set(scored)) == len(scored)


def test_one_acronym_of_two_names_is_nearer_to_the_one_of_which_it_has_each_initial() -> None:
    known = [Body(name, (name,)) for name in ("Métropole de Lyon", "Métropole européenne de Lille")]
    (found,) = reconcile([Body("", ("MEL",))], known)
    assert next(body.key for body, _ in found.candidates) == "Métropole européenne de Lille"


def test_words_weigh_by_rarity() -> None:
    rarity = lexicon().rarity
    assert max(rarity[word] for word in ("region", "lab", "institut", "metropol")) < 0.8 < rarity["council"]
    assert "knowsley" not in rarity  # what is not listed weighs 1


def test_a_country_keeps_apart_what_bears_one_name() -> None:
    here, there = NameEntry("Ministère du Travail", "country-fr"), NameEntry("Ministère du travail", "country-dk")
    same = each([here, here], [here, there]).get_column("score")
    assert same[0] >= model().threshold > same[1]
    assert same[0] == each([NameEntry(here.name)], [NameEntry(there.name)]).get_column("score")[0]
