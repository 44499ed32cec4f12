"""A sheet as it was written: cells as text, each with the place where a person finds it.

CSV is read as spreadsheets write it: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from maillage.errors import FileError, SheetError
from maillage.files import read_bytes, short_path

Place = tuple[str, int | None, str | None]  # file, line, column: as a finding takes them
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 20 << 20, 50_000, 200
DELIMITERS = ",;\t"
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True)
class Grid:
    """`lines`: the line or row number of each of `rows`, counted from 1; `first`: the number of their first column.

    `sheet` is the title of the sheet in a workbook, or the file's own name for a CSV file. `formulas`: the cells
    of a workbook that hold a formula, such as `B7`.
    """

    file: str
    sheet: str
    rows: list[list[str]]
    lines: list[int]
    first: int = 1
    workbook: bool = False
    formulas: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The file, with its sheet where there may be several."""
        return f"{self.file}, {self.sheet}" if self.workbook else self.file

    def cell(self, row: int, column: int) -> str:
        """`B7` for the cell of a workbook; both count from 0 in `rows`."""
        return f"{letters(column + self.first)}{self.lines[row]}"

    def place(self, row: int, column: int, title: str) -> Place:
        """`labo.xlsx, Organisations:B7` in a workbook, `labo.csv:7:nom` in a CSV file."""
        return (self.name, None, self.cell(row, column)) if self.workbook else (self.name, self.lines[row], title)


def letters(number: int) -> str:
    """The letters of a column of a workbook: 1 is A, 28 is AB."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def number(letters_: str) -> int:
    """The other way: A is 1, AB is 28."""
    found = 0
    for letter in letters_:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found


def read_text_file(path: Path) -> Grid:
    """Raises MissingFile, `empty-file`, `not-text` or `sheet-too-large`."""
    body = read_bytes(path)
    if len(body) > MOST_BYTES:
        raise SheetError("sheet-too-large", file=short_path(path), most=f"{MOST_BYTES >> 20} Mo / MB")
    text = decode_sheet(body, path)
    lines, rows = _rows(text, path)
    return Grid(path.name, path.stem, rows, lines)


def decode_sheet(body: bytes, path: Path) -> str:
    """The text of a file in UTF-8 or UTF-16 (by its mark), else in Windows-1252. Raises `empty-file` or `not-text`."""
    if not body.strip():
        raise FileError("empty-file", file=short_path(path))
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if body.startswith(mark)), None)
    for name in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileError("not-text", file=short_path(path))


def _rows(text: str, path: Path) -> tuple[list[int], list[list[str]]]:
    """The rows with the line where each begins; a row whose cells are all empty is kept, for its place."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    lines, rows, began = [], [], 1
    try:
        for cells in reader:
            lines.append(began)
            rows.append([cell.strip() for cell in cells])
            began = reader.line_num + 1
    except csv.Error as error:
        raise FileError("not-text", file=short_path(path)) from error
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise SheetError("sheet-too-large", file=short_path(path), most=f"{MOST_ROWS} × {MOST_COLUMNS}")
    return lines, rows


def delimiter(text: str) -> str:
    """The one that cuts the first written line into the most cells; a comma where none cuts it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))
