"""What the portal's page of a thing shows: what is said of it, what it takes part in, with whom; each with its proof.

Everything comes from rows of named questions, in every language, and from nothing else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from maillage.errors import LANGUAGES
from maillage.network.project import Row
from maillage.terms import ID, compact, expand
from maillage.visualize.locales import say, when

Said = dict[str, str]  # a text by language
Rows = Mapping[str, Sequence[Row]]  # the rows of a question by language

KINDS = ("organisation", "programme", "event", "place", "territory", "source")
QUESTIONS = ("labels", "bodies", "evidence", "participations", "partnerships", "sources")
# Statements about how we write, not about the thing: they are in its RDF.
_SILENT = frozenset(
    expand(name)
    for name in ("rdf:type", "dcterms:source", "mai:certainty", "mai:namedBySource", "rdfs:comment", "adms:identifier")
) | {"http://www.w3.org/2008/05/skos-xl#altLabel", "http://www.w3.org/2008/05/skos-xl#prefLabel"}
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, order=True)
class Proof:
    """A source that says something, and where it says it: `address` opens the passage ("" where none is known)."""

    title: str
    page: str
    place: str
    address: str
    certainty: str


@dataclass(frozen=True)
class Statement:
    """A property and its value, by language; `page`: the page of the value, for a thing that has one."""

    name: Said
    value: Said
    page: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Part:
    """A participation seen from one side: as what, in what or who, when."""

    role: Said
    other: Said
    page: str
    dates: Said
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Partner:
    """A body that the thing has worked with, how, and the activities that say so."""

    name: Said
    page: str
    kinds: Said
    dates: Said
    activities: tuple[Part, ...]


@dataclass(frozen=True)
class Thing:
    """A page of the portal: `parts` are what it takes part in, `members` who takes part in it; `path` is from the
    root, without suffix: `id/organisation/ti-lab`.
    """

    iri: str
    kind: str
    name: Said
    letter: str = ""
    statements: tuple[Statement, ...] = ()
    parts: tuple[Part, ...] = ()
    members: tuple[Part, ...] = ()
    partners: tuple[Partner, ...] = ()
    sources: frozenset[str] = field(default=frozenset())

    @property
    def path(self) -> str:
        return path_of(self.iri)


def path_of(iri: str) -> str:
    """Where the page of a thing lies: its IRI without the base, made safe for a file."""
    return "id/" + re.sub(r"[^\w/.-]", "-", iri.removeprefix(ID)).replace("..", "-")


class Things:
    """Reads the rows once; a thing has a page when it is of one of `KINDS` and has a name."""

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self._rows = rows

    @cached_property
    def names(self) -> dict[str, Said]:
        found: dict[str, Said] = defaultdict(dict)
        for lang in LANGUAGES:
            for row in self._rows["labels"][lang]:
                found[str(row["thing"])][lang] = str(row["thingLabel"])
        return {iri: said for iri, said in found.items() if len(said) == len(LANGUAGES)}

    @cached_property
    def iris(self) -> list[str]:
        """The things that have a page, in the order of their IRIs."""
        return sorted(iri for iri in self.names if kind_of(iri) in KINDS)

    def all(self) -> Iterator[Thing]:
        letters = {str(row["body"]): str(row["bodyKindLetter"] or "?") for row in self._rows["bodies"]["fr"]}
        for iri in self.iris:
            statements = tuple(self._statements(iri))
            said = {str(row["source"]) for row in self._evidence.get(iri, [])}
            said |= {str(row["source"]) for one in self._taking.get(iri, []) for row in self._evidence.get(one, [])}
            yield Thing(
                iri,
                kind_of(iri),
                self.names[iri],
                letters.get(iri, ""),
                statements,
                self._parts(iri, "agent", "activity"),
                self._parts(iri, "activity", "agent"),
                tuple(self._partners(iri)),
                frozenset(said),
            )

    def page(self, iri: str) -> str:
        return path_of(iri) if iri in self.names and kind_of(iri) in KINDS else ""

    @cached_property
    def _evidence(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows["evidence"]["fr"]:
            found[str(row["subject"])].append(row)
        return found

    @cached_property
    def _participations(self) -> dict[str, Row]:
        return {str(row["participation"]): row for row in self._rows["participations"]["fr"]}

    @cached_property
    def _taking(self) -> dict[str, list[str]]:
        """The participations of each body and in each activity."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, row in self._participations.items():
            for end in {str(row["agent"]), str(row["activity"])}:
                found[end].append(iri)
        return found

    def _name(self, term: str) -> Said:
        return self.names.get(term) or dict.fromkeys(LANGUAGES, compact(term))

    def _statements(self, iri: str) -> Iterator[Statement]:
        grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self._evidence.get(iri, []):
            if row["predicate"] not in _SILENT:
                key = str(row["predicate"]), str(row["object"] or ""), str(row["value"] or "")
                grouped[key].append(row)
        for (predicate, value, text), rows in sorted(grouped.items(), key=self._order):
            said = self._name(value) if value else _written(text)
            yield Statement(self._name(predicate), said, self.page(value), self._proofs(rows))

    def _order(self, entry: tuple[tuple[str, str, str], list[Row]]) -> tuple[str, ...]:
        predicate, value, text = entry[0]
        return self._name(predicate)["fr"], self._name(value)["fr"] if value else text, value

    def _parts(self, iri: str, side: str, other: str) -> tuple[Part, ...]:
        """Its participations as the agent, by activity; or those in it, by agent."""
        mine = [one for one in self._taking.get(iri, []) if self._participations[one][side] == iri]
        found = [self._part(one, other) for one in mine]
        return tuple(sorted(found, key=lambda part: (part.other["fr"], part.role["fr"], part.dates["fr"])))

    def _part(self, participation: str, other: str) -> Part:
        row = self._participations[participation]
        said = [one for one in self._evidence.get(participation, []) if one["predicate"] == expand("mai:agent")]
        thing = str(row[other])
        return Part(self._name(str(row["role"])), self._name(thing), self.page(thing), _dates(row), self._proofs(said))

    def _partners(self, iri: str) -> Iterator[Partner]:
        kinds: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows["partnerships"]["fr"]:
            if iri in (row["a"], row["b"]):
                kinds[str(row["b"] if row["a"] == iri else row["a"])].append(row)
        for other, rows in sorted(kinds.items(), key=lambda entry: self._name(entry[0])["fr"]):
            said = [self._name(str(row["partnershipKind"])) for row in rows]
            labels = {lang: sorted({kind[lang] for kind in said}) for lang in LANGUAGES}
            yield Partner(
                self._name(other),
                self.page(other),
                {lang: ", ".join(words) for lang, words in labels.items()},
                _dates(rows[0]),
                tuple(self._shared(iri, other)),
            )

    def _shared(self, iri: str, other: str) -> Iterator[Part]:
        """What the two took part in together, each side with its role and proof."""
        mine = {str(self._participations[one]["activity"]) for one in self._taking.get(iri, [])}
        theirs = [one for one in self._taking.get(other, []) if self._participations[one]["agent"] == other]
        shared = {str(self._participations[one]["activity"]) for one in theirs} & mine
        for one in sorted((*self._taking.get(iri, []), *theirs)):
            row = self._participations[one]
            if row["activity"] in shared and row["agent"] in (iri, other):
                part = self._part(one, "activity")
                role = {lang: f"{self._name(str(row['agent']))[lang]}, {part.role[lang]}" for lang in LANGUAGES}
                yield Part(role, part.other, part.page, part.dates, part.proofs)

    def _proofs(self, rows: Iterable[Row]) -> tuple[Proof, ...]:
        return tuple(sorted({self._proof(row) for row in rows}))

    def _proof(self, row: Row) -> Proof:
        source = str(row["source"])
        place = str(row["paragraph"] or "")
        link = str(row["pageLink"] or "")
        address = link if link.startswith(("https://", "http://")) else ""
        return Proof(self._name(source)["fr"], self.page(source), place, address, str(row["certainty"]))


def kind_of(iri: str) -> str:
    return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""


def _written(text: str) -> Said:
    return {lang: when(text, "", lang) if _DATE.fullmatch(text) else text for lang in LANGUAGES}


def _dates(row: Row) -> Said:
    start, end = str(row["start"] or ""), str(row["end"] or "")
    return {lang: when(start, end, lang) if start or end else say(lang, "portal.no_date") for lang in LANGUAGES}
