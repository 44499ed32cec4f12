"""The texts of the pages: the only reader of `visualize/locales/`. Plurals and dates in both languages."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import yaml

from maillage.errors import LANGUAGES
from maillage.files import asset, read_text

__all__ = ["LANGUAGES", "both", "explorer_texts", "number", "say", "section", "when"]

APART = ("difference", "ontology", "quality", "sentences", "synergies")  # sections with a file of their own


@cache
def _locale(lang: str, part: str = "") -> Mapping[str, Any]:
    card = yaml.safe_load(read_text(asset("visualize") / "locales" / f"{part}{lang}.yml"))
    found: dict[str, Any] = _typeset(card) if lang == "fr" else card
    return found


def _typeset(entry: Any) -> Any:
    """French puts an unbreakable space before double punctuation and inside quotation marks."""
    if isinstance(entry, dict):
        return {key: _typeset(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_typeset(value) for value in entry]
    if isinstance(entry, str):
        return re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", entry)
    return entry


def section(lang: str, name: str) -> Mapping[str, Any]:
    """All the texts of one part of the pages."""
    found: Mapping[str, Any] = _locale(lang, f"{name}." if name in APART else "")[name]
    return found


def explorer_texts(lang: str) -> Mapping[str, Any]:
    """The texts of the explorer, which its scripts fill in themselves."""
    return _locale(lang, "explorer.")


def say(lang: str, key: str, **values: object) -> str:
    """The text `section.key`, its braces filled; a text with two forms takes the one that fits `n`.

    >>> say("fr", "map.links", n=1)
    '1 lien'
    """
    part, _, name = key.partition(".")
    entry = section(lang, part)[name]
    if isinstance(entry, Mapping):
        entry = entry["one" if _is_one(lang, values["n"]) else "other"]
    shown = {k: number(v, lang) if isinstance(v, int) else v for k, v in values.items()}
    return str(entry).format(**shown)


def _is_one(lang: str, count: object) -> bool:
    return count in ((0, 1) if lang == "fr" else (1,))


def number(value: int, lang: str) -> str:
    """A whole number as people write it: 12 345 in French, 12,345 in English."""
    return f"{value:,}".replace(",", "\u202f" if lang == "fr" else ",")


def both(key: str, **values: object) -> dict[str, str]:
    """The text in every language."""
    return {lang: say(lang, key, **values) for lang in LANGUAGES}


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
        first = "1er" if lang == "fr" and day.day == 1 else str(day.day)
        words = [first, str(_locale(lang)["months"][day.month - 1]), str(day.year)]
        return " ".join(words[: len(words) - without])
    if len(parts) == 2:
        return f"{_locale(lang)['months'][int(parts[1]) - 1]} {parts[0]}"
    return written
