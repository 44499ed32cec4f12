"""A table for people: what its columns are called; for a terminal, aligned by the width that characters take there."""

import re
import textwrap
import unicodedata

from maillage.credit.notice import ON_SCREEN, Credit
from maillage.locales import table as texts
from maillage.table import BETWEEN, Cell, Column, Table
from maillage.terms import BASE, compact

GAP = "  "
SUFFIXES = ("Label", "Title")


def write(table: Table, credit: Credit, width: int | None = None) -> bytes:
    """Aligned columns, or a block a row where `width` (of the terminal) is too small for them; then the credits.

    Nothing is cut. IRIs that another column names are left out; every other format keeps them.
    """
    shown = for_people(table)
    titles = [heading(name, credit.lang) for name in shown.names]
    rows = [[_cell(row[column.name], column) for column in shown.columns] for row in shown.rows()]
    lines = [titles, *rows]
    widths = [max(wide(line[place]) for line in lines) for place in range(len(titles))]
    fits = width is None or sum(widths) + len(GAP) * (len(widths) - 1) <= width
    body = _align(lines, widths, shown.columns) if fits else _blocks(titles, rows, width or 0)
    return "\n".join([*body, "", credit.text(None if width is None else ON_SCREEN)]).encode()


def _align(lines: list[list[str]], widths: list[int], columns: tuple[Column, ...]) -> list[str]:
    written = []
    for line in lines:
        blanks = (" " * (size - wide(cell)) for cell, size in zip(line, widths, strict=True))
        whole = zip(line, blanks, columns, strict=True)
        padded = (blank + cell if column.kind == "number" else cell + blank for cell, blank, column in whole)
        written.append(GAP.join(padded).rstrip())
    return [written[0], GAP.join("─" * size for size in widths), *written[1:]]


def _blocks(titles: list[str], rows: list[list[str]], width: int) -> list[str]:
    """Each row as a numbered block of `title  value`, long values folded under themselves."""
    margin = max((wide(title) for title in titles), default=0)
    number = len(str(len(rows)))
    lines: list[str] = []
    for count, row in enumerate(rows, 1):
        mark = str(count).rjust(number)
        for title, cell in zip(titles, row, strict=True):
            if cell:
                head = f"{mark}{GAP}{title}{' ' * (margin - wide(title))}{GAP}"
                lines += _fold(head, cell, width)
                mark = " " * number
        lines.append("")
    return lines


def _fold(head: str, cell: str, width: int) -> list[str]:
    room = max(width - wide(head), 20)
    held = cell.replace(BETWEEN, "\xa0| ")  # no line begins with a bar, nor is one alone on its line
    pieces = textwrap.wrap(held, room, break_long_words=False, break_on_hyphens=False)
    margins = [head, *[" " * wide(head)] * (len(pieces) - 1)]
    return [margin + piece.replace("\xa0|", " |") for margin, piece in zip(margins, pieces, strict=True)]


def _cell(cell: Cell, column: Column) -> str:
    """A cell for people: an IRI of the graph without its base, one of a vocabulary by its prefixed name."""
    text = plain(cell)
    return compact(text).removeprefix(BASE) if column.kind == "iri" else text


def plain(cell: Cell) -> str:
    """A cell on one line, without the control characters that could move a terminal's cursor."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cf"))


def wide(text: str) -> int:
    """How many terminal cells a text takes: none for a combining mark, two for a wide character."""
    seen = [char for char in text if not unicodedata.combining(char) and unicodedata.category(char) != "Me"]
    return len(seen) + sum(unicodedata.east_asian_width(char) in "WF" for char in seen)


def heading(column: str, lang: str) -> str:
    """The title of a column: `partnerRoleLabel` is "rôle du partenaire"; its words apart where nobody named it."""
    base = re.sub(rf"({'|'.join(SUFFIXES)})$", "", column)
    spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", base).lower()
    return str(texts("columns", lang).get(base, spoken))


def for_people(table: Table) -> Table:
    """The table without the IRIs that another column names (`body` beside `bodyLabel`)."""
    named = {column.removesuffix(suffix) for suffix in SUFFIXES for column in table.names if column.endswith(suffix)}
    return table.select([name for name in table.names if name not in named])
