"""A graph as JSON-LD, compacted with the project's context and framed, so that it reads as plain JSON.

The context is written inside: the file is understood without asking the network.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, groupby
from operator import attrgetter
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.framing import Node, frame, outline, shorten, terms
from maillage.export.statements import Parts, credit_triples, read_merged, triples
from maillage.files import asset, read_text

CHUNK = 20_000  # statements that rdflib holds at a time


def write(body: bytes, credit: Credit, context: Any = None) -> bytes:
    """One `@graph`, things in the order of their `@id`; statements of several graphs come merged.

    `context`: another one than `ontology/context.jsonld`.
    """
    context = context or read_context()
    return write_nodes([context, terms()], frame_statements(body, credit, context))


def frame_statements(body: bytes, credit: Credit, context: Any) -> list[Node]:
    """What the statements say, and what the file says of itself, as `write` has it."""
    nodes = frame(_nodes([*credit_triples(credit), *read_merged(body)], context))
    return sorted(map(_sort, nodes), key=_name)


def write_nodes(context: list[Any], nodes: list[Node]) -> bytes:
    return f"{_dump({'@context': context, '@graph': nodes})}\n".encode()


def stream(parts: Parts, credit: Credit, target: BinaryIO) -> None:
    """The nodes are laid aside as they are read, and read again with all that stands under them.

    What is held of each (see `outline`) takes some six hundred bytes.
    """
    context = read_context()
    head, _, tail = _dump({"@context": [context, terms()], "@graph": [0]}).rpartition("\n  0")
    target.write(head.encode())
    with TemporaryFile() as aside:
        said = _write_nodes(chain(credit_triples(credit), triples(parts)), context, aside)
        for place, members in enumerate(said):
            (node,) = frame([_read_at(aside, start) for start in members])
            text = _dump(_sort(node)).replace("\n", "\n  ")
            target.write(f"{',' * bool(place)}\n  {text}".encode())
    target.write(f"{tail}\n".encode())


def _write_nodes(said: Iterable[ox.Triple], context: Any, aside: BinaryIO) -> list[list[int]]:
    """Writes each node on a line; for each that stands under none, in their order, where it and those under it lie."""
    outlines: list[Node] = []
    for held in _chunks(said):
        for node in _nodes(held, context):
            outlines.append(outline(node, aside.tell()))
            aside.write(json.dumps(node).encode() + b"\n")
    return [sorted(_starts(node)) for node in sorted(frame(outlines), key=_name)]


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


def _nodes(said: list[ox.Triple], context: Any) -> list[Node]:
    """The things that the statements are about, compacted."""
    from rdflib import Graph
    from rdflib.plugins.serializers.jsonld import Converter

    graph = Graph()
    for triple in said:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    made = Converter(_reader(json.dumps(context)), use_native_types=True, use_rdf_type=False).convert(graph)
    compact = json.loads(json.dumps(made, sort_keys=True))
    nodes = compact.get("@graph") or [compact]
    return sorted((shorten(node, context) for node in nodes), key=_name)  # rdflib has no order of its own


def _term(term: Any) -> Any:
    from rdflib import Literal, URIRef

    if not isinstance(term, ox.Literal):
        return URIRef(term.value)
    return Literal(term.value, term.language, None if term.language else term.datatype.value)


@cache
def _reader(context: str) -> Any:
    """What rdflib makes of a context takes longer than a page."""
    from rdflib.plugins.shared.jsonld.context import Context

    return Context(json.loads(context))


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


def _dump(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def read_context() -> Any:
    return json.loads(read_text(asset("ontology") / "context.jsonld"))["@context"]


def _name(node: Any) -> str:
    return str(node.get("@id", node.get("id", "")))


def _sort(value: Any) -> Any:
    """The same value with keys and the members of sets in one order (JSON-LD gives them none): the name of a
    thing first, what stands under it last.
    """
    if isinstance(value, dict):
        return {key: _sort(value[key]) for key in sorted(value, key=_rank)}
    if isinstance(value, list):
        return sorted((_sort(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _rank(key: str) -> tuple[int, str]:
    first = 0 if key.startswith("@") else 1 if key == "type" else 2 if key.endswith("prefLabel") else 3
    return (4 if key in terms() else first), key
