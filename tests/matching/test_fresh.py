"""300 pairs of the new sources, judged before the model changed: how it does on bodies, with all that is said of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from maillage.cli.identity import table
from maillage.graph.build import read_whole
from maillage.graph.proposals import bodies_of
from maillage.matching.bodies import Body, matches_within
from maillage.matching.evaluate import evaluate, score_method
from maillage.matching.labels import fresh_pairs
from maillage.matching.lexicon import matching_folder
from maillage.matching.model import model
from maillage.sources.rows import read_rows
from maillage.sources.subset import choose_sources

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
    read = read_whole([*choose_sources(None), *choose_sources(["la27e-region", "anct-programmes"])], undecided=True)
    known = {body.key: body for body in bodies_of(read, "organisation")}
    bodies = [body for row in JUDGED for body in two(row, known)]
    found = {(match.a, match.b): match.score for match in matches_within(bodies)}
    return [found.get((place, place + 1), 0.0) >= model().threshold for place in range(0, len(bodies), 2)]


def test_there_are_three_hundred_and_each_has_a_reason() -> None:
    assert len(ROWS) == 300
    assert all(row["reason"].endswith(".") for row in ROWS)
    assert len({frozenset((row["a"], row["b"])) for row in ROWS}) == 300
    assert sum(row["decision"] == "same" for row in ROWS) == 106


def test_bodies_are_found_and_none_but_two_in_a_hundred_wrongly(said: list[bool], root: Path) -> None:
    measured = score_method("identity", fresh_pairs(), said)
    assert measured.precision >= 0.97
    assert measured.recall >= 0.8
    assert table([measured], "fr").splitlines()[-1] in (root / "docs/how-to/identity.md").read_text(encoding="utf-8")


def test_plain_names_are_found() -> None:
    for measured in evaluate(fresh_pairs())[:2]:
        assert measured.precision >= 0.97
        assert measured.recall >= 0.75
