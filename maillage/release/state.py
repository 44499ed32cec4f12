"""What is released: the graph of a build, its sources, and what the card of the release says."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from maillage._version import __version__
from maillage.errors import FindingsError, NoBuild
from maillage.export import Credit
from maillage.files import asset, read_bytes, shown
from maillage.graph.build import name_things
from maillage.graph.identity import unpublished_findings
from maillage.ontology import concepts, labels, list_triples
from maillage.queries.run import run
from maillage.sources.card import read_yaml
from maillage.store import Store
from maillage.table import Table
from maillage.terms import expand, graph_iri

SOURCES = "sources"  # the question that lists the sources with their licences and credits


@dataclass(frozen=True)
class State:
    """`dump`: the canonical N-Quads of the build; `digest`: its name; `card`: `graph/release/release.yml`."""

    dump: bytes
    digest: str
    card: dict[str, Any]
    sources: Table
    asked_date: str | None = None

    @property
    def version(self) -> str:
        """The version of the project and the digest of the graph, as answers give it."""
        return f"{__version__}+{self.digest[:8]}"

    @property
    def date(self) -> str:
        """The day asked for, else the last day on which a source was read: nothing here knows today."""
        return self.asked_date or max(str(row["readOn"]) for row in self.sources.rows())

    @cached_property
    def graph(self) -> ox.Store:
        """The build in memory, to be asked for the description."""
        store = ox.Store()
        store.bulk_load(self.dump, format=ox.RdfFormat.N_QUADS)
        return store

    def credit(self, lang: str = "fr") -> Credit:
        """The licence of the release, and the credit line of every source that it draws on."""
        licence = concepts("licence")[str(self.card["licence"]).lower()]
        lines = dict.fromkeys(str(row["credit"]) for row in self.sources.rows())
        named = (str(self.card["licence"]), exact(licence), labels(licence))
        return Credit(*named, tuple(lines), self.version, self.date, lang)

    def merged(self) -> bytes:
        """The merged statements alone, as N-Quads."""
        name = f" <{graph_iri('merged')}> .".encode()
        return b"".join(line for line in self.dump.splitlines(keepends=True) if line.rstrip().endswith(name))


def exact(licence: str) -> str:
    """The address that others know a licence of our list by (SPDX), or the concept's own."""
    match = ox.NamedNode(expand("skos:exactMatch"))
    known = {str(t.subject): t.object for t in list_triples() if t.predicate == match}
    found = known.get(f"<{licence}>")
    return found.value if isinstance(found, ox.NamedNode) else licence


def read_state(out: Path, store: Store, date: str | None) -> State:
    """Raises NoBuild, or FindingsError when a thing has no identifier in `graph/identifiers.csv`."""
    _refuse_unpublished()
    dump = out / "graph" / "graph.nq"
    if not dump.is_file():
        raise NoBuild(folder=shown(out))
    report = json.loads(read_bytes(out / "graph" / "report.json"))
    card = read_yaml(asset("graph") / "release" / "release.yml")
    return State(read_bytes(dump), report["digest"], card, run(store, SOURCES, {}), date)


def _refuse_unpublished() -> None:
    """An IRI that a release gives is for ever, so it must have been written down before."""
    findings = unpublished_findings(name_things())
    if findings:
        raise FindingsError(findings)
