"""A list that somebody brings: a CSV file with commas, semicolons or tabs, kept whole, columns added on the right."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maillage.errors import FindingsError, NoColumn, OutputIsInput, TakenColumn, WrongCellCount
from maillage.files import read_text, shown, write_whole

_SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class Listing:
    """`rows` hold every cell as it was written; `separator` is the one the file uses, and is written back."""

    path: Path
    header: list[str]
    rows: list[list[str]]
    separator: str

    def column(self, name: str | None) -> list[str]:
        """The cells of a column, trimmed; empty ones for None. Raises NoColumn."""
        if name is None:
            return ["" for _ in self.rows]
        if name not in self.header:
            raise NoColumn(file=shown(self.path), column=name, found=", ".join(self.header))
        place = self.header.index(name)
        return [row[place].strip() for row in self.rows]

    def write(self, target: Path, added: Sequence[str], cells: Sequence[Sequence[object]]) -> None:
        """Writes the list with columns `added`. Raises TakenColumn, OutputIsInput or CannotWrite."""
        taken = [name for name in added if name in self.header]
        if taken:
            raise TakenColumn(file=shown(self.path), column=taken[0])
        if target.resolve() == self.path.resolve():
            raise OutputIsInput(file=shown(self.path))
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.separator, lineterminator="\n")
        writer.writerow([*self.header, *added])
        writer.writerows([*row, *new] for row, new in zip(self.rows, cells, strict=True))
        write_whole(target, text.getvalue().encode())


def read_listing(path: Path) -> Listing:
    """Reads a list; blank lines are left out. Raises a FileError, or FindingsError for rows of a wrong length."""
    text = read_text(path)
    separator = max(_SEPARATORS, key=text.lstrip().split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header, rows, faults = [name.strip() for name in next(reader)], [], []
    for row in reader:
        if len(row) == len(header):
            rows.append(row)
        elif any(row):
            faults.append(WrongCellCount(found=len(row), expected=len(header)).at(shown(path), reader.line_num))
    if faults:
        raise FindingsError(faults)
    return Listing(path, header, rows, separator)
