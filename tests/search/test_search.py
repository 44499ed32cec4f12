"""Search by name: one rule, which Python's index and the explorer's TypeScript follow; the cases were written first."""

import csv
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.search import misspell
from maillage.store import EmbeddedStore
from maillage.store.search import Hit, Hits, NamedThing, NameIndex, named_bodies, write_index
from maillage.terms import fold
from tests.refusals import raises

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


NAMES = {row["thing"]: row["names"].split(" | ") for row in _rows("names.csv")}
CASES = _rows("cases.csv")


def _things() -> list[NamedThing]:
    return [NamedThing(thing, {"fr": names[0]}, frozenset(map(fold, names))) for thing, names in NAMES.items()]


@pytest.fixture(scope="module")
def index() -> Iterator[NameIndex]:
    with closing(NameIndex.of(_things())) as index:
        yield index


@pytest.mark.parametrize("case", CASES, ids=[row["typed"] for row in CASES])
def test_a_case(case: dict[str, str], index: NameIndex) -> None:
    hits = index.seek(case["typed"], 20)
    found, near = ([hit.iri for hit in some] for some in (hits.found, hits.near))
    assert {"found": found, "near": near} == {"found": case["found"].split(), "near": case["near"].split()}
    assert set(case["absent"].split()) <= NAMES.keys() - {*found, *near}


def test_an_index_is_of_its_graph_alone(tmp_path: Path) -> None:
    write_index(tmp_path, _things(), "of-this-graph")
    with closing(NameIndex.open(tmp_path, "of-this-graph")) as index:
        assert index.seek("DTIP", 1) == Hits([Hit("ditp", {"fr": NAMES["ditp"][0]})], [])
    for folder, digest in ((tmp_path, "of-another"), (tmp_path / "nothing", "of-this-graph")):
        with raises("old-names"):
            NameIndex.open(folder, digest)
    (tmp_path / "names.db").write_bytes(b"no database, and long enough to be told from one" * 9)
    with raises("old-names"):
        NameIndex.open(tmp_path, "of-this-graph")


def test_most_are_told_each_once(index: NameIndex) -> None:
    assert [hit.iri for hit in index.seek("direction", 2).found] == ["travaux", "dinum"]
    assert [hit.iri for hit in index.seek("direction", 20).found] == ["travaux", "dinum", "ditp"]


@pytest.mark.parametrize(
    "typed", ['"', '" OR *', "text : x", "^", "a" * 500, "\ue000", "é\u0301 ﬁ ½", "x NEAR y", "AND"]
)
def test_nothing_that_is_typed_is_a_query(typed: str, index: NameIndex) -> None:
    assert index.seek(typed, 20).found in ([], index.seek(fold(typed), 20).found)


def test_one_letter_misspelt_is_found(core: EmbeddedStore) -> None:
    """Every name of the default build, one letter of it more, less, other or exchanged where chance says."""
    bodies, chance = named_bodies(core), random.Random(1)
    names = sorted((name, one.iri) for one in bodies for name in one.names if sum(map(str.isalpha, name)) > 1)
    with closing(NameIndex.of(bodies)) as index:
        found = [iri in [hit.iri for hit in index.seek(misspell(name, chance), 20).found] for name, iri in names]
        exact = [index.seek(name, 20).found[0].iri for name, _ in names]
    assert len(names) > 500
    assert sum(found) / len(names) > 0.95
    owners = {name: {iri for other, iri in names if other == name} for name, _ in names}
    assert [name for (name, _), iri in zip(names, exact, strict=True) if iri not in owners[name]] == []
