"""A dataset as TriG: a block a named graph, the licence as a comment and as statements of no graph."""

from itertools import chain
from typing import BinaryIO

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.statements import Parts, comment, credit_triples, quads, read, serialise, serialise_stream


def write(body: bytes, credit: Credit) -> bytes:
    """Every named graph under its IRI."""
    return comment(credit) + serialise([*_credit_quads(credit), *read(body)], ox.RdfFormat.TRIG)


def stream(parts: Parts, credit: Credit, target: BinaryIO) -> None:
    target.write(comment(credit))
    serialise_stream(lambda: chain(_credit_quads(credit), quads(parts)), ox.RdfFormat.TRIG, target)


def _credit_quads(credit: Credit) -> list[ox.Quad]:
    return [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in credit_triples(credit)]
