"""The ties of a graph, read triple by triple: no question is asked. A door is held against them."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from maillage.answer.graph import Graph
from maillage.network.from_table import local
from maillage.store import EmbeddedStore
from maillage.terms import expand, graph_iri

MERGED, EVIDENCE = ox.NamedNode(graph_iri("merged")), ox.NamedNode(graph_iri("evidence"))
TIE = ox.NamedNode(expand("mai:Tie"))


@dataclass(frozen=True)
class Proof:
    """A participation that a tie rests on, and one source that says who it is of."""

    participation: str
    agent: str
    role: str
    certainty: str
    note: str
    source: str
    paragraph: str
    link: str


@dataclass(frozen=True)
class Tie:
    """It reads from `start` to `goal` where it is `directed`; kind, certainty, dating and occurrence are slugs."""

    iri: str
    start: str
    goal: str
    directed: bool
    kind: str
    activity: str
    certainty: str
    first: str
    last: str
    dating: str
    occurrence: str
    year: str
    proofs: frozenset[Proof]

    @property
    def ends(self) -> frozenset[str]:
        return frozenset((self.start, self.goal))

    @property
    def carrying(self) -> bool:
        return self.kind == "carrying"


@dataclass(frozen=True, eq=False)
class Build:
    """A graph in memory, and the folder whose report and dump are beside it."""

    out: Path
    store: ox.Store

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.out, store=EmbeddedStore(self.store))

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        found = self.store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), TIE, MERGED)
        return tuple(self._tie(iri) for iri in sorted(_text(quad.subject) for quad in found))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The French label of each thing; the title of a source."""
        found = {}
        for name, lang in (("dcterms:title", None), ("rdfs:label", "fr")):
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(expand(name)), None, MERGED):
                if isinstance(quad.object, ox.Literal) and lang in (None, quad.object.language):
                    found[_text(quad.subject)] = quad.object.value
        return found

    @cached_property
    def _pairs(self) -> Mapping[frozenset[str], list[Tie]]:
        found: dict[frozenset[str], list[Tie]] = defaultdict(list)
        for tie in self.ties:
            found[tie.ends].append(tie)
        return found

    def beside(self, tie: Tie) -> list[Tie]:
        """All that ties the same two."""
        return self._pairs[tie.ends]

    def all(self, iri: str, name: str) -> list[str]:
        """Its values, in what was merged and in what is said of claims."""
        node, named = ox.NamedNode(iri), ox.NamedNode(expand(name))
        found = (self.store.quads_for_pattern(node, named, None, graph) for graph in (MERGED, EVIDENCE))
        return sorted({_text(quad.object) for quads in found for quad in quads})

    def one(self, iri: str, name: str) -> str:
        """Its value, "" where there is none; two would be two truths."""
        found = self.all(iri, name)
        assert len(found) < 2, f"{iri} {name}: {found}"
        return found[0] if found else ""

    def _tie(self, iri: str) -> Tie:
        kind, certainty, dating, occurrence = (
            local(self.one(iri, f"mai:{name}")) for name in ("partnershipKind", "certainty", "dating", "occurrence")
        )
        said = {name: self.one(iri, f"mai:{name}") for name in ("from", "to", "sharedActivity", "firstDay", "lastDay")}
        proofs = {one for part in self.all(iri, "prov:wasDerivedFrom") for one in self._proofs(part)}
        return Tie(
            iri,
            said["from"],
            said["to"],
            self.one(iri, "mai:directed") == "true",
            kind,
            said["sharedActivity"],
            certainty,
            said["firstDay"],
            said["lastDay"],
            dating,
            occurrence,
            self.one(iri, "mai:pageYear"),
            frozenset(proofs),
        )

    def _proofs(self, participation: str) -> Iterator[Proof]:
        said = [self.one(participation, name) for name in ("mai:agent", "mai:role", "mai:certainty", "rdfs:comment")]
        subject, agent = ox.NamedNode(expand("rdf:subject")), expand("mai:agent")
        for quad in self.store.quads_for_pattern(None, subject, ox.NamedNode(participation), EVIDENCE):
            claim = _text(quad.subject)
            if self.one(claim, "rdf:predicate") == agent:
                source, passages = self.one(claim, "dcterms:source"), self.all(claim, "mai:passage")
                linked = [passage for passage in passages if self.one(passage, "mai:pageLink")]
                for passage in linked or [""]:
                    place = [self.one(passage, f"mai:{name}") if passage else "" for name in ("paragraph", "pageLink")]
                    yield Proof(participation, said[0], local(said[1]), local(said[2]), said[3], source, *place)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def drawn(ties: Sequence[Tie], count: int, seed: int = 16) -> list[Tie]:
    """So many ties, as many of each kind as can be; all of them where there are no more."""
    turns: list[tuple[int, Tie]] = []
    for kind in sorted({tie.kind for tie in ties}):
        some = [tie for tie in ties if tie.kind == kind]
        random.Random(seed).shuffle(some)
        turns += enumerate(some)
    return [tie for _, tie in sorted(turns, key=lambda turn: turn[0])[:count]]


# ---------------------------------------------------------------- comparing

Key = tuple[object, ...]
Values = Mapping[str, object]
Told = Iterable[tuple[Key, Values]]
STRANGER = "told, and no tie"


def faults(wanted: Mapping[str, Told], told: Told) -> dict[str, list[str]]:
    """What a door says otherwise than it must, by tie. `wanted`: the IRI of each tie, and what is to be told of it."""
    must: dict[Key, set[object]] = defaultdict(set)
    owners: dict[Key, set[str]] = defaultdict(set)
    for iri, pairs in wanted.items():
        for key, values in pairs:
            must[key].add(frozenset(values.items()))
            owners[key].add(iri)
    heard: dict[Key, set[object]] = defaultdict(set)
    for key, values in told:
        heard[key].add(frozenset(values.items()))
    found: dict[str, list[str]] = defaultdict(list)
    for key in must.keys() | heard.keys():
        if must[key] != heard[key]:
            for iri in owners[key] or {STRANGER}:
                found[iri].append(f"{key}: {_apart(must[key], heard[key])}")
    return dict(found)


def _apart(must: set[object], heard: set[object]) -> str:
    """Only the values that differ."""
    wanted, found = (sorted({str(pair) for one in some for pair in _pairs(one)}) for some in (must, heard))
    less, more = [one for one in wanted if one not in found], [one for one in found if one not in wanted]
    return f"must say {less}, says {more}" if must and heard else "not told" if must else "told"


def _pairs(one: object) -> Iterator[object]:
    assert isinstance(one, frozenset)
    for name, value in one:
        if isinstance(value, frozenset):
            yield from ((name, part) for part in value)
        else:
            yield name, value
