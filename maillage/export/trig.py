"""A dataset as TriG: a block a named graph, the licence as a comment and as statements of no graph."""

from itertools import chain
from typing import BinaryIO

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.parts import Parts, quads
from maillage.export.statements import comment, credited, read, stream_written, written


def write(body: bytes, credit: Credit) -> bytes:
    """Every named graph under its IRI."""
    return comment(credit) + written([*_said(credit), *read(body)], ox.RdfFormat.TRIG)


def stream(parts: Parts, credit: Credit, target: BinaryIO) -> None:
    target.write(comment(credit))
    stream_written(lambda: chain(_said(credit), quads(parts)), ox.RdfFormat.TRIG, target)


def _said(credit: Credit) -> list[ox.Quad]:
    return [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in credited(credit)]
