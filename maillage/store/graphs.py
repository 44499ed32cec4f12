"""Writing whole graphs into an endpoint: the SPARQL 1.1 Graph Store HTTP Protocol."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote, urlsplit, urlunsplit

import httpx

from maillage.errors import EndpointRefused, QuestionError
from maillage.store.endpoint import Endpoint

CHUNK = 4_000_000  # bytes of N-Triples a request; engines parse a request in memory
STORE_PATHS = {"oxigraph": "/store", "virtuoso": "/sparql-graph-crud-auth"}  # by the Server header of the endpoint
TURTLE = "text/turtle"  # every engine reads it, and N-Triples are Turtle


class GraphStore:
    """Where an endpoint takes graphs. Each graph is replaced whole, in the order that the caller chooses."""

    def __init__(self, address: str) -> None:
        self._endpoint = Endpoint.at(address)
        self._greeted = False

    def put(self, graph: str, triples: bytes | BinaryIO, timeout: float | None = None) -> None:
        """Replaces a graph (an IRI) by N-Triples; beyond `CHUNK` bytes, the first piece replaces and the others add."""
        if not self._greeted:  # the endpoint asks who we are before a long body is under way: it would hang up on that
            self._endpoint.server()
            self._greeted = True
        for place, piece in enumerate(pieces(BytesIO(triples) if isinstance(triples, bytes) else triples)):
            self._send("POST" if place else "PUT", graph, piece, timeout)

    def remove(self, graph: str, timeout: float | None = None) -> None:
        """A graph that is not there is removed already."""
        try:
            self._send("DELETE", graph, None, timeout)
        except EndpointRefused as error:
            if error.places["status"] != 404:
                raise

    def close(self) -> None:
        self._endpoint.close()

    def _send(self, method: str, graph: str, body: bytes | None, timeout: float | None) -> None:
        address = self._endpoint.address
        joint = "&" if urlsplit(address).query else "?"
        headers = {} if body is None else {"Content-Type": TURTLE}
        asked = httpx.Request(method, f"{address}{joint}graph={quote(graph, safe='')}", headers=headers, content=body)
        self._endpoint.send(asked, timeout)


def pieces(triples: BinaryIO, size: int = CHUNK) -> Iterator[bytes]:
    """Cuts N-Triples at the first end of a line after `size` bytes; there is always a first piece."""
    piece = triples.read(size) + triples.readline()
    yield piece
    while piece := triples.read(size) + triples.readline():
        yield piece


def graph_store_of(address: str) -> str:
    """Where the engine behind a query endpoint takes graphs, by the name that it gives itself.

    Raises `no-graph-store` for an engine that is not known here.
    """
    with closing(Endpoint.at(address)) as endpoint:
        server = endpoint.server()
    for engine, path in STORE_PATHS.items():
        if engine in server.lower():
            return urlunsplit(urlsplit(address)._replace(path=path, query="", fragment=""))
    raise QuestionError("no-graph-store", endpoint=endpoint.address)
