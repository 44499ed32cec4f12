"""The parts of `python -m bench` that need no source from elsewhere, at the smallest size."""

import time
from pathlib import Path

import pytest

from bench import report
from bench.graphs import run as run_graphs
from bench.part import Data, Row, goals
from bench.stores import run as run_stores
from bench.work import Failure, call, execute
from bench.world import World


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(tmp_path, tmp_path / "out", (0.01,), runs=1, seconds=1, end=time.monotonic() + 300)


@pytest.mark.slow
@pytest.mark.needs("oxigraph-server")
def test_every_store_gives_as_many_rows(data: Data) -> None:
    rows = {row.what: row for row in run_stores(data)}
    assert {"pyoxigraph in memory", "pyoxigraph on disk", "Oxigraph server", "rdflib"} <= rows.keys()
    assert not [row for row in rows.values() if "rows, not" in row.note]


@pytest.mark.slow
def test_measures_agree_with_their_peers(data: Data) -> None:
    rows = {row.what: row for row in run_graphs(data)}
    assert rows["projection / scipy"].goal == "projection"
    far = [row.note for row in rows.values() if row.note.startswith("farthest")]
    assert len(far) == 4
    assert all(float(note.split()[1]) < 1e-8 for note in far)


def test_a_world_is_the_same_again_and_as_large_as_asked(tmp_path: Path) -> None:
    files = [tmp_path / "one.nq", tmp_path / "other.nq"]
    counts = [World.of_statements(20_000).write_graph(file) for file in files]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(set(files[0].read_text("utf-8").splitlines())) == counts[0]
    assert 16_000 < counts[0] < 24_000


def test_a_goal_is_met_or_says_by_how_much_not() -> None:
    assert Row("x", "", {"ratio": 4.0}, "build-small").misses == []
    assert Row("x", "", {"ratio": 4.5}, "build-small").misses == ["ratio 4.5 > 4"]
    assert Row("x", "", {"ratio": 9.0, "p99_ms": 10.0, "errors": 0.0}, "serve-many").misses == ["ratio 9 < 10"]
    assert Row("x", "", {}, "run").misses == ["cpu_s  > 60"]


def test_a_run_out_of_time_says_what_it_left(data: Data) -> None:
    data.end = 0
    assert [*run_graphs(data)] == []
    page = report.write([], {}, data, ("", ""), 0)
    assert "Left, as the time was over: graphs, 0.01 M" in page
    assert page.count("| not measured |") == len(goals())


def test_a_command_that_fails_is_a_failure() -> None:
    with pytest.raises(Failure, match="exit 3"):
        execute(["sh", "-c", "exit 3"])
    found, cost = call("math", "sqrt", 16)
    assert found == 4
    assert cost.peak_mb > 0
