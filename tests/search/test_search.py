"""Search by name: one rule, which Python's index and the explorer's TypeScript follow; the cases were written first."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from maillage.store.search import NamedThing, NameIndex
from maillage.terms import fold

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


NAMES = {row["thing"]: row["names"].split(" | ") for row in _rows("names.csv")}
CASES = _rows("cases.csv")


@pytest.fixture(scope="module")
def index() -> Iterator[NameIndex]:
    things = [NamedThing(thing, {"fr": names[0]}, frozenset(map(fold, names))) for thing, names in NAMES.items()]
    index = NameIndex.of(things)
    yield index
    index.close()


@pytest.mark.parametrize("case", CASES, ids=[row["typed"] for row in CASES])
def test_a_case(case: dict[str, str], index: NameIndex) -> None:
    hits = index.seek(case["typed"], 20)
    found, near = ([hit.iri for hit in some] for some in (hits.found, hits.near))
    assert {"found": found, "near": near} == {"found": case["found"].split(), "near": case["near"].split()}
    assert set(case["absent"].split()) <= NAMES.keys() - {*found, *near}
