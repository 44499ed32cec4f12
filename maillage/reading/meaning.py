"""Does each row say what the passages that it cites say? Its bodies, its days and its numbers are looked for in them.

A column that the row marks implied or ambiguous says itself, with its note, that it is not written as such: it is
left alone. The whole that an event is part of must be named somewhere, whatever the mark.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from maillage.errors import Finding, MaillageError, Phrase, SourceError
from maillage.reading.days import Context, days_in, without_days
from maillage.reading.numbers import numbers_in
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.index import Index, Key
from maillage.sources.records import Record, passages_of
from maillage.sources.text import Text
from maillage.terms import XSD, fold

NAMED_KINDS = ("organisation", "group", "post")  # what a sentence that speaks of it calls by its name
TITLED_KINDS = (*NAMED_KINDS, "place", "programme")  # what has a name at all; an event has one where its row says so
WHOLE = "super_event"
DAYS = (f"{XSD}date", f"{XSD}gYearMonth", f"{XSD}gYear")
NUMBERS = (f"{XSD}decimal", f"{XSD}integer")


@dataclass(frozen=True)
class Meaning:
    """The rows of one source beside its text. `names`: the folded names of each thing, in every source."""

    card: Card
    text: Text
    index: Index
    names: Mapping[Key, frozenset[str]]

    def findings(self) -> list[Finding]:
        return [
            error.at(record.file, record.line, column)
            for record in resting(self.card, self.index)
            for column, values in record.values.items()
            for value in values
            for error in self._errors(record, column, value)
        ]

    def _errors(self, record: Record, column: str, value: Value) -> Iterator[MaillageError]:
        cited = [passage.text for passage in passages_of(record, [column])]
        words = [self._words(key) for key in cited]
        target = self._target(value)
        name = next(iter(target.texts("name") if target else ()), value.text)
        said = {"value": name, "passages": ", ".join(cited), "column": column}
        if column == WHOLE and not _is_written(self._names(record, column, value), words):
            yield SourceError("edition-not-named", **said)
        doubtful = {mark.text for name in ("implied", "ambiguous") for mark in record.values.get(name, [])}
        if column not in (WHOLE, *doubtful) and not self._says(record, column, value, words):
            read = _find_values(value, words)
            yield SourceError("not-in-passage", **said, read=Phrase("passage-reads", read=read) if read else "")

    def _words(self, key: str) -> str:
        """The words of a passage; none of one that is not there, which is told elsewhere."""
        record = self.index.by_key.get((self.card.name, key))
        if not record or record.key_kind != "passage":
            return ""
        start, end = (int(value.text) for name in ("start", "end") for value in record.values[name])
        return self.text.at(start, end)

    def _says(self, record: Record, column: str, value: Value, words: list[str]) -> bool:
        if value.datatype in DAYS:
            return self._context(record).says(value.text, [day for said in words for day in days_in(said)])
        if value.datatype in NUMBERS:
            return any(Decimal(value.text) in numbers_in(without_days(said)) for said in words)
        names = self._names(record, column, value)
        return not names or _is_written(names, words)

    def _names(self, record: Record, column: str, value: Value) -> Collection[str]:
        """The names of which one must be written for a cell to be right; none for a cell that is no name."""
        if column == "form":
            return [fold(value.text)]
        if column == "name" and (record.key_kind in TITLED_KINDS or record.texts("named") == ["true"]):
            return self.names[record.source, record.key]
        target = self._target(value) if column != "key" else None
        if target and (column == WHOLE or target.key_kind in NAMED_KINDS):
            return self.names[target.source, target.key]
        return ()

    def _target(self, value: Value) -> Record | None:
        """The row of a thing; none of what names nothing, which is told elsewhere."""
        return self.index.by_key.get((value.source, value.text)) if value.kind == "thing" else None

    def _context(self, record: Record) -> Context:
        """When the text came out, and when what the row speaks of takes place."""
        spoken_of = [self._target(value) for values in record.values.values() for value in values]
        days = [
            day.text
            for thing in spoken_of
            if thing and thing is not record
            for column in ("start", "end")
            for day in thing.values.get(column, [])
        ]
        return Context((str(self.card.facts["issued"]), *days))


def resting(card: Card, index: Index) -> list[Record]:
    return [record for record in index.records if record.source == card.name and passages_of(record)]


def _is_written(names: Collection[str], words: list[str]) -> bool:
    return any(f" {name} " in f" {fold(said)} " for said in words for name in names)


def _find_values(value: Value, words: list[str]) -> str:
    """The days or the numbers that stand there instead."""
    found: list[str] = []
    if value.datatype in DAYS:
        found = [said[day.start : day.end] for said in words for day in days_in(said)]
    elif value.datatype in NUMBERS:
        found = [f"{number:f}" for said in words for number in sorted(numbers_in(without_days(said)))]
    return ", ".join(dict.fromkeys(found))
