"""Carries the ledger of a source (`maillage.sources.history`) from its last good copy to the one that comes.

Both copies are read by the SELECTs of today, so that a SELECT that was rewritten ends nothing: only what the last copy
gives and the new one does not is gone. Rows stay in DuckDB. The steps are in `data/seen.sql`.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from maillage.errors import ArrivalError, Finding, FindingsError, MaillageError, SourceError
from maillage.files import asset, read_text, short_path
from maillage.sources.card import Card
from maillage.sources.copies import FileRecord
from maillage.sources.history import LEDGER, LEDGER_COLUMNS, first_day, last_day
from maillage.sources.sql import MEMORY, open_copy
from maillage.sources.stream import streams_of

SHARE = 0.25  # of the rows of a table: when more of them go at once, the copy is not taken unless it is accepted
FEW = 10  # rows that may go, whatever their share
COUNT_CHANGES = (
    'SELECT (SELECT count(*) FROM new ANTI JOIN old USING ("table", key)), '
    '(SELECT count(*) FROM old ANTI JOIN new USING ("table", key))'
)
ROWS = '("table" VARCHAR, key VARCHAR, line INTEGER, cells VARCHAR)'


@dataclass(frozen=True)
class Copy:
    folder: Path
    files: Mapping[str, FileRecord]


@dataclass(frozen=True)
class RowChanges:
    """How many rows a copy has that the last one had not, and the reverse."""

    came: int
    went: int


@dataclass(frozen=True)
class LedgerTable:
    """A table whose rows are followed. `lists`: its columns that hold a list; `dated`: are its values dated each?"""

    name: str
    file: Path
    rows_in: str
    lists: tuple[str, ...] = ()
    dated: bool = False


def ledger_tables(card: Card) -> list[LedgerTable]:
    """Those of a card that a SELECT makes; of a register with one claim a row, rows alone are dated."""
    own = []
    for table in (table for table in card.tables if table.file.is_file()):
        lists = tuple(column.name for column in table.columns if column.list_of)
        own.append(LedgerTable(table.name, table.file, table.rows_in, lists, not card.by_record))
    return own + [LedgerTable(stream.name, stream.file, stream.rows_in) for stream in streams_of(card)]


def carry(card: Card, last: Copy, new: Copy, accept: bool) -> RowChanges | None:
    """Lays the ledger of `new` in its folder, from that of `last` and the rows of both; says how many rows came and
    went, None where there is nothing to compare.

    `accept`: any number of rows may go. Raises FindingsError: `many-gone` by table, or why the new copy cannot be read.
    """
    before, tables = last.folder / LEDGER, ledger_tables(card)
    if not last.files or not tables:
        return None
    if all(name in last.files and last.files[name].checksum == file.checksum for name, file in new.files.items()):
        if before.is_file():
            shutil.copyfile(before, new.folder / LEDGER)
        return RowChanges(0, 0)
    with TemporaryDirectory() as aside, duckdb.connect() as base:
        base.execute(f"SET threads = 1; SET memory_limit = '{MEMORY}'; CREATE TABLE held ({LEDGER_COLUMNS})")
        if before.is_file():
            base.execute("INSERT INTO held FROM read_parquet(?)", [str(before)])
        _load(base, card, tables, last, Path(aside) / "old.parquet", "old")
        _load(base, card, tables, new, Path(aside) / "new.parquet", "new")
        base.execute('CREATE TABLE taken AS SELECT "table", last_seen AS day FROM new_day')
        base.execute('CREATE TABLE dated ("table" VARCHAR); CREATE TABLE listing ("table" VARCHAR, "column" VARCHAR)')
        for table in tables:
            if table.dated:
                base.execute("INSERT INTO dated VALUES (?)", [table.name])
            for column in table.lists:
                base.execute("INSERT INTO listing VALUES (?, ?)", [table.name, column])
        base.execute(read_text(asset("data") / "seen.sql"))
        if not accept and (faults := list(_loss_findings(base, card))):
            raise FindingsError(faults)
        base.execute(f"COPY (FROM seen ORDER BY ALL) TO '{_escape(new.folder / LEDGER)}' (FORMAT parquet)")
        return RowChanges(*(base.execute(COUNT_CHANGES).fetchone() or (0, 0)))


def _load(
    base: duckdb.DuckDBPyConnection, card: Card, tables: list[LedgerTable], copy: Copy, target: Path, name: str
) -> None:
    """The rows of a copy as `old` or `new`. What the SELECTs of today cannot read of the last copy is forgotten."""
    try:
        _write_rows(card, tables, copy.folder, target)
    except MaillageError as error:
        if name == "new":
            raise FindingsError([error.at("")]) from error
    days = {table.name: copy.files.get(table.rows_in) for table in tables}
    base.execute(f'CREATE TABLE {name}_day ("table" VARCHAR, first_seen VARCHAR, last_seen VARCHAR)')
    base.executemany(
        f"INSERT INTO {name}_day VALUES (?, ?, ?)",
        [[table, first_day(file), last_day(file)] for table, file in days.items()],
    )
    base.execute(f"CREATE TABLE {name}_row {ROWS}")
    if target.is_file():
        base.execute(f"INSERT INTO {name}_row FROM read_parquet(?)", [str(target)])
    rows = f'{name}_row JOIN {name}_day USING ("table")'
    base.execute(f"CREATE TABLE {name} AS SELECT {name}_row.*, first_seen, last_seen, last_seen AS day FROM {rows}")


def _write_rows(card: Card, tables: list[LedgerTable], folder: Path, target: Path) -> None:
    """The first row of each key of each table, with its cells as JSON, in one Parquet file."""
    with open_copy(card, folder, target.parent) as base:
        base.execute(f"CREATE TABLE found {ROWS}")
        for table in tables:
            asked = read_text(table.file).rstrip().rstrip(";")
            try:
                base.execute(f'CREATE TABLE "rows of {table.name}" AS {asked}')
                names = [row[0] for row in base.execute(f'DESCRIBE "rows of {table.name}"').fetchall()]
                base.execute(_insert_rows(table.name, [name for name in names if name != "line"]))
            except duckdb.Error as error:
                reason = str(error).strip().partition("\n")[0]
                raise SourceError("bad-query", file=short_path(table.file), reason=reason) from error
        base.execute(f"COPY found TO '{_escape(target)}' (FORMAT parquet)")


def _insert_rows(table: str, columns: list[str]) -> str:
    cells = ", ".join(f'"{name}" := trim(CAST("{name}" AS VARCHAR))' for name in columns)
    rows = f'SELECT CAST(key AS VARCHAR) AS key, line, to_json(struct_pack({cells})) AS cells FROM "rows of {table}"'
    return (
        f"INSERT INTO found SELECT '{table}', key, line, cells FROM ({rows}) WHERE key IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY key ORDER BY line, cells::VARCHAR) = 1"
    )


def _loss_findings(base: duckdb.DuckDBPyConnection, card: Card) -> Iterator[Finding]:
    lost = base.execute(
        'SELECT "table", count(*), count(*) FILTER (new.key IS NULL) FROM old LEFT JOIN new USING ("table", key) '
        "GROUP BY 1 ORDER BY 1"
    )
    most = float(card.fetch.get("most_gone", SHARE))
    for table, count, gone in lost.fetchall():
        if gone > FEW and gone > most * count:
            yield ArrivalError("many-gone", count=gone, total=count, share=f"{most:.0%}").at(f"{card.name}/{table}")


def _escape(path: Path) -> str:
    return str(path).replace("'", "''")
