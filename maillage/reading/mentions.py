"""Where a text names something, and what; its days, and its persons, which are kept out of all that is written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from maillage.files import asset, read_text
from maillage.reading.days import days_in
from maillage.reading.grammar import Mark
from maillage.reading.vocabulary import one_of, words

CAPITAL = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
NAME_WORD = rf"(?:@?{CAPITAL}|\d+[a-zè]*(?=\s{CAPITAL})|[a-z]{{1,2}}['’](?={CAPITAL}))[\w'’@.&-]*(?<![.'’])"
PERSON_WORD = rf"(?:(?:de|da|di|van|von|le|la|du)\s)?{CAPITAL}[\w'’-]+"


@dataclass(frozen=True)
class Mention:
    """`weight`: the wider claim on the same words wins, then the heavier. `sure`: the words leave no doubt."""

    start: int
    end: int
    mark: Mark
    label: str
    kind: str = ""
    iri: str = ""
    because: str = ""
    sure: bool = True
    weight: int = 0
    key: tuple[str, ...] = field(default=(), compare=False)


def settle(found: Iterable[Mention]) -> list[Mention]:
    """The widest of those that share words, then the heaviest."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (-one.weight // 10, one.start - one.end, -one.weight, one.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def find_days(text: str) -> Iterator[Mention]:
    """The days of a text; two that « et », « au » or « à » join are one span."""
    joins = one_of(words("dates")["joins"]) + r"\s?"
    last: tuple[int, int] | None = None
    for start, end in sorted({(day.start, day.end) for day in days_in(text)}):
        if last and re.fullmatch(joins, text[last[1] : start].strip(" ,").lower() or "?"):
            last = (last[0], end)
            continue
        if last:
            yield Mention(*last, Mark.DATE, text[slice(*last)])
        last = (start, end)
    if last:
        yield Mention(*last, Mark.DATE, text[slice(*last)])


@cache
def first_names() -> frozenset[str]:
    return frozenset(read_text(asset("graph") / "reading" / "first-names.csv").split())


def find_persons(text: str) -> Iterator[Mention]:
    """A first name of the list and the names behind it: kept from being taken for a body, written nowhere."""
    name = rf"(?<![\w-])({CAPITAL}[\w-]+)\s(?:[A-Z]\.\s)?{PERSON_WORD}(?:\s{CAPITAL}[\w'’-]+)?"
    for match in re.finditer(name, text):
        if match[1] in first_names() or match[1].split("-")[0] in first_names():
            yield Mention(*match.span(), Mark.PERSON, "", weight=15)


def lower_of(text: str) -> str:
    """The text in small letters, letter for letter, its apostrophes straight."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).replace("’", "'")
