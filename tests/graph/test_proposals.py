"""What is proposed as one body: never what one register lists twice, less readily what stands elsewhere."""

from pathlib import Path

import pytest

from maillage.graph.build import Inputs
from maillage.graph.proposals import propose
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.terms import concept_iri

SAME = "Service des impôts des entreprises du centre des finances publiques de Rennes"


def body(source: str, key: str, name: str, codes: tuple[str, ...] = (), address: str = "") -> Record:
    values = {
        "name": [Value("text", name, lang="fr")],
        "territory": [Value("territory", "commune-35238")],
        "identifiers": [Value("text", code) for code in codes],
        "address": [Value("text", address)] if address else [],
    }
    return Record(source, "bodies", "body", "merged", "organisation", key, "bodies.csv", 1, values)


def thing(kind: str, source: str, key: str, name: str) -> Record:
    return Record(
        source, "things", kind, "merged", kind, key, "things.csv", 1, {"name": [Value("text", name, lang="fr")]}
    )


def proposed(*bodies: Record) -> list[tuple[str, float]]:
    cards = [Card(name, Path(), {"rank": rank}, ()) for name, rank in (("a", 10), ("b", 20))]
    read = Inputs(index=Index(bodies), cards=cards)
    return [(one.decision, one.score) for one in propose(read)]


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        ((), (), ["same"]),
        (("ANNUAIRE=1",), ("BETA=1",), ["same"]),
        (("ANNUAIRE=1",), ("ANNUAIRE=2",), []),
        (("ANNUAIRE=1", "SIREN=1"), ("ANNUAIRE=1", "ANNUAIRE=2"), ["same"]),
        (("ANNUAIRE=1", "SIREN=1"), ("ANNUAIRE=1", "SIREN=2"), []),
    ],
)
def test_two_codes_of_one_register_are_two_bodies(
    here: tuple[str, ...], there: tuple[str, ...], found: list[str]
) -> None:
    assert [decision for decision, _ in proposed(body("a", "x", SAME, here), body("b", "y", SAME, there))] == found


@pytest.mark.slow
def test_an_address_says_a_little_and_a_number_a_lot() -> None:
    """Read in the directory of 2019: services of one building and of two, and two that a number alone tells apart."""
    (apart,) = proposed(body("a", "x", f"{SAME} Nord", (), "1 rue A"), body("b", "y", f"{SAME} Nord", (), "2 rue B"))
    (plain,) = proposed(body("a", "x", f"{SAME} Nord"), body("b", "y", f"{SAME} Nord"))
    (together,) = proposed(body("a", "x", f"{SAME} Nord", (), "1 rue A"), body("b", "y", f"{SAME} Nord", (), "1 rue A"))
    assert apart[1] < plain[1] < together[1]
    assert apart[0] == plain[0] == together[0] == "same"
    (one,) = proposed(body("a", "x", "SPF de Nice"), body("b", "y", "SPF de Nice"))
    assert one[0] == "same"
    assert [
        decision for decision, _ in proposed(body("a", "x", "SPF de Nice 1"), body("b", "y", "SPF de Nice 2"))
    ] == []


@pytest.mark.sample(2)
@pytest.mark.parametrize("kind", ["event", "programme"])
def test_events_and_programmes_of_two_sources_are_for_a_person_to_decide(kind: str) -> None:
    """The model learned from names of bodies: the surest of its scores decides nothing here."""
    here, there = thing(kind, "a", "x", "Les Labonautes"), thing(kind, "b", "y", "Les Labonautes")
    assert [decision for decision, _ in proposed(here, there)] == ["review"]
    assert proposed(here, thing(kind, "a", "z", "Les Labonautes")) == []  # one source tells them apart
    assert proposed(here, thing(kind, "b", "y", "La Transfo")) == []
    assert proposed(thing("event", "a", "x", "Les Labonautes"), thing("programme", "b", "y", "Les Labonautes")) == []


def test_a_name_that_we_made_with_a_carrier_proposes_nothing() -> None:
    lab, region = body("a", "lab", "Le Labo"), body("b", "region", "Région Sud")
    named = {
        "thing": [Value("thing", "lab", source="a")],
        "form": [Value("text", "Région Sud", lang="fr")],
        "certainty": [Value("iri", concept_iri("certainty", "implied"))],
    }
    implied = Record("a", "names", "name", "merged", "name", "n", "names.csv", 1, named)
    stated = Record(
        "a",
        "names",
        "name",
        "merged",
        "name",
        "n",
        "names.csv",
        1,
        named | {"certainty": [Value("iri", concept_iri("certainty", "stated"))]},
    )
    assert proposed(lab, region, implied) == []
    assert [decision for decision, _ in proposed(lab, region, stated)] == ["same"]
