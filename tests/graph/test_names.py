"""Two bodies of one name need a person's decision, before an identifier is given to the second for ever."""

from pathlib import Path

import pytest

from maillage.errors import FindingsError
from maillage.graph.build import name_things, read_all
from maillage.graph.identity import Decision
from maillage.graph.names import names_of_one, namesakes
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.index import Index, Key
from maillage.sources.records import Record
from tests.reading.essay import Essay

TI, OTHER, SHEET = ("central-bodies", "ti-lab"), ("local-authorities", "lab"), ("leon", "lab")
RANKS = {"central-bodies": 10, "local-authorities": 20, "leon": 5, "betagouv": 30}


def body(key: Key, *names: str, siren: str = "") -> list[Record]:
    """A body, its own name first, and a row for each further name."""
    own = {"name": [Value("text", names[0], lang="fr")], "siren": [Value("text", siren)] if siren else []}
    rows = [Record(key[0], "organisations", "organisation", "merged", "organisation", key[1], "o.csv", 7, own)]
    for number, name in enumerate(names[1:]):
        further = {"thing": [Value("thing", key[1], source=key[0])], "form": [Value("text", name)]}
        rows.append(Record(key[0], "names", "name", "merged", "name", f"name-{number}", "n.csv", 2, further))
    return rows


def said(a: Key, b: Key, same: bool) -> Decision:
    return Decision(a, b, same, "curator", "2026-11-30", "why", "identity.csv", 2)


def cards() -> list[Card]:
    facts = {name: {"rank": rank} | ({"fetch": {"x": 1}} if name == "betagouv" else {}) for name, rank in RANKS.items()}
    return [Card(name, Path("kept") / name, known, ()) for name, known in facts.items()]


def found(records: list[Record], *made: Decision) -> list[tuple[str, str]]:
    return [(finding.severity, finding.words.cure("fr")) for finding in namesakes(Index(records), made, cards())]


@pytest.mark.parametrize(
    "names", [("Ti-Lab", "TI LAB"), ("L’été", "L'Ete"), ("Direction", "DIT", "direction"), ("DIT", "Direction", "DIT")]
)
def test_one_folded_name_without_a_decision_is_an_error_with_its_cure(names: tuple[str, ...]) -> None:
    [(severity, cure)] = found([*body(TI, names[0]), *body(OTHER, *names[1:])])
    assert severity == "error"
    assert cure.startswith(
        "Écrire dans graph/identity/local-authorities.csv : "
        "local-authorities:lab,central-bodies:ti-lab,same,curator,AAAA-MM-JJ,RAISON (different si"
    )
    assert "colonnes : a,b,decision,decided_by,date,reason" in cure


def test_one_source_may_name_a_body_twice() -> None:
    assert [severity for severity, _ in found([*body(TI, "Ti Lab"), *body(("central-bodies", "two"), "Ti Lab")])] == [
        "error"
    ]


def test_what_is_decided_or_not_one_name_is_left_alone() -> None:
    two = [*body(TI, "Ti Lab"), *body(OTHER, "Ti Lab")]
    third = body(("local-authorities", "third"), "Troisième")
    link = (said(TI, ("local-authorities", "third"), True), said(("local-authorities", "third"), OTHER, True))
    assert found(two, said(OTHER, TI, True)) == []
    assert found(two, said(OTHER, TI, False)) == []
    assert found([*two, *third], *link) == []
    assert found([*body(TI, "Ti Lab", siren="1"), *body(OTHER, "Ti Lab", siren="1")]) == []
    assert found([*body(TI, "Ti Lab"), *body(OTHER, "Ti Labo")]) == []
    assert found([*body(TI, "Préfecture A", "SGAR"), *body(OTHER, "Préfecture B", "SGAR")]) == []
    assert found([*body(TI, "Ti Lab"), *body(("betagouv", "ti"), "Ti Lab")]) == []  # registers have their own command


def test_a_sheet_of_ones_own_is_warned_and_mended_in_its_folder() -> None:
    [(severity, cure)] = found([*body(TI, "Ti Lab"), *body(SHEET, "Ti Lab")])
    assert severity == "warning"
    assert cure.startswith("Écrire dans kept/leon/identity.csv : leon:lab,central-bodies:ti-lab,same,")


def test_the_names_of_one_thing_are_those_of_every_source() -> None:
    index = Index([*body(TI, "Ti Lab", "TL"), *body(OTHER, "Le Lab")])
    apart, together = (names_of_one(index, made)[TI] for made in ([], [said(TI, OTHER, True)]))
    assert apart == {"ti lab", "tl"}
    assert together == {"ti lab", "tl", "le lab"}


def test_no_identifier_is_given_before_the_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    essay = Essay(tmp_path)
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    essay.fill()
    assert ("register", "isles") in name_things().iris
    essay.write("data/register/organisations.csv", essay.rows("register/organisations").replace("isles,M", "atoll,M"))
    essay.write("graph/identity/essay.csv", "a,b,decision,decided_by,date,reason\n")
    assert name_things().new_keys  # another name, and nothing to decide
    essay.change("organisations", "isles,Communauté des Îles", "isles,Métropole-des-Îles")
    with pytest.raises(FindingsError, match=r"organisations\.csv:3:name: .*register:atoll"):
        name_things()
    assert read_all(["essay"]).findings == []  # a part of the sources cannot say
