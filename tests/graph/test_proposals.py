"""What is proposed as one body: never what one register lists twice, less readily what stands elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from maillage.graph.build import Inputs
from maillage.graph.decide import new_decision
from maillage.graph.identity import Decision
from maillage.graph.proposals import propose
from maillage.matching.model import model
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.terms import concept_iri

pytestmark = pytest.mark.sample(3)

SAME = "Service des impôts des entreprises du centre des finances publiques de Rennes"


def body(source: str, key: str, name: str, codes: tuple[str, ...] = (), address: str = "") -> Record:
    values = {
        "name": [Value("text", name, lang="fr")],
        "territory": [Value("territory", "commune-35238")],
        "identifiers": [Value("text", code) for code in codes],
        "address": [Value("text", address)] if address else [],
    }
    return Record(source, "bodies", "body", "merged", "organisation", key, "bodies.csv", 1, values)


def thing(kind: str, source: str, key: str, name: str, start: str = "", sort: str = "call") -> Record:
    values = {
        "name": [Value("text", name, lang="fr")],
        "start": [Value("literal", start)] if start else [],
        "kind": [Value("iri", sort)],
    }
    return Record(source, "things", kind, "merged", kind, key, "things.csv", 1, values)


def part(source: str, agent: str, activity: str) -> Record:
    values = {"agent": [Value("thing", agent, source=source)], "activity": [Value("thing", activity, source=source)]}
    key = f"{agent}-{activity}"
    return Record(source, "parts", "part", "merged", "participation", key, "parts.csv", 1, values)


def proposed(*bodies: Record, made: Sequence[Decision] = ()) -> list[tuple[str, float]]:
    cards = [Card(name, Path(), {"rank": rank}, ()) for name, rank in (("a", 10), ("b", 20))]
    read = Inputs(index=Index(bodies), cards=cards, decisions=list(made))
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


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        ("2018-11-19", "2018-11", 1),
        ("2018-11-19", "", 1),
        ("2018-11-19", "2019-11-25", 0),  # two yearly editions
        ("2018-11-19", "2018-11-20", 0),
    ],
)
def test_events_dated_apart_are_never_one(here: str, there: str, found: int) -> None:
    name = "Semaine de l'innovation publique"
    a, b = thing("event", "a", "x", name, here), thing("event", "b", "y", name, there)
    assert len(proposed(a, b)) == found


def test_a_number_in_the_name_of_an_edition_tells_it_apart() -> None:
    names = ("Semaine de l'innovation publique 2018", "Semaine de l'innovation publique 2019")
    assert proposed(*(thing("event", source, "x", name) for source, name in zip("ab", names, strict=True))) == []


def test_a_call_that_each_source_names_in_its_own_words_is_found_by_its_party() -> None:
    state = [body(source, "sgmap", "Secrétariat général pour la modernisation") for source in "ab"]
    here = thing("programme", "a", "x", "Appel du SGMAP dont LaBase est une expérimentation")
    there = thing("programme", "b", "y", "Appel du SGMAP remporté par le Ti Lab")
    decided = [new_decision(("a", "sgmap"), ("b", "sgmap"), True, "curator", "", "")]
    both = (part("a", "sgmap", "x"), part("b", "sgmap", "y"))
    assert proposed(*state, here, there, *both, made=decided) == [("review", model().review)]
    assert proposed(*state, here, there, both[0], made=decided) == []  # no party in common
    other = thing("programme", "b", "y", "Appel du SGMAP remporté par le Ti Lab", sort="programme")
    assert proposed(*state, here, other, *both, made=decided) == []  # of another kind
    later = thing("programme", "b", "y", "Atlas des territoires")
    assert proposed(*state, here, later, *both, made=decided) == []  # no word in common


def test_what_one_source_tells_apart_and_what_has_a_rival_is_for_a_person_to_decide() -> None:
    here = body("a", "x", "Institut Armorix")
    assert proposed(here, body("b", "y", "L'Institut Armorix"))[0][0] == "same"
    assert proposed(here, body("a", "y", "L'Institut Armorix"))[0][0] == "review"
    calls = [body("b", key, name) for key, name in (("y", "Centre de travail maritime"), ("z", "Cité de tous métiers"))]
    assert [decision for decision, _ in proposed(body("a", "x", "CTM"), calls[0])] == ["same"]
    assert [decision for decision, _ in proposed(body("a", "x", "CTM"), *calls)] == ["review", "review"]


def test_the_country_of_a_body_stands_for_a_territory_that_nothing_says() -> None:
    def ministry(source: str) -> Record:
        record = body(source, "x", "Ministère du Travail")
        return replace(record, values=record.values | {"territory": []})

    def country(source: str, name: str) -> Record:
        values = {"thing": [Value("thing", "x", source=source)], "country": [Value("territory", name)]}
        return Record(source, "countries", "country", "merged", "country", "c", "countries.csv", 1, values)

    pair = (ministry("a"), ministry("b"))
    assert [decision for decision, _ in proposed(*pair, country("a", "country-fr"))] == ["same"]
    assert proposed(*pair, country("a", "country-fr"), country("b", "country-dk")) == []
