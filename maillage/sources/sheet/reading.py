"""A cell that a person wrote, as the standard tables hold it: concept keys, ISO dates, territory keys."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from maillage.errors import MaillageError, PersonalCell, Phrase, SheetError, SourceError
from maillage.ontology import concepts, labels
from maillage.sources.card import ColumnCard
from maillage.sources.cells import KEY, cell_values, nearest
from maillage.sources.sheet.existing import Territories
from maillage.terms import fold, slug

LONGEST, LONGEST_NAME = 1000, 200
TURNS = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"}  # Unicode's bidi controls
UNSEEN = {*"\u200b\u2060\ufeff\u00ad"}
EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.[\w.-]*\w", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w/.-])(?:\+33|0033|0)\s?(?:\(0\)\s?)?[1-9](?:[ .-]?\d{2}){4}(?![\w-])")
PERSONAL = re.compile(
    r"\b(e ?mails?|mails?|courriels?|adresse (mail|electronique)|tel|telephones?|phones?|mobiles?|portables?|contacts?"
    r"|prenoms?|first name|last name|surname|nom de famille|interlocuteurs?|interlocutrices?|referente?s?|responsables?"
    r"|correspondante?s?|date de naissance|personnes?|persons?)\b"
)


def refuse(text: str, longest: int = LONGEST) -> None:
    """Raises `formula-cell`, `hostile-text`, `text-too-long` or PersonalCell, without a place."""
    if text.startswith("="):
        raise SheetError("formula-cell")
    if found := fault(text):
        raise SheetError("hostile-text", what=found)
    if len(text) > longest:
        raise SheetError("text-too-long", length=len(text), most=longest)
    if EMAIL.search(text):
        raise PersonalCell(what=Phrase("person-address"))
    if PHONE.search(text):
        raise PersonalCell(what=Phrase("person-phone"))


def fault(text: str) -> Phrase | None:
    """The hidden sign that a text holds; line ends and tabs are spaces."""
    for sign in text:
        name = f"U+{ord(sign):04X}"
        if sign in TURNS:
            return Phrase("sign-turning", sign=name)
        if sign in UNSEEN:
            return Phrase("sign-unseen", sign=name)
        if unicodedata.category(sign) in ("Cc", "Cs", "Co") and sign not in "\n\r\t":
            meant = _repair_sign(sign)
            return Phrase("sign-mistaken", sign=name, meant=meant) if meant else Phrase("sign-of-command", sign=name)
    return None


def _repair_sign(sign: str) -> str:
    """What a sign of Windows-1252 was before something took it for Latin-1; nothing for another sign."""
    return sign.encode("latin-1", "ignore").decode("cp1252", "ignore") if "\x80" <= sign <= "\x9f" else ""


def personal_title(title: str) -> bool:
    """Whether the title of a column announces a person, or how to reach one."""
    return PERSONAL.search(fold(title)) is not None


def personal(text: str) -> bool:
    """Whether a text holds an e-mail address or a phone number."""
    try:
        refuse(text)
    except PersonalCell:
        return True
    except MaillageError:
        return False
    return False


MONTHS = """
    janvier janv january jan, fevrier fevr fev february feb, mars march mar, avril avr april apr, mai may,
    juin june jun, juillet juil july jul, aout august aug, septembre sept september sep, octobre oct october,
    novembre nov november, decembre dec december
"""
ORDERS = {"day-first": "dmy", "month-first": "mdy"}
ISO = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?(?:[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)?)?")  # a workbook adds the hour
FIGURES = re.compile(r"(?:(\d\d?)[/.-])?(\d\d?)[/.-](\d{4})")
WORDS = re.compile(r"(?:(\d\d?)(?: ?er)? )?([a-z]+) (\d{4})")


def read_date(text: str, order: str = "day-first") -> str:
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
        month = next((number for number, names in enumerate(MONTHS.split(","), 1) if found[2] in names.split()), 0)
        return (int(found[3]), month, _figure(found[1])) if month else None
    return None


def _figure(text: str | None) -> int:
    """0 for what is not said; a written zero is no date."""
    if text is not None and not int(text):
        raise ValueError(text)
    return int(text or 0)


SEPARATORS = ";|\n"
YES, NO = {"oui", "yes", "vrai", "true", "1"}, {"non", "no", "faux", "false", "0"}


@dataclass(frozen=True)
class Manner:
    """How a table is written: what stands between the items of a cell, and which figure of a date is the day."""

    separators: str = SEPARATORS
    dates: str = "day-first"


class Reader:
    """Reads the cells of a table, all but those that name another row (type `thing`), which stay as they are."""

    def __init__(self, territories: Territories, manner: Manner) -> None:
        self._territories, self._manner = territories, manner
        self._by_type: dict[str, Callable[[str, ColumnCard], str]] = {
            "concept": _concept,
            "date": lambda text, _: read_date(text, manner.dates),
            "boolean": _boolean,
            "id": _key,
        }

    def read(self, text: str, column: ColumnCard, beside: Sequence[str] = ()) -> str:
        """The text that the standard table holds; what stands `beside` the cell tells territories of one name apart.

        Raises a SheetError or a SourceError, without a place.
        """
        refuse(text, LONGEST_NAME if column.name in ("name", "key") else LONGEST)
        if column.name == "siren":
            return siren(text)
        items = self._items(text, column)
        if column.type == "territory":
            return "|".join(dict.fromkeys(self._territories.key(item, beside) for item in items))
        read = self._by_type.get(column.type)
        if read is None:
            for item in items:
                _ = cell_values(item, column, "") if column.type not in ("thing", "text") else ()
            return "|".join(items)
        return "|".join(dict.fromkeys(read(item, column) for item in items))

    def changes(self, text: str, column: ColumnCard, beside: Sequence[str]) -> list[SheetError]:
        """Of the territories that a cell names (see `read`), those that are no longer called so."""
        items = self._items(text, column) if column.type == "territory" else []
        found = (self._territories.change(item, self._territories.key(item, beside)) for item in items)
        return [error for error in found if error]

    def _items(self, text: str, column: ColumnCard) -> list[str]:
        separators = f"[{re.escape(self._manner.separators)}]"
        items = re.split(separators, text) if column.list_of else [text]
        return [" ".join(item.split()) for item in items if item.strip()]


def _concept(text: str, column: ColumnCard) -> str:
    """The key of the concept that bears this label, in French or in English, or this key."""
    known = concepts(column.list or "")
    named = {fold(name): key for key, iri in known.items() for name in (*labels(iri).values(), key)}
    if fold(text) in named:
        return named[fold(text)]
    names = {fold(labels(iri)["fr"]): labels(iri)["fr"] for iri in known.values()}
    close = nearest(fold(text), list(names), 5)
    raise SourceError("unknown-reference", value=text, nearest=", ".join(names[name] for name in close.split(", ")))


def _key(text: str, _: ColumnCard) -> str:
    if not KEY.fullmatch(slug(text)):
        raise SheetError("no-key", value=text)
    return slug(text)


def _boolean(text: str, _: ColumnCard) -> str:
    if fold(text) in YES | NO:
        return "yes" if fold(text) in YES else "no"
    raise SourceError("bad-cell", value=text, wanted=Phrase("sheet-yes-or-no"))


def siren(text: str) -> str:
    """Nine digits whose last one is right (Luhn's formula, as the INSEE has it). Raises `bad-cell`."""
    digits = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"[0-9]{9}", digits) or not _luhn(digits):
        raise SourceError("bad-cell", value=text, wanted=Phrase("sheet-siren"))
    return digits


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
