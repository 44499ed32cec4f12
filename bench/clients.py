"""One client and fifty ask all that is said of a body, by HTTP: Maillage, rdflib-endpoint and the bare Oxigraph server.

On the sources of release 0.1.0, as rdflib-endpoint reads them; the memory of what is served, on the default build.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx

from bench.part import FAULTS, Data, Row, Work, count_lines, said_of, split
from bench.serve import server as maillage_server
from bench.work import call, environment, execute, processor, resident_mb, serving
from maillage.store.base import QUESTION_GRAPHS
from maillage.web.release import WORLD, build_digest
from tests.conftest import oxigraph_path
from tests.store.engines import free_port, wait_for

JSON = "application/sparql-results+json"
MANY = 50
BEGINS = 200  # seconds that a server of a large graph may take to begin
PEER = "rdflib-endpoint"
Found = dict[tuple[str, int], dict[str, float]]
Served = Callable[[Data, Path], AbstractContextManager[tuple[str, int]]]


def works(data: Data) -> Iterator[Work]:
    found: Found = {}
    yield Work("ego by HTTP", lambda: _both(data, found), ("serve-one", "serve-many"), 5)
    yield Work("memory served", lambda: _memory(data), ("serve-memory",), 5)
    yield Work("ego by HTTP, Oxigraph server", lambda: _served(data, "Oxigraph server", _oxigraph, found), (), 3)


def _both(data: Data, found: Found) -> Iterator[Row]:
    """The peer first, as ours is held against it; where it fails, there are no ratios."""
    try:
        yield from _served(data, PEER, _rdflib, found)
    except FAULTS as failure:
        yield Row(f"ego by HTTP, {PEER}", "release", note=f"not measured: {failure}")
    yield from _served(data, "Maillage", lambda data, _: _maillage(data.first), found)


def _served(data: Data, name: str, start: Served, found: Found) -> Iterator[Row]:
    data.build(data.first)
    with tempfile.TemporaryDirectory(dir=data.cache) as folder:
        yield from _asked(data, name, start(data, Path(folder)), found)


def _asked(data: Data, name: str, starting: AbstractContextManager[tuple[str, int]], found: Found) -> Iterator[Row]:
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
    """What the server and its engine hold after fifty clients asked, a million statements.

    A portal of the whole graph takes minutes to write, and what is written is not in memory: that of the first release
    stands in for it.
    """
    out = data.build(data.out)
    portal = _portal(data, out)
    lines = count_lines(out / "graph" / "graph.nq")
    text = quote(Path(__file__).with_name("ego.rq").read_text("utf-8"))
    with _maillage(out, "--portal", str(portal)) as (address, pid):
        call("bench.load", "load", f"{address}?query={text}", MANY, data.seconds / 3, JSON)
        held = resident_mb(pid)
    figures = {"resident_mb": held, "mb_a_million": held / max(lines / 1e6, 1)}
    note = "beside it, the portal of release 0.1.0"
    yield Row("memory served, Maillage and its engine", said_of(lines), figures, "serve-memory", note=note)


def _portal(data: Data, out: Path) -> Path:
    written, folder = data.first / "portal", data.cache / "served"
    if not written.is_dir():
        with _maillage(data.build(data.first)):  # which writes it
            pass
    shutil.copytree(written, folder, dirs_exist_ok=True)
    release, digest = (build_digest(built / "graph") for built in (data.first, out))
    world = (folder / WORLD).read_text("utf-8").replace(f"+{release}", f"+{digest}")
    (folder / WORLD).write_text(world, "utf-8")
    return folder


@contextmanager
def _maillage(out: Path, *more: str) -> Iterator[tuple[str, int]]:
    with maillage_server(out, *more) as (address, pid):
        wait_for(httpx.URL(address).port or 80, BEGINS)
        yield f"{address.rstrip('/')}/sparql", pid


@contextmanager
def _rdflib(data: Data, folder: Path) -> Iterator[tuple[str, int]]:
    python = Path(environment(data.cache, PEER, "rdflib-endpoint[web]", "click", "uvicorn"))
    files = [str(file) for _, file in split(data.first / "graph" / "graph.nq", folder)]
    port = free_port()
    words = [str(python.with_name(PEER)), "serve", "--host", "127.0.0.1", "--port", str(port), *files]
    with serving(words) as pid:
        wait_for(port, 300)
        yield f"http://127.0.0.1:{port}/", pid


@contextmanager
def _oxigraph(data: Data, folder: Path) -> Iterator[tuple[str, int]]:
    engine, port = str(oxigraph_path()), free_port()
    execute([engine, "load", "--location", str(folder), "--file", str(data.first / "graph" / "graph.nq")])
    with serving([engine, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]) as pid:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/query", pid
