"""The rows of a CSV file of ours, by title: each title once, none missing."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from maillage.errors import Finding, FindingsError, SourceError
from maillage.files import read_text, short_path

ORIGIN = "_place"  # the column of a kept sheet that says where a row was drawn from; no table has one of that name
_FORMER = "place"  # what it was called before 0.1.0, which is also a column of events


def read_rows(path: Path, needed: Iterable[str] = (), placed: bool = False) -> list[tuple[int, dict[str, str]]]:
    """Each row with the line where it ends. `placed`: the first column says where rows were drawn from.

    Raises MissingFile, `not-text`, or FindingsError for a title that is missing or stands twice.
    """
    lines = csv.reader(io.StringIO(read_text(path), newline=""))
    header = titles(next(lines, []), placed)
    if faults := list(title_faults(header, short_path(path), needed)):
        raise FindingsError(faults)
    return [(lines.line_num, dict(zip(header, cells, strict=False))) for cells in lines if cells]


def csv_bytes(columns: Collection[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as such a file; a column that a row lacks is empty."""
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue().encode()


def titles(header: list[str], placed: bool) -> list[str]:
    return [ORIGIN, *header[1:]] if placed and header[:1] == [_FORMER] else header


def title_faults(header: Sequence[str], file: str, needed: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with the first line of a table."""
    for name in needed:
        if name not in header:
            yield SourceError("missing-column", column=name, found=", ".join(header)).at(file, 1)
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield SourceError("repeated-column", column=name).at(file, 1)
