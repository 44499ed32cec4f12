"""What the portal's page of a thing says in sentences: its figures and amounts, the decisions on its identity; of a
source what its card says, what was read of it, the pages that are part of it, what rests on it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from maillage.locales import LANGUAGES
from maillage.network.from_table import Row, group_rows
from maillage.terms import concept_iri, concept_slug, expand, fold, iri
from maillage.visualize.locales import both, say, section, when
from maillage.visualize.portal.thing import Texts, is_web
from maillage.visualize.portal.things import SILENT, Things

FIGURES = {"amounts": "amount", "observations": "observation"}  # the questions, and the column of the figure itself
STATED_CERTAINTY = concept_iri("certainty", "stated")
MOST = 60  # things told on the page of a source; the question `evidence` tells all
_DATES = ("issued", "updated", "readOn")
_TEXTS = ("licenceNote", "notFor")  # in French, as the card has them


@dataclass(frozen=True)
class Fact:
    """A line of a card: `french` for a text that has no translation."""

    name: Texts
    value: Texts
    page: str = ""
    address: str = ""
    french: bool = False


class Sentences:
    """Reads the rows of `things` once, by the thing that each is about."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._decisions = group_rows(things.rows["decisions"]["fr"], "about")
        self._rows = {str(row["source"]): row for row in things.rows["sources"]["fr"]}
        parts = (row for row in self._rows.values() if row["whole"])
        self._parts = group_rows(sorted(parts, key=lambda row: fold(str(row["sourceTitle"]))), "whole")
        self._saying = group_rows(things.rows["evidence"]["fr"], "source")
        self._figures: dict[str, dict[str, Row]] = defaultdict(dict)
        for question, column in FIGURES.items():
            for row in things.rows[question]["fr"]:
                self._figures[str(row["about"])].setdefault(str(row[column]), row)

    def figures(self, thing: str) -> Iterator[dict[str, object]]:
        """The figures and amounts of a thing: sentence, when and by whom each was said, proofs of its value.

        `reserves`: the other statements that make it, of which a reading is not plainly stated.
        """
        for figure in sorted(self._figures.get(thing, {}), key=lambda one: self._things.name(one)["fr"]):
            row = self._figures[thing][figure]
            told = list(self._things.statements(figure))
            value = self._things.name(expand("schema:value"))
            proofs = tuple(proof for one in told if one.name == value for proof in one.proofs)
            unsure = [one for one in told if any(proof.certainty != STATED_CERTAINTY for proof in one.proofs)]
            reserves = {one.name["fr"]: one for one in unsure if one.name != value}.values()
            said = {"sentence": self._things.name(figure), "more": self._more(row)}
            yield {**said, "proofs": proofs, "reserves": list(reserves)}

    def subject(self, figure: str) -> str:
        """What a figure is about; "" for what is no figure."""
        return next((thing for thing, found in self._figures.items() if figure in found), "")

    def _more(self, row: Row) -> Texts:
        """The date and who says it, as far as they are known."""
        date, sayer = str(row["date"] or ""), str(row["sayer"] or "")
        told = {lang: [when(date, "", lang)] if date else [] for lang in LANGUAGES}
        for lang in LANGUAGES if sayer else ():
            told[lang].append(say(lang, "sentences.said_by", name=self._things.name(sayer)[lang]))
        return {lang: " · ".join(words) for lang, words in told.items()}

    def decisions(self, thing: str) -> Iterator[dict[str, object]]:
        """That two records denote one thing, or two (`other` and its page, {} for one); the reason is in French."""
        for row in self._decisions.get(thing, []):
            sides = {side: self._record(str(row[f"{side}Key"])) for side in ("first", "second")}
            key = "sentences.same" if row["same"] else "sentences.different"
            said = {lang: say(lang, key, **sides, date=when(str(row["date"]), "", lang)) for lang in LANGUAGES}
            other = str(row["other"] or "")
            second = {"other": self._things.name(other) if other else {}, "page": self._things.page(other)}
            yield {"sentence": said, "reason": str(row["reason"]), **second}

    def _record(self, key: str) -> str:
        """A record as people name it: its key, and the title of its source."""
        source, _, local = key.partition(":")
        return f"{local} ({self._things.name(iri('source', source))['fr']})"

    def card(self, source: str) -> dict[str, object] | None:
        """`claims`: the first `MOST` things; `of`: how many there are. `parts`: the pages of a directory.

        None for what is no source.
        """
        row = self._rows.get(source)
        if row is None:
            return None
        told = sorted(self._claims(source), key=lambda one: (not one["page"], fold(one["name"]["fr"])))
        parts = [self._part(one) for one in self._parts.get(source, ())]
        return {"lines": list(self._lines(row)), "claims": told[:MOST], "of": len(told), "parts": parts}

    def _part(self, row: Row) -> Fact:
        """Who published a page, and when."""
        source, date = str(row["source"]), str(row["issued"] or row["updated"] or "")
        days = {lang: when(date, "", lang) if date else say(lang, "sentences.undated") for lang in LANGUAGES}
        said = {lang: f"{row['publisher']} · {day}" for lang, day in days.items()}
        return Fact(self._things.name(source), said, self._things.page(source))

    def _lines(self, row: Row) -> Iterator[Fact]:
        yield _line("publisher", row["publisher"])
        address = str(row["address"])
        if is_web(address):
            yield Fact(both("sentences.address"), dict.fromkeys(LANGUAGES, address.partition("://")[2]), "", address)
        if row["whole"]:
            whole = str(row["whole"])
            yield Fact(both("sentences.whole"), self._things.name(whole), self._things.page(whole))
        for name in _DATES:
            if row[name]:
                yield Fact(both(f"sentences.{name}"), {lang: when(str(row[name]), "", lang) for lang in LANGUAGES})
        yield Fact(both("sentences.extent"), _extent(row))
        yield Fact(both("sentences.licence"), self._things.name(str(row["licence"])))
        for name in _TEXTS:
            if row[name]:
                yield _line(name, row[name], french=True)
        yield Fact(both("sentences.statements"), both("sentences.count", n=int(row["statements"] or 0)))

    def _claims(self, source: str) -> Iterator[dict[str, Any]]:
        """Each thing, and what the source says of it, a text by language each."""
        texts: dict[str, dict[str, Texts]] = defaultdict(dict)
        for row in self._saying.get(source, []):
            if about := self._about(row):
                text = self._text(row)
                texts[about].update({text["fr"]: text} if text else {})
        for about, said in texts.items():
            ordered = tuple(said[one] for one in sorted(said, key=fold))
            yield {"name": self._things.name(about), "page": self._things.page(about), "texts": ordered}

    def _about(self, row: Row) -> str:
        """The thing with a name that a statement is about: of a participation, who takes part."""
        subject = str(row["subject"])
        part = self._things.participations.get(subject)
        about = str(part["agent"]) if part else self.subject(subject) or subject
        return about if about in self._things.names else ""

    def _text(self, row: Row) -> Texts:
        """A statement in words, and the reserve of its reading; {} for one about how we write."""
        subject = str(row["subject"])
        if part := self._things.participations.get(subject):
            role, activity = (self._things.name(str(part[name])) for name in ("role", "activity"))
            return _pair(role, activity, str(part["certainty"]))
        if self.subject(subject):
            return self._things.name(subject)
        if row["predicate"] in SILENT:
            return {}
        told = self._things.value_text(subject, str(row["object"] or ""), str(row["value"] or ""))
        return _pair(self._things.name(str(row["predicate"])), told, str(row["certainty"])) if told else {}


def _pair(name: Texts, value: Texts, certainty: str) -> Texts:
    """`property: value`, and the reserve of the reading in brackets."""
    found = {lang: say(lang, "map.labelled", name=name[lang], value=value[lang]) for lang in LANGUAGES}
    if certainty == STATED_CERTAINTY:
        return found
    marks = {lang: section(lang, "portal")["certainty"][concept_slug(certainty, "certainty")] for lang in LANGUAGES}
    return {lang: f"{text} ({marks[lang]})" for lang, text in found.items()}


def _line(name: str, value: object, french: bool = False) -> Fact:
    return Fact(both(f"sentences.{name}"), dict.fromkeys(LANGUAGES, str(value)), french=french)


def _extent(row: Row) -> Texts:
    """How much of it was read, as far as this is known."""
    if row["facts"]:
        return both("sentences.facts", n=int(row["facts"]))
    known = "some" if row["readInPart"] is None else "beginning" if row["readInPart"] else "all"
    return both(f"sentences.{known}")
