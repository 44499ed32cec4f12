"""A graph as JSON-LD, compacted with the project's context and framed, so that it reads as plain JSON.

The context is written inside: the file is understood without asking the network.
"""

import json
from typing import Any

import pyoxigraph as ox

from maillage.export.credit import Credit
from maillage.export.framing import framed, shortened, terms
from maillage.export.statements import credited, merged, read, written
from maillage.files import asset, read_text


def write(body: bytes, credit: Credit, context: Any = None) -> bytes:
    """One `@graph`, things in the order of their `@id`; statements of several graphs come merged.

    `context`: another one than `ontology/context.jsonld`.
    """
    from rdflib import Graph

    triples = [*credited(credit), *merged(read(body))]
    graph = Graph()
    graph.parse(data=written(triples, ox.RdfFormat.N_TRIPLES), format="nt")
    context = context or _context()
    compact = json.loads(graph.serialize(format="json-ld", context=context, auto_compact=False))
    nodes = compact.get("@graph") or [{key: compact[key] for key in compact if key != "@context"}]
    nodes = framed([shortened(node, context) for node in nodes])
    content = {"@context": [context, terms()], "@graph": sorted(map(_ordered, nodes), key=_name)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _context() -> Any:
    return json.loads(read_text(asset("ontology") / "context.jsonld"))["@context"]


def _name(node: Any) -> str:
    return str(node.get("@id", node.get("id", "")))


def _ordered(value: Any) -> Any:
    """The same value with keys and the members of sets in one order (JSON-LD gives them none): the name of a
    thing first, what stands under it last.
    """
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_rank)}
    if isinstance(value, list):
        return sorted((_ordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _rank(key: str) -> tuple[int, str]:
    first = 0 if key.startswith("@") else 1 if key == "type" else 2 if key.endswith("prefLabel") else 3
    return (4 if key in terms() else first), key
