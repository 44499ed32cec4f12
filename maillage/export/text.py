"""A table for a terminal: columns aligned by the width that characters take on the screen."""

import unicodedata

from maillage.export.credit import Credit
from maillage.table import Cell, Column, Table

GAP, LEAST = "  ", 6


def write(table: Table, credit: Credit, width: int | None = None) -> bytes:
    """Aligned columns, then the credits. Cells are cut only when `width` (of the terminal) is given."""
    rows = [[plain(cell) for cell in row.values()] for row in table.rows()]
    lines = [table.names, *rows]
    widths = [max((wide(line[place]) for line in lines), default=0) for place in range(len(table.names))]
    if width is not None:
        widths = _narrowed(widths, width)
    shown = [_line(line, widths, table.columns) for line in lines]
    rule = GAP.join("─" * size for size in widths)
    return "\n".join([shown[0], rule, *shown[1:], "", credit.text()]).encode()


def plain(cell: Cell) -> str:
    """A cell on one line, without the control characters that could move a terminal's cursor."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    spaced = " ".join(text.split())
    return "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf"))


def wide(text: str) -> int:
    """How many terminal cells a text takes: none for a combining mark, two for a wide character."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Me":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Takes width from the widest column, one cell at a time, until all fit or none can give more."""
    widths = list(widths)
    while sum(widths) + len(GAP) * (len(widths) - 1) > room and max(widths, default=0) > LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: list[str], widths: list[int], columns: tuple[Column, ...]) -> str:
    padded = (_padded(*both) for both in zip(cells, widths, columns, strict=True))
    return GAP.join(padded).rstrip()


def _padded(cell: str, size: int, column: Column) -> str:
    cut = _cut(cell, size)
    blank = " " * (size - wide(cut))
    return blank + cut if column.kind == "number" else cut + blank


def _cut(text: str, size: int) -> str:
    if wide(text) <= size:
        return text
    kept = ""
    for char in text:
        if wide(kept) + _cells(char) > size - 1:
            break
        kept += char
    return f"{kept}…"
