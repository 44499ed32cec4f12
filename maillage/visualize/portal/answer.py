"""An answer as its page shows it: names that lead to the page of what they name, addresses that lead to the web."""

from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any

from maillage.export.text import for_people, heading, plain
from maillage.table import BETWEEN, Cell, Table
from maillage.terms import ID, compact
from maillage.visualize.portal.thing import is_web
from maillage.visualize.portal.things import Things

MOST_ROWS = 1000  # of an answer on its page
_MOST_BYTES = 750_000  # of them and of what stands around them, in one of the two languages of a page
_ROW = 10
_CELL, _PAGE, _ADDRESS = 9, 23, 32  # bytes of the tags of a cell and of its links


@dataclass(frozen=True)
class Piece:
    """A text of a cell, the page of what it names, the address it stands for."""

    text: str
    page: str = ""
    address: str = ""


def answer_table(table: Table, things: Things, lang: str, around: int = 0) -> dict[str, list[Any]]:
    """`heads` and `rows`; a cell is one piece, or several where it is a list of addresses.

    The first rows where there are many, and the columns that people read: not those of things that nobody named
    (claims, passages…).
    """
    first, known = table.frame.head(MOST_ROWS).to_dicts(), []
    for name in for_people(table).names:
        cells = {str(row[name]) for row in first if row[name]} if table.column(name).kind == "iri" else set()
        if not cells or any(_piece(cell, things, lang).text for cell in cells):
            known.append(name)
    size, rows = around, list[list[list[Piece]]]()
    for row in first:
        line = [_pieces(name, table, row, things, lang) for name in known]
        size += _ROW + sum(map(_measure, chain(*line)))
        if size > _MOST_BYTES:
            break
        rows.append(line)
    return {"heads": [heading(name, lang) for name in known], "rows": rows}


def _measure(piece: Piece) -> int:
    links = _PAGE * bool(piece.page) + _ADDRESS * bool(piece.address)
    return _CELL + links + len(escape(f"{piece.text}{piece.page}{piece.address}").encode())


def _pieces(name: str, table: Table, row: dict[str, Cell], things: Things, lang: str) -> list[Piece]:
    text = plain(row[name])
    if (table.column(name).kind == "iri" and text) or text.startswith(ID):
        return [_piece(text, things, lang)]
    parts = text.split(BETWEEN)
    if all(is_web(part) for part in parts):
        return [_piece(part, things, lang) for part in parts]
    return [Piece(text, things.page(str(row.get(name.removesuffix("Label").removesuffix("Title")) or "")))]


def _piece(iri: str, things: Things, lang: str) -> Piece:
    """What people call it: its name, the site of an address, the short name of a term; "" for a thing without one."""
    if said := things.find_name(iri):
        return Piece(said[lang], things.page(iri))
    if is_web(iri):
        return Piece(iri.partition("://")[2].partition("/")[0], "", iri)
    short = compact(iri)
    return Piece("" if "://" in short else short)
