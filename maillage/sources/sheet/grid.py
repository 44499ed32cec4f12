"""A sheet as it was written: cells as text, each with the place where a person finds it."""

from dataclasses import dataclass

Place = tuple[str, int | None, str | None]  # file, line, column: as a finding takes them


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

    def row_place(self, row: int) -> str:
        return f"{self.name}:{self.lines[row]}"


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
