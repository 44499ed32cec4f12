"""What sources say of a body that lacks its kind, its territory or its number, for a person to accept or not.

A candidate is a body of another source that bears a number of ours, or one of its names. What speaks for the two being
one, and what against, goes with each value, and decides nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from maillage.files import asset
from maillage.graph.evidence import reading_of
from maillage.graph.identity import Decision
from maillage.graph.names import OWN
from maillage.matching.spelling import read_name
from maillage.ontology import certainties
from maillage.sources.card import Card, card_names, read_card
from maillage.sources.index import Key
from maillage.sources.records import Record, codes, passages_of, read_records
from maillage.sources.rows import read_rows
from maillage.sources.subset import choose_sources
from maillage.sources.territories import FORMER, places
from maillage.terms import concept_slug, expand, fold

PROPERTIES = {"kind": "org:classification", "territory": "mai:territory", "identifier": "adms:identifier"}
CONFIRMING = {"number", "territory", "kind", "acronym"}
Reason = tuple[str, str]  # a text of `enrich.reasons`, and what it speaks of
Row = dict[str, str]
CellValue = tuple[str, str, Record, str]  # a property, a value, the row and the column where it stands


@dataclass(frozen=True)
class SourceValue:
    """A value as a source gives it: `passages` as a row cites them; `page`: the row of pages.csv to lay, if any, and
    `licence` that of the source which it is a page of.
    """

    value: str
    certainty: str
    passages: str
    title: str
    licence: str = ""
    page: Row = field(default_factory=dict, hash=False)


@dataclass
class Candidate:
    """A body as a source lists it, with what it says by property."""

    key: Key
    names: Sequence[str]
    readings: Mapping[str, Sequence[SourceValue]]

    def values(self, name: str) -> set[str]:
        return {reading.value for reading in self.readings.get(name, ())}


@dataclass
class Subject:
    """A body of the graph, under its `keys` in the sources; `lacks`: what it is to be asked about; `known`: the values
    that it has, by property.
    """

    keys: Sequence[Key]
    names: Sequence[str]
    known: Mapping[str, Set[str]]
    ties: int
    lacks: list[str]

    @property
    def thing(self) -> str:
        """What a row calls it."""
        return ":".join(self.keys[0])


@dataclass
class Offer:
    """One value for one property of a body, whoever gives it."""

    subject: Subject
    name: str
    value: str
    readings: list[SourceValue] = field(default_factory=list)
    speaks_for: dict[Reason, None] = field(default_factory=dict)
    speaks_against: dict[Reason, None] = field(default_factory=dict)

    @property
    def certainty(self) -> str:
        """Under one number: as sure as its source. Under a name, the body itself is inferred."""
        known = {code for code, _ in self.speaks_for} & CONFIRMING
        against, sure = {code for code, _ in self.speaks_against}, "number" in known
        doubtful = not known or "decided" in against or ("bare" in against and not sure)
        least = "ambiguous" if doubtful else "stated" if sure else "implied"
        return max(least, *(reading.certainty for reading in self.readings), key=certainties().index)


def describe(records: Sequence[Record]) -> dict[Key, tuple[list[str], list[CellValue]]]:
    """The names and the values of each body, from its row and from the rows that speak of it."""
    names: dict[Key, list[str]] = defaultdict(list)
    values: dict[Key, list[CellValue]] = defaultdict(list)
    for row in records:
        own = row.key_kind == "organisation"
        for key in [(row.source, row.key)] if own else [(one.source, one.text) for one in row.values.get("thing", [])]:
            names[key] += [text for column in ((*OWN,) if own else ("form",)) for text in row.texts(column)]
            values[key] += _values(row) if own or row.key_kind == "identifier" else ()
    bodies = ((row.source, row.key) for row in records if row.key_kind == "organisation")
    return {key: (list(dict.fromkeys(names[key])), values[key]) for key in bodies}


def _values(row: Record) -> Iterator[CellValue]:
    for column in ("kind", "territory"):
        yield from ((column, concept_slug(text, "organisation-kind"), row, column) for text in row.texts(column))
    yield from (("identifier", code, row, "siren") for code in codes(row))
    pairs = zip(row.texts("register"), row.texts("code"), strict=True)
    yield from (("identifier", "=".join(pair), row, "code") for pair in pairs)


def subjects(
    unknowns: Iterable[Mapping[str, object]],
    records: Sequence[Record],
    keys: Mapping[str, Sequence[Key]],
    only: str | None,
) -> dict[str, Subject]:
    """The bodies that lack something by IRI, in the order of the answer to `unknowns`. `keys`: those of each body;
    `only`: that property alone.
    """
    every, found = describe(records), dict[str, Subject]()
    properties = {expand(iri): name for name, iri in PROPERTIES.items()}
    for row in unknowns:
        body, name = str(row["body"]), properties.get(str(row["predicate"]))
        if body not in keys or name is None or only not in (None, name):
            continue
        if body not in found:
            known: dict[str, set[str]] = {one: set() for one in PROPERTIES}
            for one, value, *_ in (cell for key in keys[body] for cell in every[key][1]):
                known[one].add(value)
            forms = dict.fromkeys([str(row["bodyLabel"]), *(form for key in keys[body] for form in every[key][0])])
            found[body] = Subject(keys[body], list(forms), known, int(str(row["ties"])), [])
        found[body].lacks.append(name)
    return found


def registers(card: Card) -> list[Card]:
    """The sources that may be asked: lists of bodies under a licence that the card allows."""
    cards = [read_card(name) for name in card_names() if name != card.name]
    usable = [one for one in cards if one.facts["licence"] in card.facts["licences"]]
    return [one for one in usable if one.facts["kind"] in ("register", "reference")]


def candidates(card: Card, out: Path) -> Iterator[Candidate]:
    """The bodies of a source, but for those that it no longer lists."""
    records = [one for one in read_records(card.whole, out)[0] if not (one.dates and one.dates.gone_on)]
    pages = {f"{one.source}:{one.key}": "".join(one.texts("title")) for one in records if one.key_kind == "page"}
    page = {name: str(card.facts[name]) for name in ("title", "publisher", "issued", "address", "rank")}
    page |= {"key": f"p-{card.name}", "excerpt": "no"}
    citable = set(choose_sources(None))  # those whose pages every build holds
    for key, (names, values) in describe(records).items():
        readings: dict[str, list[SourceValue]] = defaultdict(list)
        for name, value, row, column in values:
            certainty, passages = reading_of(row, [column], certainties()), passages_of(row, [column])
            cited = [f"{one.source}:{one.text}" for one in passages if one.source in citable]
            title = ", ".join(pages[one] for one in cited if one in pages) or page["title"]
            passage = "|".join(cited) or page["key"]
            laid = ("", {}) if cited else (str(card.facts["licence"]), page)
            readings[name].append(SourceValue(value, certainty, passage, title, *laid))
        yield Candidate(key, names, readings)


def company(one: Row, card: Card) -> Candidate:
    """A legal person as the search API of companies gives it."""
    facts, siren, name = card.facts["companies"], one["siren"], one["nom_raison_sociale"] or one["nom_complet"]
    known = [row for _, row in read_rows(card.folder / "legal-forms.csv", ("form", "kind", "territory"))]
    forms = [row for row in known if one["nature_juridique"].startswith(row["form"])]
    form = max(forms, key=lambda row: len(row["form"]), default={"kind": "", "territory": ""})
    page = {
        "key": f"p-siren-{siren}", "title": f"{name} (SIREN {siren})", "publisher": facts["publisher"], "excerpt": "no",
        "updated": one["date_mise_a_jour"][:10], "address": facts["page"].format(siren=siren), "rank": str(card.rank),
    }  # fmt: skip
    said = {"identifier": f"SIREN={siren}", "kind": form["kind"], "territory": _seat(one, form["territory"])}
    sure = {"territory": "implied" if form["territory"] == "seat" else "stated"}
    told = (page["key"], f"{facts['publisher']} : {page['title']}", facts["licence"], page)
    readings = {name: [SourceValue(value, sure.get(name, "stated"), *told)] for name, value in said.items() if value}
    return Candidate(
        ("companies", siren), [text for text in (name, one["nom_complet"], one["sigle"]) if text], readings
    )


def _seat(one: Row, level: str) -> str:
    """The territory that the address of a legal person stands for; of a district of a city, the city."""
    numbers = {"department": one["departement"], "region": one["region"], "intercommunality": one["siren"]}
    key = f"{'commune' if level == 'seat' else level}-{numbers.get(level, one['commune'])}".lower()
    known = name_places()
    wider = (wide for wide in known[key][1] if wide.startswith("commune-")) if key in known else iter(())
    return next(wider, key) if level and key in known else ""


def name_places() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The name of each territory of today, and what it lies in."""
    return _name_places(asset("data") / "insee-cog")


@cache
def _name_places(folder: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    files = [folder / f"{level}.csv" for level in ("country", "regions", "departments")]
    rows = (row for file in files if file.is_file() for _, row in read_rows(file, ("key", "name", "within")))
    today = {place.key: (place.name, place.within) for place in places() if place.level != FORMER}
    return {row["key"]: (row["name"], tuple(filter(None, [row["within"]]))) for row in rows} | today


def _around(keys: Iterable[str]) -> set[str]:
    """Territories and what they lie in, but for countries, which tell nothing apart."""
    found = {key for key in keys if not key.startswith("country-")}
    return found.union(*(_around(name_places().get(key, ("", ()))[1]) for key in found))


class Candidates:
    """Those of some sources by number and by name; `made`: what persons decided of who is who."""

    def __init__(self, every: Iterable[Candidate], made: Sequence[Decision] = ()) -> None:
        self._by: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._apart = {frozenset((one.a, one.b)): one.reason for one in made if not one.same}
        self.add(every)

    def add(self, every: Iterable[Candidate]) -> None:
        for one in every:
            for sign in _signs(one.values("identifier"), one.names):
                self._by[sign].append(one)

    def offers(self, subject: Subject, name: str) -> list[Offer]:
        """The values for a property that a body lacks, those that most speaks for first."""
        near = {one.key: one for sign in _signs(subject.known["identifier"], subject.names) for one in self._by[sign]}
        judged = [(one, reasons) for one in near.values() if (reasons := self._judge(subject, one))]
        found: dict[str, Offer] = {}
        for one, (speaks_for, speaks_against) in judged:
            for reading in one.readings.get(name, ()):
                offer = found.setdefault(reading.value, Offer(subject, name, reading.value))
                offer.readings.append(reading)
                offer.speaks_for |= speaks_for
                offer.speaks_against |= speaks_against
        namesakes = max(Counter(one.key[0] for one, _ in judged).values(), default=0)
        for offer in found.values():
            rivals = sum(_register(other) == _register(offer.value) for other in found)
            many = {("namesakes", str(namesakes)): namesakes, ("rivals", str(rivals)): rivals}
            offer.speaks_against = {reason: None for reason, count in many.items() if count > 1} | offer.speaks_against
        return sorted(found.values(), key=lambda one: (certainties().index(one.certainty), one.value))

    def _judge(self, subject: Subject, one: Candidate) -> tuple[dict[Reason, None], dict[Reason, None]] | None:
        """What speaks for the two being one, and what against; None where their numbers say that they are two."""
        ours, theirs = subject.known["identifier"], one.values("identifier")
        numbers = sorted(ours & theirs)
        if one.key in subject.keys or (not numbers and {*map(_register, ours)} & {*map(_register, theirs)}):
            return None
        speaks_for, speaks_against = _compare_names(subject, one)
        speaks_for += [("number", code) for code in numbers]
        for name, wider in (("territory", _around), ("kind", set)):
            known, said = subject.known[name], one.values(name)
            if known and said:
                alike = known & wider(said) or said & wider(known)
                (speaks_for if alike else speaks_against).append((name, ", ".join(sorted(said))))
        if not {code for code, _ in speaks_for} & CONFIRMING:
            speaks_against.append(("alone", ""))
        pairs = (frozenset((key, one.key)) for key in subject.keys)
        speaks_against += [("decided", self._apart[pair]) for pair in pairs if pair in self._apart]
        return dict.fromkeys(speaks_for), dict.fromkeys(speaks_against)


def _compare_names(subject: Subject, one: Candidate) -> tuple[list[Reason], list[Reason]]:
    """An acronym alone says little; with the whole name it says that both spell it so."""
    shared = {*map(fold, subject.names)} & {*map(fold, one.names)}
    alike = [name for name in one.names if fold(name) in shared]
    bare = [name for name in alike if read_name(name).bare]
    whole = [name for name in alike if name not in bare]
    speaks_for = [("name", name) for name in whole[:1] or bare[:1]]
    speaks_for += [("acronym", name) for name in bare[:1] if whole]
    called = [("called", name) for name in one.names[:1] if alike and fold(name) not in shared]
    return speaks_for, [("bare", name) for name in bare[:1] if not whole] + called


def _signs(numbers: Iterable[str], names: Iterable[str]) -> list[tuple[str, str]]:
    return [*(("number", code) for code in sorted(numbers)), *(("name", name) for name in sorted({*map(fold, names)}))]


def _register(value: str) -> str:
    """That of a number; of another value, nothing: those are all of one kind."""
    return value.rpartition("=")[0]
