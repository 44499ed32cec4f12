"""A table as an Excel workbook: the rows, then a sheet with the licence and the credits.

Every text is written as text, so that a name beginning with `=`, `+`, `-` or `@` never becomes a formula.
"""

import io
from datetime import UTC, datetime
from typing import Any

from maillage.credit.notice import Credit
from maillage.errors import MachineError
from maillage.table import Cell, Table

LONGEST = 32_767  # characters that Excel takes in a cell
CREATION_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that the same rows give the same bytes
WIDEST, SAMPLE = 60, 200


def write(table: Table, credit: Credit) -> bytes:
    """Raises `missing-extra` where XlsxWriter is not installed."""
    body = io.BytesIO()
    workbook = _workbook(body)
    workbook.set_properties({"created": CREATION_DATE, "comments": credit.text()})
    bold = workbook.add_format({"bold": True})
    _data(workbook.add_worksheet(credit.word("data")), table, bold)
    _credits(workbook.add_worksheet(credit.word("sheet")), credit, bold)
    workbook.close()
    return body.getvalue()


def _workbook(body: io.BytesIO) -> Any:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MachineError("missing-extra", package="XlsxWriter", extra="excel") from error
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(body, {"in_memory": True, **inert})


def _data(sheet: Any, table: Table, bold: Any) -> None:
    rows = table.rows()
    sheet.write_row(0, 0, table.names, bold)
    for place, name in enumerate(table.names):
        longest = max([len(name), *(len(str(row[name] or "")) for row in rows[:SAMPLE])])
        sheet.set_column(place, place, min(longest + 2, WIDEST))
        for line, row in enumerate(rows, 1):
            _cell(sheet, line, place, row[name])
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(table.names) - 1)


def _cell(sheet: Any, line: int, place: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(line, place, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(line, place, cell)
    elif cell is not None:
        sheet.write_string(line, place, cell[:LONGEST])


def _credits(sheet: Any, credit: Credit, bold: Any) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 100)
    for line, (heading, text) in enumerate(credit.pairs()):
        sheet.write_string(line, 0, heading, bold)
        sheet.write_string(line, 1, text)
