"""The canonical dump: N-Quads in one order, so that the same graph has the same bytes.

No blank node survives the mappings, so sorting lines is enough (RDF Dataset Canonicalization without
blank nodes, W3C RDFC-1.0, section 4.4.3).
"""

from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path

import pyoxigraph as ox


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """Canonical N-Quads: one statement a line, sorted by code point, duplicates removed."""
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    return b"".join(sorted(set((written or b"").splitlines(keepends=True))))


def digest(body: bytes) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 of a dump: the name of a build."""
    return sha256(body).hexdigest()[:16]


def digest_of(dump: Path) -> str:
    """`digest` of a dump that lies on disk."""
    with dump.open("rb") as body:
        return file_digest(body, "sha256").hexdigest()[:16]
