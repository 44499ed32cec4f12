"""From statements to the sources that make them: directly, or through the rule that derived them.

What a rule adds has no claim. It is traced to the claims that the rule could have read: those that lead from its
subject along the properties named in the rules behind it, so that a credit is never missing, if sometimes wide.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from maillage.files import asset, read_text
from maillage.graph.premises import premises
from maillage.store import Store
from maillage.store.values import with_values
from maillage.terms import ID, expand, iri

BATCH = 500  # things asked about at once
ClaimTerms = tuple[str, str, str]  # a claim: predicate, object, source
WAS_DERIVED_FROM = f"<{expand('prov:wasDerivedFrom')}>"
PARTS = tuple(f"<{expand(name)}>" for name in ("rdf:subject", "rdf:predicate", "rdf:object", "dcterms:source"))
SOURCES = f"<{iri('source', '')}"
THINGS = f"<{ID}"  # nobody makes claims about a term of the vocabulary, and a class is named by very many


class Lineage:
    """Reads the claims of a store as they are needed, some things at a time. Terms are in N-Triples syntax."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._about: dict[str, set[ClaimTerms]] = defaultdict(set)
        self._naming: dict[str, set[tuple[str, str]]] = defaultdict(set)  # by object: subject and predicate
        self._stated: dict[str, set[str]] = defaultdict(set)
        self._of_claim: dict[str, str] = {}
        self._read: set[str] = set()
        self._read_naming: set[tuple[str, str]] = set()  # object and predicate of a statement that a rule added

    def behind(self, statements: bytes) -> set[str]:
        """The IRIs of the sources that these statements (N-Triples) come from."""
        triples = [(str(t.subject), str(t.predicate), str(t.object)) for t in _parse(statements)]
        self._read_about({subject for subject, _, _ in triples})
        found: set[str] = set()
        added: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, predicate, value in triples:
            if said := self._saying(subject, predicate, value):
                found |= said
            else:
                added[predicate].append((subject, value))
        for predicate, ends in added.items():
            self._read_naming_of({subject for subject, _ in ends}, predicate)
            found |= {source for subject, value in ends for source in self._derived_sources(subject, predicate, value)}
        return {source.strip("<>") for source in found}

    def _saying(self, subject: str, predicate: str, value: str) -> set[str]:
        """The sources that make this very statement, or that it is about."""
        if subject in self._of_claim:
            return {self._of_claim[subject]}
        own = {term for term in (subject, value) if term.startswith(SOURCES)}
        return own or {source for said, told, source in self._about[subject] if (said, told) == (predicate, value)}

    def _derived_sources(self, subject: str, predicate: str, value: str) -> Iterator[str]:
        """The sources behind a statement that no claim makes."""
        through = premises().get(predicate, frozenset())
        if predicate == WAS_DERIVED_FROM:
            self._read_about({value})
            yield from (source for _, _, source in self._about[value])
            return
        seen: set[str] = set()
        waiting = {subject, *self._stated[subject], *self._pointing(subject, value, through)}
        while waiting:
            self._read_about(waiting)
            claims = {claim for thing in waiting for claim in self._about[thing] if claim[0] in through}
            # the claims that say the very text shown, where some do (a name shown in both languages); else all
            text = value.rpartition('"')[0]
            kept = {claim for claim in claims if text and claim[1].rpartition('"')[0] == text} or claims
            yield from (source for _, _, source in kept)
            seen |= waiting
            waiting = {object_ for _, object_, _ in kept if object_.startswith("<")} - seen

    def _pointing(self, subject: str, value: str, through: frozenset[str]) -> Iterator[str]:
        """The things that a claim ties to the subject and, where the value is a thing, to it too."""
        others = {thing for thing, said in self._naming[subject] if said in through}
        self._read_about(others)
        for thing in others:
            ends = {object_ for said, object_, _ in self._about[thing] if said in through}
            if not value.startswith("<") or value == thing or value in ends:
                yield thing

    def _read_about(self, things: Iterable[str]) -> None:
        new = sorted(thing for thing in {*things} - self._read if thing.startswith(THINGS))
        for text in _questions("claims", new):
            self._keep(self._store.construct(text))
        self._read.update(new)

    def _read_naming_of(self, things: Iterable[str], predicate: str) -> None:
        """The claims that name these things by what the rules behind a property read."""
        through = sorted(premises().get(predicate, ()))
        named = (thing for thing in things if thing.startswith(THINGS))
        new = sorted(thing for thing in named if (thing, predicate) not in self._read_naming)
        for text in _questions("claims-naming", new if through else []):
            for subject, said, value, _ in self._keep(self._store.construct(with_values(text, "predicate", through))):
                self._naming[value].add((subject, said))
        self._read_naming |= {(thing, predicate) for thing in new}

    def _keep(self, statements: bytes) -> list[list[str]]:
        """The claims of an answer, from now on known: subject, predicate, object, source."""
        claims: dict[str, dict[str, str]] = defaultdict(dict)
        for triple in _parse(statements):
            subject, predicate, value = str(triple.subject), str(triple.predicate), str(triple.object)
            if predicate == WAS_DERIVED_FROM:
                self._stated[subject].add(value)
            else:
                claims[subject][predicate] = value
        found = {claim: [parts[name] for name in PARTS] for claim, parts in claims.items()}
        for claim, (subject, predicate, value, source) in found.items():
            self._about[subject].add((predicate, value, source))
            self._of_claim[claim] = source
        return list(found.values())


def _parse(statements: bytes) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(statements, format=ox.RdfFormat.N_TRIPLES))


def _questions(name: str, things: list[str]) -> Iterator[str]:
    """A question about some things, so many at once."""
    for start in range(0, len(things), BATCH):
        text = read_text(asset("graph") / "credit" / f"{name}.rq")
        yield with_values(text, "thing", things[start : start + BATCH])
