"""The texts of the pages, typeset; numbers, plurals and dates as the grammar of each language has them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from maillage import locales
from maillage.locales import LANGUAGES

Value = TypeVar("Value")


def _typeset(entry: Any, lang: str) -> Any:
    """An unbreakable space before double punctuation and inside quotation marks, where the language spaces them."""
    if isinstance(entry, dict):
        return {key: _typeset(value, lang) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_typeset(value, lang) for value in entry]
    if isinstance(entry, str) and _grammar(lang)["spaced"]:
        return re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", entry)
    return entry


@cache
def _grammar(lang: str) -> Any:
    return locales.section(lang, "grammar", "", "")


@cache
def section(lang: str, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _typeset(locales.section(lang, name, "", ""), lang)
    return found


@cache
def explorer_texts(lang: str) -> Mapping[str, Any]:
    """The texts of the explorer, which its scripts fill in themselves."""
    found: Mapping[str, Any] = _typeset(dict(locales.table("explorer", lang)), lang)
    return found


def say(lang: str, key: str, **values: object) -> str:
    """The text `section.key`, its braces filled; a text with two forms takes the one that fits `n`.

    >>> say("fr", "map.links", n=1)
    '1 lien'
    """
    part, _, name = key.partition(".")
    entry = section(lang, part)[name]
    if isinstance(entry, Mapping):
        entry = entry["one" if values["n"] in _grammar(lang)["one"] else "other"]
    return str(entry).format(**{k: number(v, lang) if isinstance(v, int) else v for k, v in values.items()})


def number(value: int, lang: str) -> str:
    """A whole number as people write it: 12 345 in French, 12,345 in English."""
    return f"{value:,}".replace(",", _grammar(lang)["thousands"])


def both(key: str, **values: object) -> dict[str, str]:
    return {lang: say(lang, key, **values) for lang in LANGUAGES}


def unify(said: Mapping[str, Value]) -> Value | dict[str, Value]:
    """One value where every language says the same."""
    first, *others = said.values()
    return first if all(value == first for value in others) else dict(said)


def when(start: str, end: str, lang: str) -> str:
    """A date or a period in words; each end is a day, a month or a year, or nothing.

    >>> when("2021-11-02", "2021-11-30", "fr")
    '2 – 30 novembre 2021'
    """
    if not start or not end or start == end:
        return _day(start or end, lang)
    one, other = _day(start, lang), _day(end, lang)
    for shared in (8, 5):
        if start[:shared] == end[:shared] and len(start) == len(end) == 10:
            one = _day(start, lang, without=1 if shared == 5 else 2)
            break
    return f"{one} – {other}"


def _day(written: str, lang: str, without: int = 0) -> str:
    """A date in words, less its last words (the year, then the month) where a period says them once."""
    parts = written.split("-")
    if len(parts) == 3:
        day = date.fromisoformat(written)
        first = _grammar(lang)["first"] if day.day == 1 else str(day.day)
        words = [first, str(_grammar(lang)["months"][day.month - 1]), str(day.year)]
        return " ".join(words[: len(words) - without])
    if len(parts) == 2:
        return f"{_grammar(lang)['months'][int(parts[1]) - 1]} {parts[0]}"
    return written
