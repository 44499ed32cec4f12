"""The parts of `python -m bench` that need no source from elsewhere, at the smallest size."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import __main__ as main
from bench import graphs, report, stores
from bench.part import Data, Row, Work, done, goals
from bench.work import Failure, call, execute
from bench.world import World


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(tmp_path, tmp_path / "out", (0.01,), runs=1, seconds=1, end=time.monotonic() + 300)


@pytest.mark.slow
@pytest.mark.needs("oxigraph-server")
def test_every_store_gives_as_many_rows(data: Data) -> None:
    rows = {row.what: row for work in stores.works(data) for row in done(work, data, _quiet)}
    assert {"pyoxigraph in memory", "pyoxigraph on disk", "Oxigraph server", "rdflib"} <= rows.keys()
    assert not [row for row in rows.values() if "rows, not" in row.note]
    assert rows["rdflib"].figures["load_s"]


@pytest.mark.slow
def test_measures_agree_with_their_peers(data: Data) -> None:
    rows = {row.what: row for work in graphs.works(data) for row in done(work, data, _quiet)}
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
    assert Row("x", "", {"wall_s": 1.0}, "run").misses == ["cpu_s  > 60"]
    assert Row("x", "", {}, "run", note="not measured: why").misses == []


def test_what_answers_a_goal_comes_first_and_the_cheapest_of_it() -> None:
    works = [Work("a", _no_rows), Work("b", _no_rows, ("run",), 9), Work("c", _no_rows, ("run",), 2)]
    assert [work.what for work in sorted(works)] == ["c", "b", "a"]


def test_every_goal_has_work_that_answers_it(data: Data) -> None:
    data.sizes = (0.01, 1.0)
    works = main.works_of([*main.PARTS], data)
    answered = {goal for work in works for goal in work.goals}
    assert answered <= {*goals()}
    assert not data.real_sources or answered == {*goals()}


def test_work_that_fails_or_takes_too_long_says_so_and_the_rest_goes_on(data: Data) -> None:
    def fail() -> Iterator[Row]:
        yield Row("one", "", {"ratio": 1.0}, "build-small")
        raise Failure("exit 3: it is not there")

    def wait() -> Iterator[Row]:
        execute(["sleep", "60"])
        yield Row("never", "")

    said: list[Row] = []
    rows = done(Work("peer", fail, ("build-small", "run")), data, said.append)
    rows += done(Work("slow", wait, ("search",), minutes=0.01), data, said.append)
    data.end = 0
    rows += done(Work("left", wait), data, said.append)
    assert rows == said
    assert [row.note for row in rows] == [
        "",
        "not measured: exit 3: it is not there",
        "not measured: stopped after 0.0 minutes",
        "not measured: the time of the run was over",
    ]
    page = report.write(rows, {}, data, ("", ""), 0)
    assert "| peer: not measured: exit 3: it is not there |" in page
    assert page.count("| not measured |") == len(goals()) - 3


def test_a_command_that_fails_is_a_failure() -> None:
    with pytest.raises(Failure, match="exit 3"):
        execute(["sh", "-c", "exit 3"])
    found, cost = call("math", "sqrt", 16)
    assert found == 4
    assert cost.peak_mb > 0


def _quiet(_: Row) -> None:
    pass


def _no_rows() -> Iterator[Row]:
    yield from ()
