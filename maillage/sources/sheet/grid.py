"""A sheet as it was written: cells as text, each with the place where a person finds it.

CSV is read as spreadsheets write it: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252. A workbook is read by
Polars (fastexcel), after a look at the archive, which may be a trap. What is checked before: the size once unpacked,
the extent of each sheet (a lone cell in the last corner makes a reader reserve the whole rectangle), and which cells
hold a formula, of which a reader shows the last value only.
"""

import csv
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from maillage.errors import FileError, SheetError
from maillage.files import read_bytes, short_path
from maillage.sources.parsing import BROKEN_ZIP

if TYPE_CHECKING:
    import fastexcel

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


MOST_UNPACKED = 200 << 20
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# What the reader of XML raises when a part is not what it says is among them.
WORKBOOK_ERRORS = (*BROKEN_ZIP, struct.error, ElementTree.ParseError, LookupError, OSError, ValueError)
Extent = tuple[int, frozenset[str]]  # the first column that holds something, and the cells that hold a formula
ZIP_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_workbook(path: Path) -> list[Grid]:
    """A grid for each sheet that is not empty.

    Raises MissingFile, `not-workbook`, `sheet-too-large`, or ModuleNotFoundError where fastexcel is not installed.
    """
    import fastexcel

    if len(body := read_bytes(path)) > MOST_BYTES:
        raise SheetError("sheet-too-large", file=short_path(path), most=f"{MOST_BYTES >> 20} Mo / MB")
    extents = _extents(path)
    try:
        book = fastexcel.read_excel(body)
        found = [_grid(path, book, name, extents[name]) for name in book.sheet_names if name in extents]
    except fastexcel.FastExcelError as error:
        raise SheetError("not-workbook", file=short_path(path)) from error
    return [grid for grid in found if grid.rows]


def _grid(path: Path, book: "fastexcel.ExcelReader", title: str, extent: Extent) -> Grid:
    sheet = book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
    rows = [[(cell or "").strip() for cell in row] for row in sheet.to_polars().rows()]
    return Grid(path.name, title, rows, list(range(1, len(rows) + 1)), extent[0], True, extent[1])


def _extents(path: Path) -> dict[str, Extent]:
    """By the title of the sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive, path)
            found = {title: _extent(archive, part, path) for title, part in _parts(archive)}
    except WORKBOOK_ERRORS as error:
        raise SheetError("not-workbook", file=short_path(path)) from error
    if not found:
        raise SheetError("not-workbook", file=short_path(path))
    return found


def _refuse_bomb(archive: zipfile.ZipFile, path: Path) -> None:
    if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
        raise SheetError("sheet-too-large", file=short_path(path), most=f"{MOST_UNPACKED >> 20} Mo / MB")
    foreign = any(part.compress_type not in ZIP_METHODS for part in archive.infolist())
    if foreign or archive.testzip():  # a part that is not as long as it says
        raise zipfile.BadZipFile(path.name)


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The title of each sheet and its part of the archive."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets[sheet.get(RELATION)]
        yield sheet.get("name", ""), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _extent(archive: zipfile.ZipFile, part: str, path: Path) -> Extent:
    columns, formulas = [1 << 20], []
    with archive.open(part) as body:
        for _, node in ElementTree.iterparse(body):
            if node.tag == f"{MAIN}c" and len(node):  # a cell that is only dressed holds nothing
                row, column = _at(node.get("r", ""))
                if row > MOST_ROWS or column > MOST_COLUMNS:
                    most = f"{MOST_ROWS} × {MOST_COLUMNS} ({node.get('r')})"
                    raise SheetError("sheet-too-large", file=short_path(path), most=most)
                columns.append(column)
                if node.find(f"{MAIN}f") is not None:
                    formulas.append(node.get("r", ""))
            elif node.tag == f"{MAIN}row":
                node.clear()
    return min(columns), frozenset(formulas)


def _at(reference: str) -> tuple[int, int]:
    """`B7` -> 7, 2. A cell may leave its place unsaid: such a file is none that a spreadsheet writes."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference)
    if not found:
        raise zipfile.BadZipFile(reference)
    return int(found[2]), number(found[1])
