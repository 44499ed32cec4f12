"""The rows of a CSV file: of ours, by title (each title once, none missing), or of a list that somebody brings."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maillage.errors import FileError, Finding, FindingsError, SourceError
from maillage.files import read_text, short_path, write_whole

ORIGIN = "_place"  # the column of a kept sheet that says where a row was drawn from; no table has one of that name
_SEPARATORS = ",;\t|"  # of a list
_NEVER = "\x1f"  # the unit separator of ASCII: no list of names holds it
_FORMER = "place"  # what it was called before 0.1.0, which is also a column of events

DECISION = ("a", "b", "decision", "decided_by", "date", "reason")  # the columns of decisions of identity


def read_rows(path: Path, needed: Iterable[str] = (), placed: bool = False) -> list[tuple[int, dict[str, str]]]:
    """Each row with the line where it ends. `placed`: the first column says where rows were drawn from.

    Raises MissingFile, `not-text`, or FindingsError for a title that is missing or stands twice.
    """
    lines = csv.reader(io.StringIO(read_text(path), newline=""))
    header = titles(next(lines, []), placed)
    if faults := list(title_faults(header, short_path(path), needed)):
        raise FindingsError(faults)
    return [(lines.line_num, dict(zip(header, cells, strict=False))) for cells in lines if cells]


def to_csv(rows: Iterable[Iterable[object]], separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def format_csv(columns: Collection[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as such a file; a column that a row lacks is empty."""
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue().encode()


def titles(header: list[str], placed: bool) -> list[str]:
    return [ORIGIN, *header[1:]] if placed and header[:1] == [_FORMER] else header


def title_faults(header: Sequence[str], file: str, needed: Iterable[str]) -> Iterator[Finding]:
    for name in needed:
        if name not in header:
            yield SourceError("missing-column", column=name, found=", ".join(header)).at(file, 1)
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield SourceError("repeated-column", column=name).at(file, 1)


def length_faults(header: Sequence[str], file: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Finding]:
    for line, cells in rows:
        if len(cells) != len(header):
            yield SourceError("wrong-cell-count", found=len(cells), expected=len(header)).at(file, line)


@dataclass(frozen=True)
class Listing:
    """A list kept whole, columns added on the right. `rows` hold every cell as it was written; `separator` is the one
    the file uses (comma, semicolon, tab, bar), and is written back.
    """

    path: Path
    header: list[str]
    rows: list[list[str]]
    separator: str

    def column(self, name: str | None) -> list[str]:
        """The cells of a column, trimmed; empty ones for None. Raises `no-column`."""
        if name is None:
            return ["" for _ in self.rows]
        if name not in self.header:
            raise FileError("no-column", file=short_path(self.path), column=name, found=", ".join(self.header))
        place = self.header.index(name)
        return [row[place].strip() for row in self.rows]

    def write(self, target: Path, added: Sequence[str], cells: Sequence[Sequence[object]]) -> None:
        """Writes the list with columns `added`. Raises `taken-column`, `output-is-input` or CannotWrite."""
        taken = [name for name in added if name in self.header]
        if taken:
            raise FileError("taken-column", file=short_path(self.path), column=taken[0])
        if target.resolve() == self.path.resolve():
            raise FileError("output-is-input", file=short_path(self.path))
        rows = ([*row, *new] for row, new in zip(self.rows, cells, strict=True))
        write_whole(target, to_csv([[*self.header, *added], *rows], self.separator).encode())


def read_listing(path: Path) -> Listing:
    """Reads a list; blank lines are left out. Raises a FileError, or FindingsError for rows of a wrong length.

    A file whose first line has no separator is one column: the commas of its names need no quotes.
    """
    text, file = read_text(path), short_path(path)
    first = text.lstrip().split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator if separator in first else _NEVER)
    try:
        table = [(lines.line_num, row) for row in lines if row]
    except csv.Error as error:
        raise FileError("not-text", file=file) from error
    header, rows = [name.strip() for name in table[0][1]], table[1:]
    if faults := [*title_faults(header, file, ()), *length_faults(header, file, rows)]:
        raise FindingsError(faults)
    return Listing(path, header, [row for _, row in rows], separator)
