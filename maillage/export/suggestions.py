"""Suggestions as linked data: each a dated, versioned resource with its reasons, its statements and its method."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pyoxigraph as ox

from maillage.export import turtle
from maillage.export.credit import Credit
from maillage.terms import XSD, expand, iri


def write(
    found: Iterable[tuple[str, str, float, Sequence[str], Mapping[str, Sequence[str]]]], method: str, credit: Credit
) -> bytes:
    """Turtle of (body, body, score, statements, sentences by language); `method` names how scores are made."""
    said = ox.serialize([line for one in found for line in _lines(one, method, credit)], format=ox.RdfFormat.N_TRIPLES)
    return turtle.write(said or b"", credit)


def _lines(
    one: tuple[str, str, float, Sequence[str], Mapping[str, Sequence[str]]], method: str, credit: Credit
) -> Iterator[ox.Triple]:
    a, b, score, statements, sentences = one
    me = ox.NamedNode(iri("suggestion", f"{a.rsplit('/', 1)[-1]}--{b.rsplit('/', 1)[-1]}"))
    typed = {"date": ox.NamedNode(f"{XSD}date"), "decimal": ox.NamedNode(f"{XSD}decimal")}
    yield ox.Triple(me, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("mai:Suggestion")))
    for body in (a, b):
        yield ox.Triple(me, ox.NamedNode(expand("mai:suggests")), ox.NamedNode(body))
    yield ox.Triple(me, ox.NamedNode(expand("mai:score")), ox.Literal(f"{score:.1f}", datatype=typed["decimal"]))
    yield ox.Triple(me, ox.NamedNode(expand("mai:suggestedBy")), ox.Literal(method))
    for statement in statements:
        yield ox.Triple(me, ox.NamedNode(expand("prov:wasDerivedFrom")), ox.NamedNode(statement))
    for lang, texts in sentences.items():
        for text in texts:
            yield ox.Triple(me, ox.NamedNode(expand("rdfs:comment")), ox.Literal(text, language=lang))
    yield ox.Triple(me, ox.NamedNode(expand("schema:version")), ox.Literal(credit.release))
    issued = ox.Literal(str(date.fromisoformat(str(credit.date))), datatype=typed["date"])
    yield ox.Triple(me, ox.NamedNode(expand("dcterms:issued")), issued)
