"""A build goes into an endpoint whole, in an order that says when it did not."""

import json
import subprocess
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
import pytest

from maillage import answer
from maillage.cli import command_line
from maillage.errors import EndpointError
from maillage.graph.canonical import canonical
from maillage.release import publish as publishing
from maillage.store.graphs import GraphStore
from tests.refusals import raises
from tests.store.conftest import ENGINES, Engines
from tests.store.generated import generated


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder as a build leaves it, as far as publishing goes."""
    folder = tmp_path_factory.mktemp("out")
    (folder / "graph").mkdir()
    (folder / "graph" / "graph.nq").write_bytes(canonical(generated(rules=())))
    (folder / "graph" / "report.json").write_text(json.dumps({"digest": "0123456789abcdef"}), encoding="utf-8")
    return folder


@pytest.mark.parametrize("engine_name", ENGINES)
def test_publish_then_ask(
    out: Path, engine_name: str, engines: Engines, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = engines.started(engine_name, "published")[0]
    for name, value in engine.environment.items():
        monkeypatch.setenv(name, value)
    assert command_line(["publish", "--out", str(out), "--endpoint", engine.endpoint]) == 0
    assert "+01234567" in capsys.readouterr().out
    monkeypatch.setenv("MAILLAGE_ENDPOINT", engine.endpoint)
    with answer.open() as graph:
        assert len(graph.ask("participations")) > 10_000
        assert graph.release.endswith(f"+01234567 ({engine.endpoint})")


@pytest.mark.slow
def test_the_version_goes_first_and_comes_last(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def put(_store: GraphStore, graph: str, _triples: BinaryIO, _timeout: float | None = None) -> None:
        if graph.endswith("/graph/merged"):
            raise EndpointError("endpoint-unreachable", endpoint="x", reason="y")
        done.append(graph)

    monkeypatch.setattr(GraphStore, "remove", lambda _store, graph: done.append(f"- {graph}"))
    monkeypatch.setattr(GraphStore, "put", put)
    with raises("half-published", match="to be loaded again"):
        publishing.publish(out, "http://127.0.0.1:9/store", lambda *_, **__: None)
    assert done[0].endswith("/graph/release")
    assert done[0].startswith("- ")
    assert not any(graph.endswith("/graph/release") for graph in done[1:])
    with publishing.publication(out) as whole:
        assert list(whole.graphs)[-1].endswith("/graph/release")


def test_files_for_a_loader_hold_the_whole(out: Path, tmp_path: Path) -> None:
    assert command_line(["publish", "--out", str(out), "--files", str(tmp_path / "load")]) == 0
    read = ox.Store()
    for file in sorted((tmp_path / "load").glob("*.nt")):
        name = file.with_name(f"{file.name}.graph").read_text(encoding="utf-8").strip()
        read.load(file.read_bytes(), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    dump = (out / "graph" / "graph.nq").read_bytes()
    lines = set(canonical(read).splitlines()) - set(dump.splitlines())
    assert len(lines) == 1
    assert b"dcat#version" in lines.pop()


@pytest.mark.needs("virtuoso")
def test_virtuoso_reads_them(out: Path, engines: Engines) -> None:
    virtuoso = engines.started("virtuoso", "published by files")[0]
    folder = virtuoso.folder / "load"
    assert command_line(["publish", "--out", str(out), "--files", str(folder)]) == 0
    load = f"exec=ld_dir('{folder}', '*.nt', ''); rdf_loader_run(); checkpoint;"
    login = ["isql-vt", str(virtuoso.sql), virtuoso.user, virtuoso.password]
    done = subprocess.run([*login, load], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    with answer.open(endpoint=virtuoso.endpoint) as graph:
        assert len(graph.ask("participations")) > 10_000


def test_nothing_to_publish(tmp_path: Path) -> None:
    with raises("no-build"), publishing.publication(tmp_path):
        pass
