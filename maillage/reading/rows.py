"""The passage of a text behind each row of a source that was read in it: where it names what the row is about."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.reading.gazetteer import WORD, Entry, Gazetteer
from maillage.reading.judgement import empty_words
from maillage.reading.sentences import spans_of
from maillage.sources.index import Index, Key
from maillage.sources.records import Record, passages_of
from maillage.sources.text import Text, closing, opening, plain

# The columns that name what must stand in the passage of a row; the first one of them is the row's own name.
NAMING = ("agent", "member", "activity", "organisation", "thing", "before", "after")
NAMED_KINDS = ("organisation", "group", "event", "programme", "place")
ENOUGH = 0.5  # of the telling words of a name, those that stand for it


@dataclass(frozen=True)
class RowPassage:
    """`sure`: one sentence alone names everything; else it names the most. The words are at most four at each end."""

    record: Record
    paragraph: int
    start: int
    end: int
    first_words: str
    last_words: str
    sure: bool


@dataclass(frozen=True)
class _Place:
    """A sentence that names something of a row: from where to where, and how much of it."""

    start: int
    end: int
    weight: float


class Rows:
    """The rows of one source beside a text. `names`: those of each thing, in every source; `page`: the page they rest
    on, where the source was read in several.
    """

    def __init__(
        self, text: Text, source: str, index: Index, names: Mapping[Key, Collection[str]], page: str = ""
    ) -> None:
        self._text, self._index, self._names = text, index, names
        self._records = [
            one for one in index.records
            if one.source == source and (not page or page in [value.text for value in passages_of(one)])
        ]  # fmt: skip
        wanted = {key for record in self._records for key in self._keys(record)}
        entries = [(name, Entry(":".join(key), "", "", "body")) for key in wanted for name in names.get(key, ())]
        self._found = list(Gazetteer(entries, bare=True).find(text.content))
        self._sentences = list(spans_of(text))

    def passages(self) -> Iterator[RowPassage]:
        """Of the rows whose names the text bears; nothing is proposed for the others."""
        for record in self._records:
            keys = self._keys(record)
            places = [place for span in self._sentences if (place := self._place(keys, *span))]
            if keys and places:
                best = max(places, key=lambda place: (place.weight, place.start - place.end))
                full = [place for place in places if place.weight >= len(keys)]
                yield self._passage(record, best, len(full) == 1)

    def _keys(self, record: Record) -> list[Key]:
        """What a row is about: the things that it ties together, else itself."""
        named = [self._index.target(value) for column in NAMING for value in record.values.get(column, [])]
        own = [(record.source, record.key)] if record.key_kind in NAMED_KINDS else []
        return own or [key for key in named if key]

    def _place(self, keys: Sequence[Key], start: int, end: int) -> _Place | None:
        """What of a row a sentence names: its first thing must be among it."""
        spans, weight = list[tuple[int, int]](), 0.0
        for rank, key in enumerate(keys):
            exact = [
                (one.start, one.end) for one in self._found if start <= one.start < end and self._is(one.entries, key)
            ]
            alike = [] if exact else self._alike(key, start, end)
            if not exact and not alike and rank == 0:
                return None
            spans += exact[:1] or alike
            weight += 1.0 if exact else 0.5 if alike else 0.0
        return _Place(min(span[0] for span in spans), max(span[1] for span in spans), weight) if spans else None

    @staticmethod
    def _is(entries: Sequence[Entry], key: Key) -> bool:
        return any(entry.iri == ":".join(key) for entry in entries)

    def _alike(self, key: Key, start: int, end: int) -> list[tuple[int, int]]:
        """Where a sentence has enough of the telling words of a name, which our words may have made."""
        said = [
            (match[0], start + match.start(), start + match.end())
            for match in WORD.finditer(plain(self._text.at(start, end)))
        ]
        for name in self._names.get(key, ()):
            telling = set(name.split()) - empty_words()
            spans = [span for word, *span in said if word in telling]
            if len(telling) > 1 and len({self._text.at(*span).lower() for span in spans}) / len(telling) >= ENOUGH:
                return [(spans[0][0], spans[-1][1])]
        return []

    def _passage(self, record: Record, place: _Place, sure: bool) -> RowPassage:
        number = next(one.number for one in self._text.paragraphs if one.start <= place.start < one.end)
        words = self._text.at(place.start, place.end)
        return RowPassage(record, number, place.start, place.end, opening(words), closing(words), sure)
