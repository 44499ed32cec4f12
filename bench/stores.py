"""Stores side by side on the made-up world: bare pyoxigraph, Oxigraph's server, Virtuoso, rdflib and oxrdflib.

Seconds of processor of client and server. Each must give as many rows as the bare engine in memory.
"""

import math
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from bench.part import Data, Row, Work, load_raw, split
from bench.work import Failure, call, disk_mb, environment, execute, processor, resident_mb, serving
from maillage.store.base import QUESTION_GRAPHS
from tests.conftest import oxigraph_path
from tests.store.engines import free_port, virtuoso_server, wait_for

LIBRARIES_UP_TO = 1.0  # millions of statements that rdflib is asked about
CUT = 20.0  # seconds of processor that rdflib may take for all runs of a question
TSV = "text/tab-separated-values"
Answers = Mapping[str, tuple[float | None, int]]
Peer = Callable[[Data, Path, Path, str, dict[str, Any]], Iterator[Row]]


def works(data: Data) -> Iterator[Work]:
    """The bare engine first: the others are held to its answers."""
    peers: dict[str, Peer] = {
        "pyoxigraph in memory": _memory,
        "pyoxigraph on disk": _disk,
        "Oxigraph server": _oxigraph,
        "Virtuoso": _virtuoso,
        "rdflib": partial(_library, store="default"),
        "oxrdflib": partial(_library, store="Oxigraph"),
    }
    for millions in data.sizes:
        bare: dict[str, Any] = {}
        for name, peer in peers.items():
            if millions <= LIBRARIES_UP_TO or "rdflib" not in name:
                minutes = 3 + max(millions, 1)
                yield Work(name, partial(_of, peer, data, millions, bare), minutes=minutes, size=f"{millions:g} M")


def _of(peer: Peer, data: Data, millions: float, bare: dict[str, Any]) -> Iterator[Row]:
    if not bare and peer is not _memory:
        raise Failure("there is no answer of the bare engine to hold it to")
    with tempfile.TemporaryDirectory(dir=data.cache) as folder:
        yield from peer(data, data.graph(millions), Path(folder), f"{millions:g} M", bare)


def _memory(data: Data, file: Path, _: Path, size: str, bare: dict[str, Any]) -> Iterator[Row]:
    said, cost = call("bench.peers", "ask_pyoxigraph", str(file), "", list(QUESTION_GRAPHS), texts(), data.runs)
    bare.update(said["answers"])
    yield _row("pyoxigraph in memory", size, bare, bare, cost.figures() | {"load_s": said["load"]})


def texts() -> dict[str, str]:
    return {file.stem: file.read_text("utf-8") for file in sorted(Path(__file__).with_name("texts").glob("*.rq"))}


def _disk(data: Data, file: Path, folder: Path, size: str, bare: Answers) -> Iterator[Row]:
    loaded = load_raw(file, folder / "store")
    given = (str(file), str(folder / "store"), list(QUESTION_GRAPHS), texts(), data.runs)
    yield _row("pyoxigraph on disk", size, call("bench.peers", "ask_pyoxigraph", *given)[0]["answers"], bare, loaded)


def _library(data: Data, file: Path, _: Path, size: str, bare: Answers, store: str) -> Iterator[Row]:
    python, name = sys.executable, "rdflib"
    if store == "Oxigraph":
        python, name = environment(data.cache, "oxrdflib", "oxrdflib"), "oxrdflib"
    given = (str(file.with_name("question.nt")), store, texts(), data.runs, CUT)
    said, cost = call("bench.peers", "ask_rdflib", *given, python=python)
    yield _row(name, size, said["answers"], bare, cost.figures() | {"load_s": said["load"]})


def _oxigraph(data: Data, file: Path, folder: Path, size: str, bare: Answers) -> Iterator[Row]:
    engine, port = str(oxigraph_path()), free_port()
    loaded = execute([engine, "load", "--location", str(folder), "--file", str(file)])
    with serving([engine, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]) as server:
        wait_for(port)
        said = _ask_server(f"http://127.0.0.1:{port}/query", server, data.runs)
        figures = {"load_s": loaded.cpu, "wall_s": loaded.wall, "peak_mb": resident_mb(server)}
        yield _row("Oxigraph server", size, said, bare, figures | {"disk_mb": disk_mb(folder)})


def _virtuoso(data: Data, file: Path, folder: Path, size: str, bare: Answers) -> Iterator[Row]:
    """The bulk loader reads the two graphs of a question, and no other."""
    if not shutil.which("virtuoso-t") or not (isql := shutil.which("isql-vt")):
        raise Failure("virtuoso-t or isql-vt is not on this machine")
    for graph, triples in split(file, folder):
        triples.with_name(f"{triples.name}.graph").write_text(f"{graph}\n", "utf-8")
    with virtuoso_server(folder, rows=10_000_000) as engine:
        lock = (folder / "virtuoso.lck").read_text("utf-8")
        server = int(next(line for line in lock.splitlines() if "PID" in line).partition("=")[2])
        before, begun = processor(server), time.perf_counter()
        words = f"ld_dir('{folder}', '*.nt', ''); rdf_loader_run(); checkpoint;"
        execute([isql, f"127.0.0.1:{engine.sql}", engine.user, engine.password, f"exec={words}"])
        figures = {"load_s": processor(server) - before, "wall_s": time.perf_counter() - begun}
        said = _ask_server(engine.endpoint, server, data.runs)
        figures |= {"peak_mb": resident_mb(server), "disk_mb": disk_mb(folder / "virtuoso.db")}
        yield _row("Virtuoso", size, said, bare, figures)


def _ask_server(address: str, server: int, runs: int) -> Answers:
    found: dict[str, tuple[float | None, int]] = {}
    with httpx.Client(timeout=300, headers={"Accept": TSV}) as client:
        for name, text in texts().items():
            times, rows = [], 0
            for _ in range(runs):
                begun = time.process_time() + processor(server)
                asked = client.post(address, data={"query": text, "default-graph-uri": list(QUESTION_GRAPHS)})
                rows = asked.raise_for_status().content.count(b"\n") - 1
                times.append(time.process_time() + processor(server) - begun)
            found[name] = statistics.median(times), rows
    return found


def _row(name: str, size: str, said: Any, bare: Answers, figures: Mapping[str, float]) -> Row:
    """The questions that were not cut, by geometric mean, and their ratio to the same of the bare engine."""
    whole = {one: seconds for one, (seconds, _) in said.items() if seconds is not None}
    means = {
        "question_s": mean(whole.values()),
        "ratio": mean(max(seconds, 1e-4) / max(bare[one][0] or 0, 1e-4) for one, seconds in whole.items()),
    }
    cut = sorted(said.keys() - whole.keys())
    wrong = [f"{one}: {said[one][1]} rows, not {bare[one][1]}" for one in whole if said[one][1] != bare[one][1]]
    notes = [f"cut: {', '.join(cut)}"] if cut else []
    return Row(name, size, {**figures, **means}, note="; ".join(notes + wrong))


def mean(values: Any) -> float:
    """Geometric."""
    logs = [math.log(max(value, 1e-9)) for value in values]
    return math.exp(sum(logs) / len(logs)) if logs else math.nan
