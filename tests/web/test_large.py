"""What a server and its portal do with a graph that is too large to be held."""

import gzip
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from maillage.queries.run import run
from maillage.store import local
from maillage.store.local import load_store, open_store
from maillage.terms import graph_iri
from maillage.visualize.portal import explorer


@pytest.fixture
def unread(built_out: Path, tmp_path: Path) -> Path:
    """A build whose dump cannot be read: whoever reads it fails."""
    (tmp_path / "store").symlink_to((built_out / "graph" / "store").resolve())
    (tmp_path / "graph.nq").write_text(f"no statement <{graph_iri('merged')}> .\n", encoding="utf-8")
    return tmp_path


def test_a_large_graph_is_asked_on_disk_and_its_dump_not_read(unread: Path, built_out: Path) -> None:
    on_disk, in_memory = load_store(unread, in_memory=10), load_store(built_out / "graph")
    assert len(run(on_disk, "events")) > 0
    assert run(on_disk, "events").rows() == run(in_memory, "events").rows()


def test_a_small_graph_is_read_from_its_dump(unread: Path, built_out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SyntaxError):
        load_store(unread)
    monkeypatch.setattr(local, "CHUNK", 10_000)  # several chunks
    whole, there = load_store(built_out / "graph"), open_store(built_out / "graph")
    assert run(whole, "counts").rows() == run(there, "counts").rows()


def _dump(folder: Path) -> Path:
    """Two statements that questions are asked of, one of a source."""
    lines = [f'<urn:a> <urn:p> "{name}" <{graph_iri(name)}> .\n' for name in ("evidence", "merged", "source/x")]
    (folder / "graph.nq").write_text("".join(lines), encoding="utf-8")
    return folder / "graph.nq"


def _given(dump: Path) -> dict[str, Any]:
    return explorer._graph(dump)


def test_the_sparql_page_gets_what_questions_are_asked_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer, "MOST", 2)
    given = _given(_dump(tmp_path))
    said = gzip.decompress(b64decode(given["gzip"])).decode()
    assert (given["statements"], said.splitlines()) == (2, _dump(tmp_path).read_text(encoding="utf-8").splitlines()[:2])


def test_where_both_are_too_many_the_page_gets_the_merged_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer, "MOST", 1)
    given = _given(_dump(tmp_path))
    said = gzip.decompress(b64decode(given["gzip"])).decode()
    assert (given["statements"], given["missing"]) == (1, 1)
    assert said == f'<urn:a> <urn:p> "merged" <{graph_iri("merged")}> .\n'


def test_of_a_graph_too_large_for_a_page_it_gets_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer, "MOST", 0)
    given = _given(_dump(tmp_path))
    assert (given["statements"], given["missing"], given["gzip"]) == (1, 1, "")


def test_page_and_portal_agree_on_what_is_too_large() -> None:
    engine = Path(__file__).parents[2] / "visualize" / "explorer" / "src" / "sparql" / "engine.ts"
    assert f"MOST = {explorer.MOST:_};" in engine.read_text(encoding="utf-8")
