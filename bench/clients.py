"""One client and fifty ask all that is said of a body, by HTTP: Maillage, rdflib-endpoint and the bare Oxigraph server.

On the sources of release 0.1.0, as rdflib-endpoint reads them; the memory of what is served, on the default build.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx

from bench.part import Data, Row, count_lines, said_of, split, tried
from bench.serve import server as maillage_server
from bench.work import call, environment, execute, processor, resident_mb, serving
from maillage.store.base import QUESTION_GRAPHS
from tests.conftest import oxigraph_path
from tests.store.engines import free_port, wait_for

JSON = "application/sparql-results+json"
MANY = 50
PEER = "rdflib-endpoint"
Served = Callable[[Path], AbstractContextManager[tuple[str, int]]]


def run(data: Data) -> Iterator[Row]:
    yield from tried(_all_of(data), "ego by HTTP")
    if data.goes_on("memory served"):
        yield from tried(_memory(data), "memory served")


def _all_of(data: Data) -> Iterator[Row]:
    built = data.build(data.first)
    servers: dict[str, Served] = {
        PEER: lambda folder: _rdflib(data, built, folder),
        "Oxigraph server": lambda folder: _oxigraph(built, folder),
        "Maillage": lambda _: _maillage(built),
    }
    found: dict[tuple[str, int], dict[str, float]] = {}
    for name, start in servers.items():
        with tempfile.TemporaryDirectory(dir=data.cache) as folder:
            yield from tried(_served(data, name, start(Path(folder)), found), f"ego, {name}")


def _served(
    data: Data,
    name: str,
    starting: AbstractContextManager[tuple[str, int]],
    found: dict[tuple[str, int], dict[str, float]],
) -> Iterator[Row]:
    text = quote(Path(__file__).with_name("ego.rq").read_text("utf-8"))
    graphs = "".join(f"&default-graph-uri={quote(one, safe='')}" for one in QUESTION_GRAPHS)
    with starting as (address, pid):
        asked = f"{address}?query={text}{graphs if name == 'Oxigraph server' else ''}"
        rows = len(
            httpx.get(asked, headers={"Accept": JSON}, timeout=60).raise_for_status().json()["results"]["bindings"]
        )
        for clients in (1, MANY):
            before = processor(pid)
            said, _ = call(
                "bench.load", "load", asked, clients, data.seconds if clients > 1 else data.seconds / 3, JSON
            )
            said["server_ms"] = (processor(pid) - before) * 1000 / max(said["asked"], 1)
            found[name, clients] = said
            figures = said | {"rows": rows, "resident_mb": resident_mb(pid)} | _ratio(found, name, clients)
            goal = ("serve-one" if clients == 1 else "serve-many") if name == "Maillage" else ""
            yield Row(f"ego by HTTP, {name}, {clients}", "release", figures, goal)


def _ratio(found: Mapping[tuple[str, int], Mapping[str, float]], name: str, clients: int) -> dict[str, float]:
    """Answers a second beside those of the peer."""
    peer = found.get((PEER, clients))
    return {"ratio": found[name, clients]["per_second"] / peer["per_second"]} if peer else {}


def _memory(data: Data) -> Iterator[Row]:
    """What the server and its engine hold after fifty clients asked, a million statements."""
    out = data.build(data.out)
    lines = count_lines(out / "graph" / "graph.nq")
    text = quote(Path(__file__).with_name("ego.rq").read_text("utf-8"))
    with _maillage(out) as (address, pid):
        call("bench.load", "load", f"{address}?query={text}", MANY, data.seconds / 3, JSON)
        held = resident_mb(pid)
    figures = {"resident_mb": held, "mb_a_million": held / max(lines / 1e6, 1)}
    yield Row("memory served, Maillage and its engine", said_of(lines), figures, "serve-memory")


@contextmanager
def _maillage(out: Path) -> Iterator[tuple[str, int]]:
    with maillage_server(out) as (address, pid):
        wait_for(httpx.URL(address).port or 80)
        yield f"{address.rstrip('/')}/sparql", pid


@contextmanager
def _rdflib(data: Data, built: Path, folder: Path) -> Iterator[tuple[str, int]]:
    python = Path(environment(data.cache, PEER, "rdflib-endpoint[web]", "click", "uvicorn"))
    files = [str(file) for _, file in split(built / "graph" / "graph.nq", folder)]
    port = free_port()
    words = [str(python.with_name(PEER)), "serve", "--host", "127.0.0.1", "--port", str(port), *files]
    with serving(words) as pid:
        wait_for(port, 300)
        yield f"http://127.0.0.1:{port}/", pid


@contextmanager
def _oxigraph(built: Path, folder: Path) -> Iterator[tuple[str, int]]:
    engine, port = str(oxigraph_path()), free_port()
    execute([engine, "load", "--location", str(folder), "--file", str(built / "graph" / "graph.nq")])
    with serving([engine, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]) as pid:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/query", pid
