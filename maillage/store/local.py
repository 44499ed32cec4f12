"""Oxigraph inside this process: in memory while building, on disk (read-only) afterwards."""

from itertools import islice
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from maillage.errors import GraphError, MachineError
from maillage.files import short_path
from maillage.store.base import QUESTION_GRAPHS
from maillage.table import Table, read_terms

IN_MEMORY = 1_000_000_000  # bytes of a dump (five million statements) up to which a server asks it in memory
CHUNK = 200_000  # lines of a dump that are loaded at a time
DEFAULT_GRAPHS: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(one) for one in QUESTION_GRAPHS]


class EmbeddedStore:
    """A store in this process. Oxigraph has no time limit here: `timeout` is not kept (see `maillage query`)."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def ask(self, query: str, timeout: float | None = None) -> Table:
        found = self._run(query)
        if isinstance(found, ox.QuerySolutions):
            return Table.from_tsv(_write(found))
        if isinstance(found, ox.QueryBoolean):
            return Table.from_tsv(f"?answer\n{str(bool(found)).lower()}\n".encode())
        raise GraphError("bad-sparql", reason="SELECT, ASK")

    def terms(self, query: str) -> pl.DataFrame:
        """The rows of a SELECT as `read_terms` gives them."""
        found = self._run(query)
        if not isinstance(found, ox.QuerySolutions):
            raise GraphError("bad-sparql", reason="SELECT")
        return read_terms(_write(found))

    def construct(self, query: str, timeout: float | None = None) -> bytes:
        found = self._run(query)
        if not isinstance(found, ox.QueryTriples):
            raise GraphError("bad-sparql", reason="CONSTRUCT, DESCRIBE")
        return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""

    def close(self) -> None:
        self._store = ox.Store()

    def _run(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(query, default_graph=DEFAULT_GRAPHS)
        except SyntaxError as error:
            raise GraphError("bad-sparql", reason=str(error)) from error


def _write(found: ox.QuerySolutions) -> bytes:
    return found.serialize(format=ox.QueryResultsFormat.TSV) or b""


def open_store(folder: Path) -> EmbeddedStore:
    """Opens the store of a build for reading. Raises `no-build` when there is none, `store-in-use` when it is held."""
    path = folder / "store"
    if not path.is_dir():
        raise MachineError("no-build", folder=short_path(folder))
    try:
        return EmbeddedStore(ox.Store.read_only(str(path)))
    except OSError as error:
        raise MachineError("store-in-use", folder=short_path(folder)) from error


def load_store(folder: Path, in_memory: int = IN_MEMORY) -> EmbeddedStore:
    """What questions are asked of, in memory: three to ten times as quick, for half a kilobyte a statement.

    A dump of more bytes than `in_memory` is not read: its store is opened on disk. Raises `no-build`, `store-in-use`.
    """
    dump = folder / "graph.nq"
    if not dump.is_file():
        raise MachineError("no-build", folder=short_path(folder))
    if dump.stat().st_size > in_memory:
        return open_store(folder)
    ends = tuple(f" {graph} .\n".encode() for graph in DEFAULT_GRAPHS)
    store = ox.Store()
    with dump.open("rb") as lines:
        asked = (line for line in lines if line.endswith(ends))
        while kept := b"".join(islice(asked, CHUNK)):
            store.bulk_load(kept, format=ox.RdfFormat.N_QUADS)
    return EmbeddedStore(store)
