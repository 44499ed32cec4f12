"""Statements in and out of the RDF formats: read, put in one order, credited.

A graph too large to be held is read from disk (`Parts`) in the order in which formats write it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from heapq import merge
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, TypeVar

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.terms import PREFIXES, expand, iri

Statement = TypeVar("Statement", ox.Quad, ox.Triple)
Parts = Mapping[str, Path]  # by the graph's IRI, its statements as canonical N-Triples: a line each, sorted
_TYPE = ox.NamedNode(expand("rdf:type"))


def read(body: bytes) -> list[ox.Quad]:
    """The statements of N-Triples or N-Quads, without duplicates, in the order of their text."""
    return sorted(set(ox.parse(body, format=ox.RdfFormat.N_QUADS)), key=order)


def serialise(statements: Iterable[Statement], form: ox.RdfFormat) -> bytes:
    """The statements as they come, with the prefixes that they use."""
    kept = list(statements)
    return ox.serialize(kept, format=form, prefixes=used_prefixes(kept)) or b""


def serialise_stream(read: Callable[[], Iterable[Statement]], form: ox.RdfFormat, target: BinaryIO) -> None:
    """`serialise` of statements that are not held: they are read twice, the first time for their prefixes."""
    ox.serialize(read(), target, format=form, prefixes=used_prefixes(read()))


def order(said: Statement) -> tuple[str, str, bool, str, str]:
    """By graph, subject, predicate (`a` first, as people write it), object."""
    typed = said.predicate.value == expand("rdf:type")
    graph = str(said.graph_name) if isinstance(said, ox.Quad) else ""
    return graph, str(said.subject), not typed, str(said.predicate), str(said.object)


def read_merged(body: bytes) -> list[ox.Triple]:
    """The same statements without their graphs, in the same order."""
    return sorted({quad.triple for quad in read(body)}, key=order)


def quads(parts: Parts) -> Iterator[ox.Quad]:
    """What `read` gives of the same graphs, in the same order."""
    for name in sorted(parts, key=lambda name: f"<{name}>"):
        for triple in _read_triples(parts[name]):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name))


def triples(parts: Parts) -> Iterator[ox.Triple]:
    """What `read_merged` gives of the same graphs, in the same order."""
    read = [_read_triples(path) for path in parts.values()]
    if len(read) == 1:
        yield from read[0]
    else:
        yield from (triple for triple, _ in groupby(merge(*read, key=order)))


def _read_triples(path: Path) -> Iterator[ox.Triple]:
    """The lines are in order but for what is said first of a thing, its classes."""
    found = (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES))
    for _, said in groupby(found, attrgetter("subject")):
        yield from sorted(said, key=lambda triple: triple.predicate != _TYPE)


def term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def credit_triples(credit: Credit) -> list[ox.Triple]:
    """What a file says of itself: the release that it comes from, its licence and its credits."""
    release = ox.NamedNode(iri("release", credit.release))
    warnings = {lang: f"{credit.labels[lang]}. {said}" for lang, said in credit.private.items()}
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        ("rdf:type", term("dcat:Dataset")),
        *[("dcterms:license", ox.NamedNode(iri_)) for iri_ in filter(None, [credit.licence_iri])],
        *[("dcterms:rights", ox.Literal(warning, language=lang)) for lang, warning in warnings.items()],
        ("dcterms:issued", ox.Literal(credit.date, datatype=term("xsd:date"))),
        *[("schema:creditText", ox.Literal(line)) for line in credit.lines],
    ]
    return [ox.Triple(release, term(name), value) for name, value in said]


def used_prefixes(statements: Iterable[ox.Quad | ox.Triple]) -> dict[str, str]:
    """The prefixes that some IRI of the statements begins with, so that a file opens on few lines."""
    found = {_stem(part) for said in statements for part in (said.subject, said.predicate, said.object)}
    return {prefix: base for prefix, base in PREFIXES.items() if base in found}


def _stem(said: object) -> str:
    named = said.datatype if isinstance(said, ox.Literal) else said
    value = named.value if isinstance(named, ox.NamedNode) else ""
    return value[: max(value.rfind("/"), value.rfind("#")) + 1]


def _convert(form: ox.RdfFormat, turtle: bytes, credit: None) -> bytes:
    """What is written as Turtle, its credit among the statements, in another format."""
    triples = (quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    return ox.serialize(triples, format=form) or b""


ntriples, rdfxml = partial(_convert, ox.RdfFormat.N_TRIPLES), partial(_convert, ox.RdfFormat.RDF_XML)


def comment(credit: Credit) -> bytes:
    """The credits as a comment, for the formats that people open in an editor."""
    return "".join(f"# {line}\n" for line in credit.text().splitlines()).encode() + b"\n"
