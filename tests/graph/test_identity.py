"""Identifiers never move, decisions that contradict themselves are refused, merges redirect."""

from pathlib import Path

import pytest

from maillage.errors import FindingsError
from maillage.graph.identity import Decision, assign, conflicts, decisions, publish, published_iris
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.terms import iri


def body(source: str, key: str) -> Record:
    return Record(source, "organisations", "organisation", "merged", "organisation", key, "f.csv", 2, {})


def said(a: str, b: str, same: bool) -> Decision:
    (left, one), (right, other) = a.split(":"), b.split(":")
    return Decision((left, one), (right, other), same, "curator", "2026-11-22", "why", "identity.csv", 2)


@pytest.fixture
def index() -> Index:
    return Index([body("press", "ditp"), body("press", "dinum"), body("state", "ditp"), body("state", "dgafp")])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "graph" / "identity").mkdir(parents=True)
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    return tmp_path


RANKS = {"press": 50, "state": 10}


def test_the_same_key_in_two_sources_is_two_things_until_someone_says_otherwise(index: Index, home: Path) -> None:
    found = assign(index, [], RANKS).iris
    assert found["state", "ditp"] == iri("organisation", "ditp")
    assert found["press", "ditp"] == iri("organisation", "ditp-2")


def test_a_decision_gives_one_iri(index: Index, home: Path) -> None:
    found = assign(index, [said("press:ditp", "state:ditp", True)], RANKS).iris
    assert found["press", "ditp"] == found["state", "ditp"] == iri("organisation", "ditp")


def test_published_identifiers_stay_and_a_later_merge_redirects(index: Index, home: Path) -> None:
    first = assign(index, [], RANKS)
    assert publish(first, "0.1.0") == 4
    assert published_iris() == first.iris
    merged = assign(index, [said("press:ditp", "state:ditp", True)], RANKS)
    assert merged.iris == first.iris
    oldest, newest = (first.iris[key] for key in list(published_iris()) if key[1] == "ditp")
    assert merged.canonical == {newest: oldest}
    assert publish(merged, "0.2.0") == 0


def test_a_chain_of_same_cannot_join_what_is_said_to_differ() -> None:
    made = [said("a:x", "b:x", True), said("b:x", "c:x", True), said("a:x", "c:x", False)]
    (finding,) = conflicts(made)
    assert "a:x" in finding.words.message("fr") and "c:x" in finding.words.message("en")
    assert conflicts(made[1:]) == []


def test_a_decision_on_something_unknown_is_a_finding(index: Index, home: Path) -> None:
    rows = "a,b,decision,decided_by,date,reason\npress:ditp,state:ditpp,maybe,,2026-11-22,why\n"
    (home / "graph" / "identity" / "press.csv").write_text(rows, encoding="utf-8")
    made, findings = decisions(index)
    assert made == []
    assert {finding.column for finding in findings} == {"b", "decision", "decided_by"}
    assert "state:ditp" in next(finding.words.cure("fr") for finding in findings if finding.column == "b")


def test_a_file_without_its_columns_is_refused(index: Index, home: Path) -> None:
    (home / "graph" / "identity" / "press.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="decided_by"):
        decisions(index)
