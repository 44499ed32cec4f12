"""The engines of a session, and the data that the scenario asks them about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from maillage.graph.build import make
from maillage.store import EmbeddedStore, GraphStore, Store, open_endpoint
from maillage.terms import graph_iri
from tests.cases import ARTICLE_SOURCES
from tests.queries.golden import Golden, paths_of
from tests.store.engines import Engine, oxigraph_server, virtuoso_server
from tests.store.generated import generated

GRAPHS = ("merged", "evidence")


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
    """Graphs by the name of their data set. An engine holds many: each under graph names of its own, beside the
    source graphs, which no question may count.
    """

    stores: dict[str, ox.Store]
    loaded: set[tuple[str, str]]

    def embedded(self, name: str, make_store: Callable[[], ox.Store]) -> Store:
        if name not in self.stores:
            self.stores[name] = make_store()
        return EmbeddedStore(self.stores[name])

    def remote(self, name: str, engine: Engine) -> Store:
        """The same data in an engine, loaded when it is first asked for."""
        if (name, engine.name) not in self.loaded:
            self._load(name, engine)
            self.loaded.add((name, engine.name))
        return open_endpoint(engine.endpoint, [_own(name, graph_iri(graph)) for graph in GRAPHS])

    def _load(self, name: str, engine: Engine) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in engine.environment.items():
                patch.setenv(variable, value)
            target = GraphStore(engine.graph_store)
        store = self.stores[name]
        for graph in store.named_graphs():
            triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
            target.put(_own(name, str(graph.value)), ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        target.close()


def _own(name: str, graph: str) -> str:
    return f"{graph}/of/{name}"


@pytest.fixture(scope="session")
def data() -> Data:
    return Data({}, set())


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
