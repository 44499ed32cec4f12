"""Rows that speak of bodies by a code: those whose body this build holds, and how many are left out."""

from collections import Counter
from dataclasses import replace

from maillage.errors import Finding, MaillageError
from maillage.sources.card import Card, TableCard
from maillage.sources.cells import Value
from maillage.sources.index import Index
from maillage.sources.records import Record


def drop_unknown_codes(records: list[Record], cards: list[Card]) -> tuple[list[Record], list[Finding]]:
    """The rows without the codes that no body of the build bears, and without the rows that then lack what they need.

    A body is not said to be the parent of itself, which two codes of one body would make it.
    """
    tables = {(card.name, table.name): table for card in cards for table in card.tables if _has_codes(table)}
    if not tables:
        return records, []
    index, kept, lost = Index(records), [], Counter[str]()
    for record in records:
        table = tables.get((record.source, record.table))
        left = _without_unknown(record, index) if table else record
        if table and not all(left.values.get(column.name) for column in table.columns if column.required):
            lost[record.source] += 1
        else:
            kept.append(left)
    return kept, [
        MaillageError("not-held", count=lost[name], source=name).at(name, severity="info") for name in sorted(lost)
    ]


def _has_codes(table: TableCard) -> bool:
    return any(column.type == "code" for column in table.columns)


def _without_unknown(record: Record, index: Index) -> Record:
    own = {index.target(value) for value in record.values.get("thing", []) if value.kind == "code"}

    def is_known(column: str, value: Value) -> bool:
        target = index.target(value) if value.kind == "code" else ()
        return target is not None and (column == "thing" or target not in own)

    values = {name: [value for value in cells if is_known(name, value)] for name, cells in record.values.items()}
    return replace(record, values=values)
