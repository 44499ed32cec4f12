"""CSV as spreadsheets write it: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252."""

import csv
import io
from pathlib import Path

from maillage.errors import FileError, SheetError
from maillage.files import read_bytes, short_path
from maillage.sources.sheet.grid import Grid

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 20 << 20, 50_000, 200
DELIMITERS = ",;\t"
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(path: Path) -> Grid:
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
