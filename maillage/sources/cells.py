"""A cell of a table, read as the card types it, before any RDF."""

import difflib
import re
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from maillage.errors import MaillageError, Phrase, SourceError
from maillage.ontology import concepts
from maillage.sources.card import ColumnCard
from maillage.terms import XSD

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z][A-Z0-9-]*=\S+")
POSTAL = re.compile(r"\d{5}( \S.*)?")
REFERENCE = re.compile(rf"(?:{KEY.pattern}:)?{KEY.pattern}")


@dataclass(frozen=True, slots=True)
class Value:
    """One typed value. `kind`: text, literal, iri, or a reference resolved later (thing, territory, passage; own: a
    thing of a `key_kind` that the project itself names; code: the body that bears it, as `register=code`).

    Of a thing or a passage `text` is the key, in `source`; `column`: that of the row which a passage bears on, if one.
    """

    kind: str
    text: str
    _: KW_ONLY
    lang: str = ""
    datatype: str = ""
    source: str = ""
    column: str = ""
    key_kind: str = ""


def cell_values(cell: str, column: ColumnCard, source: str) -> list[Value]:
    """The values of a cell, none when it is empty. Raises a SourceError without a place."""
    if not cell:
        return []
    items = cell.split("|") if column.list_of or column.type in ("passages", "columns") else [cell]
    return [READERS[column.type](item.strip(), column, source) for item in items]


def nearest(value: str, known: list[str], most: int = 3) -> str:
    """The known names closest to a value, or the first ones where none is close, for an error's cure."""
    return ", ".join(difflib.get_close_matches(value, known, most, 0.5) or sorted(known)[:most])


def _bad(value: str, wanted: Phrase) -> MaillageError:
    return SourceError("bad-cell", value=value, wanted=wanted)


def _text(cell: str, column: ColumnCard, _: str) -> Value:
    return Value("text", cell, lang=column.lang or "")


def _key(cell: str, _column: ColumnCard, source: str) -> Value:
    if not KEY.fullmatch(cell):
        raise _bad(cell, Phrase("cell-identifier"))
    return Value("thing", cell, source=source)


def _thing(cell: str, _column: ColumnCard, source: str) -> Value:
    if not REFERENCE.fullmatch(cell):
        raise _bad(cell, Phrase("cell-reference"))
    other, _, key = cell.rpartition(":")
    return Value("thing", key, source=other or source)


def _territory(cell: str, _column: ColumnCard, _source: str) -> Value:
    if not KEY.fullmatch(cell) and not POSTAL.fullmatch(cell):
        raise _bad(cell, Phrase("cell-territory"))
    return Value("territory", cell)


def _code(cell: str, _column: ColumnCard, _source: str) -> Value:
    if not CODE.fullmatch(cell):
        raise _bad(cell, Phrase("cell-code"))
    return Value("code", cell)


def _date(cell: str, _column: ColumnCard, _source: str) -> Value:
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", cell)
    try:
        if parts is None:
            raise ValueError(cell)
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        raise _bad(cell, Phrase("cell-date")) from None
    name = "date" if parts[3] else "gYearMonth" if parts[2] else "gYear"
    return Value("literal", cell, datatype=XSD + name)


def _integer(cell: str, _column: ColumnCard, _source: str) -> Value:
    if not re.fullmatch(r"-?\d+", cell):
        raise _bad(cell, Phrase("cell-whole-number"))
    return Value("literal", str(int(cell)), datatype=f"{XSD}integer")


def _decimal(cell: str, _column: ColumnCard, _source: str) -> Value:
    try:
        number = Decimal(cell)
        if not number.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise _bad(cell, Phrase("cell-number")) from None
    # Without idle zeros, as a store writes it back: a mapping that hands it on must be seen to do so.
    return Value("literal", f"{(number + 0).normalize():f}", datatype=f"{XSD}decimal")


def _boolean(cell: str, _column: ColumnCard, _source: str) -> Value:
    if cell not in ("yes", "no"):
        raise _bad(cell, Phrase("cell-yes-or-no"))
    return Value("literal", "true" if cell == "yes" else "false", datatype=f"{XSD}boolean")


def _iri(cell: str, _column: ColumnCard, _source: str) -> Value:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", cell):
        raise _bad(cell, Phrase("cell-address"))
    return Value("iri", cell)


def _concept(cell: str, column: ColumnCard, _source: str) -> Value:
    known = concepts(column.list or "certainty")
    if cell not in known:
        raise SourceError("unknown-reference", value=cell, nearest=nearest(cell, list(known)))
    return Value("iri", known[cell])


def _language(cell: str, _column: ColumnCard, _source: str) -> Value:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", cell):
        raise _bad(cell, Phrase("cell-language"))
    return Value("text", cell)


def _passage(cell: str, _column: ColumnCard, source: str) -> Value:
    column, _, named = cell.rpartition("=")
    return replace(_thing(named, _column, source), kind="passage", column=column)


def _column_name(cell: str, _column: ColumnCard, _source: str) -> Value:
    return Value("text", cell)


READERS: dict[str, Callable[[str, ColumnCard, str], Value]] = {
    "id": _key,
    "text": _text,
    "date": _date,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "iri": _iri,
    "concept": _concept,
    "thing": _thing,
    "territory": _territory,
    "code": _code,
    "language": _language,
    "certainty": _concept,
    "passages": _passage,
    "columns": _column_name,
}
