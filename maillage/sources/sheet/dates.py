"""Dates as people write them, as year, month or day of ISO 8601. Two figures are never taken for a year."""

import re
from datetime import date

from maillage.errors import Phrase, SourceError
from maillage.terms import fold

MONTHS = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)
ORDERS = {"day-first": "dmy", "month-first": "mdy"}
ISO = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?(?:[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)?)?")  # a workbook adds the hour
FIGURES = re.compile(r"(?:(\d\d?)[/.-])?(\d\d?)[/.-](\d{4})")
WORDS = re.compile(r"(?:(\d\d?)(?: ?er)? )?([a-z]+) (\d{4})")


def read(text: str, order: str = "day-first") -> str:
    """`12/03/2024`, `mars 2024`, `1er mars 2024`, `2024`, `2024-03-12 00:00:00`: `2024-03-12`, `2024-03`…

    `order`: which of two figures is the day (`day-first` or `month-first`). Raises `bad-cell`.
    """
    try:
        found = _parts(text, ORDERS[order])
        if found is None:
            raise ValueError(text)
        year, month, day = found
        date(year, month or 1, day or 1)
    except ValueError:
        raise SourceError("bad-cell", value=text, wanted=Phrase("sheet-date")) from None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    """Year, month, day, 0 for what is not said; None for what is no date. Raises ValueError for a written zero."""
    if found := ISO.fullmatch(text):
        return int(found[1]), _figure(found[2]), _figure(found[3])
    if found := FIGURES.fullmatch(text):
        first, second = _figure(found[1]), _figure(found[2])
        day, month = (first, second) if order == "dmy" or not first else (second, first)
        return int(found[3]), month, day
    if found := WORDS.fullmatch(fold(text)):
        month = next((number for number, names in enumerate(MONTHS, 1) if found[2] in names), 0)
        return (int(found[3]), month, _figure(found[1])) if month else None
    return None


def _figure(text: str | None) -> int:
    """0 for what is not said; a written zero is no date."""
    if text is not None and not int(text):
        raise ValueError(text)
    return int(text or 0)
