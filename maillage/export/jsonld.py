"""A graph as JSON-LD, compacted with the project's context and framed, so that it reads as plain JSON.

The context is written inside: the file is understood without asking the network.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.framing import Node, frame, outline, terms
from maillage.export.nodes import (
    compact_nodes,
    dump,
    frame_statements,
    name_of,
    read_context,
    sort_members,
    write_nodes,
)
from maillage.export.statements import Parts, credit_triples, triples

CHUNK = 20_000  # statements that rdflib holds at a time


def write(body: bytes, credit: Credit, context: Any = None) -> bytes:
    """One `@graph`, things in the order of their `@id`; statements of several graphs come merged.

    `context`: another one than `ontology/context.jsonld`.
    """
    context = context or read_context()
    return write_nodes([context, terms()], frame_statements(body, credit, context))


def stream(parts: Parts, credit: Credit, target: BinaryIO) -> None:
    """The nodes are laid aside as they are read, and read again with all that stands under them.

    What is held of each (see `outline`) takes some six hundred bytes.
    """
    context = read_context()
    head, _, tail = dump({"@context": [context, terms()], "@graph": [0]}).rpartition("\n  0")
    target.write(head.encode())
    with TemporaryFile() as aside:
        said = _write_nodes(chain(credit_triples(credit), triples(parts)), context, aside)
        for place, members in enumerate(said):
            (node,) = frame([_read_at(aside, start) for start in members])
            text = dump(sort_members(node)).replace("\n", "\n  ")
            target.write(f"{',' * bool(place)}\n  {text}".encode())
    target.write(f"{tail}\n".encode())


def _write_nodes(said: Iterable[ox.Triple], context: Any, aside: BinaryIO) -> list[list[int]]:
    """Writes each node on a line; for each that stands under none, in their order, where it and those under it lie."""
    outlines: list[Node] = []
    for held in _chunks(said):
        for node in compact_nodes(held, context):
            outlines.append(outline(node, aside.tell()))
            aside.write(json.dumps(node).encode() + b"\n")
    return [sorted(_starts(node)) for node in sorted(frame(outlines), key=name_of)]


def _chunks(said: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """Statements some thousands at a time, all those of a thing together."""
    held: list[ox.Triple] = []
    for _, of_one in groupby(said, attrgetter("subject")):
        held += of_one
        if len(held) >= CHUNK:
            yield held
            held = []
    if held:
        yield held


def _starts(outlined: Any) -> Iterator[int]:
    if isinstance(outlined, dict):
        yield outlined["@start"]
        for key in outlined.keys() - {"@id", "@start"}:
            yield from _starts(outlined[key])
    elif isinstance(outlined, list):
        for one in outlined:
            yield from _starts(one)


def _read_at(aside: BinaryIO, start: int) -> Node:
    aside.seek(start)
    node: Node = json.loads(aside.readline())
    return node
