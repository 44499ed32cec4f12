"""A cell of a table, read as the card types it, before any RDF."""

import difflib
import re
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from maillage.errors import Phrase, SourceError
from maillage.ontology import concepts
from maillage.sources.card import ColumnCard
from maillage.sources.territories import POSTAL
from maillage.terms import XSD

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TERRITORY = re.compile(rf"{KEY.pattern}|{POSTAL.pattern}")
REFERENCE = re.compile(rf"(?:{KEY.pattern}:)?{KEY.pattern}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


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


def find_concept(slug: str, scheme: str, written: object = None) -> str:
    """The IRI of a concept of a list. Raises `unknown-reference`, which shows what is `written` for it."""
    known = concepts(scheme)
    if slug not in known:
        raise SourceError("unknown-reference", value=written or slug, nearest=nearest(slug, list(known)))
    return known[slug]


def _check(cell: str, pattern: str | re.Pattern[str], wanted: Phrase) -> str:
    """The cell itself, where the whole of it fits. Raises `bad-cell`."""
    if not re.fullmatch(pattern, cell):
        raise SourceError("bad-cell", value=cell, wanted=wanted)
    return cell


def _thing(cell: str, _column: ColumnCard, source: str) -> Value:
    other, _, key = _check(cell, REFERENCE, Phrase("cell-reference")).rpartition(":")
    return Value("thing", key, source=other or source)


def _date(cell: str, _column: ColumnCard, _source: str) -> Value:
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", cell)
    try:
        if parts is None:
            raise ValueError(cell)
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        raise SourceError("bad-cell", value=cell, wanted=Phrase("cell-date")) from None
    name = "date" if parts[3] else "gYearMonth" if parts[2] else "gYear"
    return Value("literal", cell, datatype=XSD + name)


def _integer(cell: str, _column: ColumnCard, _source: str) -> Value:
    number = int(_check(cell, r"-?\d+", Phrase("cell-whole-number")))
    return Value("literal", str(number), datatype=f"{XSD}integer")


def _decimal(cell: str, _column: ColumnCard, _source: str) -> Value:
    try:
        number = Decimal(cell)
        if not number.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise SourceError("bad-cell", value=cell, wanted=Phrase("cell-number")) from None
    # Without idle zeros, as a store writes it back: a mapping that hands it on must be seen to do so.
    return Value("literal", f"{(number + 0).normalize():f}", datatype=f"{XSD}decimal")


def _boolean(cell: str, _column: ColumnCard, _source: str) -> Value:
    said = _check(cell, "yes|no", Phrase("cell-yes-or-no"))
    return Value("literal", "true" if said == "yes" else "false", datatype=f"{XSD}boolean")


def _concept(cell: str, column: ColumnCard, _source: str) -> Value:
    return Value("iri", find_concept(cell, column.list or "certainty"))


def _passage(cell: str, _column: ColumnCard, source: str) -> Value:
    column, _, named = cell.rpartition("=")
    return replace(_thing(named, _column, source), kind="passage", column=column)


READERS: dict[str, Callable[[str, ColumnCard, str], Value]] = {
    "id": lambda cell, _, source: Value("thing", _check(cell, KEY, Phrase("cell-identifier")), source=source),
    "text": lambda cell, column, _: Value("text", cell, lang=column.lang or ""),
    "date": _date,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "iri": lambda cell, *_: Value("iri", _check(cell, r"https?://[^\s<>\"{}|\\^`]+", Phrase("cell-address"))),
    "concept": _concept,
    "thing": _thing,
    "territory": lambda cell, *_: Value("territory", _check(cell, TERRITORY, Phrase("cell-territory"))),
    "code": lambda cell, *_: Value("code", _check(cell, r"[A-Z][A-Z0-9-]*=\S+", Phrase("cell-code"))),
    "language": lambda cell, *_: Value("text", _check(cell, LANGUAGE, Phrase("cell-language"))),
    "certainty": _concept,
    "passages": _passage,
    "columns": lambda cell, *_: Value("text", cell),
}
