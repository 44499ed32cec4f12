"""IRIs are put together in one place; names fold as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.terms import BASE, PREFIXES, compact, expand, fold, iri, part_iri, slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Grenoble-Alpes Métropole", "grenoble alpes metropole"),
        ("Grenoble Alpes Métropole", "grenoble alpes metropole"),
        ("Lab @RCHIPEL", "lab archipel"),
        ("Lab'@rchipel", "lab archipel"),
        ("Etat'LIN", "etat lin"),
        ("Cœur d’Hérault", "coeur d herault"),
        ("  PACA ", "paca"),
        ("", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_slug_is_fit_for_an_iri() -> None:
    assert slug("Préfecture de l'Ardèche") == "prefecture-de-l-ardeche"


def test_a_thing_lies_under_the_base() -> None:
    assert iri("organisation", "ti-lab") == f"{BASE}id/organisation/ti-lab"
    assert iri("participation", "a source", "x/y") == f"{BASE}id/participation/a%20source/x%2Fy"
    assert part_iri(iri("organisation", "x"), "siren").endswith("/organisation/x/siren")


@pytest.mark.parametrize("name", ["mai:agent", "org:Organization", "kind:laboratory", "id:x"])
def test_prefixed_names_go_both_ways(name: str) -> None:
    assert compact(expand(name)) == name


def test_the_longest_prefix_wins() -> None:
    assert compact(PREFIXES["role"] + "carries") == "role:carries"
    assert compact("http://example.org/x") == "http://example.org/x"
    assert compact(iri("organisation", "ti-lab")) == iri("organisation", "ti-lab")


def test_an_unknown_prefix_is_an_error() -> None:
    with pytest.raises(KeyError):
        expand("nope:x")
