"""What a SPARQL query says, read with the grammar and the algebra of rdflib, and kept under a digest of its text."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from maillage.files import cache_folder, write_whole

if TYPE_CHECKING:
    from rdflib.term import Node

Part = tuple[str, str]
_FORM = 1  # of what is kept: to be counted up with each change below
_EXISTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")


class Unreadable(Exception):
    """A query that rdflib cannot read."""


class _NoTemplate(Exception):
    """A path whose statements a template cannot name."""


@dataclass(frozen=True)
class Reading:
    """A query as its algebra has it, every IRI written whole.

    `parts`: templates of the statements that it matches, each with what must be asked beside the group for them (the
    steps of a path, the nodes without a name), None where a path does not tell; `always`: the variables that each
    solution binds; `properties`: those of a CONSTRUCT's template; `iris`: those of its group, what must be
    absent left out.
    """

    parts: tuple[Part, ...] | None = ()
    always: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    iris: tuple[str, ...] = ()


@cache
def _version() -> str:
    return version("rdflib")


@cache
def read(text: str) -> Reading:
    """Raises Unreadable."""
    digest = hashlib.sha256(f"{_FORM} {_version()} {text}".encode()).hexdigest()
    kept = cache_folder() / "sparql" / f"{digest}.json"
    with suppress(OSError, ValueError, TypeError, LookupError):  # not kept yet, or spoiled
        said = json.loads(kept.read_bytes())
        parts = said["parts"] and tuple((part[0], part[1]) for part in said["parts"])
        return Reading(parts, *(tuple(said[name]) for name in ("always", "properties", "iris")))
    reading = _parse(text)
    with suppress(OSError):
        write_whole(kept, json.dumps(asdict(reading)).encode())
    return reading


def _parse(text: str) -> Reading:
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = translateQuery(parseQuery(text)).algebra
    except Exception as error:
        raise Unreadable from error
    return Reading(
        _parts(list(_blocks(query.p))),
        tuple(sorted(variable.n3() for variable in _always(query.p))),
        tuple(sorted({predicate.n3() for _, predicate, _ in (query.template if "template" in query else ())})),
        tuple(sorted({f"<{iri}>" for iri in _iris(query.p)})),
    )


def _parts(blocks: list[list[tuple[Any, Any, Any]]]) -> tuple[Part, ...] | None:
    plain = dict.fromkeys(line for block in blocks for line in _plain(block))
    try:
        hidden = [part for block in blocks for part in _inner_patterns(block)]
    except _NoTemplate:
        return None
    return tuple(([("\n".join(plain), "")] if plain else []) + hidden)


def _blocks(node: Any) -> Iterator[list[tuple[Any, Any, Any]]]:
    """The basic graph patterns of a node of the algebra; what MINUS takes away has none."""
    if node.name == "BGP":
        yield node.triples
    for part in _within(node, ("p", "p1") if node.name == "Minus" else ("p", "p1", "p2")):
        yield from _blocks(part)


def _always(node: Any) -> "set[Node]":
    """The variables that every solution of a node binds."""
    from rdflib.term import Variable

    if node.name == "BGP":
        return {term for triple in node.triples for term in triple if isinstance(term, Variable)}
    names = ("p1", "p2") if node.name == "Join" else () if node.name == "Union" else ("p", "p1")
    return {variable for part in _within(node, names) for variable in _always(part)}


def _within(node: Any, names: tuple[str, ...]) -> list[Any]:
    found = (node[name] for name in names if name in node)
    return [part for part in found if getattr(part, "name", "")]


def _plain(block: list[tuple[Any, Any, Any]]) -> Iterator[str]:
    """The triple patterns that need nothing beside the group; one for each property to choose from."""
    for subject, path, value in block:
        for start, iri, end in _direct(subject, path, value) or ():
            yield f"{start.n3()} {iri.n3()} {end.n3()} ."


def _direct(subject: Any, path: Any, value: Any) -> list[tuple[Any, Any, Any]] | None:
    """A triple pattern without a path, or one for each alternative of a path; None where there is more to it."""
    from rdflib.paths import AlternativePath, InvPath, Path
    from rdflib.term import BNode

    if isinstance(subject, BNode) or isinstance(value, BNode):
        return None
    if isinstance(path, AlternativePath):
        found = [_direct(subject, one, value) for one in path.args]
        return None if None in found else [triple for triples in found for triple in triples or ()]
    if isinstance(path, InvPath):
        return _direct(value, path.arg, subject)
    return None if isinstance(path, Path) else [(subject, path, value)]


def _inner_patterns(block: list[tuple[Any, Any, Any]]) -> Iterator[Part]:
    """The triple patterns whose nodes have no name: those between the steps of a path, and blank nodes."""
    from rdflib.paths import Path

    names: dict[Any, str] = {}
    template, asked = list[str](), list[str]()
    for subject, path, value in block:
        if _direct(subject, path, value) is None:
            for start, step, end in _steps(_name(subject, names), path, _name(value, names), names):
                asked.append(f"{start} {step.n3()} {end} .")
                template += [] if isinstance(step, Path) else asked[-1:]
                yield from _path_statements(start, step, end)
    if template:
        yield "\n".join(template), "\n".join(asked)


def _steps(start: str, path: Any, end: str, names: dict[Any, str]) -> Iterator[tuple[str, Any, str]]:
    """A path as steps of one property each, but for those that may be taken again and again."""
    from rdflib.paths import InvPath, NegatedPath, SequencePath

    if isinstance(path, SequencePath):
        ends = [start, *(_name(object(), names) for _ in path.args[1:]), end]
        for place, step in enumerate(path.args):
            yield from _steps(ends[place], step, ends[place + 1], names)
    elif isinstance(path, InvPath):
        yield from _steps(end, path.arg, start, names)
    elif isinstance(path, NegatedPath):
        raise _NoTemplate
    else:
        yield start, path, end


def _path_statements(start: str, path: Any, end: str) -> Iterator[Part]:
    """What lies on a path of any length, or of alternatives: the statements of each of its properties on the way."""
    from rdflib.paths import AlternativePath, InvPath, MulPath, Path

    if not isinstance(path, Path):
        return
    inner = path.path if isinstance(path, MulPath) else path
    for one in inner.args if isinstance(inner, AlternativePath) else [inner]:
        iri = one.arg if isinstance(one, InvPath) else one
        if isinstance(iri, Path):
            raise _NoTemplate
        line = f"?step_ {iri.n3()} ?next_ ." if iri is one else f"?next_ {iri.n3()} ?step_ ."
        way = f"({inner.n3()})*"
        yield line, f"{start} {way} ?step_ . {line} ?next_ {way} {end} ."


def _name(term: Any, names: dict[Any, str]) -> str:
    """A term as a query has it, a node without a name as a variable of its own."""
    from rdflib.term import BNode

    if isinstance(term, BNode) or type(term) is object:
        return names.setdefault(term, f"?node{len(names)}_")
    return str(term.n3())


def _iris(node: Any) -> "Iterator[Node]":
    """Every IRI of a node of the algebra, but for what must be absent."""
    from rdflib.paths import Path
    from rdflib.term import URIRef

    if isinstance(node, URIRef):
        yield node
    elif isinstance(node, Path):
        yield from _iris(list(vars(node).values()))
    elif isinstance(node, dict) and getattr(node, "name", "") not in _EXISTS:
        without = "p2" if getattr(node, "name", "") == "Minus" else None
        yield from _iris([part for name, part in node.items() if name != without])
        yield from _iris(list(node.keys()))
    elif isinstance(node, list | tuple | set):
        for part in node:
            yield from _iris(part)
