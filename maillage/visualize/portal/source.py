"""The page of a source: what its card says, what was read of it, the pages that are part of it, what rests on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from maillage.locales import LANGUAGES
from maillage.network.from_table import Row, group_rows
from maillage.terms import concept_slug, fold
from maillage.visualize.locales import both, say, section, when
from maillage.visualize.portal.sentences import STATED_CERTAINTY, Sentences
from maillage.visualize.portal.thing import Texts, is_web
from maillage.visualize.portal.things import SILENT, Things

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


class SourceCards:
    """Reads the rows of `things` once."""

    def __init__(self, things: Things) -> None:
        self._things, self.sentences = things, Sentences(things)

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

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return {str(row["source"]): row for row in self._things.rows["sources"]["fr"]}

    @cached_property
    def _parts(self) -> Mapping[str, list[Row]]:
        parts = (row for row in self._rows.values() if row["whole"])
        return group_rows(sorted(parts, key=lambda row: fold(str(row["sourceTitle"]))), "whole")

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

    @cached_property
    def _saying(self) -> Mapping[str, list[Row]]:
        return group_rows(self._things.rows["evidence"]["fr"], "source")

    def _about(self, row: Row) -> str:
        """The thing with a name that a statement is about: of a participation, who takes part."""
        subject = str(row["subject"])
        part = self._things.participations.get(subject)
        about = str(part["agent"]) if part else self.sentences.subject(subject) or subject
        return about if about in self._things.names else ""

    def _text(self, row: Row) -> Texts:
        """A statement in words, and the reserve of its reading; {} for one about how we write."""
        subject = str(row["subject"])
        if part := self._things.participations.get(subject):
            role, activity = (self._things.name(str(part[name])) for name in ("role", "activity"))
            return _pair(role, activity, str(part["certainty"]))
        if self.sentences.subject(subject):
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
