"""Markdown (GitHub's, CommonMark with tables), to paste into a note, an issue, a wiki: for people.

A cell is one line; what Markdown would take for its own (a bar, a star, an angle bracket…) is escaped.
"""

import re

from maillage.credit.notice import Credit
from maillage.export.text import for_people, heading, plain
from maillage.table import Cell, Column, Table

_OWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINK = re.compile(r"https?://[^\s<>|]+")


def write(table: Table, credit: Credit) -> bytes:
    """One table, numbers to the right, then licence and credits as a list."""
    shown = for_people(table)
    titles = [_escape(heading(name, credit.lang)) for name in shown.names]
    rules = ["--:" if column.kind == "number" else "---" for column in shown.columns]
    rows = [[_cell(row[column.name], column) for column in shown.columns] for row in shown.rows()]
    lines = [f"| {' | '.join(cells)} |" for cells in (titles, rules, *rows)]
    credits = [f"- {_escape(line)}" for line in credit.text().splitlines() if line]
    return "\n".join([*lines, "", *credits, ""]).encode()


def _cell(cell: Cell, column: Column) -> str:
    """An address is a link; everything else is text."""
    text = plain(cell)
    return f"<{text}>" if column.kind == "iri" and _LINK.fullmatch(text) else _escape(text)


def _escape(text: str) -> str:
    return _OWN.sub(r"\\\1", text)
