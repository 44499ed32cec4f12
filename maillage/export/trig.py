"""A dataset as TriG: a block a named graph, the licence as a comment and as statements of no graph."""

import pyoxigraph as ox

from maillage.export.credit import Credit
from maillage.export.statements import comment, credited, read, written


def write(body: bytes, credit: Credit) -> bytes:
    """Every named graph under its IRI."""
    said = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in credited(credit)]
    return comment(credit) + written([*said, *read(body)], ox.RdfFormat.TRIG)
