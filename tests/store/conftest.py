"""The engines of a session, and the data that the scenario asks them about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox
import pytest

from maillage.graph.build import make
from maillage.store import EmbeddedStore, GraphStore, Store, open_endpoint
from tests.cases import ARTICLE_SOURCES
from tests.queries.golden import Golden, paths_of
from tests.store.engines import Engine, oxigraph_server, virtuoso_server
from tests.store.generated import generated


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as engine:
        yield engine


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as engine:
        yield engine


@pytest.fixture(params=[
    pytest.param("oxigraph", marks=pytest.mark.needs("oxigraph-server")),
    pytest.param("virtuoso", marks=pytest.mark.needs("virtuoso")),
])  # fmt: skip
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(request.param)
    return found


@dataclass
class Data:
    """Graphs by the name of their data set. An engine holds one at a time, as an endpoint does; with it come the
    source graphs, which no question may count.
    """

    stores: dict[str, ox.Store] = field(default_factory=dict)
    loaded: dict[str, str] = field(default_factory=dict)

    def embedded(self, name: str, make_store: Callable[[], ox.Store]) -> Store:
        if name not in self.stores:
            self.stores[name] = make_store()
        return EmbeddedStore(self.stores[name])

    def remote(self, name: str, engine: Engine) -> Store:
        """The same data in an engine, loaded when another was there."""
        if self.loaded.get(engine.name) != name:
            self._load(name, engine)
            self.loaded[engine.name] = name
        return open_endpoint(engine.endpoint)

    def _load(self, name: str, engine: Engine) -> None:
        """Replaces what the engine holds."""
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in engine.environment.items():
                patch.setenv(variable, value)
            target = GraphStore(engine.graph_store)
        store, before = self.stores[name], self.stores.get(self.loaded.get(engine.name, ""), ox.Store())
        for left in {*before.named_graphs()} - {*store.named_graphs()}:
            target.remove(str(left.value))
        for graph in store.named_graphs():
            triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
            target.put(str(graph.value), ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        target.close()


@pytest.fixture(scope="session")
def data() -> Data:
    return Data()


@pytest.fixture(scope="session")
def stores_of() -> Callable[[Golden], Callable[[], ox.Store]]:
    """How the graph of a case is made."""
    return lambda case: MAKERS.get(case.graph, lambda: _of_files(case))


def _of_files(case: Golden) -> ox.Store:
    store = ox.Store()
    for path in paths_of(case):
        store.load(path.read_bytes(), format=ox.RdfFormat.TRIG)
    return store


MAKERS: dict[str, Callable[[], ox.Store]] = {
    "article": lambda: make(sources=ARTICLE_SOURCES).store,
    "generated": generated,
}
