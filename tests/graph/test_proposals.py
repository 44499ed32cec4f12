"""What is proposed as one body: never what one register lists twice, less readily what stands elsewhere."""

from pathlib import Path

import pytest

from maillage.graph.build import Read
from maillage.graph.proposals import propose
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.index import Index
from maillage.sources.records import Record

SAME = "Service des impôts des entreprises du centre des finances publiques de Rennes"


def body(source: str, key: str, name: str, codes: tuple[str, ...] = (), address: str = "") -> Record:
    values = {
        "name": [Value("text", name, "fr")],
        "territory": [Value("territory", "commune-35238")],
        "identifiers": [Value("text", code) for code in codes],
        "address": [Value("text", address)] if address else [],
    }
    return Record(source, "bodies", "body", "merged", "organisation", key, "bodies.csv", 1, values)


def proposed(*bodies: Record) -> list[tuple[str, float]]:
    cards = [Card(name, Path(), {"rank": rank}, ()) for name, rank in (("a", 10), ("b", 20))]
    read = Read(index=Index(bodies), cards=cards)
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
