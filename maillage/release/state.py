"""What is released: the graph of a build, its sources, and what the card of the release says."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from maillage._version import __version__
from maillage.credit.credits import Bearing, credit_of
from maillage.credit.licence import find_licence
from maillage.credit.notice import Credit
from maillage.errors import FindingsError, MachineError
from maillage.files import asset, short_path
from maillage.graph.build import make, name_things, write
from maillage.graph.identity import unpublished_findings
from maillage.graph.report import read_report
from maillage.queries.run import run
from maillage.sources.card import Card, read_card, read_yaml
from maillage.store import open_store
from maillage.table import Table
from maillage.terms import PARTIES

SOURCES = "sources"  # the question that lists the sources with their licences and credits


@dataclass(frozen=True)
class State:
    """`graph`: the folder of the build; `digest`: its name; `card`: `graph/release/release.yml`.

    `withheld`: the sources left out, since their cards do not let them be published.
    """

    graph: Path
    digest: str
    card: dict[str, Any]
    sources: Table
    option_date: str | None = None
    allow: str = ""
    withheld: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The version of the project and the digest of the graph, as answers give it."""
        return f"{__version__}+{self.digest[:8]}"

    @property
    def date(self) -> str:
        """The day asked for, else the last day on which a source was read: nothing here knows today."""
        return self.option_date or max(str(row["readOn"]) for row in self.sources.rows())

    @property
    def dump(self) -> Path:
        """The canonical N-Quads of the build."""
        return self.graph / "graph.nq"

    def credit(self, lang: str = "fr") -> Credit:
        """What the release may bear, our own rows and those of every source together, and the line of each source.

        Raises `mixed-licences` where no licence fits all, unless a private copy is allowed.
        """
        rows = [dict(row) | {"creditLine": row["credit"]} for row in self.sources.rows()]
        own = find_licence(str(self.card["licence"])).iri
        return credit_of(rows, Bearing(self.version, lang, self.allow, self.date), lambda: rows, own=[own])


@contextmanager
def read_state(out: Path, date: str | None, allow: str = "") -> Iterator[State]:
    """The build to release, without the sources whose cards forbid it unless `allow` is "private".

    Where some are left out, the graph is built again without them, beside, for the time of the block. Raises
    `no-build`, or FindingsError when a thing has no identifier in `graph/identifiers.csv`, or when what remains
    without the withheld sources does not stand alone.
    """
    if unpublished := unpublished_findings(name_things()):  # an IRI that a release gives is for ever
        raise FindingsError(unpublished)
    graph = (out / "graph").resolve()
    if not (graph / "graph.nq").is_file():
        raise MachineError("no-build", folder=short_path(out))
    report = read_report(graph)
    sources = [entry.get("folder", name) for name, entry in report["sources"].items()]
    withheld = () if allow == "private" else withheld_sources(sources)
    with TemporaryDirectory(prefix="maillage-") as aside:
        if withheld:
            graph, allow = Path(aside), ""
            kept = [source for source in sources if source not in withheld]
            # built anew from fewer sources: what the others alone said, and what followed, is not in it
            today, largest = datetime.date.fromisoformat(report["today"]), report.get("largest", PARTIES)
            write(make(sources=kept, out=out, today=today, largest=largest), graph, out)
        card = read_yaml(asset("graph") / "release" / "release.yml")
        names = tuple(Path(source).name for source in withheld)
        store = open_store(graph)
        rows = run(store, SOURCES, {})
        store.close()
        yield State(graph, read_report(graph)["digest"], card, rows, date, allow, names)


def withheld_sources(sources: Iterable[str]) -> tuple[str, ...]:
    """Those, by name or by folder, whose licence allows no reuse or whose card is `not_for` publication."""
    return tuple(source for source in sources if _forbids_publication(read_card(source)))


def _forbids_publication(card: Card) -> bool:
    not_for, licence = card.facts.get("not_for"), find_licence(card.facts["licence"])
    return (isinstance(not_for, list) and "publication" in not_for) or not licence.allows_reuse
