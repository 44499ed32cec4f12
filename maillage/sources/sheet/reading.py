"""A cell that a person wrote, as the standard tables hold it: concept keys, ISO dates, territory keys."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maillage.errors import Phrase, SheetError, SourceError
from maillage.ontology import concepts, labels
from maillage.sources.card import ColumnCard
from maillage.sources.cells import KEY, cell_values, nearest
from maillage.sources.sheet import dates
from maillage.sources.sheet.existing import Territories
from maillage.sources.sheet.wording import LONGEST, LONGEST_NAME, refuse
from maillage.terms import fold, slug

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
            "date": lambda text, _: dates.read(text, manner.dates),
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
