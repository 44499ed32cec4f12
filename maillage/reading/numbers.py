"""The numbers that a text writes, in digits or in the words of `graph/reading/numbers.yml`.

>>> sorted(map(int, numbers_in("Une cinquantaine de labs, quatre-vingt-trois agents et 12 millions d'euros")))
[1, 50, 83, 12000000]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from maillage.files import asset
from maillage.sources.card import read_yaml
from maillage.sources.text import plain

# "1 200", "1.200" and "1,200" are thousands; "12,5" is not. A mark keeps the numbers on its sides apart.
TOKEN = re.compile(
    r"(?P<thousands>(?<!\d)\d{1,3}(?:[\s.,]\d{3})+(?!\d))|(?P<digits>\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+€?)|[^\s'-]"
)
KINDS = ("units", "tens", "hundreds", "thousands", "multiples")


@dataclass(frozen=True)
class Number:
    """A number in the making: its millions and thousands, what is below them, and whether that was in digits."""

    high: Decimal = Decimal(0)
    low: Decimal = Decimal(0)
    digits: bool = False

    @property
    def value(self) -> Decimal:
        return self.high + self.low


@cache
def number_words() -> dict[str, dict[str, int]]:
    """The lists of words, each word with its value. Raises `bad-yaml` or MissingFile."""
    return read_yaml(asset("graph") / "reading" / "numbers.yml")


def numbers_in(text: str) -> set[Decimal]:
    return {number.value for number in _numbers(plain(text))}


def _numbers(text: str) -> Iterator[Number]:
    """Every number of a text; `open_` is the one that the next words may still add to."""
    open_: Number | None = None
    after_join = False
    for match in TOKEN.finditer(text):
        if open_ and match[0] in number_words()["joins"]:
            after_join = True
            continue
        longer = _extend_number(open_, match[0], after_join) if open_ and match.lastgroup == "word" else None
        if open_ and not longer:
            yield open_
        open_, after_join = longer or _begin_number(match), False
        if match[0] in number_words()["whole"]:
            yield Number(Decimal(number_words()["whole"][match[0]]))
    if open_:
        yield open_


def _begin_number(match: re.Match[str]) -> Number | None:
    word = match[0]
    if match.lastgroup == "thousands":
        return Number(low=Decimal(re.sub(r"\D", "", word)), digits=True)
    if match.lastgroup == "digits":
        return Number(low=Decimal(word.replace(",", ".")), digits=True)
    kind, value = _word_value(word)
    if kind == "thousands":
        return Number(high=value)
    return Number(low=value) if kind in ("units", "tens", "hundreds") else None


def _word_value(word: str) -> tuple[str, Decimal]:
    for kind in KINDS:
        if word in number_words()[kind]:
            return kind, Decimal(number_words()[kind][word])
    return "", Decimal(0)


def _extend_number(number: Number, word: str, after_join: bool) -> Number | None:
    """The longer number that a further word makes of one, or None where it makes none."""
    kind, value = _word_value(word)
    if kind in ("thousands", "multiples"):
        return Number(number.high + (number.low or 1) * value)
    if number.digits or (after_join and 0 < number.low % 100 < 20):
        return None
    below = number.low % 100
    if kind == "hundreds" and 0 < number.low < 10:
        return Number(number.high, number.low * value)
    if kind == "tens" and (below == 0 or (below == 4 and value == 20)):  # "quatre-vingts"
        return Number(number.high, number.low + (value - 4 + value * 3 if below else value))
    if kind == "units" and (below % 10 == 0 if value < 10 else below in (0, 60, 80)):
        return Number(number.high, number.low + value)
    return None
