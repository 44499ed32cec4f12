"""JSON-LD as people read it: what is said of a thing stands under it rather than in a node far away.

A body holds its participations, a participation the claims it rests on, a thing its parts. The statements stay
the same: what points backwards is written under a reverse term (`@reverse`) of the file's own context.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Node = dict[str, Any]
Nodes = dict[str, Node]
REVERSE: Mapping[str, tuple[str, str]] = {  # the key that points to the thing: the property, and its name from there
    "subject": ("rdf:subject", "claims"),
    "observationAbout": ("schema:observationAbout", "observations"),
    "postIn": ("org:postIn", "posts"),
    "agent": ("mai:agent", "participations"),
}


def terms() -> dict[str, Any]:
    """What the context must say for `frame` to read back."""
    return {name: {"@reverse": property_} for property_, name in REVERSE.values()}


def shorten(node: dict[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """A compacted node with the short forms that its context allows and that rdflib leaves out: `type`, `id:…`, and
    the slug of a concept where the property has one list.
    """
    found = {key: _shorter(value, context.get(key), context) for key, value in node.items()}
    types = [one for key in ("@type", "rdfType") for one in as_list(found.pop(key, []))]
    if types:
        names = [str(one["@id"] if isinstance(one, dict) else one) for one in types]
        found["type" if context.get("type") == "@type" else "@type"] = names
    return found


def _shorter(value: Any, said: Any, context: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_shorter(one, said, context) for one in value]
    if isinstance(value, dict):
        return {key: _shorter(one, None if key == "@id" else {}, context) for key, one in value.items()}
    if not isinstance(value, str) or (said is not None and not isinstance(said, Mapping)):
        return value
    listed = said.get("@context", {}).get("@vocab", "") if said else ""
    if listed and value.startswith(listed) and value.removeprefix(listed) not in context:
        return value.removeprefix(listed)  # a term of the context would win over the slug
    things = str(context.get("id", ""))
    of_thing = said is None or said.get("@type") == "@id"
    return f"id:{value.removeprefix(things)}" if things and of_thing and value.startswith(things) else value


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def outline(node: Node, start: int) -> Node:
    """What of a node decides where `frame` puts it and others: its name and what it points to as a part or a whole.

    `@start`: where the node lies.
    """
    parts = f"{node['@id']}/"
    found: Node = {"@id": node["@id"], "@start": start}
    for key, value in node.items():
        kept = [one for one in as_list(value) if isinstance(one, str) and one.startswith(parts)]
        if kept:
            found[key] = kept
        elif key in REVERSE and isinstance(value, str):
            found[key] = value
    return found


def frame(nodes: list[Node]) -> list[Node]:
    """The nodes of one compacted graph, those that belong under another one moved there."""
    known: Nodes = {str(node["@id"]): node for node in nodes if "@id" in node}
    above: dict[str, str] = {}
    for iri, node in known.items():
        _take_parts(iri, node, known, above)
    for key, (_, name) in REVERSE.items():
        for iri, node in known.items():
            whole = node.get(key)
            if iri not in above and isinstance(whole, str) and whole in known and iri not in _line(whole, above):
                del node[key]
                known[whole].setdefault(name, []).append(node)
                above[iri] = whole
    return [node for node in known.values() if str(node["@id"]) not in above]


def _take_parts(iri: str, node: dict[str, Any], known: Nodes, above: dict[str, str]) -> None:
    """Puts in place of a reference the node of a part: one whose IRI lies under that of the whole."""

    def part_of(value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith(f"{iri}/") or value not in known or value in above:
            return value
        above[value] = iri
        return known[value]

    for key, value in node.items():
        node[key] = [part_of(one) for one in value] if isinstance(value, list) else part_of(value)


def _line(iri: str, above: Mapping[str, str]) -> Iterator[str]:
    """The thing and everything it stands under, so that nothing is put under itself."""
    yield iri
    while iri in above:
        iri = above[iri]
        yield iri
