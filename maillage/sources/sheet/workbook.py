"""An Excel workbook: values by Polars (fastexcel), after a look at the archive, which may be a trap.

What is checked before: the size once unpacked, the extent of each sheet (a lone cell in the last corner makes a
reader reserve the whole rectangle), and which cells hold a formula, of which a reader shows the last value only.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from maillage.errors import SheetError
from maillage.files import read_bytes, short_path
from maillage.sources.decompression import BROKEN_ZIP
from maillage.sources.sheet.grid import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Grid, number

if TYPE_CHECKING:
    import fastexcel

MOST_UNPACKED = 200 << 20
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# What the reader of XML raises when a part is not what it says is among them.
WORKBOOK_ERRORS = (*BROKEN_ZIP, struct.error, ElementTree.ParseError, LookupError, OSError, ValueError)
Extent = tuple[int, frozenset[str]]  # the first column that holds something, and the cells that hold a formula
ZIP_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read(path: Path) -> list[Grid]:
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
    if any(part.compress_type not in ZIP_METHODS for part in archive.infolist()):
        raise zipfile.BadZipFile(path.name)
    if archive.testzip():  # a part that is not as long as it says
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
