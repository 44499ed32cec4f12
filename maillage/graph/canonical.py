"""The canonical dump: N-Quads in one order, so that the same graph has the same bytes.

No blank node survives the mappings, so sorting lines is enough (RDF Dataset Canonicalization without
blank nodes, W3C RDFC-1.0, section 4.4.3).
"""

from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path

import pyoxigraph as ox

IN_MEMORY = 1_000_000  # statements that are sorted in memory, where their text takes some hundred megabytes
MEMORY = "1GB"
LINES = (
    "read_csv(?, delim = '\\x01', quote = '', escape = '', header = false, columns = {'said': 'VARCHAR'}, "
    "auto_detect = false, max_line_size = 16777216)"
)


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """Canonical N-Quads: one statement a line, sorted by code point, duplicates removed."""
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    return b"".join(sorted(set((written or b"").splitlines(keepends=True))))


def write_canonical(store: ox.Store, target: Path, in_memory: int = IN_MEMORY) -> None:
    """Writes `canonical` of a store; one of more statements than `in_memory` is sorted on disk, within `MEMORY`."""
    if len(store) <= in_memory:
        target.write_bytes(canonical(store))
        return
    unsorted = target.with_name("unsorted.nq")
    store.dump(str(unsorted), format=ox.RdfFormat.N_QUADS)
    sort_on_disk([unsorted], target)
    unsorted.unlink()


def sort_on_disk(parts: list[Path], target: Path) -> None:
    """One canonical dump of files of N-Quads. Writes aside next to `target` what memory does not hold."""
    import duckdb

    with duckdb.connect() as base:
        aside, path = (str(path).replace("'", "''") for path in (target.parent / "sorting", target))
        base.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 1; SET temp_directory = '{aside}'")
        form = "(FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '')"
        wanted = f"SELECT DISTINCT said FROM {LINES} ORDER BY said"
        base.execute(f"COPY ({wanted}) TO '{path}' {form}", [list(map(str, parts))])


def digest(body: bytes) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 of a dump: the name of a build."""
    return sha256(body).hexdigest()[:16]


def digest_of(dump: Path) -> str:
    """`digest` of a dump that lies on disk."""
    with dump.open("rb") as body:
        return file_digest(body, "sha256").hexdigest()[:16]
