"""A graph as RDF/XML, for tools that read nothing else: one order, the licence as statements."""

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.statements import credit_triples, read_merged, serialise
from maillage.terms import xml_text


def write(body: bytes, credit: Credit) -> bytes:
    """RDF/XML has one graph: statements of several come merged. What XML 1.0 cannot hold is taken out of texts."""
    return serialise([*credit_triples(credit), *map(_fit, read_merged(body))], ox.RdfFormat.RDF_XML)


def _fit(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or xml_text(value.value) == value.value:
        return triple
    kept = {"language": value.language} if value.language else {"datatype": value.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(xml_text(value.value), **kept))
