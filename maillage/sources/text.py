"""A text that a source was read in: its paragraphs, and where words stand in it.

Places are counted in Unicode code points of the whole decoded text (a byte order mark left out), the end not
included: they stay right whatever the encoding on disk, and are what W3C text position selectors count.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from maillage.files import decode, read_bytes, short_path

MOST_WORDS = 4


@dataclass(frozen=True)
class Paragraph:
    """A line that holds something, without the spaces around it; `number` counts such lines from 1."""

    number: int
    start: int
    end: int
    text: str

    @property
    def checksum(self) -> str:
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Text:
    """`checksum` is that of the file's bytes: the one a card states."""

    name: str
    content: str
    checksum: str

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        lines = re.finditer(r"\S(?:[^\r\n]*\S)?", self.content)
        return tuple(Paragraph(number, *line.span(), line[0]) for number, line in enumerate(lines, 1))

    def at(self, start: int, end: int) -> str:
        return self.content[start:end]

    def places(self, number: int, first: str, last: str) -> list[tuple[int, int]]:
        """Every stretch of a paragraph that opens with `first` and closes with `last`, as (start, end).

        `first` and `last` do not overlap, but when they are equal they are the whole stretch. Raises
        IndexError for a paragraph that the text does not have.
        """
        if not 1 <= number <= len(self.paragraphs):
            raise IndexError(number)
        paragraph = self.paragraphs[number - 1]
        starts = [paragraph.start + at for at in _occurrences(first, paragraph.text)]
        if first == last:
            return [(start, start + len(first)) for start in starts]
        ends = [paragraph.start + at + len(last) for at in _occurrences(last, paragraph.text)]
        least = len(first) + len(last)
        return [(start, end) for start in starts for end in ends if end - start >= least]


def read(path: Path) -> Text:
    """Raises MissingFile, `empty-file`, `not-utf8` or `not-text`."""
    body = read_bytes(path)
    return Text(short_path(path), decode(body, path), sha256(body).hexdigest())


def word_count(words: str) -> int:
    """Words between spaces; a dash or a quotation mark that stands alone is not one."""
    return sum(any(character.isalnum() for character in word) for word in words.split())


def opening(words: str) -> str:
    found = re.match(rf"\s*(?:\S+\s+){{0,{MOST_WORDS - 1}}}\S+", words)
    return found[0].strip() if found else ""


def closing(words: str) -> str:
    found = re.search(rf"(?:\S+\s+){{0,{MOST_WORDS - 1}}}\S+\s*\Z", words)
    return found[0].strip() if found else ""


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Where words stand in a text as whole words."""
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)" if words else r"(?!)"
    return (match.start() for match in re.finditer(pattern, text))


def plain(text: str) -> str:
    """The text without accents or capitals, letter for letter, so that places in it are places in the text.

    >>> plain("Été à l’Hôtel")
    "ete a l'hotel"
    """
    bare = (unicodedata.normalize("NFKD", letter)[:1].lower()[:1] or letter for letter in text)
    return "".join(bare).replace("’", "'")
