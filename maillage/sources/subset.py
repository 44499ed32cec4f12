"""A build of some sources only: what their rows say of the sources left out is left out with them."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from maillage.sources.card import Card, card_folder, card_names
from maillage.sources.cells import Value
from maillage.sources.records import Record


def chosen(names: Collection[str] | None) -> list[str]:
    """The sources to build, sorted, by name or by the path of their folder; all of `data/` when nobody chose.

    Raises UnknownSource.
    """
    for name in names or ():
        card_folder(name)
    return card_names() if names is None else sorted(set(names))


def left_out(names: Collection[str]) -> frozenset[str]:
    return frozenset(card_names()) - set(names)


def cut(records: Iterable[Record], cards: list[Card]) -> list[Record]:
    """The rows without their references to sources left out, and without the rows that then lack what they need."""
    every, absent = list(records), left_out([card.name for card in cards])
    if not absent:
        return every
    territories = {record.key for record in every if record.key_kind == "territory"}
    needed = {
        (card.name, table.name): {column.name for column in table.columns if column.required}
        for card in cards
        for table in card.tables
    }
    trimmed = [_trimmed(record, absent, territories) for record in every]
    return [record for record in trimmed if all(map(record.values.get, needed[record.source, record.table]))]


def _trimmed(record: Record, absent: frozenset[str], territories: set[str]) -> Record:
    values = {
        column: [value for value in values if not _points_out(value, absent, territories)]
        for column, values in record.values.items()
    }
    return replace(record, values=values)


def _points_out(value: Value, absent: frozenset[str], territories: set[str]) -> bool:
    if value.kind == "territory":
        return value.text not in territories
    if value.kind == "passage":
        return value.text.partition(":")[0] in absent
    return value.kind == "thing" and value.detail in absent
