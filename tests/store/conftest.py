"""The engines of a session, and the data that the scenario asks them about."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage.store import EmbeddedStore, Store, open_endpoint
from maillage.store.base import QUESTION_GRAPHS
from maillage.store.graphs import GraphStore
from tests.queries.golden import Golden, paths_of
from tests.shared_run import SharedRun
from tests.store.engines import Engine, oxigraph_server, virtuoso_server
from tests.store.generated import generated

STARTS: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "oxigraph": oxigraph_server,
    "virtuoso": virtuoso_server,
}


ENGINES = [
    pytest.param("oxigraph", marks=pytest.mark.needs("oxigraph-server")),
    pytest.param("virtuoso", marks=pytest.mark.needs("virtuoso")),
]


@dataclass
class Engines:
    """One running engine a name, which holds one data set, or small ones side by side. Another data set under the same
    IRIs gets a new engine: Virtuoso 7 keeps the plans of its queries when the data change under them, and then loses
    rows. It takes seconds to start, so the next one is started while the tests use the one before it.
    """

    folder: Callable[[str], Path]
    running: dict[str, tuple[ExitStack, Engine, str]] = field(default_factory=dict)
    coming: dict[str, Future[tuple[ExitStack, Engine]]] = field(default_factory=dict)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def started(self, name: str, loaded: str | None = None) -> tuple[Engine, bool]:
        """The engine of a name, and whether it is a new one; `loaded` is the data set that it must hold."""
        if name in self.running and loaded in (None, self.running[name][2]):
            return self.running[name][1], False
        self.stop(name)
        stack, engine = (self.coming.pop(name, None) or self._ask_for(name)).result()
        self.coming[name] = self._ask_for(name)
        self.running[name] = stack, engine, loaded or ""
        return engine, True

    def _ask_for(self, name: str) -> "Future[tuple[ExitStack, Engine]]":
        folder, stack = self.folder(name), ExitStack()
        return self.pool.submit(lambda: (stack, stack.enter_context(STARTS[name](folder))))

    def stop(self, name: str) -> None:
        if name in self.running:
            self.running.pop(name)[0].close()


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    held = Engines(tmp_path_factory.mktemp)
    yield held
    for name in [*held.running]:
        held.stop(name)
    for waiting in held.coming.values():
        waiting.result()[0].close()
    held.pool.shutdown()


@pytest.fixture
def virtuoso(engines: Engines) -> Engine:
    return engines.started("virtuoso")[0]


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(engine_name: str, engines: Engines) -> Engine:
    return engines.started(engine_name)[0]


@dataclass
class Data:
    """Graphs by the name of their data set; with each come the source graphs, which no question may count."""

    engines: Engines
    makers: dict[str, Callable[[], ox.Store]]
    stores: dict[str, ox.Store] = field(default_factory=dict)
    held: dict[str, set[str]] = field(default_factory=dict)  # the small graphs in a running engine, by its name

    def embedded(self, name: str, make_store: Callable[[], ox.Store] | None = None) -> Store:
        """`make_store`: for a graph that has no name among the makers."""
        if name not in self.stores:
            self.stores[name] = (make_store or self.makers[name])()
        return EmbeddedStore(self.stores[name])

    def remote(self, name: str, engine_name: str) -> Store:
        """The same data in an engine that holds nothing else, or, for a graph that has no name among the makers, the
        small graphs of other cases only, each under IRIs of its own.
        """
        alone = name in self.makers
        engine, new = self.engines.started(engine_name, name if alone else "cases")
        held = self.held.setdefault(engine_name, set())
        if new:
            held.clear()
        beside = "" if alone else f"/{name}"
        if name not in held:
            self._load(name, engine, beside)
            held.add(name)
        return open_endpoint(engine.endpoint, [f"{graph}{beside}" for graph in QUESTION_GRAPHS])

    def _load(self, name: str, engine: Engine, beside: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in engine.environment.items():
                patch.setenv(variable, value)
            target = GraphStore(engine.graph_store)
        store = self.stores[name]
        for graph in store.named_graphs():
            triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
            target.put(f"{graph.value}{beside}", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        target.close()


@pytest.fixture(scope="session")
def data(engines: Engines, makers: dict[str, Callable[[], ox.Store]]) -> Data:
    return Data(engines, makers)


@pytest.fixture(scope="session")
def makers(article_run: SharedRun, built_out: Path, core_run: SharedRun) -> dict[str, Callable[[], ox.Store]]:
    """How each graph that has a name is made; whoever asks for `whole` needs the fixture `built`."""
    assert built_out.is_dir()
    return {
        "article": lambda: article_run.store,
        "whole": lambda: core_run.store,
        "generated": generated,
    }


@pytest.fixture(scope="session")
def stores_of(makers: dict[str, Callable[[], ox.Store]]) -> Callable[[Golden], Callable[[], ox.Store]]:
    """How the graph of a case is made."""
    return lambda case: makers.get(case.graph, lambda: _of_files(case))


def _of_files(case: Golden) -> ox.Store:
    store = ox.Store()
    for path in paths_of(case):
        store.load(path.read_bytes(), format=ox.RdfFormat.TRIG)
    return store
