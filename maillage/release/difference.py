"""What changed from a graph to a later one: their canonical dumps read side by side, a thing at a time.

Both are sorted, so that neither is held in memory; what is held grows with what changed. The merged graph is compared
statement by statement; of the others (sources, rules, evidence) changes are counted.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from maillage.errors import MachineError, MissingFile
from maillage.files import short_path
from maillage.graph.canonical import canonicalise, digest_of
from maillage.terms import expand, graph_iri

MERGED_GRAPH = ox.NamedNode(graph_iri("merged"))
OFF_LIST = ox.NamedNode(expand("mai:noLongerListedOn"))
LAST_SEEN = f"<{expand('mai:lastSeen')}>".encode()
NEW, GONE, UNLISTED_NOW, LISTED_AGAIN, CHANGED = KINDS = ("new", "gone", "unlisted", "listed", "changed")
DumpLine = tuple[str, bytes]  # "-", "+" or "=", and a statement of one dump, of the other, of both


@dataclass(frozen=True)
class Side:
    """One of the two graphs. `dump`: its canonical N-Quads; `digest`: its name."""

    label: str
    dump: Path
    digest: str


@dataclass(frozen=True)
class Change:
    """What changed of one thing; `remains`: other statements on it are in both graphs."""

    thing: ox.NamedNode
    added: tuple[ox.Triple, ...]
    removed: tuple[ox.Triple, ...]
    remains: bool

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        if not self.remains and not (self.added and self.removed):
            return NEW if self.added else GONE
        if any(triple.predicate == OFF_LIST for triple in self.added):
            return UNLISTED_NOW
        return LISTED_AGAIN if any(triple.predicate == OFF_LIST for triple in self.removed) else CHANGED


@dataclass
class Difference:
    """`changes`: those of merged, by thing; `counts`: graph -> statements added, statements removed.

    `last_seen_days`: how many of the removed ones are days on which a statement was last seen, which every copy moves.
    """

    before: Side
    after: Side
    changes: list[Change] = field(default_factory=list)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    last_seen_days: int = 0


@contextmanager
def compare(before: Path, after: Path) -> Iterator[Difference]:
    """Compares a release, a build or a file of RDF with another; the dumps stay readable inside the block.

    Raises MissingFile, `no-build` or `bad-rdf`.
    """
    with TemporaryDirectory() as aside:
        found = Difference(_side(before, Path(aside) / "before.nq"), _side(after, Path(aside) / "after.nq"))
        counted: Counter[tuple[str, bytes]] = Counter()
        lines = _counting(side_by_side(found.before.dump, found.after.dump), counted)
        found.changes += changes_of(lines)
        found.last_seen_days = counted.pop(("-", LAST_SEEN), 0)
        names = sorted({graph for _, graph in counted} - {LAST_SEEN})
        # `merged`, `source/<name>`, `rule/<name>`; the whole IRI of a graph that is none of ours
        shown = {name: name.decode()[1:-1].removeprefix(graph_iri()) for name in names}
        found.counts = {shown[name]: (counted["+", name], counted["-", name]) for name in names}
        yield found


def _side(given: Path, aside: Path) -> Side:
    dump = canonicalise(_dump_in(given), aside, MERGED_GRAPH)
    return Side(short_path(given), dump, digest_of(dump))


def _dump_in(given: Path) -> Path:
    """The dump of a release, of an output folder or of a build; the file itself otherwise."""
    if not given.exists():
        raise MissingFile(file=short_path(given))
    if given.is_file():
        return given
    for dump in (given / "graph.nq", given / "graph" / "graph.nq"):
        if dump.is_file():
            return dump
    raise MachineError("no-build", folder=short_path(given))


def side_by_side(before: Path, after: Path) -> Iterator[DumpLine]:
    """The lines of two sorted files in their common order, each with where it is."""
    with before.open("rb") as first, after.open("rb") as second:
        one, other = next(first, b""), next(second, b"")
        while one or other:
            if one == other:
                yield "=", one
                one, other = next(first, b""), next(second, b"")
            elif one and (not other or one < other):
                yield "-", one
                one = next(first, b"")
            else:
                yield "+", other
                other = next(second, b"")


def _counting(lines: Iterator[DumpLine], counted: Counter[tuple[str, bytes]]) -> Iterator[DumpLine]:
    """The lines of merged; the changes of every graph are counted on their way."""
    merged = f" {MERGED_GRAPH} .\n".encode()
    for mark, line in lines:
        if mark != "=":
            counted[mark, line[:-3].rpartition(b" ")[2]] += 1
            if line.split(b" ", 2)[1] == LAST_SEEN:
                counted[mark, LAST_SEEN] += 1
        if line.endswith(merged):
            yield mark, line


def changes_of(lines: Iterator[DumpLine]) -> Iterator[Change]:
    """The lines of merged by thing, those that nothing changes left out."""
    for _, own in groupby(lines, key=lambda line: line[1].partition(b" ")[0]):
        said: dict[str, list[bytes]] = {"+": [], "-": [], "=": []}
        for mark, line in own:
            said[mark] = said[mark] + [line] if mark != "=" else [line]
        if said["+"] or said["-"]:
            added, removed = _triples(said["+"]), _triples(said["-"])
            thing = (added or removed)[0].subject
            if isinstance(thing, ox.NamedNode):
                yield Change(thing, added, removed, bool(said["="]))


def _triples(lines: list[bytes]) -> tuple[ox.Triple, ...]:
    return tuple(quad.triple for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


def facts(difference: Difference, things: set[ox.NamedNode], names: tuple[str, ...]) -> Iterator[ox.Triple]:
    """What merged says of some things by some properties, before and after, in one reading of each dump."""
    predicates = {f"<{expand(name)}>".encode() for name in names}
    wanted, merged = {str(thing).encode() for thing in things}, f" {MERGED_GRAPH} .\n".encode()
    for side in (difference.before, difference.after):
        with side.dump.open("rb") as lines:
            for line in lines:
                subject, predicate, _ = line.split(b" ", 2)
                if predicate in predicates and subject in wanted and line.endswith(merged):
                    yield from _triples([line])
