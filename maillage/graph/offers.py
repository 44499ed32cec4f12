"""What sources say of a body that lacks its kind, its territory or its number, for a person to accept or not.

A candidate is a body of another source that bears a number of ours, or one of its names. What speaks for the two being
one, and what against, goes with each value, and decides nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from maillage.files import asset
from maillage.graph.evidence import reading_of
from maillage.graph.identity import Clusters, Decision, split_key
from maillage.graph.names import OWN
from maillage.matching.spelling import read_name
from maillage.ontology import certainties
from maillage.sources.card import Card, card_names, read_card
from maillage.sources.copies import has_copy
from maillage.sources.index import Key
from maillage.sources.records import Record, codes, passages_of, read_records
from maillage.sources.rows import read_rows
from maillage.sources.subset import choose_sources
from maillage.sources.territories import places
from maillage.terms import concept_slug, expand, fold

PROPERTIES = {"kind": "org:classification", "territory": "mai:territory", "identifier": "adms:identifier"}
CONFIRMING = ("number", "territory", "kind", "acronym")
Reason = tuple[str, str]  # a text of `enrich.reasons`, and what it speaks of
Row = dict[str, str]
Cells = Mapping[str, object]  # a row of an answer


@dataclass(frozen=True)
class Reading:
    """A value as a source gives it: `passages` as a row cites them; `page`: the row of pages.csv to lay, if any."""

    value: str
    certainty: str
    passages: str
    title: str
    page: Row = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Candidate:
    """A body as a source lists it, with what it says by property."""

    key: Key
    names: tuple[str, ...]
    readings: Mapping[str, Sequence[Reading]]

    def values(self, name: str) -> frozenset[str]:
        return frozenset(reading.value for reading in self.readings.get(name, ()))


@dataclass(frozen=True)
class Subject:
    """A body of the graph; `lacks`: what it is to be asked about; `known`: the values that it has, by property."""

    iri: str
    thing: str
    names: tuple[str, ...]
    known: Mapping[str, Set[str]]
    ties: int
    lacks: tuple[str, ...]


@dataclass
class Offer:
    """One value for one property of a body, whoever gives it."""

    subject: Subject
    name: str
    value: str
    readings: list[Reading]
    speaks_for: list[Reason]
    speaks_against: list[Reason]

    @property
    def certainty(self) -> str:
        """Under one number: as sure as its source. Under a name, the body itself is inferred."""
        confirmed = {code for code, _ in self.speaks_for} & set(CONFIRMING)
        least = "stated" if "number" in confirmed else "implied" if confirmed else "ambiguous"
        return max(least, *(reading.certainty for reading in self.readings), key=certainties().index)


def registers(card: Card, out: Path) -> list[Card]:
    """The sources that may be asked: lists of bodies under a licence that the card allows, whose rows are here."""
    cards = [read_card(name) for name in card_names() if name != card.name]
    usable = [one for one in cards if one.facts["licence"] in card.facts["licences"]]
    listing = [one for one in usable if one.facts["kind"] in ("register", "reference")]
    return [one for one in listing if not one.fetch or has_copy(one.name, out)]


def candidates(card: Card, out: Path) -> Iterator[Candidate]:
    """The bodies of a source, but for those that it no longer lists."""
    records = [one for one in read_records(card.whole, out)[0] if not (one.dates and one.dates.gone_on)]
    pages = {f"{one.source}:{one.key}": one for one in records if one.key_kind == "page"}
    citable = set(choose_sources(None))  # those that every build holds
    more: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for thing in record.values.get("thing", []):
            more[thing.text if thing.source == card.name else ""].append(record)
    for record in records:
        if record.key_kind == "organisation":
            rows = [record, *more[record.key]]
            names = dict.fromkeys(name for row in rows for column in (*OWN, "form") for name in row.texts(column))
            readings: dict[str, list[Reading]] = {name: [] for name in PROPERTIES}
            for name, value, row, column in _statements(rows):
                readings[name].append(_reading(value, row, column, card, pages, citable))
            yield Candidate((card.name, record.key), tuple(names), readings)


def _statements(rows: Sequence[Record]) -> Iterator[tuple[str, str, Record, str]]:
    """Property, value, and the row and column where they stand."""
    own = rows[0]
    yield from (("kind", concept_slug(text, "organisation-kind"), own, "kind") for text in own.texts("kind"))
    yield from (("territory", text, own, "territory") for text in own.texts("territory"))
    yield from (("identifier", code, own, "siren") for code in codes(own))
    for row in rows[1:]:
        pairs = zip(row.texts("register"), row.texts("code"), strict=True)
        yield from (("identifier", "=".join(pair), row, "code") for pair in pairs)


def _reading(
    value: str, row: Record, column: str, card: Card, pages: Mapping[str, Record], citable: Collection[str]
) -> Reading:
    """With the pages that its row cites, else with the source itself as a page."""
    cited = [one for one in passages_of(row, [column]) if one.source in citable]
    certainty, keys = reading_of(row, [column], certainties()), [f"{one.source}:{one.text}" for one in cited]
    if keys:
        titles = [text for key in keys if key in pages for text in pages[key].texts("title")]
        return Reading(value, certainty, "|".join(keys), ", ".join(titles) or str(card.facts["title"]))
    page = {name: str(card.facts[name]) for name in ("title", "publisher", "issued", "address", "rank")}
    page |= {"key": f"p-{card.name}", "excerpt": "no"}
    return Reading(value, certainty, page["key"], page["title"], page)


def company(one: Row, card: Card) -> Candidate:
    """A legal person as the search API of companies gives it."""
    facts: dict[str, Any] = card.facts["companies"]
    known = [row for _, row in read_rows(card.folder / "legal-forms.csv", ("form", "kind", "territory"))]
    forms = [row for row in known if one["nature_juridique"].startswith(row["form"])]
    form = max(forms, key=lambda row: len(row["form"]), default={"kind": "", "territory": ""})
    page = {
        "key": f"p-siren-{one['siren']}", "title": f"{one['nom_raison_sociale']} (SIREN {one['siren']})",
        "publisher": facts["publisher"], "updated": one["date_mise_a_jour"][:10], "excerpt": "no",
        "address": facts["page"].format(siren=one["siren"]), "rank": str(card.rank),
    }  # fmt: skip
    said = {"identifier": f"SIREN={one['siren']}", "kind": form["kind"], "territory": _seat(one, form["territory"])}
    sure = {"territory": "implied" if form["territory"] == "seat" else "stated"}
    readings = {
        name: [Reading(value, sure.get(name, "stated"), page["key"], page["title"], page)]
        for name, value in said.items()
        if value
    }
    names = (one["nom_raison_sociale"], one["nom_complet"], one["sigle"])
    return Candidate(("companies", one["siren"]), tuple(filter(None, names)), readings)


def _seat(one: Row, level: str) -> str:
    """The territory that the address of a legal person stands for; of a district of a city, the city."""
    codes_by_level = {"department": one["departement"], "region": one["region"], "intercommunality": one["siren"]}
    key = f"{'commune' if level == 'seat' else level}-{codes_by_level.get(level, one['commune'])}".lower()
    if not level or key.endswith("-"):
        return ""
    return next((wide for wide in _within().get(key, ()) if wide.startswith("commune-")), key)


@cache
def _within() -> dict[str, tuple[str, ...]]:
    departments = asset("data") / "insee-cog" / "departments.csv"
    regions = read_rows(departments, ("key", "within")) if departments.is_file() else []
    return {row["key"]: (row["within"],) for _, row in regions} | {place.key: place.within for place in places()}


def _around(keys: Iterable[str]) -> set[str]:
    """Territories and what they lie in, but for countries, which tell nothing apart."""
    found = {key for key in keys if not key.startswith("country-")}
    return found.union(*(_around(_within().get(key, ())) for key in found))


def subjects_of(
    unknowns: Iterable[Cells],
    names: Iterable[Cells],
    numbers: Iterable[Cells],
    things: Mapping[str, str],
    only: str | None,
) -> list[Subject]:
    """The bodies that lack something, from the rows of the questions `unknowns`, `names-of-bodies` and
    `identifiers-of`, in the order of the first; `only`: that property alone; those without a `thing` are left out.
    """
    lacks: dict[str, list[str]] = defaultdict(list)
    ties, forms = dict[str, int](), defaultdict[str, list[str]](list)
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: {name: set() for name in PROPERTIES})
    properties = {expand(iri): name for name, iri in PROPERTIES.items()}
    for row in unknowns:
        body, name = str(row["body"]), properties.get(str(row["predicate"]), "")
        if body in things and name and only in (None, name):
            lacks[body].append(name)
            ties[body] = int(str(row["ties"]))
    for row in names:
        body = str(row["body"])
        forms[body] += [str(row["bodyLabel"]), str(row["name"])]
        known[body]["kind"] |= {concept_slug(str(row["kind"]), "organisation-kind")} if row["kind"] else set()
        known[body]["territory"] |= {str(row["territory"]).rpartition("/")[2]} if row["territory"] else set()
    for row in numbers:
        known[str(row["thing"])]["identifier"].add(f"{row['scheme']}={row['code']}")
    return [
        Subject(body, things[body], tuple(dict.fromkeys(forms[body])), known[body], ties[body], tuple(lacking))
        for body, lacking in lacks.items()
    ]


class Candidates:
    """Those of some sources by number and by name; `made`: what persons decided of who is who."""

    def __init__(self, every: Iterable[Candidate], made: Sequence[Decision] = ()) -> None:
        self._by_code: dict[str, list[Candidate]] = defaultdict(list)
        self._by_name: dict[str, list[Candidate]] = defaultdict(list)
        self._clusters = Clusters(made)
        self.add(every)

    def add(self, every: Iterable[Candidate]) -> None:
        for one in every:
            for code in one.values("identifier"):
                self._by_code[code].append(one)
            for name in {fold(name) for name in one.names}:
                self._by_name[name].append(one)

    def offers(self, subject: Subject, name: str) -> list[Offer]:
        """The values for a property that a body lacks: those under its number first, then what most speaks for."""
        found: dict[str, Offer] = {}
        for one in self._near(subject):
            if (reasons := self._judge(subject, one)) is None:
                continue
            for reading in one.readings.get(name, ()):
                offer = found.setdefault(reading.value, Offer(subject, name, reading.value, [], [], []))
                offer.readings.append(reading)
                offer.speaks_for += [reason for reason in reasons[0] if reason not in offer.speaks_for]
                offer.speaks_against += [reason for reason in reasons[1] if reason not in offer.speaks_against]
        for offer in found.values():
            if len(found) > 1:
                offer.speaks_against.append(("rivals", str(len(found))))
        return sorted(
            found.values(), key=lambda one: (certainties().index(one.certainty), -len(one.readings), one.value)
        )

    def _near(self, subject: Subject) -> list[Candidate]:
        numbers = [one for code in sorted(subject.known["identifier"]) for one in self._by_code[code]]
        names = [one for name in sorted(map(fold, subject.names)) for one in self._by_name[name]]
        return list({one.key: one for one in (*numbers, *names) if ":".join(one.key) != subject.thing}.values())

    def _judge(self, subject: Subject, one: Candidate) -> tuple[list[Reason], list[Reason]] | None:
        """What speaks for the two being one, and what against; None where their numbers say that they are two."""
        ours, theirs = subject.known["identifier"], one.values("identifier")
        numbers = sorted(ours & theirs)
        if not numbers and set(map(_register, ours)) & set(map(_register, theirs)):
            return None
        speaks_for, speaks_against = _compare_names(subject, one)
        speaks_for = [*(("number", code) for code in numbers), *speaks_for]
        for name, same in (("territory", _same_place), ("kind", _overlap)):
            known, said = subject.known[name], one.values(name)
            if known and said:
                (speaks_for if same(known, said) else speaks_against).append((name, ", ".join(sorted(said))))
        if not {code for code, _ in speaks_for} & set(CONFIRMING):
            speaks_against.append(("alone", ""))
        thing = split_key(subject.thing)
        if self._clusters.root(thing) != self._clusters.root(one.key) and self._clusters.settle(thing, one.key):
            speaks_against.append(("decided", ":".join(one.key)))
        return speaks_for, speaks_against


def _compare_names(subject: Subject, one: Candidate) -> tuple[list[Reason], list[Reason]]:
    """An acronym alone says little; with the whole name it says that both spell it so."""
    shared = {fold(name) for name in subject.names} & {fold(name) for name in one.names}
    alike = [name for name in one.names if fold(name) in shared]
    bare = [name for name in alike if read_name(name).bare]
    whole = [name for name in alike if name not in bare]
    speaks_for = [("name", name) for name in whole[:1] or bare[:1]]
    if whole and bare:
        speaks_for.append(("acronym", bare[0]))
    return speaks_for, [("bare", name) for name in bare[:1] if not whole]


def _register(code: str) -> str:
    return code.partition("=")[0]


def _overlap(some: Set[str], others: Set[str]) -> bool:
    return bool(some & others)


def _same_place(some: Set[str], others: Set[str]) -> bool:
    """Is a territory of the ones one of the others, or in it?"""
    return bool(some & _around(others) or others & _around(some))
