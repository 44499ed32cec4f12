"""Records as Facade-X triples (Asprino et al. 2023): a node a record, a property `xyz:column` a column."""

from collections.abc import Callable

import pyoxigraph as ox

from maillage.sources.cells import Value
from maillage.sources.records import Record
from maillage.terms import column_iri, iri, record_iri

Resolve = Callable[[Value], str]


def term(value: Value, resolve: Resolve) -> ox.NamedNode | ox.Literal:
    """The RDF term of a typed value; references go through `resolve`."""
    if value.kind in ("thing", "territory", "passage", "own"):
        return ox.NamedNode(resolve(value))
    if value.kind == "iri":
        return ox.NamedNode(value.text)
    if value.kind == "literal":
        return ox.Literal(value.text, datatype=ox.NamedNode(value.detail))
    return ox.Literal(value.text, language=value.detail) if value.detail else ox.Literal(value.text)


def record_node(record: Record) -> ox.NamedNode:
    return ox.NamedNode(record_iri(record.source, record.table, record.key))


def quads(record: Record, resolve: Resolve) -> list[ox.Quad]:
    """A record in a named graph of its own (its node), so that a mapping sees one record at a time.

    Besides its columns a record has `xyz:source` (the IRI of its source).
    """
    node = record_node(record)
    cells = [
        ox.Quad(node, ox.NamedNode(column_iri(column)), term(value, resolve), node)
        for column, values in record.values.items()
        for value in values
    ]
    return [
        *cells,
        ox.Quad(node, ox.NamedNode(column_iri("source")), ox.NamedNode(iri("source", record.source)), node),
    ]
