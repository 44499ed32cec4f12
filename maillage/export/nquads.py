"""A dataset as canonical N-Quads: a line a statement, sorted; the licence goes beside."""

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export.statements import serialise


def write(body: bytes, credit: Credit) -> bytes:
    """Nothing is added: canonical N-Quads has no comment, and the dump must stay what the build made."""
    lines = serialise(ox.parse(body, format=ox.RdfFormat.N_QUADS), ox.RdfFormat.N_QUADS)
    return b"".join(sorted(set(lines.splitlines(keepends=True))))


def beside(body: bytes, credit: Credit, filename: str) -> dict[str, bytes]:
    return {f"{filename}.credits.txt": credit.text().encode()}
