"""Proposals become decisions and back: nothing contradictory, nothing half-written, nothing lost."""

import shutil
from pathlib import Path

import pytest

from maillage.errors import CannotWrite, FindingsError
from maillage.files import write_whole
from maillage.graph.decide import add, new_decision, next_batch, undo_batch, undo_pair
from maillage.graph.identity import Decision
from maillage.graph.proposals import Proposal, is_settled, read_proposals, sure, write_proposals
from tests.refusals import raises

Files = dict[str, bytes]


@pytest.fixture
def home(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real decisions, in a home of their own."""
    shutil.copytree(root / "graph", tmp_path / "graph")
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    return tmp_path / "graph" / "identity"


def files(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def said(
    a: str, b: str, same: bool = True, by: str = "splink", reason: str = "Score 0.95, modèle 1, lot 1."
) -> Decision:
    (left, one), (right, other) = a.split(":"), b.split(":")
    return new_decision((left, one), (right, other), same, by, "2026-11-25", reason)


def proposal(a: str, b: str, decision: str = "same") -> Proposal:
    (left, one), (right, other) = a.split(":"), b.split(":")
    return Proposal((left, one), "A", (right, other), "B", 0.95, decision, "1", {"name": "identical"})


def test_a_batch_is_written_and_taken_back_to_the_byte(home: Path) -> None:
    before, batch = files(home), next_batch()
    lot = f"Score 0.95, modèle 1, lot {batch}."
    pairs = [("labs-directory:x", "labs-directory:y"), ("new-source:z", "labs-directory:y")]
    add([said(a, b, reason=lot) for a, b in pairs], [])
    after = files(home)
    assert after["labs-directory.csv"].startswith(before["labs-directory.csv"])
    assert set(after) - set(before) == {"new-source.csv"}
    assert next_batch() == batch + 1
    assert undo_batch() == 2
    assert files(home) == before | {"new-source.csv": b"a,b,decision,decided_by,date,reason\n"}


def test_only_the_last_batch_is_taken_back(home: Path) -> None:
    held = b"".join(files(home).values()).count(b",same,splink,")
    assert (next_batch(), held > 0) == (2, True)
    add([said("s:a", "t:a", reason="Score 0.95, modèle 1, lot 2.")], [])
    add([said("s:b", "t:b", reason="Score 0.95, modèle 1, lot 3.")], [])
    add([said("s:c", "t:c", by="curator", reason="Vu dans le lot 9.")], [])
    assert undo_batch() == 1
    assert next_batch() == 3
    assert [undo_batch(), undo_batch()] == [1, held]
    with raises("nothing-to-undo"):
        undo_batch()
    assert b"s:c" in files(home)["s.csv"]


def test_one_decision_is_taken_back_in_either_order(home: Path) -> None:
    before = files(home)
    add([said("labs-directory:x", "labs-directory:y", by="curator")], [])
    assert undo_pair("labs-directory:y", "labs-directory:x") == 1
    assert files(home) == before
    with raises("nothing-to-undo", match="labs-directory:x"):
        undo_pair("labs-directory:x", "labs-directory:y")


def test_a_contradiction_is_refused_with_its_chain_and_writes_nothing(home: Path) -> None:
    before = files(home)
    known = [said("s:a", "t:b"), said("s:a", "u:c", same=False)]
    with pytest.raises(FindingsError, match=r"s:a = t:b = u:c"):
        add([said("t:b", "u:c")], known)
    assert files(home) == before


def test_a_disk_that_fails_midway_leaves_the_files_as_they_were(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(home)

    def failing(path: Path, body: bytes) -> None:
        if path.name == "z.csv":
            raise CannotWrite(file=path, reason="full")
        write_whole(path, body)

    monkeypatch.setattr("maillage.graph.decide.write_whole", failing)
    with pytest.raises(CannotWrite):
        add([said("labs-directory:x", "t:b"), said("fresh:x", "t:b"), said("z:x", "t:c")], [])
    assert files(home) == before


def test_what_is_decided_is_settled_through_its_chain() -> None:
    made = [said("s:a", "t:b"), said("t:b", "u:c"), said("u:c", "v:d", same=False)]
    assert is_settled(proposal("s:a", "u:c"), made)
    assert is_settled(proposal("s:a", "v:d"), made)
    assert not is_settled(proposal("s:a", "w:e"), made)


def test_a_batch_takes_what_is_sure_and_open() -> None:
    found = [proposal("s:a", "t:a"), proposal("s:b", "t:b", "review"), proposal("s:c", "t:c")]
    (made,) = sure(found, [said("s:c", "t:c")], "2026-11-25", 7)
    assert (made.a, made.decided_by, made.same) == (("s", "a"), "splink", True)
    assert made.reason == "Score 0.9500, modèle 1, lot 7."


def test_proposals_are_read_as_written(tmp_path: Path) -> None:
    found = [proposal("s:a", "t:a"), proposal("s:b", "t:b", "review")]
    write_proposals(tmp_path / "p.csv", found)
    assert read_proposals(tmp_path / "p.csv") == found
    (tmp_path / "p.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="score"):
        read_proposals(tmp_path / "p.csv")
