"""A made-up world of public innovation of any size, always the same by its seed: who took part in what.

Written as N-Quads in the shape of a build (merged, evidence, a graph a source, a claim a statement; one participation
in five is said by two sources), or as a table of participations. Bodies, events and sources are drawn by a power law.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maillage.terms import expand, graph_iri, iri

SOURCES = 20
ROLES = ("contributes", "announces", "funds")
KINDS = ("association", "local-authority", "state")
BODIES_A, EVENTS_A = 6, 5  # participations a body, and an event
LINES_A = 18  # statements a participation brings, those of its body and event with it; about
NAMES = ("Laboratoire", "Agence", "Métropole", "Fabrique", "Réseau", "Mission")
STEEP = 2.5  # of the power law: the first body takes part in much, the last in little


@dataclass(frozen=True)
class Row:
    number: int
    body: int
    event: int
    role: str
    source: int
    second: int  # who says it too; -1 for nobody


@dataclass(frozen=True)
class World:
    participations: int
    seed: int = 7

    @classmethod
    def of_statements(cls, statements: int) -> "World":
        return cls(max(statements // LINES_A, 50))

    @property
    def bodies(self) -> int:
        return self.participations // BODIES_A

    @property
    def events(self) -> int:
        return self.participations // EVENTS_A

    def rows(self) -> Iterator[Row]:
        chance = random.Random(self.seed)

        def draw(size: int) -> int:
            return int(size * chance.random() ** STEEP)

        for number in range(self.participations):
            source = draw(SOURCES)
            second = (source + 1) % SOURCES if number % 5 == 0 else -1
            yield Row(number, draw(self.bodies), draw(self.events), chance.choice(ROLES), source, second)

    def write_graph(self, file: Path) -> int:
        """N-Quads, and beside them `question.nt`: what a question sees, in one graph. The number of statements."""
        merged, evidence = f"<{graph_iri('merged')}>", f"<{graph_iri('evidence')}>"
        count = 0
        with file.open("w", encoding="utf-8") as quads, file.with_name("question.nt").open("w", encoding="utf-8") as nt:
            for triple, graph in self._statements(merged, evidence):
                quads.write(f"{triple} {graph} .\n")
                if graph in {merged, evidence}:
                    nt.write(f"{triple} .\n")
                count += 1
        return count

    def _statements(self, merged: str, evidence: str) -> Iterator[tuple[str, str]]:
        yield from ((triple, evidence) for triple in _sources())
        yield from ((triple, merged) for number in range(self.bodies) for triple in _body(number))
        yield from ((triple, merged) for number in range(self.events) for triple in _event(number))
        for row in self.rows():
            about = list(_participation(row))
            yield from ((triple, merged) for triple in about)
            for source in (row.source, row.second):
                if source >= 0:
                    yield about[1], f"<{graph_iri('source', f'bulk-{source}')}>"
                    yield from ((triple, evidence) for triple in _claim(row, source))

    def write_table(self, file: Path) -> int:
        """A table that `maillage measures --data` reads, and the mapping languages too. The number of its rows."""
        with file.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(("id", "body", "activity", "start", "kind", "territory", "role"))
            for row in self.rows():
                kind, year = KINDS[row.body % 3], 2010 + row.event % 15
                place = f"region-{row.body % 13}"
                table.writerow((row.number, f"b{row.body}", f"e{row.event}", year, kind, place, row.role))
        return self.participations


def _term(name: str) -> str:
    return f"<{expand(name)}>"


def _thing(kind: str, key: str) -> str:
    return f"<{iri(kind, *key.split('/'))}>"


_TYPE, _LABEL, _SOURCE = _term("rdf:type"), _term("rdfs:label"), _term("dcterms:source")
_PARTICIPATION, _CLAIM = _term("mai:Participation"), _term("mai:Claim")
_AGENT, _ROLE, _ACTIVITY = _term("mai:agent"), _term("mai:role"), _term("mai:activity")
_SUBJECT, _PREDICATE, _OBJECT = _term("rdf:subject"), _term("rdf:predicate"), _term("rdf:object")
_CERTAINTY = f"{_term('mai:certainty')} {_term('certainty:stated')}"
_FOLDED, _TOP_KIND, _START = _term("mai:foldedLabel"), _term("mai:topKind"), _term("schema:startDate")
_YEAR = _term("xsd:gYear")


def _sources() -> Iterator[str]:
    for number in range(SOURCES):
        source = _thing("source", f"bulk-{number}")
        yield f"{source} {_TYPE} {_term('mai:Source')}"
        yield f'{source} {_term("dcterms:title")} "Source {number}"'
        yield f'{source} {_term("mai:creditLine")} "Crédit {number}"'


def _body(number: int) -> Iterator[str]:
    body, name = _thing("organisation", f"bulk-{number}"), f"{NAMES[number % 6]} n° {number}"
    yield f"{body} {_TYPE} {_term('org:Organization')}"
    yield f'{body} {_LABEL} "{name}"@fr'
    yield f'{body} {_FOLDED} "{name.lower().replace("é", "e")}"'
    yield f"{body} {_TOP_KIND} {_term('kind:' + KINDS[number % 3])}"


def _event(number: int) -> Iterator[str]:
    event = _thing("event", f"bulk-{number}")
    yield f"{event} {_TYPE} {_term('schema:Event')}"
    yield f'{event} {_LABEL} "Événement {number}"@fr'
    if number % 4:  # nobody says when the others were
        yield f'{event} {_START} "{2010 + number % 15}"^^{_YEAR}'


def _participation(row: Row) -> Iterator[str]:
    one = _thing("participation", f"bulk-{row.number}")
    yield f"{one} {_TYPE} {_PARTICIPATION}"
    yield f"{one} {_AGENT} {_thing('organisation', f'bulk-{row.body}')}"
    yield f"{one} {_ROLE} {_term('role:' + row.role)}"
    yield f"{one} {_ACTIVITY} {_thing('event', f'bulk-{row.event}')}"
    yield f"{one} {_CERTAINTY}"
    yield f"{one} {_SOURCE} {_thing('source', f'bulk-{row.source}')}"


def _claim(row: Row, source: int) -> Iterator[str]:
    claim = _thing("claim", f"bulk-{source}/{row.number}")
    yield f"{claim} {_TYPE} {_CLAIM}"
    yield f"{claim} {_SUBJECT} {_thing('participation', f'bulk-{row.number}')}"
    yield f"{claim} {_PREDICATE} {_AGENT}"
    yield f"{claim} {_OBJECT} {_thing('organisation', f'bulk-{row.body}')}"
    yield f"{claim} {_CERTAINTY}"
    yield f"{claim} {_SOURCE} {_thing('source', f'bulk-{source}')}"
