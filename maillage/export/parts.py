"""A graph too large to be held, read from disk in the order in which formats write it."""

from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from maillage.export.statements import order
from maillage.terms import expand

Parts = Mapping[str, Path]  # by the graph's IRI, its statements as canonical N-Triples: a line each, sorted
_TYPE = ox.NamedNode(expand("rdf:type"))


def quads(parts: Parts) -> Iterator[ox.Quad]:
    """What `statements.read` gives of the same graphs, in the same order."""
    for name in sorted(parts, key=lambda name: f"<{name}>"):
        graph = ox.NamedNode(name)
        for triple in _triples(parts[name]):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def triples(parts: Parts) -> Iterator[ox.Triple]:
    """What `statements.merge_graphs` gives of the same graphs, in the same order."""
    read = [_triples(path) for path in parts.values()]
    if len(read) == 1:
        yield from read[0]
    else:
        yield from (triple for triple, _ in groupby(merge(*read, key=order)))


def _triples(path: Path) -> Iterator[ox.Triple]:
    """The lines are in order but for what is said first of a thing, its classes."""
    found = (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES))
    for _, said in groupby(found, attrgetter("subject")):
        yield from sorted(said, key=lambda triple: triple.predicate != _TYPE)
