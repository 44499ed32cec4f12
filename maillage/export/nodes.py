"""Statements as the nodes of a JSON-LD file: compacted by rdflib with a context, framed, in one order."""

import json
from functools import cache
from typing import Any

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.framing import Node, frame, shorten, terms
from maillage.export.statements import credit_triples, read_merged
from maillage.files import asset, read_text


def frame_statements(body: bytes, credit: Credit, context: Any) -> list[Node]:
    """What the statements say, and what the file says of itself, as `write` has it."""
    nodes = frame(compact_nodes([*credit_triples(credit), *read_merged(body)], context))
    return sorted(map(sort_members, nodes), key=name_of)


def write_nodes(context: list[Any], nodes: list[Node]) -> bytes:
    return f"{dump({'@context': context, '@graph': nodes})}\n".encode()


def compact_nodes(said: list[ox.Triple], context: Any) -> list[Node]:
    """The things that the statements are about, compacted."""
    from rdflib import Graph
    from rdflib.plugins.serializers.jsonld import Converter

    graph = Graph()
    for triple in said:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    made = Converter(_reader(json.dumps(context)), use_native_types=True, use_rdf_type=False).convert(graph)
    compact = json.loads(json.dumps(made, sort_keys=True))
    nodes = compact.get("@graph") or [compact]
    return sorted((shorten(node, context) for node in nodes), key=name_of)  # rdflib has no order of its own


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


def dump(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def read_context() -> Any:
    return json.loads(read_text(asset("ontology") / "context.jsonld"))["@context"]


def name_of(node: Any) -> str:
    return str(node.get("@id", node.get("id", "")))


def sort_members(value: Any) -> Any:
    """The same value with keys and the members of sets in one order (JSON-LD gives them none): the name of a
    thing first, what stands under it last.
    """
    if isinstance(value, dict):
        return {key: sort_members(value[key]) for key in sorted(value, key=_rank)}
    if isinstance(value, list):
        return sorted((sort_members(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _rank(key: str) -> tuple[int, str]:
    first = 0 if key.startswith("@") else 1 if key == "type" else 2 if key.endswith("prefLabel") else 3
    return (4 if key in terms() else first), key
