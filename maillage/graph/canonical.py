"""The canonical dump: N-Quads in one order, so that the same graph has the same bytes.

No blank node survives the mappings, so sorting lines is enough (RDF Dataset Canonicalization without
blank nodes, W3C RDFC-1.0, section 4.4.3).
"""

from collections.abc import Iterable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from maillage.errors import FileError
from maillage.files import short_path
from maillage.sources.copies import checksum_of
from maillage.terms import graph_iri, iri

FORMS = {f".{end}": ox.RdfFormat.from_extension(end) for end in ("nq", "nt", "ttl", "trig", "rdf", "jsonld")}
IN_MEMORY = 1_000_000  # statements that are sorted in memory, where their text takes some hundred megabytes
MEMORY = "1GB"
LINES = (
    "read_csv(?, delim = '\\x01', quote = '', escape = '', header = false, columns = {'said': 'VARCHAR'}, "
    "auto_detect = false, max_line_size = 16777216, buffer_size = 33554432)"  # by itself, sixteen lines of that size
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
    return checksum_of(dump)[:16]


def split_by_graph(dump: Path, folder: Path) -> dict[str, Path]:
    """A canonical dump in files of canonical N-Triples in `folder`, by the graph's IRI.

    It has a statement a line, its graph at the end, so that cutting needs no parser.
    """
    found: dict[bytes, BinaryIO] = {}
    with ExitStack() as stack:
        for line in stack.enter_context(dump.open("rb")):
            triple, _, name = line.rstrip().removesuffix(b" .").rpartition(b" ")
            if name not in found:
                found[name] = stack.enter_context((folder / f"{len(found)}.nt").open("wb"))
            found[name].write(triple + b" .\n")
    return {name.decode()[1:-1]: Path(file.name) for name, file in found.items()}


def canonicalise(path: Path, target: Path, default: ox.NamedNode) -> Path:
    """The canonical dump of a file of RDF, by its suffix: the file itself where it is one, else written to `target`.

    Statements without a graph are put in `default`. Memory stays bounded unless there are blank nodes: these become
    IRIs, in memory, from their canonical names (RDFC-1.0), which may move when the graph gains or loses one.
    Raises `bad-rdf`.
    """
    if path.suffix == ".nq" and _is_canonical(path):
        return path
    form = FORMS.get(path.suffix)
    if form is None:
        raise FileError("bad-rdf", file=short_path(path), reason=" ".join(FORMS))
    try:
        blank = any(isinstance(term, ox.BlankNode) for quad in ox.parse(path=str(path), format=form) for term in quad)
        found, no = ox.parse(path=str(path), format=form), ox.DefaultGraph()
        quads = (ox.Quad(s, p, o, default if graph == no else graph) for s, p, o, graph in found)
        if blank:
            dataset = ox.Dataset(quads)
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
            target.write_bytes(canonical(ox.Quad(*map(_skolem, quad)) for quad in dataset))
        else:
            unsorted = target.with_name(f"unsorted-{target.name}")
            ox.serialize(quads, str(unsorted), format=ox.RdfFormat.N_QUADS)
            sort_on_disk([unsorted], target)
            unsorted.unlink()
    except (SyntaxError, ValueError) as error:
        raise FileError("bad-rdf", file=short_path(path), reason=str(error)) from error
    return target


def _skolem(term: Any) -> Any:
    """An IRI in the place of a blank node, from its canonical name (RDF 1.1 Concepts, section 3.5)."""
    return ox.NamedNode(iri("blank", term.value)) if isinstance(term, ox.BlankNode) else term


def _is_canonical(path: Path) -> bool:
    """Is it a dump of ours: sorted lines, each in a graph of ours, no blank node?"""
    graph, before = f" <{graph_iri()}".encode(), b""
    with path.open("rb") as lines:
        for line in lines:
            if line <= before or b"_:" in line or not line[:-3].rpartition(b" ")[2].startswith(graph[1:]):
                return False
            before = line
    return True
