"""Puts a build into an endpoint, graph by graph, or in files for the engine's own loader.

The protocol has no transaction over several graphs. So the statement that names the version goes first and comes
back last: an endpoint that says its version holds all of it, and one whose loading broke off says none.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pyoxigraph as ox

from maillage._version import __version__
from maillage.errors import EndpointError, MachineError, MaillageError, Phrase
from maillage.files import replace_folder, short_path
from maillage.graph.canonical import split_by_graph
from maillage.graph.report import read_report
from maillage.store.base import QUESTION_GRAPHS
from maillage.terms import expand, graph_iri, iri

Progress = Callable[..., None]


@dataclass(frozen=True)
class Publication:
    """`graphs`: files of N-Triples by the graph's IRI, in the order of loading; the last says the version."""

    version: str
    graphs: dict[str, Path]


@contextmanager
def publication(out: Path) -> Iterator[Publication]:
    """The last build of an output folder, cut in a file a graph for the time of the block. Raises `no-build`."""
    folder = out / "graph"
    if not (folder / "graph.nq").is_file():
        raise MachineError("no-build", folder=short_path(out))
    version = f"{__version__}+{read_report(folder)['digest'][:8]}"
    with TemporaryDirectory(prefix="maillage-") as aside:
        parts = split_by_graph(folder / "graph.nq", Path(aside))
        # those that questions read come last: they read the old ones until then
        graphs = {name: parts[name] for name in sorted(parts, key=lambda name: (name in QUESTION_GRAPHS, name))}
        release, said = ox.NamedNode(iri("release", version)), Path(aside) / "release.nt"
        stated = ox.Triple(release, ox.NamedNode(expand("dcat:version")), ox.Literal(version))
        ox.serialize([stated], str(said), format=ox.RdfFormat.N_TRIPLES)
        yield Publication(version, graphs | {graph_iri("release"): said})


def publish(out: Path, graph_store: str, progress: Progress) -> Publication:
    """Loads a build. Raises `no-build`, or `half-published`, which says what an interrupted loading left.

    Memory does not grow with the graph: a piece is read, sent, and read no more.
    """
    from maillage.store.graphs import GraphStore

    with publication(out) as whole:
        store, done = GraphStore(graph_store), list[str]()
        try:
            store.remove(graph_iri("release"))
            for name, file in whole.graphs.items():
                progress("graph", name=name)
                with file.open("rb") as triples:
                    store.put(name, triples)
                done.append(name)
        except MaillageError as error:
            if not done:
                raise
            # between the first and the last graph that questions read, they are of two builds
            touched = any(name in (*done, list(whole.graphs)[len(done)]) for name in QUESTION_GRAPHS)
            state = Phrase("graphs-to-load") if touched else Phrase("graphs-of-before")
            told = {"done": len(done), "count": len(whole.graphs), "reason": error, "state": state}
            raise EndpointError("half-published", **told) from error
        finally:
            store.close()
        return whole


def write_files(out: Path, folder: Path) -> Publication:
    """A file a graph and beside it its IRI in `<file>.graph`, as Virtuoso's `ld_dir` reads them."""
    with publication(out) as whole, replace_folder(folder) as aside:
        for place, (name, triples) in enumerate(whole.graphs.items()):
            file = f"{place:02}-{quote(name.removeprefix(graph_iri()), safe='').replace('%2F', '-')}.nt"
            shutil.move(triples, aside / file)
            (aside / f"{file}.graph").write_text(f"{name}\n", encoding="utf-8")
        return whole
