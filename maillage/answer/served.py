"""What a server needs beyond answers: the world of a portal, what is selected of it, data in other forms."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from maillage._version import __version__
from maillage.files import asset, read_bytes
from maillage.network.selection import select as selected
from maillage.queries import catalogue
from maillage.queries.catalogue import Query
from maillage.queries.free import refuse, words
from maillage.store import Store
from maillage.store.embedded import DEFAULT_GRAPHS, load_store
from maillage.terms import fold
from maillage.visualize.explorer import read_world
from maillage.visualize.thing import path_of as page_of

__all__ = [
    "__version__",
    "default_graphs",
    "opened",
    "page_of",
    "questions",
    "refuse",
    "selected",
    "sought",
    "vocabulary",
    "words",
    "world_of",
]


def world_of(portal: Path) -> Mapping[str, Any]:
    """What the explorer of a portal shows. Raises MissingFile."""
    return read_world(portal / "data" / "world.js")


def opened(out: Path) -> Store:
    """What questions are asked of, of the last build of an output folder. Raises `no-build`, `store-in-use`."""
    return load_store((out / "graph").resolve())


def questions() -> Iterable[Query]:
    return catalogue().values()


def vocabulary() -> bytes:
    """The ontology, as Turtle."""
    return read_bytes(asset("ontology") / "maillage.ttl")


def default_graphs() -> list[str]:
    """The graphs that a question is asked of when it names none: what is merged, and its evidence."""
    return [graph.value for graph in DEFAULT_GRAPHS if isinstance(graph, ox.NamedNode)]


def sought(world: Mapping[str, Any], typed: str, most: int) -> list[dict[str, Any]]:
    """The bodies with a name that holds what is typed; those whose name begins so come first."""
    asked = fold(typed)
    ranked = [(_rank(body["sought"], asked), body["id"], body) for body in world["bodies"] if asked]
    found = sorted((rank, iri) for rank, iri, _ in ranked if rank < len(_ORDER))
    names = {body["id"]: body["name"] for body in world["bodies"]}
    return [{"id": iri, "name": names[iri]} for _, iri in found[:most]]


_ORDER = ("whole", "beginning", "word", "within")


def _rank(names: str, asked: str) -> int:
    """0 for a whole name, 1 for its beginning, 2 for a word's, 3 for anywhere, 4 for nowhere."""
    each = names.split(" | ")
    tests = (
        asked in each,
        any(name.startswith(asked) for name in each),
        any(f" {asked}" in f" {name}" for name in each),
        asked in names,
    )
    return next((place for place, passed in enumerate(tests) if passed), len(_ORDER))
