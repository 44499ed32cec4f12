"""Real names that must be one body, and real names that must not, at the published threshold."""

from dataclasses import replace

import pytest

from maillage.graph.build import read_whole
from maillage.graph.proposals import bodies_of
from maillage.matching.bodies import Body, matches_within
from maillage.matching.model import model
from maillage.matching.score import NameEntry, between, each, within
from tests.cases import core_sources

pytestmark = pytest.mark.sample(3)

SAME = [
    ("Ville de Paris", "Mairie de Paris"),
    ("Ville de Grenoble", "Mairie - Grenoble"),
    ("Direction interministérielle du numérique", "Direction interministérielle du numérique (DINUM),"),
    ("DITP", "Direction interministérielle de la transformation publique"),
    ("Département du Oise", "Conseil départemental - Oise"),
    ("Secrétariat Général aux Affaires régionales (SGAR) Bretagne", "SGAR Bretagne"),
    ("Service hydrographique et océanographique de la marine (Shom), Ministère des Armées", "SHOM"),
    ("Agence National de l'Habitat", "Agence nationale de l’habitat"),
    ("Ti Lab", "TiLab"),
    ("SIILAB", "Siilab"),
]
DIFFERENT = [
    ("Ville de Paris", "Métropole du Grand Paris"),
    ("Mairie - Nantes", "Métropole - Nantes"),
    ("Grenoble-Alpes Métropole", "Ville de Grenoble"),
    ("Ministère de la Culture", "Ministère de la Culture, Service du Mobilier National"),
    ("Ministère de l’Intérieur", "Ministère de l’Intérieur, Direction générale de la gendarmerie nationale (DGGN)"),
    ("Préfecture de la région Bretagne", "SGAR Bretagne"),
    ("Préfecture - Isère", "Conseil départemental - Isère"),
    ("Conseil départemental - Loire", "Conseil départemental - Haute-Loire"),
    ("Mairie - Parisot 82137-01", "Mairie - Parisot 81202-01"),
    ("Mairie - Paris", "Mairie - Paris-l'Hôpital"),
    ("Mairie - Luc 48086-01", "Mairie - Le Luc"),
    ("Maison de services au public - Amiens 80021-03", "Maison de services au public - Amiens 80021-02"),
    ("Centre d\x92information (CIO) - Quimper", "Centre d'information (CIO) - Quimperlé"),
    ("Ministère de l’Intérieur et Agence nationale du traitement automatisé (ANTAI)", "Ministère de l’Intérieur"),
    ("Ministère de la Justice et ministère de l'Intérieur", "Ministère de la Justice"),
    ("Ministère de la Justice, Ministère de l'Intérieur", "Ministère de l'Intérieur"),
    ("Agence nationale de l'habitat (Anah) - Isère", "ANAH"),
    ("Direction générale de la santé", "Direction générale du travail"),
    ("Ministère de l'Intérieur, Direction du budget", "Ministère de la Culture, Direction du budget"),
]  # fmt: skip


Scores = dict[tuple[str, str], float]


def score(a: NameEntry, b: NameEntry) -> float:
    found = each([a], [b]).get_column("score").to_list()
    return found[0] if found else 0.0


@pytest.fixture(scope="module")
def scores() -> Scores:
    """Of each pair of this file in both orders, scored at once; a pair that is no candidate has nought."""
    pairs = [*SAME, *DIFFERENT, *((b, a) for a, b in (*SAME, *DIFFERENT))]
    found = each([NameEntry(a) for a, _ in pairs], [NameEntry(b) for _, b in pairs])
    return dict.fromkeys(pairs, 0.0) | {pairs[row["a"]]: row["score"] for row in found.select("a", "score").to_dicts()}


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_body(a: str, b: str, scores: Scores) -> None:
    assert scores[a, b] >= model().threshold
    assert scores[b, a] == scores[a, b]


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_bodies(a: str, b: str, scores: Scores) -> None:
    assert scores[a, b] < model().threshold
    assert scores[b, a] == scores[a, b]


def test_the_model_agrees_with_what_persons_decided_on_our_sources() -> None:
    """Of decisions made before the model: none that parts bodies reaches the threshold, nine in ten that join do."""
    read = read_whole(core_sources())
    bodies = bodies_of(read, "organisation")
    place = {body.key: number for number, body in enumerate(bodies)}
    scores = {(match.a, match.b): match.score for match in matches_within(bodies)}
    reached: dict[bool, list[bool]] = {True: [], False: []}
    for made in read.decisions:
        pair = [place.get(":".join(key), -1) for key in (made.a, made.b)]
        if made.decided_by == "curator" and min(pair) >= 0:
            reached[made.same].append(scores.get((min(pair), max(pair)), 0.0) >= model().threshold)
    assert reached[False] and not any(reached[False])
    assert sum(reached[True]) / len(reached[True]) >= 0.85


def test_what_stands_beside_a_name_speaks() -> None:
    here, there = NameEntry("Mission locale", "department-38"), NameEntry("Mission locale", "department-69")
    assert score(here, there) < score(here, NameEntry("Mission locale"))
    known = NameEntry("Mission locale", "", "", "29-31 rue des Boulets, 75011 Paris")
    near = NameEntry("Mission locale", "", "", "29 - 31, rue des Boulets 75011 PARIS")
    assert (
        score(known, near) > score(known, NameEntry("Mission locale")) > score(known, replace(near, address="1 rue X"))
    )
    same_name = "Agence nationale de l’habitat"
    assert score(NameEntry(same_name, "", "130025265"), NameEntry(same_name, "", "130025266")) < model().threshold


def test_candidates_are_the_same_in_either_order() -> None:
    names = [NameEntry(name) for pair in SAME for name in pair]
    count = len(names)
    forward = {(a, b): score for a, b, score in within(names).select("a", "b", "score").iter_rows()}
    backward = within(names[::-1]).select("a", "b", "score").iter_rows()
    assert forward == {(count - 1 - b, count - 1 - a): score for a, b, score in backward}


def test_between_two_lists_places_are_those_of_each_list() -> None:
    found = between(
        [NameEntry("Ti Lab"), NameEntry("DITP")],
        [NameEntry("Direction interministérielle de la transformation publique")],
    )
    assert found.select("a", "b").rows() == [(1, 0)]


def test_no_names_no_pairs() -> None:
    assert len(within([])) == len(between([], [NameEntry("DITP")])) == len(within([NameEntry("")])) == 0


def test_one_identifier_decides_first_whatever_the_names() -> None:
    (found,) = matches_within([Body("a:x", ("Le Lab",), "", "130025265"), Body("b:y", ("DINUM",), "", "130025265")])
    assert (found.a, found.b, found.score) == (0, 1, 1.0)


def test_the_best_names_of_two_bodies_stand_for_them() -> None:
    one = Body("a:x", ("Direction interministérielle de la transformation publique", "DITP"))
    other = Body("b:y", ("La DITP", "Direction interministérielle de la transformation publique (DITP)"))
    (found,) = matches_within([one, other])
    assert found.levels["name"].name == "identical"


def test_a_shared_acronym_does_not_join_bodies_whose_names_differ() -> None:
    one = Body("a:x", ("Direction des affaires civiles", "DAC"))
    other = Body("b:y", ("Délégation à l'aviation commerciale", "DAC"))
    assert all(match.score < model().threshold for match in matches_within([one, other]))
