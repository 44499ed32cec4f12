"""The tables of a source that are too long to become records: typed by the card, checked and counted in DuckDB.

The section `streams:` of a card has a table a SELECT (`data/<source>/<table>.sql`, see `queried`). Each column says,
besides its type, the `predicate` of its statements; `names` is the kind of thing that a reference leads to,
`register` the register that a code is of.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from maillage.errors import Finding, Phrase, SourceError
from maillage.files import read_text, short_path
from maillage.ontology import concepts
from maillage.sources import sql
from maillage.sources.card import Card
from maillage.sources.cells import KEY
from maillage.sources.copies import FileRecord, fetched_folder, read_record
from maillage.sources.history import first_day, last_day

DAYS = ("first_seen", "last_seen", "gone_on")
PATTERNS = {
    "id": KEY.pattern,
    "thing": KEY.pattern,
    "text": r"(?s)\S|\S.*\S",
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "integer": r"-?\d+",
}


@dataclass(frozen=True)
class StreamColumn:
    name: str
    type: str
    predicate: str = ""
    lang: str = ""
    list: str = ""
    names: str = ""
    register: str = ""


@dataclass(frozen=True)
class Stream:
    """`rules`: do the rules that read one thing alone run on its rows?"""

    name: str
    file: Path
    rows_in: str
    key: str
    classes: tuple[str, ...]
    columns: tuple[StreamColumn, ...]
    rules: bool = False


def streams_of(card: Card) -> tuple[Stream, ...]:
    """The long tables of a source, none for most."""
    found: dict[str, Any] = card.facts.get("streams") or {}
    return tuple(
        Stream(
            name=name,
            file=card.folder / f"{name}.sql",
            rows_in=spec["rows_in"],
            key=spec["key"],
            classes=tuple(spec["class"]),
            columns=tuple(_column(column, facts) for column, facts in spec["columns"].items()),
            rules=bool(spec.get("rules")),
        )
        for name, spec in found.items()
    )


def _column(name: str, facts: Any) -> StreamColumn:
    return StreamColumn(name, **facts) if isinstance(facts, dict) else StreamColumn(name, str(facts))


@contextmanager
def open_streams(
    card: Card, out: Path, territories: Collection[str]
) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[Finding]]]:
    """Each long table as a relation of its name (`line`, text by column, `first_seen`, `last_seen`, and `gone_on` for
    a row that its source no longer lists), with what was wrong with it.

    A row with a faulty cell is left out, as is a territory that is none of `territories`; each told once a column.
    Raises `not-fetched`, `bad-query` or `bad-yaml`.
    """
    copy = fetched_folder(out, card.name)
    files = read_record(copy)
    with sql.open_copy(card, copy) as base:
        base.execute("CREATE TABLE held_territory (key VARCHAR)")
        if territories:
            base.execute("INSERT INTO held_territory SELECT unnest(?)", [sorted(territories)])
        faults = [
            fault for stream in streams_of(card) for fault in _create(base, card, stream, files.get(stream.rows_in))
        ]
        yield base, faults


def _create(base: duckdb.DuckDBPyConnection, card: Card, stream: Stream, file: FileRecord | None) -> list[Finding]:
    try:
        base.execute(f'CREATE TABLE "{stream.name}" AS {read_text(stream.file).rstrip().rstrip(";")}')
        found = base.execute(f'DESCRIBE "{stream.name}"').fetchall()
        _complete(base, stream, {row[0] for row in found})
        _date(base, stream, file)
    except duckdb.Error as error:
        raise SourceError(
            "bad-query", file=short_path(stream.file), reason=str(error).strip().partition("\n")[0]
        ) from error
    return [fault for column in stream.columns for fault in _check_column(base, card, stream, column)]


def _date(base: duckdb.DuckDBPyConnection, stream: Stream, file: FileRecord | None) -> None:
    """Adds the days of each row, and the rows that its source no longer lists, from the ledger."""
    for name in DAYS:
        base.execute(f'ALTER TABLE "{stream.name}" ADD COLUMN {name} VARCHAR')
    base.execute(f'UPDATE "{stream.name}" SET first_seen = ?, last_seen = ?', [first_day(file), last_day(file)])
    kept = f"\"table\" = '{stream.name}'"
    base.execute(
        f'UPDATE "{stream.name}" AS row SET first_seen = ledger.first_seen FROM ledger '
        f"WHERE {kept} AND ledger.key = row.key AND ledger.gone_on IS NULL AND ledger.first_seen <> row.first_seen"
    )
    names = ", ".join(f'"{column.name}"' for column in stream.columns)
    cells = ", ".join(f"cells ->> '$.{column.name}'" for column in stream.columns)
    base.execute(
        f'INSERT INTO "{stream.name}" ({names}, line, {", ".join(DAYS)}) '
        f"SELECT {cells}, line, {', '.join(DAYS)} FROM ledger "
        f'WHERE {kept} AND gone_on IS NOT NULL AND key NOT IN (SELECT key FROM "{stream.name}") ORDER BY key'
    )


def _complete(base: duckdb.DuckDBPyConnection, stream: Stream, given: set[str]) -> None:
    """A column that the SELECT leaves out is empty; one that the card lacks is an error."""
    names = {column.name for column in stream.columns}
    if foreign := sorted(given - names - {"line"}):
        raise SourceError(
            "bad-query", file=short_path(stream.file), reason=f"{', '.join(foreign)} ; {', '.join(sorted(names))}, line"
        )
    for name in sorted(names - given):
        base.execute(f'ALTER TABLE "{stream.name}" ADD COLUMN "{name}" VARCHAR')


def _check_column(base: duckdb.DuckDBPyConnection, card: Card, stream: Stream, column: StreamColumn) -> list[Finding]:
    wrong, values = _wrong(column)
    if not wrong:
        return []
    asked = f'SELECT count(*), min(line), min_by("{column.name}", line) FROM "{stream.name}" WHERE {wrong}'
    count, line, cell = base.execute(asked, values).fetchone() or (0, 0, "")
    if not count:
        return []
    emptied = column.type == "territory"
    change = f'UPDATE "{stream.name}" SET "{column.name}" = NULL' if emptied else f'DELETE FROM "{stream.name}"'
    base.execute(f"{change} WHERE {wrong}", values)
    return [_error(column, f"{cell} ({count})").at(f"{card.name}/{stream.rows_in}", line, column.name, "warning")]


def _error(column: StreamColumn, cell: str) -> Any:
    if column.type in ("territory", "concept"):
        return SourceError("unknown-reference", value=cell, nearest="-")
    wanted = PATTERNS[column.type]
    return SourceError("bad-cell", value=cell, wanted=Phrase("cell-pattern", pattern=wanted))


def _wrong(column: StreamColumn) -> tuple[str, list[Any]]:
    """The condition under which a cell is not of its type, and its values; none for a type that nothing can break."""
    name = f'"{column.name}"'
    if column.type == "concept":
        return f"{name} IS NOT NULL AND NOT list_contains(?, {name})", [sorted(concepts(column.list))]
    if column.type == "territory":
        return f"{name} IS NOT NULL AND {name} NOT IN (SELECT key FROM held_territory)", []
    if column.type not in PATTERNS:
        return "", []
    empty = f"{name} IS NULL OR " if column.type == "id" else ""
    return f"{empty}NOT regexp_full_match({name}, ?)", [PATTERNS[column.type]]
