"""A plain list grouped: every row kept, the order of rows of no consequence, chains cut."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.matching.cluster import Membership, cluster, join
from maillage.matching.model import model
from maillage.matching.score import NameEntry
from tests.matching.real import challenges, sponsors

pytestmark = pytest.mark.sample(3)


def groups(names: list[str]) -> list[Membership | None]:
    return cluster([NameEntry(name) for name in names])


def test_a_city_is_not_its_metropole() -> None:
    names = ["Ville de Paris", "Mairie de Paris", "Métropole du Grand Paris", "Ville de Paris"]
    city, town_hall, metropole, again = groups(names)
    assert city and town_hall and metropole
    assert city == again
    assert city.cluster == town_hall.cluster != metropole.cluster
    assert city.name == town_hall.name == "Ville de Paris"  # the most frequent spelling
    assert city.score == town_hall.score < 1
    assert metropole.score == 1


def test_the_name_shown_is_not_the_acronym() -> None:
    found = groups(["DITP", "DITP", "Direction interministérielle de la transformation publique"])
    assert {one.name for one in found if one} == {"Direction interministérielle de la transformation publique"}


def test_an_empty_name_is_in_no_group() -> None:
    assert groups(["", "Ti Lab", "  "])[0] is None
    assert groups([]) == []


def test_identifiers_decide_before_names() -> None:
    found = cluster(
        [NameEntry("Le Lab", "", "1" * 9), NameEntry("DINUM", "", "1" * 9), NameEntry("DINUM", "", "2" * 9)]
    )
    assert found[0] and found[1] and found[2]
    assert found[0].cluster == found[1].cluster != found[2].cluster
    assert found[0].score == 1


def test_a_chain_does_not_join_its_ends() -> None:
    sure, doubtful = model().threshold, model().review - 0.01
    assert join(3, {(0, 1): sure, (1, 2): sure, (0, 2): doubtful}) == [0, 0, 2]
    assert join(3, {(0, 1): sure, (1, 2): sure}) == [0, 0, 2]
    assert join(3, {(0, 1): sure, (1, 2): sure, (0, 2): model().review}) == [0, 0, 0]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.floats(0, 0.999),
    )
)
def test_no_group_holds_a_pair_that_nothing_supports(links: dict[tuple[int, int], float]) -> None:
    found = join(8, links)
    for a in range(8):
        for b in range(a + 1, 8):
            if found[a] == found[b]:
                assert links.get((a, b), 0) >= model().review


@pytest.fixture(scope="module")
def real(shared: Path) -> list[str]:
    return [*challenges(shared), *sponsors(shared)]


@pytest.mark.needs("shared")
def test_all_real_names_are_grouped(real: list[str]) -> None:
    found = dict(zip(real, groups(real), strict=True))
    digital = {name for name, one in found.items() if one == found["DINUM"]}
    assert digital == {
        "DINUM",
        "Direction interministérielle du numérique",
        "Direction interministérielle du numérique (DINUM)",
        "Direction interministérielle du numérique (DINUM),",
    }
    home, police = found["Ministère de l’Intérieur"], found["Direction Générale de la Gendarmerie nationale (DGGN)"]
    both = found["Ministère de l’Intérieur et Agence nationale du traitement automatisé des infractions (ANTAI)"]
    assert home and police and both
    assert len({home.cluster, police.cluster, both.cluster}) == 3
    assert all(one is not None for one in found.values())


@pytest.mark.needs("shared")
@settings(max_examples=3, deadline=None)
@given(seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(real: list[str], seed: Random) -> None:
    sample = real[::4]
    shuffled = sample.copy()
    seed.shuffle(shuffled)
    assert dict(zip(sample, groups(sample), strict=True)) == dict(zip(shuffled, groups(shuffled), strict=True))
