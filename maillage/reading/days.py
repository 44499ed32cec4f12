"""The days that a text writes, in the languages of `graph/reading/days.yml`.

>>> [(day.day, day.month, day.year) for day in days_in("Du 2 au 30 novembre 2021, puis jeudi 4.")]
[(2, 11, 2021), (30, 11, 2021), (4, None, None)]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from maillage.files import asset
from maillage.sources.card import read_yaml
from maillage.sources.text import plain

YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
GAP = r"[\s,]+"
NEAR, THIS_MONTH = 183, 31  # days between a day and the text that leaves out its year, or its month too


@dataclass(frozen=True)
class Day:
    """A day as a text writes it; what it leaves out is None. `start` and `end`: where it stands in the text."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None


@dataclass(frozen=True)
class Language:
    """How one language writes days: a regular expression with named groups, and the number of each month's names."""

    pattern: re.Pattern[str]
    months: dict[str, int]
    first: tuple[str, ...]


def days_in(text: str) -> list[Day]:
    """Every day, month or year of a text, in its order; a day of a list or a span has the place of the whole."""
    found = {day for language in languages() for day in _find_days(plain(text), language)}
    bare = {(other.start, other.end) for other in found if other.month or other.day}
    kept = [day for day in found if day.month or day.day or not any(a <= day.start < b for a, b in bare)]
    return sorted(kept, key=lambda day: (day.start, day.end, day.month or 0, day.day or 0))


def _find_days(text: str, language: Language) -> Iterator[Day]:
    for match in language.pattern.finditer(text):
        said = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
        month = language.months.get(said.get("month", "")) or _number(said.get("number"))
        for day in _days(said.get("days", ""), language.first) or [None]:
            if (day is None or 1 <= day <= 31) and (month is None or 1 <= month <= 12):
                yield Day(match.start(), match.end(), day, month, _number(said.get("year")))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _days(said: str, first: tuple[str, ...]) -> list[int | None]:
    words = re.findall(r"\d+|[^\W\d]+", re.sub(rf"\b(?:{_any(first)})\b", "1", said)) if said else []
    return [int(word) for word in words if word.isdecimal()]


@cache
def languages() -> tuple[Language, ...]:
    """Read once. Raises `bad-yaml` or MissingFile."""
    return tuple(_language(said) for said in read_yaml(asset("graph") / "reading" / "days.yml").values())


def _language(said: dict[str, Any]) -> Language:
    months = {name: number for number, names in said["months"].items() for name in names}
    weekday = rf"(?:{_any(said['weekdays'])})\.?"
    one = rf"(?:(?:{_any(said['first'])})\b|\d{{1,2}}(?:{_any(said['endings'])})?(?![\d%]))"
    between = rf"(?:{GAP}(?:{_any([*said['between'], *said['weekdays']])})\b)*"
    fields = {
        "days": rf"(?:{weekday}{GAP})?{one}(?:(?:{between}{GAP}|\s?[-–]\s?){one})*",
        "month": rf"(?:{_any(months)})\b",
        "number": r"\d{1,2}",
        "year": YEAR,
        "weekday": weekday,
    }
    branches = [_branch(pattern, fields, place) for place, pattern in enumerate(said["patterns"])]
    return Language(re.compile(rf"(?<![\w,./-])(?:{'|'.join(branches)})(?!\w)"), months, tuple(said["first"]))


def _branch(pattern: str, fields: dict[str, str], place: int) -> str:
    """A pattern as a regular expression; a group of one name may stand once only, so each bears its place."""
    pieces = {f"{{{name}}}": f"(?P<{name}{place}>{field})" for name, field in fields.items()} | {" ": GAP}
    parts = re.split(r"(\{\w+\}| )", pattern)
    return "".join(pieces[part] if part.startswith(("{", " ")) else re.escape(part) for part in parts)


def _any(words: Any) -> str:
    """One of some words, the longest first; nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def without_days(text: str) -> str:
    """A text in which a mark stands for every day, so that its numbers are those of something else."""
    for day in days_in(text):
        if day.day or day.month:
            text = text[: day.start] + "," * (day.end - day.start) + text[day.end :]
    return text


@dataclass(frozen=True)
class Context:
    """When the text that is read came out, and what it speaks of takes place: what a day without a year means.

    >>> said = days_in("Le 12 janvier, puis jeudi 4.")
    >>> Context(("2021-11-02",)).says("2022-01-12", said), Context(("2021-11-02",)).says("2021-01-12", said)
    (True, False)
    """

    days: tuple[str, ...]

    def says(self, written: str, read: list[Day]) -> bool:
        """Is a date, as YYYY, YYYY-MM or YYYY-MM-DD, among the days that were read?"""
        year, month, day = (int(part) for part in (*written.split("-"), "0", "0")[:3])
        years = {one.year for one in read if one.year}
        if not month:
            return year in (years or {int(said[:4]) for said in self.days})
        return any(
            one.month in (month, None)
            and one.day in ((day,) if day else (one.day,))
            and (one.day or one.month)
            and (one.year == year if one.year else self._near(year, month, day, NEAR if one.month else THIS_MONTH))
            for one in read
        )

    def _near(self, year: int, month: int, day: int, most: int) -> bool:
        """A day without its year is near when the text came out, or in the year of what it speaks of."""
        written = date(year, month, day or 15)
        return any(
            abs((written - date.fromisoformat(said)).days) <= most if len(said) == 10 else said[:4] == str(year)
            for said in self.days
        )
