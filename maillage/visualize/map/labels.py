"""What is written beside a body on a map: two short lines at most, reviewed by a person.

The only reader of `visualize/map-labels.csv`, where `|` parts the lines. What has no row there is cut by the drawing.
"""

import csv
import io
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from maillage.errors import Finding, Phrase, SourceError
from maillage.files import asset, read_text, short_path
from maillage.terms import thing_iri

LINES, LETTERS = 2, 23

Row = dict[str, str]


def map_labels() -> dict[str, tuple[str, ...]]:
    """The lines of each reviewed label, by the IRI of its body."""
    return _labels_of(asset("visualize"))


@cache
def _labels_of(_folder: Path) -> dict[str, tuple[str, ...]]:
    return {thing_iri(row["body"]): tuple(row["label"].split("|")) for _, row in _rows()}


def findings(known: Collection[str]) -> list[Finding]:
    """What is wrong with the file. `known`: the IRIs that were published."""
    file, first, found = short_path(asset("visualize") / "map-labels.csv"), dict[tuple[str, str], int](), []
    for line, row in _rows():
        found += [fault.at(file, line, column) for column, fault in _faults(row, known)]
        for column, value in row.items():
            if (other := first.setdefault((column, value), line)) != line:
                found.append(SourceError("duplicate-key", key=value, other=f"{file}:{other}").at(file, line, column))
    return found


def _faults(row: Row, known: Collection[str]) -> Iterator[tuple[str, SourceError]]:
    lines = row["label"].split("|")
    if thing_iri(row["body"]) not in known:
        yield "body", SourceError("unknown-reference", value=row["body"], nearest="graph/identifiers.csv")
    if len(lines) > LINES or not all(0 < len(line) <= LETTERS and line == line.strip() for line in lines):
        wanted = Phrase("cell-label", lines=LINES, letters=LETTERS)
        yield "label", SourceError("bad-cell", value=row["label"], wanted=wanted)


def _rows() -> list[tuple[int, Row]]:
    path = asset("visualize") / "map-labels.csv"
    if not path.exists():
        return []
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    return [(reader.line_num, row) for row in reader]
