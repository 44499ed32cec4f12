"""A graph as Turtle: one order, the prefixes in use, the licence as a comment and as statements."""

from itertools import chain
from typing import BinaryIO

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.statements import Parts, comment, credit_triples, read_merged, serialise, serialise_stream, triples


def write(body: bytes, credit: Credit) -> bytes:
    """Turtle has one graph: statements of several graphs come merged."""
    return comment(credit) + serialise([*credit_triples(credit), *read_merged(body)], ox.RdfFormat.TURTLE)


def stream(parts: Parts, credit: Credit, target: BinaryIO) -> None:
    target.write(comment(credit))
    serialise_stream(lambda: chain(credit_triples(credit), triples(parts)), ox.RdfFormat.TURTLE, target)
