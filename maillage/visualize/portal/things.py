"""What the portal's page of a thing shows: what is said of it, what it takes part in, with whom; each with its proof.

Everything comes from rows of named questions, in every language, and from nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from maillage.locales import LANGUAGES
from maillage.network.from_table import Row, group_rows, local
from maillage.terms import compact, concept_iri, expand
from maillage.visualize.locales import both, say, when
from maillage.visualize.portal.thing import (
    Citation,
    Part,
    Partner,
    Rows,
    Statement,
    Texts,
    Thing,
    Tie,
    disputes,
    is_web,
    kind_of,
    literal_text,
    names_of,
    path_of,
)

KINDS = ("organisation", "group", "programme", "event", "place", "territory", "source")
QUESTIONS = (
    "amounts", "bodies", "decisions", "disagreements", "evidence", "lab-states", "labels", "observations",
    "participations", "path-links", "sources",
)  # fmt: skip
FORM, AGENT = expand("skosxl:literalForm"), expand("mai:agent")
# By dating, where the days are not the activity's.
_PERIODS = {"edition": "sentences.during", "participation": "sentences.dated", "page": "sentences.page_year"}
# Statements about how we write, not about the thing: they are in its RDF.
SILENT = frozenset(map(expand, (
    "rdf:type", "dcterms:source", "mai:certainty", "mai:namedBySource", "rdfs:comment", "adms:identifier",
    "schema:amount", "skosxl:altLabel", "skosxl:prefLabel",
)))  # fmt: skip


class Things:
    """Reads the rows once; a thing has a page when it is of one of `KINDS` and has a name."""

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self.rows = rows
        self.names = {iri: said for iri, said in names_of(rows["labels"]).items() if len(said) == len(LANGUAGES)}
        self.iris = sorted(iri for iri in self.names if kind_of(iri) in KINDS)  # of the things that have a page
        self.evidence = group_rows(rows["evidence"]["fr"], "subject")
        self.participations = {str(row["participation"]): row for row in rows["participations"]["fr"]}
        self._taking: dict[str, list[str]] = defaultdict(list)  # the participations of a body, and in an activity
        for iri, row in self.participations.items():
            for end in {str(row["agent"]), str(row["activity"])}:
                self._taking[end].append(iri)
        # The rows of the ties of each body, by the other end.
        self._ties: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in (row for row in rows["path-links"]["fr"] if row["tie"]):
            for one, other in permutations((str(row["a"]), str(row["b"]))):
                self._ties[one][other].append(row)
        self._disputes = disputes(rows["disagreements"])
        # The date of each state of each lab, "" for one told by pages without a date.
        self._states = {(row["lab"], row["state"]): str(row["date"] or "") for row in rows["lab-states"]["fr"]}

    def all(self) -> Iterator[Thing]:
        letters = {str(row["body"]): str(row["bodyKindLetter"] or "?") for row in self.rows["bodies"]["fr"]}
        for iri in self.iris:
            said = {iri} if kind_of(iri) == "source" else {str(row["source"]) for row in self.evidence.get(iri, [])}
            said |= {str(row["source"]) for one in self._taking.get(iri, []) for row in self.evidence.get(one, [])}
            named = iri, kind_of(iri), self.names[iri], letters.get(iri, ""), tuple(self.statements(iri))
            parts, members = self._parts(iri, "agent", "activity"), self._parts(iri, "activity", "agent")
            yield Thing(*named, parts, members, tuple(self._partners(iri)), frozenset(said))

    def page(self, iri: str) -> str:
        return path_of(iri) if iri in self.names and kind_of(iri) in KINDS else ""

    def find_name(self, iri: str) -> Texts:
        """Its name; for a participation who does what, for a spelling itself; {} where it has none."""
        if iri in self.names or iri not in self.participations:
            spelt = [str(row["value"]) for row in self.evidence.get(iri, []) if row["predicate"] == FORM]
            return self.names.get(iri) or (dict.fromkeys(LANGUAGES, spelt[0]) if spelt else {})
        agent, role, activity = (self.name(str(self.participations[iri][end])) for end in ("agent", "role", "activity"))
        return {lang: f"{agent[lang]}, {role[lang]}, {activity[lang]}" for lang in LANGUAGES}

    def name(self, term: str) -> Texts:
        return self.names.get(term) or dict.fromkeys(LANGUAGES, compact(term))

    def statements(self, iri: str) -> Iterator[Statement]:
        """What is said of it, but for what has no words of its own; states are those of `lab-states`, newest first."""
        grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self.evidence.get(iri, []):
            if row["predicate"] not in SILENT:
                key = str(row["predicate"]), str(row["object"] or ""), str(row["value"] or "")
                grouped[key].append(row)
        newest = sorted(grouped.items(), key=lambda entry: self._states.get((iri, entry[0][1]), ""), reverse=True)
        for (predicate, value, text), rows in sorted(newest, key=self._order):
            if told := self.value_text(iri, value, text):
                address = value if is_web(value) and value not in self.names else ""
                disputed = self._disputes.get((iri, predicate), {})
                yield Statement(self.name(predicate), told, self.page(value), self.proofs(rows), address, disputed)

    def value_text(self, iri: str, value: str, text: str) -> Texts:
        """A value in words: the name of a thing, a date written out, an address without its scheme; {} for a node that
        has no name.
        """
        if not value:
            return literal_text(text)
        if (date := self._states.get((iri, value))) is not None:
            said = {lang: when(date, "", lang) if date else say(lang, "sentences.undated") for lang in LANGUAGES}
            return {lang: f"{name} ({said[lang]})" for lang, name in self.name(value).items()}
        if value in self.names:
            return self.names[value]
        return dict.fromkeys(LANGUAGES, value.partition("://")[2]) if is_web(value) else {}

    def _order(self, entry: tuple[tuple[str, str, str], list[Row]]) -> tuple[str, ...]:
        predicate, value, text = entry[0]
        name = self.name(predicate)["fr"]
        if predicate == expand("mai:state"):
            return name, "", ""
        return name, self.name(value)["fr"] if value else text, value

    def _parts(self, iri: str, side: str, other: str) -> tuple[Part, ...]:
        """Its participations as the agent, by activity; or those in it, by agent."""
        mine = [one for one in self._taking.get(iri, []) if self.participations[one][side] == iri]
        found = [self._part(one, other) for one in mine]
        return tuple(sorted(found, key=lambda part: (part.other["fr"], part.role["fr"], part.dates["fr"])))

    def _part(self, participation: str, other: str) -> Part:
        row = self.participations[participation]
        read = {"certainty": row["certainty"], "note": row["note"]}
        said = [{**one, **read} for one in self.evidence.get(participation, []) if one["predicate"] == AGENT]
        named = self.name(str(row["role"])), self.name(str(row[other])), self.page(str(row[other]))
        return Part(*named, self._dates(row, "firstDay", "lastDay"), self.proofs(said))

    def _partners(self, iri: str) -> Iterator[Partner]:
        for other, rows in sorted(self._ties.get(iri, {}).items(), key=lambda entry: self.name(entry[0])["fr"]):
            by = group_rows(rows, "tie").values()
            ties = sorted(by, key=lambda some: (str(some[0]["start"] or "9"), str(some[0]["activityLabel"])))
            said = [self.name(str(some[0]["partnershipKind"])) for some in ties]
            kinds = {lang: ", ".join(sorted({kind[lang] for kind in said})) for lang in LANGUAGES}
            yield Partner(self.name(other), self.page(other), kinds, tuple(self._tie(some) for some in ties))

    def _tie(self, rows: Sequence[Row]) -> Tie:
        """What the rules drew, each participation that it rests on with its role and proof."""
        row = rows[0]
        ends, activity = [self.name(str(row[end])) for end in ("a", "b")], str(row["activity"])
        reads = {lang: " → ".join(end[lang] for end in ends) if row["directed"] else "" for lang in LANGUAGES}
        dates = self._dates(row, "start", "end")
        if str(row["occurrence"] or "") == concept_iri("occurrence", "planned"):
            planned = self.name(str(row["occurrence"]))
            dates = {lang: f"{words}, {planned[lang]}" for lang, words in dates.items()}
        parts = tuple(self._part_with_agent(one) for one in sorted({str(one["participation"]) for one in rows}))
        named = self.name(str(row["partnershipKind"])), reads, self.name(activity), self.page(activity)
        return Tie(*named, dates, str(row["tieCertainty"] or ""), parts)

    def _part_with_agent(self, participation: str) -> Part:
        part, agent = self._part(participation, "activity"), str(self.participations[participation]["agent"])
        return replace(part, role={lang: f"{self.name(agent)[lang]}, {part.role[lang]}" for lang in LANGUAGES})

    def _dates(self, row: Row, start: str, end: str) -> Texts:
        """The days of a participation or a tie; those that are not its activity's say whose they are."""
        first, last, year, dating = (str(row[name] or "") for name in (start, end, "pageYear", "dating"))
        if not (first or last or year):
            return both("portal.no_date")
        words, by = {lang: when(first or year, last, lang) for lang in LANGUAGES}, self.name(dating)
        key = _PERIODS.get(local(dating))
        return {lang: say(lang, key, period=words[lang], by=by[lang]) for lang in LANGUAGES} if key else words

    def proofs(self, rows: Iterable[Row]) -> tuple[Citation, ...]:
        return tuple(sorted({self._proof(row) for row in rows}))

    def _proof(self, row: Row) -> Citation:
        source, place, link, note = (str(row[name] or "") for name in ("source", "paragraph", "pageLink", "note"))
        said = place, link if is_web(link) else "", str(row["certainty"]), note
        return Citation(self.name(source)["fr"], self.page(source), *said)
