"""Records as Facade-X triples (Asprino et al. 2023): a node a record, a property `xyz:column` a column."""

from collections.abc import Callable

import pyoxigraph as ox

from maillage.sources.cells import Value
from maillage.sources.records import Record
from maillage.terms import XSD, expand, iri, record_iri

Resolve = Callable[[Value], str]
Sources = Callable[[Record], list[str]]


def term(value: Value, resolve: Resolve) -> ox.NamedNode | ox.Literal:
    """The RDF term of a typed value; references go through `resolve`."""
    if value.kind in ("thing", "territory", "passage", "code", "own"):
        return ox.NamedNode(resolve(value))
    if value.kind == "iri":
        return ox.NamedNode(value.text)
    if value.kind == "literal":
        return ox.Literal(value.text, datatype=ox.NamedNode(value.datatype))
    return ox.Literal(value.text, language=value.lang) if value.lang else ox.Literal(value.text)


def day(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(f"{XSD}date"))


def record_node(record: Record) -> ox.NamedNode:
    return ox.NamedNode(record_iri(record.source, record.table, record.key))


def own_source(record: Record) -> list[str]:
    return [iri("source", record.source)]


def quads(record: Record, resolve: Resolve, sources: Sources = own_source) -> list[ox.Quad]:
    """A record in a named graph of its own (its node), so that a mapping sees one record at a time.

    Besides its columns a record has `xyz:source`: the IRI of its source, or of the pages it rests on.
    """
    node = record_node(record)
    cells = [
        ox.Quad(node, ox.NamedNode(expand(f"xyz:{column}")), term(value, resolve), node)
        for column, values in record.values.items()
        for value in values
    ]
    said_by = ox.NamedNode(expand("xyz:source"))
    return [*cells, *(ox.Quad(node, said_by, ox.NamedNode(source), node) for source in sources(record))]
