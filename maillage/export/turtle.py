"""A graph as Turtle: one order, the prefixes in use, the licence as a comment and as statements."""

import pyoxigraph as ox

from maillage.export.credit import Credit
from maillage.export.statements import comment, credited, merged, read, written


def write(body: bytes, credit: Credit) -> bytes:
    """Turtle has one graph: statements of several graphs come merged."""
    return comment(credit) + written([*credited(credit), *merged(read(body))], ox.RdfFormat.TURTLE)
