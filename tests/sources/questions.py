"""A SPARQL server of this machine that holds what the cards of the tests ask for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from tests.store.engines import oxigraph_server

GRAPHS = Path(__file__).parent / "fetch"


@contextmanager
def answering_server(folder: Path) -> Iterator[str]:
    """The address of an Oxigraph server with `wikidata.ttl` and `registry.ttl` in its default graph."""
    with oxigraph_server(folder) as engine:
        for name in ("wikidata.ttl", "registry.ttl"):
            body = (GRAPHS / name).read_bytes()
            urlopen(Request(f"{engine.graph_store}?default", body, {"Content-Type": "text/turtle"})).close()
        yield engine.endpoint
