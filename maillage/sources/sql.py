"""The tables of a fetched source: each a SELECT (DuckDB) over its files as they came, `data/<source>/<table>.sql`.

The SELECT sees a relation a file, called by the file's name. A JSON or YAML file has one row a record: `line`
(its number from 1), `key` (where records are held by name) and `record` (JSON); so has a calendar (see
`calendar`), a page with the events it holds (see `embedded`) and an archive of pages (see `front_matter`). A CSV
file has its own columns, all text, and `line`. Tables of correspondence that lie in the folder of the card
(`crosswalks:`) are relations too.
It gives text by column as a curated table would hold it (lists with `|` between the items), and `line`: the
record that the row lies in.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import yaml

from maillage.errors import FileError, SourceError
from maillage.files import asset, read_text, short_path
from maillage.sources import front_matter, schema_org
from maillage.sources.card import Card, TableCard
from maillage.sources.copies import usual_path
from maillage.sources.history import LEDGER, LEDGER_COLUMNS

LARGEST = 1 << 24  # bytes of one record in JSON
MEMORY = "1GB"
BATCH = 10_000  # rows held at a time
CSV = "read_csv(?, all_varchar = true, header = true, nullstr = '', strict_mode = true)"
CONVERTED_SUFFIXES = ("html", "ics", "yaml", "yml", "zip")
READERS = {
    "list": f"read_json_objects(?, format = 'array', maximum_object_size = {LARGEST})",
    "lines": "read_json_objects(?, format = 'newline_delimited')",
}

DEEP = """(SELECT NULL AS key, unnest(from_json(content::JSON -> ?, '["JSON"]')) AS record FROM read_text(?))"""
BY_KEY = """(SELECT unnest(map_keys(held)) AS key, unnest(map_values(held)) AS record
  FROM (SELECT (content::JSON -> ?)::MAP(VARCHAR, JSON) AS held FROM read_text(?)))"""


@contextmanager
def open_copy(card: Card, copy: Path, target: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The files of a copy as relations; nothing else of the machine can be read from a SELECT.

    `target`: a folder that can still be written to. Raises `bad-query` or `bad-yaml` when a file is not what the card
    says.
    """
    with duckdb.connect() as base, tempfile.TemporaryDirectory() as folder:
        base.execute(f"SET threads = 1; SET memory_limit = '{MEMORY}'")
        base.execute(read_text(asset("data") / "macros.sql"))
        for name, spec in card.fetch["files"].items():
            _load(base, copy / name, name, str(spec.get("records") or usual_path(name, spec)), Path(folder))
        for name in card.facts.get("crosswalks") or ():
            base.execute(_create(name, CSV), [str(card.folder / name)])
        if card.facts.get("streams"):
            _load_ledger(base, copy / LEDGER)
        base.execute("SET allowed_directories = ?", [[str(target)] if target else []])
        base.execute("SET enable_external_access = false")
        yield base


def _load_ledger(base: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The rows of the ledger of long tables, as the relation `ledger`."""
    base.execute(f"CREATE TABLE ledger ({LEDGER_COLUMNS})")
    if path.is_file():
        base.execute('INSERT INTO ledger FROM read_parquet(?) WHERE "column" IS NULL', [str(path)])


def _create(name: str, relation: str, columns: str = "*") -> str:
    return f'CREATE TABLE "{name}" AS SELECT row_number() OVER () AS line, {columns} FROM {relation}'


def _load(base: duckdb.DuckDBPyConnection, path: Path, name: str, records: str, folder: Path) -> None:
    suffix = path.name.removesuffix(".gz").rpartition(".")[2]
    if suffix in CONVERTED_SUFFIXES:
        path, records = _convert(path, suffix, records, folder)
    try:
        if suffix == "csv":
            base.execute(_create(name, CSV), [str(path)])
        elif suffix == "jsonl":
            base.execute(_create(name, READERS["lines"], "json AS record"), [str(path)])
        else:
            _load_json(base, path, name, records)
    except duckdb.Error as error:
        raise SourceError("bad-query", file=short_path(path), reason=_first_line(error)) from error


def _convert(path: Path, suffix: str, records: str, folder: Path) -> tuple[Path, str]:
    """A file that DuckDB does not read, as JSON in another folder, and where its records lie there."""
    if suffix in ("yml", "yaml"):
        return _as_json(path, folder), records
    if suffix == "ics":
        from maillage.sources import calendar

        return calendar.as_json(path, folder), ""
    return (front_matter.as_json(path, records, folder) if suffix == "zip" else schema_org.as_json(path, folder)), ""


def _load_json(base: duckdb.DuckDBPyConnection, path: Path, name: str, records: str) -> None:
    """A list of records at the root is read as it flows; one that lies deeper, or an object of records, whole."""
    if not records and _begins(path) == "[":
        base.execute(_create(name, READERS["list"], "json AS record"), [str(path)])
        return
    where = "$" + "".join(f'."{step}"' for step in records.split(".") if step)
    kind = base.execute("SELECT json_type(content::JSON, ?) FROM read_text(?)", [where, str(path)]).fetchone()
    read = DEEP if kind == ("ARRAY",) else BY_KEY
    base.execute(_create(name, read, "key, record"), [where, str(path)])


def _begins(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as lines:
        return next((line.lstrip()[:1] for line in lines if line.strip()), "")


def _as_json(path: Path, folder: Path) -> Path:
    try:
        content = yaml.safe_load(read_text(path))
    except yaml.YAMLError as error:
        raise FileError("bad-yaml", file=short_path(path), reason=" ".join(str(error).split())) from error
    target = folder / f"{path.name}.json"
    target.write_text(json.dumps(content, ensure_ascii=False, default=str), encoding="utf-8")
    return target


def rows(base: duckdb.DuckDBPyConnection, table: TableCard) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table as (line, text by column), columns that the SELECT leaves out being empty.

    Raises `bad-query` when the SELECT cannot run or gives a column that the card does not have.
    """
    try:
        found = base.execute(read_text(table.file))
        names = [column[0] for column in found.description]
        _refuse_foreign(names, table)
        while batch := found.fetchmany(BATCH):
            for values in batch:
                yield _row(names, values, table)
    except duckdb.Error as error:
        raise SourceError("bad-query", file=short_path(table.file), reason=_first_line(error)) from error


def _refuse_foreign(names: list[str], table: TableCard) -> None:
    foreign = [name for name in names if name not in (*table.names, "line")]
    if foreign or "line" not in names:
        reason = f"{', '.join(foreign) or 'line'} ; {', '.join(table.names)}, line"
        raise SourceError("bad-query", file=short_path(table.file), reason=reason)


def _row(names: list[str], values: tuple[Any, ...], table: TableCard) -> tuple[int, dict[str, str]]:
    given = {name: "" if value is None else str(value).strip() for name, value in zip(names, values, strict=True)}
    return int(given.pop("line")), whole_row(given, table)


def whole_row(cells: Mapping[str, str], table: TableCard) -> dict[str, str]:
    """The row of a table with every column of its card, those that `cells` lacks being empty, and certainty stated."""
    row = {name: cells.get(name, "") for name in table.names}
    if "certainty" in row:
        row["certainty"] = row["certainty"] or "stated"
    return row


def _first_line(error: duckdb.Error) -> str:
    return str(error).strip().partition("\n")[0]
