"""A text cut into sentences, each with what was found in it standing as one letter of its kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.reading.mentions import Mention
from maillage.sources.text import Text

# A full stop ends a sentence where what follows has a capital, but not behind an initial or a short form.
END = re.compile(
    r"(?<!\b[A-Z])(?<!\bM)(?<!\bMme)(?<!\bcf)(?<!\bp)(?<!\bex)[.!?…]+[»”\")]?\s+(?=[«“\"(—–-]?\s?[A-ZÀÂÇÉÈÊÎÔ@\d])"
)


@dataclass(frozen=True)
class Sentence:
    """`marked`: in small letters, each mention one letter; `places`: where each letter of it stands in the text."""

    start: int
    end: int
    lower: str
    marked: str
    places: tuple[int, ...]
    at: dict[int, Mention]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the marked sentence stands in the text."""
        last = self.at.get(end - 1)
        return self.places[start], last.end if last else self.places[end - 1] + 1

    def mentions(self, start: int, end: int) -> list[Mention]:
        return [mention for place, mention in self.at.items() if start <= place < end]

    def with_before(self, mention: Mention) -> "Sentence":
        """The same sentence, said of something that a sentence before it names."""
        at = {0: mention, **{place + 2: one for place, one in self.at.items()}}
        return Sentence(self.start, self.end, self.lower, f"{mention.mark} {self.marked}",
                        (self.start, self.start, *self.places), at)  # fmt: skip

    def without(self, mentions: Sequence[Mention]) -> "Sentence":
        """The same sentence, in which some mentions are words like any other."""
        at = {place: one for place, one in self.at.items() if one not in mentions}
        marked = "".join("x" if place in self.at and place not in at else one for place, one in enumerate(self.marked))
        return Sentence(self.start, self.end, self.lower, marked, self.places, at)


def spans_of(text: Text) -> Iterator[tuple[int, int]]:
    for paragraph in text.paragraphs:
        start = paragraph.start
        for match in END.finditer(paragraph.text):
            yield start, paragraph.start + len(paragraph.text[: match.end()].rstrip())
            start = paragraph.start + match.end()
        if start < paragraph.end:
            yield start, paragraph.end


def sentences(text: Text, mentions: Sequence[Mention]) -> list[Sentence]:
    """The sentences of a text; `mentions` stand in their order, none on the words of another."""
    return [
        _mark(text.content, start, end, [m for m in mentions if start <= m.start < end])
        for start, end in spans_of(text)
    ]


def _mark(content: str, start: int, end: int, mentions: Sequence[Mention]) -> Sentence:
    letters, places, at, place = list[str](), list[int](), dict[int, Mention](), start
    for mention in [*mentions, None]:
        stop = mention.start if mention else end
        lower = [letter.lower()[:1] for letter in content[place:stop]]
        letters += ["'" if letter == "’" else " " if letter in "\u00a0\u202f" else letter for letter in lower]
        places += range(place, stop)
        if mention:
            at[len(letters)] = mention
            letters.append(mention.mark.value)
            places.append(mention.start)
            place = mention.end
    return Sentence(start, end, content[start:end].lower(), "".join(letters), tuple(places), at)
