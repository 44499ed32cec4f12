"""What is not known of the bodies of the default build: each is listed with its reason, and no other is."""

import csv
from pathlib import Path

import pytest

from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import ID

RESTS = Path(__file__).parent.parent / "docs" / "reference" / "rests.csv"
BODY = f"{ID}organisation/"


def rests() -> list[dict[str, str]]:
    return list(csv.DictReader(RESTS.read_text(encoding="utf-8").splitlines()))


def test_each_rest_says_why_and_is_there_once() -> None:
    rows = rests()
    keys = [(row["body"], row["property"]) for row in rows]
    assert keys == sorted(set(keys))
    assert [row for row in rows if not row["reason"].endswith(".")] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kind", "territory", "country", "identifier"])
def test_the_rests_are_those_of_the_default_build(name: str, default: EmbeddedStore) -> None:
    answer = run(default, f"things-without-{name}").rows()
    iris = [str(row.get("body") or row.get("thing")) for row in answer]
    found = {iri.removeprefix(BODY) for iri in iris if iri.startswith(BODY)}
    listed = {row["body"] for row in rests() if row["property"] == name}
    assert (sorted(found - listed), sorted(listed - found)) == ([], [])
