"""A build of some sources only: what their rows say of the sources left out is left out with them."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from maillage.errors import Finding
from maillage.sources.card import Card, card_folder, card_names, fetched_card_names
from maillage.sources.cells import Value
from maillage.sources.index import Index
from maillage.sources.records import Record


def choose_sources(names: Collection[str] | None) -> list[str]:
    """The sources to build, sorted, by name or by the path of their folder; when nobody chose, all those of `data/`
    that need not be fetched.

    Raises `unknown-source`.
    """
    for name in names or ():
        card_folder(name)
    return sorted(set(card_names()) - set(fetched_card_names()) if names is None else set(names))


def absent_sources(names: Collection[str]) -> frozenset[str]:
    return frozenset(card_names()) - set(names)


def drop_absent(records: Iterable[Record], cards: list[Card]) -> list[Record]:
    """The rows without their references to sources left out, and without the rows that then lack what they need.

    A fetched source keeps its codes of territories: those that lead nowhere are told (see `drop_dead_references`).
    """
    every, absent = list(records), absent_sources([card.name for card in cards])
    if not absent:
        return every
    territories = {record.key for record in every if record.key_kind == "territory"}
    needed, fetched = _required_columns(cards), {card.name for card in cards if card.fetch}
    trimmed = [_trim(record, absent, None if record.source in fetched else territories) for record in every]
    return [record for record in trimmed if all(map(record.values.get, needed[record.source, record.table]))]


def _trim(record: Record, absent: frozenset[str], territories: set[str] | None) -> Record:
    values = {
        column: [value for value in values if not _points_out(value, absent, territories)]
        for column, values in record.values.items()
    }
    return replace(record, values=values)


def _points_out(value: Value, absent: frozenset[str], territories: set[str] | None) -> bool:
    if value.kind == "territory":
        return territories is not None and value.text not in territories
    return value.kind in ("thing", "passage") and value.source in absent


def _required_columns(cards: list[Card]) -> dict[tuple[str, str], set[str]]:
    return {
        (card.name, table.name): {column.name for column in table.columns if column.required}
        for card in cards
        for table in card.tables
    }


def drop_dead_references(records: list[Record], cards: list[Card]) -> tuple[list[Record], list[Finding]]:
    """The rows of fetched sources without their references to nothing, each told as a warning: a code that is no
    longer one, a body that the source itself does not list. A row that then lacks what it needs is left out.
    """
    fetched, needed = {card.name for card in cards if card.fetch}, _required_columns(cards)
    if not fetched:
        return records, []
    index, kept, findings = Index(records), [], []
    for record in records:
        dead = _dead(record, index) if record.source in fetched else []
        findings += [index.unknown(value).at(record.file, record.line, column, "warning") for column, value in dead]
        left = _without(record, dead) if dead else record
        if not dead or all(map(left.values.get, needed[record.source, record.table])):
            kept.append(left)
    return kept, findings


def _dead(record: Record, index: Index) -> list[tuple[str, Value]]:
    return [
        (column, value)
        for column, values in record.values.items()
        for value in values
        if value.kind in ("thing", "territory") and column != "key" and index.target(value) is None
    ]


def _without(record: Record, dead: list[tuple[str, Value]]) -> Record:
    lost = set(dead)
    values = {name: [value for value in held if (name, value) not in lost] for name, held in record.values.items()}
    return replace(record, values=values)
