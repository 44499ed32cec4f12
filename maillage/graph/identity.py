"""Which IRI each thing bears, and which things of different sources are one.

`graph/identifiers.csv` is append-only: an IRI once given never changes. `graph/identity/*.csv` holds the
decisions of persons: pairs of `source:key` said to be the same or different.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from maillage.errors import Finding, GraphError, Phrase, SourceError
from maillage.files import asset, read_text, short_path, write_whole
from maillage.sources.cells import nearest
from maillage.sources.index import Index, Key
from maillage.sources.records import codes
from maillage.sources.rows import DECISION, read_rows, to_csv
from maillage.terms import iri

REGISTERED_KINDS = ("organisation", "group", "event", "place", "programme", "post", "territory")
COLUMNS = ("source", "key", "iri", "first_release")
MOVE = ("iri", "replaced_by", "release", "reason")


@dataclass(frozen=True)
class Decision:
    """A person's word that two keys name the same thing, or do not; `file` and `line` say where it stands."""

    a: Key
    b: Key
    same: bool
    decided_by: str
    date: str
    reason: str
    file: str
    line: int


@dataclass(frozen=True)
class Identities:
    """`iris`: (source, key) -> the IRI it was given; `canonical`: a merged IRI -> the one that replaces it."""

    iris: dict[Key, str]
    canonical: dict[str, str]
    new_keys: tuple[Key, ...]

    def redirect(self, given: str) -> str:
        return self.canonical.get(given, given)


def published_iris() -> dict[Key, str]:
    """The IRIs already given, in the order they were given."""
    path = asset("graph") / "identifiers.csv"
    if not path.exists():
        return {}
    return {(row["source"], row["key"]): row["iri"] for _, row in read_rows(path, COLUMNS)}


def moves() -> dict[str, str]:
    """The IRIs that a release gave and no row bears any more, as what they named is of another class; and its IRI."""
    path = asset("graph") / "moves.csv"
    if not path.exists():
        return {}
    return {row["iri"]: row["replaced_by"] for _, row in read_rows(path, MOVE)}


def decisions(
    index: Index, absent: Collection[str] = (), own: Iterable[Path] = ()
) -> tuple[list[Decision], list[Finding]]:
    """Every decision of `graph/identity/` but those on sources that are absent, and what is wrong with them.

    `own`: where sources may hold decisions of their own, if the file exists.
    """
    found: list[Decision] = []
    findings: list[Finding] = []
    paths = [*sorted((asset("graph") / "identity").glob("*.csv")), *(path for path in own if path.is_file())]
    for path in paths:
        file = short_path(path)
        for line, row in read_rows(path, DECISION):
            if {split_key(row["a"])[0], split_key(row["b"])[0]} & set(absent):
                continue
            faults = _decision_faults(row, file, line, index)
            findings += faults
            if not faults:
                a, b = split_key(row["a"]), split_key(row["b"])
                said = (row["decided_by"], row["date"], row["reason"], file, line)
                found.append(Decision(a, b, row["decision"] == "same", *said))
    return found, findings


def split_key(cell: str) -> Key:
    """Of a `source:key`."""
    source, _, key = cell.partition(":")
    return source, key


def _decision_faults(row: dict[str, str], file: str, line: int, index: Index) -> list[Finding]:
    faults = [SourceError("empty-cell").at(file, line, name) for name in DECISION if not row[name]]
    for name in ("a", "b"):
        if row[name] and split_key(row[name]) not in index.by_key:
            known = [":".join(key) for key in index.by_key]
            fault = SourceError("unknown-reference", value=row[name], nearest=nearest(row[name], known))
            faults.append(fault.at(file, line, name))
    if row["decision"] not in ("same", "different"):
        fault = SourceError("bad-cell", value=row["decision"], wanted=Phrase("cell-decision"))
        faults.append(fault.at(file, line, "decision"))
    return faults


class Clusters:
    """Keys said to be the same, as a union-find forest, and which of its trees are said to be different."""

    def __init__(self, made: Iterable[Decision]) -> None:
        self._parent: dict[Key, Key] = {}
        self._apart: list[Decision] = []
        for decision in made:
            if decision.same:
                self._parent[self.root(decision.a)] = self.root(decision.b)
            else:
                self._apart.append(decision)

    def settle(self, a: Key, b: Key) -> bool:
        """Do the decisions say of two keys that they name one thing, or two?"""
        roots = {self.root(a), self.root(b)}
        return len(roots) == 1 or any({self.root(made.a), self.root(made.b)} == roots for made in self._apart)

    def root(self, key: Key) -> Key:
        while (above := self._parent.get(key, key)) != key:
            key = above
        return key

    def members(self) -> dict[Key, list[Key]]:
        """Root -> its keys, for clusters of two or more."""
        groups: dict[Key, list[Key]] = defaultdict(list)
        for key in self._parent:
            groups[self.root(key)].append(key)
        for root, keys in groups.items():
            groups[root] = sorted({root, *keys})
        return groups


def conflicts(made: list[Decision]) -> list[Finding]:
    """Pairs said to be different that a chain of `same` decisions joins."""
    clusters = Clusters(made)
    members = clusters.members()
    found: list[Finding] = []
    for one in made:
        if not one.same and clusters.root(one.a) == clusters.root(one.b):
            a, b, *chain = (":".join(key) for key in (one.a, one.b, *members[clusters.root(one.a)]))
            error = GraphError("identity-conflict", a=a, b=b, chain=" = ".join(chain))
            found.append(error.at(one.file, one.line))
    return found


def assign(index: Index, made: list[Decision], ranks: dict[str, int], registers: Collection[str] = ()) -> Identities:
    """Gives each thing its IRI: the published one, else that of its cluster, else a new one from its key.

    What a register (a fetched source) names bears an IRI made of its name and its own key: it moves only when the
    register changes its key, and so need not be published. Bodies with a code of one register in common are one.
    """
    clusters = Clusters([*made, *shared_codes(index)])
    given = published_iris()
    held, iris = set(given.values()), dict(given)
    by_root = {clusters.root(key): given[key] for key in reversed(given)}
    fresh: list[Key] = []
    nameable = {key for key, record in index.by_key.items() if record.key_kind in REGISTERED_KINDS}
    for key in sorted(nameable - given.keys(), key=lambda key: (ranks[key[0]], key)):
        kind, root = index.by_key[key].key_kind, clusters.root(key)
        if key[0] in registers or kind == "territory":  # which is its code, whoever lists it
            iris[key] = iri(kind, key[1] if kind == "territory" else f"{key[0]}-{key[1]}")
            by_root.setdefault(root, iris[key])
            continue
        fresh.append(key)
        iris[key] = by_root[root] = by_root.get(root) or _mint(kind, key, held)
    canonical = {iris[key]: by_root[clusters.root(key)] for key in iris if key in index.by_key}
    merged = {old: new for old, new in canonical.items() if old != new}
    return Identities(iris, merged, tuple(sorted(fresh)))


def shared_codes(index: Index) -> list[Decision]:
    """Bodies of different sources that bear one code of one register (SIREN, COG…) are the same."""
    first: dict[str, Key] = {}
    found: list[Decision] = []
    for key in sorted(index.by_key):
        record = index.by_key[key]
        for code in codes(record):
            other = first.setdefault(code, key)
            if other[0] != key[0]:
                found.append(Decision(other, key, True, "register", "", code, record.file, record.line))
    return found


def _mint(kind: str, key: Key, held: set[str]) -> str:
    number, fresh = 1, iri(kind, key[1])
    while fresh in held:
        number += 1
        fresh = iri(kind, f"{key[1]}-{number}")
    held.add(fresh)
    return fresh


def unpublished_findings(identities: Identities) -> list[Finding]:
    """A warning for each source that holds things whose IRI is not yet in `graph/identifiers.csv`."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for source, key in identities.new_keys:
        by_source[source].append(key)
    return [
        error.at("graph/identifiers.csv", severity="warning")
        for source, keys in by_source.items()
        for error in [GraphError("unpublished-identifier", count=len(keys), source=source, first=keys[0])]
    ]


def publish(identities: Identities, release: str) -> int:
    """Appends the new identifiers to `graph/identifiers.csv`; returns how many."""
    path = asset("graph") / "identifiers.csv"
    text = read_text(path) if path.exists() else ",".join(COLUMNS) + "\n"
    lines = to_csv((*key, identities.iris[key], release) for key in identities.new_keys)
    write_whole(path, (text + lines).encode())
    return len(identities.new_keys)
