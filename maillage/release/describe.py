"""The DCAT-AP 3 and VoID description: questions of `graph/release/dataset/` over graph and facts.

The facts (the card of the release, its files with sizes and checksums) are written as Facade-X records beside
the graph, as the rows of a source are.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox

from maillage.export import FORMATS
from maillage.export.framing import as_list
from maillage.files import asset, read_text
from maillage.graph.facade import day
from maillage.graph.functions import Functions
from maillage.release.state import State
from maillage.sources.copies import checksum_of
from maillage.store.local import DEFAULT_GRAPHS
from maillage.terms import ID, expand, graph_iri, iri, record_iri

FACTS, FILES = ox.NamedNode(graph_iri("release")), ox.NamedNode(graph_iri("release-files"))
OF_FILES = "distributions.rq"  # the only question that reads what the files are
Value = ox.NamedNode | ox.Literal
PACKED = ".gz"  # what ends the name of a file that is compressed
Data = tuple[str, dict[str, str], Path]  # format, title by language, where it lies


def describe(state: State, *releases: Mapping[str, Data]) -> list[bytes]:
    """N-Triples for each of some releases of one state: each file to describe, by its name there."""
    with TemporaryDirectory(prefix="maillage-") as aside:
        copy = Path(aside) / "store"  # links to the files of the build's store, where both are on one disk
        ox.Store.read_only(str(state.graph / "store")).backup(str(copy))
        store = ox.Store(str(copy))
        store.extend(_quads("release", state.version, _release_facts(state, store), FACTS))
        questions = sorted((asset("graph") / "release" / "dataset").glob("*.rq"))
        shared, found = set[bytes](), list[bytes]()
        for path in questions:
            shared |= _construct(store, path) if path.name != OF_FILES else set()
        for files in releases:
            store.clear_graph(FILES)
            for name, data in files.items():
                store.extend(_quads("release-file", name, _file_facts(state, name, *data), FILES))
            of_files = (_construct(store, path) for path in questions if path.name == OF_FILES)
            found.append(b"".join(sorted(shared.union(*of_files))))
        del store
    return found


def _construct(store: ox.Store, path: Path) -> set[bytes]:
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*DEFAULT_GRAPHS, FACTS, FILES]
    said = store.query(read_text(path), default_graph=graphs, custom_functions=Functions().registered)
    body = said.serialize(format=ox.RdfFormat.N_TRIPLES) if isinstance(said, ox.QueryTriples) else b""
    return set((body or b"").splitlines(keepends=True))


def _quads(table: str, key: str, facts: Iterable[tuple[str, Value]], graph: ox.NamedNode) -> list[ox.Quad]:
    node = ox.NamedNode(record_iri("maillage", table, key))
    return [ox.Quad(node, ox.NamedNode(expand(f"xyz:{column}")), value, graph) for column, value in facts]


def _release_facts(state: State, store: ox.Store) -> Iterator[tuple[str, Value]]:
    card = state.card
    for column in ("title", "description", "publisher", "keyword"):
        yield from ((column, value) for value in _in_languages(card[column]))
    for column in ("theme", "spatial", "language", "vocabulary"):
        yield from ((column, ox.NamedNode(address)) for address in as_list(card[column]))
    yield "iri", ox.NamedNode(iri("release", state.version))
    credit = state.credit()
    if credit.licence_iri:
        yield "licence", ox.NamedNode(credit.licence_iri)
    yield from (("rights", ox.Literal(said, language=lang)) for lang, said in credit.private.items())
    yield "date", day(state.date)
    yield "version", ox.Literal(state.version)
    yield "digest", ox.Literal(state.digest)
    yield "space", ox.Literal(ID)
    triples = sum(1 for name in DEFAULT_GRAPHS for _ in store.quads_for_pattern(None, None, None, name))
    yield "triples", ox.Literal(str(triples), datatype=ox.NamedNode(expand("xsd:integer")))


def _file_facts(
    state: State, name: str, form: str, titles: Mapping[str, str], path: Path
) -> Iterator[tuple[str, Value]]:
    yield "name", ox.Literal(name)
    yield from (("title", value) for value in _in_languages(titles))
    yield "address", ox.NamedNode(iri("release", state.version, *name.split("/")))
    yield "media_type", ox.Literal(FORMATS[form].essence)
    if name.endswith(PACKED):
        yield "compression", ox.Literal("application/gzip")
    yield "bytes", ox.Literal(str(path.stat().st_size), datatype=ox.NamedNode(expand("xsd:nonNegativeInteger")))
    yield "sha256", ox.Literal(checksum_of(path))
    yield "whole", ox.Literal(FORMATS[form].carries("graph"))


def _in_languages(said: Mapping[str, Any]) -> Iterator[ox.Literal]:
    for lang, texts in said.items():
        yield from (ox.Literal(str(text), language=lang) for text in as_list(texts))
