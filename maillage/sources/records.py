"""Rows of a source as typed records: the shape that every reader yields."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from maillage.errors import FileError, Finding, MaillageError, SourceError
from maillage.files import read_text, short_path
from maillage.sources.card import READING, Card, TableCard
from maillage.sources.cells import Value, cell_values
from maillage.sources.defaults import defaults
from maillage.sources.history import Ledger, RowDates, Younger, read_once
from maillage.sources.rows import ORIGIN, title_faults, titles
from maillage.sources.territories import find_referred, places
from maillage.terms import concept_iri


@dataclass(frozen=True)
class Record:
    """A row of a table: its place (for findings and evidence) and its typed values by column.

    `key_kind` is the kind of thing that its key names (organisation, event, participation…). `dates`: when its source
    gave it; None for what the project says of itself.
    """

    source: str
    table: str
    mapping: str
    graph: str
    key_kind: str
    key: str
    file: str
    line: int
    values: dict[str, list[Value]] = field(hash=False)
    dates: RowDates | None = None

    @property
    def place(self) -> str:
        """Where a reader finds the row: `organisations.csv:12`."""
        return f"{self.file.rsplit('/', 1)[-1]}:{self.line}"

    def texts(self, column: str) -> list[str]:
        return [value.text for value in self.values.get(column, [])]


def codes(record: Record) -> list[str]:
    """The codes of a body in registers, as `register=code`."""
    return [f"SIREN={text}" for text in record.texts("siren")] + record.texts("identifiers")


def passages_of(record: Record, columns: Collection[str] = ()) -> list[Value]:
    """The passages of some columns: those given for them by name, else those of the whole row."""
    passages = record.values.get("passages", [])
    own = [value for value in passages if value.column in columns and value.column]
    return own or [value for value in passages if not value.column] or passages


def read_records(card: Card, out: Path | None = None) -> tuple[list[Record], list[Finding]]:
    """Every row of every table of a source, and what is wrong with them; a faulty row is left out. A row that a
    fetched source no longer lists is among them, as it was last (see `RowDates.gone_on`).

    `out`: the folder that `maillage fetch` writes to. In a fetched source a faulty row is a warning, for nobody
    here can mend it. Raises `not-fetched`, `bad-query` or `bad-yaml` for such a source.
    """
    found = list(_read_copy(card, out) if card.fetch else _read_tables(card))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Finding)]


def _read_copy(card: Card, out: Path | None) -> Iterator[Record | Finding]:
    from maillage.sources.copies import fetched_folder

    copy = fetched_folder(out, card.name)
    for table, line, row, days in _rows_of(card, copy) if card.tables else ():  # long tables are not read: see `stream`
        for found in _read_cells(row, line, f"{card.name}/{table.rows_in}", card, table, *days):
            yield replace(found, severity="warning") if isinstance(found, Finding) else found


def _rows_of(card: Card, copy: Path) -> Iterator[tuple[TableCard, int, dict[str, str], tuple[RowDates, Younger]]]:
    """The rows of a copy, then those that it no longer has; a key that is in one table is gone from none."""
    from maillage.sources import sql

    ledgers = [(table, Ledger(copy, table.name, table.rows_in)) for table in card.tables]
    listed = set()
    with sql.open_copy(card, copy) as base:
        for table, ledger in ledgers:
            for line, row in sql.rows(base, table):
                listed.add(row["key"])
                yield table, line, row, (ledger.dates(row["key"]), ledger.younger(row["key"]))
    for table, ledger in ledgers:
        for key in sorted(ledger.gone.keys() - listed):
            listed.add(key)
            line, cells, dates = ledger.gone[key]
            yield table, line, sql.whole_row(cells, table), (dates, ledger.younger(key))


def read_referred(cards: Iterable[Card], records: list[Record], published: Iterable[tuple[str, str]]) -> list[Record]:
    """The rows of tables of territories (`referred:`) that some of `records` name, or whose IRI is published.

    Such a row lies within those alone that the graph then holds; its postcodes are for look-ups, and not said.
    """
    tables = [(card, table) for card in cards for table in card.tables if table.referred]
    sources = {card.name for card, _ in tables}
    known = {record.key for record in records if record.key_kind == "territory"}
    wanted = find_referred(_named_places(records) - known, [key for source, key in published if source in sources])
    found: list[Record | Finding] = []
    for place in places() if tables else ():
        for card, table in tables if place.key in wanted else ():
            if place.level in table.referred:
                row = place._asdict() | {"within": "|".join(key for key in place.within if key in known | wanted)}
                cells = {name: row.get(name, "") for name in table.names} | {"postcodes": "", "certainty": "stated"}
                found += _read_cells(cells, place.line, short_path(table.file), card, table, read_once(card), {})
    return [one for one in found if isinstance(one, Record)]


def _named_places(records: Iterable[Record]) -> set[str]:
    """What cells of territory say, but for those of territories and of their points."""
    rows = (record for record in records if record.key_kind not in ("territory", "point"))
    return {one.text for row in rows for values in row.values.values() for one in values if one.kind == "territory"}


def _read_tables(card: Card) -> Iterator[Record | Finding]:
    for table in (table for table in card.tables if not (table.referred or table.apart)):
        try:
            yield from _read_table(card, table)
        except FileError as error:
            yield error.at(short_path(table.file))


def _read_table(card: Card, table: TableCard) -> Iterator[Record | Finding]:
    reader = csv.reader(io.StringIO(read_text(table.file), newline=""))
    header = titles(next(reader), table.placed)
    file, expected = short_path(table.file), [*([ORIGIN] if table.placed else []), *table.names]
    faults = list(title_faults(header, file, expected))
    for name in (name for name in header if name not in expected):
        faults.append(SourceError("unknown-column", column=name, expected=", ".join(expected)).at(file, 1))
    yield from faults
    for cells in reader if not faults else ():
        yield from _read_row(cells, header, (file, reader.line_num), card, table)


def _read_row(
    cells: list[str], header: list[str], place: tuple[str, int], card: Card, table: TableCard
) -> Iterable[Record | Finding]:
    file, line = place
    if len(cells) != len(header):
        return [SourceError("wrong-cell-count", found=len(cells), expected=len(header)).at(file, line)]
    row = dict(zip(header, cells, strict=True))
    if table.placed:
        drawn_from, _, number = row.pop(ORIGIN).rpartition(":")
        if drawn_from and number.isdecimal():
            file, line = drawn_from, int(number)
    return _read_cells(row, line, file, card, table, read_once(card), {})


def _read_cells(
    row: dict[str, str], line: int, file: str, card: Card, table: TableCard, seen: RowDates, younger: Younger
) -> Iterable[Record | Finding]:
    values, faults = _type_cells(row, file, line, card, table)
    faults += _reading_faults(row, file, line)
    if faults:
        return faults
    values |= _least_sure(values)
    seen = replace(seen, since=_since(younger, card, table)) if younger else seen
    kind, key = (table.mapping, table.graph), row["key"]
    return [Record(card.name, table.name, *kind, table.key, key, file, line, values | defaults(table.key, card), seen)]


def _since(younger: Younger, card: Card, table: TableCard) -> dict[str, dict[Value, str]]:
    """The days of the values of a row that are younger than it, the values being typed as those of the row are."""
    return {
        column.name: {
            value: day
            for cell, day in younger[column.name].items()
            for value in cell_values(cell.strip(), replace(column, list_of=False), card.name)
        }
        for column in table.columns
        if column.name in younger
    }


def _type_cells(
    row: dict[str, str], file: str, line: int, card: Card, table: TableCard
) -> tuple[dict[str, list[Value]], list[Finding]]:
    values: dict[str, list[Value]] = {}
    faults: list[Finding] = []
    for column in table.columns:
        cell = row[column.name]
        try:
            if cell != cell.strip():
                raise SourceError("untrimmed-cell", value=cell)
            if not cell and (column.required or column.type == "id"):
                raise SourceError("empty-cell")
            values[column.name] = cell_values(cell, column, card.name)
        except MaillageError as error:
            faults.append(error.at(file, line, column.name))
    return values, faults


def _reading_faults(row: dict[str, str], file: str, line: int) -> Iterator[Finding]:
    """A reading that is not simply stated must say why; its columns must be columns of the row."""
    doubtful = [name for name in ("implied", "ambiguous") if row.get(name)]
    if row.get("certainty") in ("implied", "ambiguous"):
        doubtful.append(row["certainty"])
    if doubtful and not row.get("note"):
        yield SourceError("missing-reason", certainty=doubtful[0]).at(file, line, "note")
    named = [name for column in ("implied", "ambiguous") for name in row.get(column, "").split("|") if name]
    named += [item.partition("=")[0] for item in row.get("passages", "").split("|") if "=" in item]
    for name in (name for name in named if name not in row or name in READING):
        yield SourceError("unknown-column", column=name, expected=", ".join(row)).at(file, line)


def _least_sure(values: dict[str, list[Value]]) -> dict[str, list[Value]]:
    """`reading`: how sure the row is as a whole, that is, as its least sure column (for what the row makes one of)."""
    row = values.get("certainty", [])
    doubts = [name for name in ("ambiguous", "implied") if values.get(name)]
    if not row or not doubts or row[0].text.endswith("/ambiguous"):
        return {"reading": row}
    return {"reading": [Value("iri", concept_iri("certainty", doubts[0]))]}
