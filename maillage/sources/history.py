"""When a source was first and last seen to say what it says.

Beside the last good copy of a fetched source that has changed lies `seen.parquet`, the ledger that `fetch` carries
from copy to copy: a line a row (`column` empty) with its first day and, once the source no longer lists it, its last
day, the day it was found missing, and the row itself (`cells`, JSON); a line for each value that is younger than
its row, or that the row has lost. Days are those of the fetches (UTC). No ledger: all is as old as its file.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from maillage.errors import SourceError
from maillage.files import short_path
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.copies import FileRecord, read_record

LEDGER = "seen.parquet"
LEDGER_COLUMNS = (
    '"table" VARCHAR, key VARCHAR, "column" VARCHAR, value VARCHAR, first_seen VARCHAR, last_seen VARCHAR, '
    "gone_on VARCHAR, line INTEGER, cells VARCHAR"
)
Younger = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class RowDates:
    """Days (ISO 8601) on which a source was seen to give a row. `gone_on`: the one on which it no longer did, or "".

    `since`: column -> value -> the day from which it is seen, for values younger than the row.
    """

    first: str
    last: str
    gone_on: str = ""
    since: Mapping[str, Mapping[Value, str]] = field(default_factory=dict, hash=False)


def read_once(card: Card) -> RowDates:
    """Of a source that we wrote down ourselves: all of it was seen on the day of its card."""
    written = card.facts.get("read_on")
    day = date.fromisoformat(str(written)).isoformat() if written else ""
    return RowDates(day, day)


class Ledger:
    """The ledger of one table, in memory. Raises `bad-query` when its file cannot be read.

    `gone`: by key, the rows that its source no longer lists, as they were last: line, cells, days.
    """

    def __init__(self, copy: Path, table: str, rows_in: str) -> None:
        self._file = read_record(copy).get(rows_in)
        self._first: dict[str, str] = {}
        self._younger: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self.gone: dict[str, tuple[int, dict[str, str], RowDates]] = {}
        self._plain: dict[str, RowDates] = {}
        for key, column, value, first, last, gone, line, written in _lines(copy / LEDGER, table):
            if column is not None and not gone:
                self._younger[key][column][value] = first
            elif column is None and gone:
                cells = {name: str(cell).strip() for name, cell in json.loads(written).items() if cell is not None}
                self.gone[key] = line, cells, RowDates(first, last, gone)
            elif column is None:
                self._first[key] = first

    def younger(self, key: str) -> Younger:
        """Column -> value, as the file writes it -> the day from which the row has it, where that is later."""
        return self._younger.get(key, {})

    def dates(self, key: str) -> RowDates:
        """The days of a row that is in the copy; rows that share them share one object."""
        first = self._first.get(key) or first_day(self._file)
        return self._plain.setdefault(first, RowDates(first, last_day(self._file)))


def first_day(file: FileRecord | None) -> str:
    return file.first_fetched[:10] if file else ""


def last_day(file: FileRecord | None) -> str:
    return file.fetched_at[:10] if file else ""


def _lines(path: Path, table: str) -> Iterator[Any]:
    if not path.is_file():
        return
    columns = 'key, "column", value, first_seen, last_seen, gone_on, line, cells'
    asked = f'SELECT {columns} FROM read_parquet(?) WHERE "table" = ? ORDER BY key, "column", value'
    import duckdb

    try:
        with duckdb.connect() as base:
            found = base.execute(asked, [str(path), table])
            while batch := found.fetchmany(10_000):
                yield from batch
    except duckdb.Error as error:
        raise SourceError("bad-query", file=short_path(path), reason=str(error).strip().partition("\n")[0]) from error
