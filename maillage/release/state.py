"""What is released: the graph of a build, its sources, and what the card of the release says."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from maillage._version import __version__
from maillage.credit import Bearing, credit_under, refused_or_private
from maillage.errors import FindingsError, NoBuild
from maillage.export import Credit
from maillage.files import asset, read_bytes, shown
from maillage.graph.build import make, name_things
from maillage.graph.canonical import canonical, digest
from maillage.graph.identity import unpublished_findings
from maillage.licence import Licence, combine, named
from maillage.queries.run import run
from maillage.sources.card import Card, read_card, read_yaml
from maillage.store import Store, open_store
from maillage.store.embedded import EmbeddedStore
from maillage.table import Table
from maillage.terms import graph_iri

SOURCES = "sources"  # the question that lists the sources with their licences and credits


@dataclass(frozen=True)
class State:
    """`dump`: the canonical N-Quads of the build; `digest`: its name; `card`: `graph/release/release.yml`.

    `withheld`: the sources left out, since their cards do not let them be published.
    """

    dump: bytes
    digest: str
    card: dict[str, Any]
    sources: Table
    asked_date: str | None = None
    allow: str = ""
    withheld: tuple[str, ...] = ()

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
        """What the release may bear, our own rows and those of every source together, and the line of each source.

        Raises MixedLicences where no licence fits all, unless a private copy is allowed.
        """
        rows = [dict(row) | {"creditLine": row["credit"]} for row in self.sources.rows()]
        bearing = Bearing(self.version, lang, self.allow, self.date)
        borne = combine([*(str(row["licence"]) for row in rows), named(str(self.card["licence"])).iri])
        if isinstance(borne, Licence):
            return credit_under(borne, rows, bearing)
        titles = {str(row["source"]): str(row["sourceTitle"]) for row in rows}
        return refused_or_private(borne, rows, titles, bearing)

    def merged(self) -> bytes:
        """The merged statements alone, as N-Quads."""
        name = f" <{graph_iri('merged')}> .".encode()
        return b"".join(line for line in self.dump.splitlines(keepends=True) if line.rstrip().endswith(name))


def read_state(out: Path, date: str | None, allow: str = "") -> tuple[State, Store]:
    """The build to release and its store, without the sources whose cards forbid it unless `allow` is "private".

    Raises NoBuild, or FindingsError when a thing has no identifier in `graph/identifiers.csv`, or when what
    remains without the withheld sources does not stand alone.
    """
    _refuse_unpublished()
    dump = out / "graph" / "graph.nq"
    if not dump.is_file():
        raise NoBuild(folder=shown(out))
    report = json.loads(read_bytes(out / "graph" / "report.json"))
    card = read_yaml(asset("graph") / "release" / "release.yml")
    sources = [entry.get("folder", name) for name, entry in report["sources"].items()]
    withheld = () if allow == "private" else withheld_sources(sources)
    if withheld:
        return _without(withheld, sources, out, card, date)
    store = open_store(out / "graph")
    return State(read_bytes(dump), report["digest"], card, run(store, SOURCES, {}), date, allow), store


def withheld_sources(sources: Iterable[str]) -> tuple[str, ...]:
    """Those, by name or by folder, whose licence allows no reuse or whose card is `not_for` publication."""
    return tuple(source for source in sources if _forbids_publication(read_card(source)))


def _forbids_publication(card: Card) -> bool:
    not_for = card.facts.get("not_for")
    return (isinstance(not_for, list) and "publication" in not_for) or not named(card.facts["licence"]).allows_reuse


def _without(
    withheld: tuple[str, ...], sources: Iterable[str], out: Path, card: dict[str, Any], date: str | None
) -> tuple[State, Store]:
    """The graph built anew without some sources: what they alone said, and what followed from it, is not in it."""
    built = make(sources=[source for source in sources if source not in withheld], out=out)
    dump, store = canonical(built.store), EmbeddedStore(built.store)
    names = tuple(Path(source).name for source in withheld)
    return State(dump, digest(dump), card, run(store, SOURCES, {}), date, withheld=names), store


def _refuse_unpublished() -> None:
    """An IRI that a release gives is for ever, so it must have been written down before."""
    findings = unpublished_findings(name_things())
    if findings:
        raise FindingsError(findings)
