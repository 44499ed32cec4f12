"""What rows say of what a build does not hold is left out: sources that are not built, codes and keys of nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from maillage.errors import Finding, MaillageError
from maillage.sources.card import Card, card_folder, card_names, fetched_card_names
from maillage.sources.cells import Value
from maillage.sources.copies import has_copy
from maillage.sources.index import Index, Key
from maillage.sources.records import Record


def choose_sources(names: Collection[str] | None) -> list[str]:
    """The sources to build, sorted, by name or by the path of their folder; when nobody chose, all those whose
    rows, or a copy of whose files, `data/` holds.

    Raises `unknown-source`.
    """
    for name in names or ():
        card_folder(name)
    absent = {name for name in fetched_card_names() if not has_copy(name)}
    return sorted(set(card_names()) - absent if names is None else set(names))


def absent_sources(names: Collection[str]) -> frozenset[str]:
    return frozenset(card_names()) - set(names)


def drop_absent(records: Iterable[Record], cards: list[Card], chosen: bool = True) -> list[Record]:
    """The rows without their references to sources left out, and without the rows that then lack what they need.

    `chosen`: somebody chose the sources, and those of territories may not be among them; else a territory that none
    describes stays, to be told, but for a point's: there are points for whatever the graph may hold. A fetched source
    keeps its codes of territories: those that lead nowhere are told (see `drop_dead_references`).
    """
    every, absent = list(records), absent_sources([card.name for card in cards])
    if not absent:
        return every
    territories = {record.key for record in every if record.key_kind == "territory"}
    needed, fetched = _required_columns(cards), {card.name for card in cards if card.fetch}

    def trim(record: Record) -> Record:
        def stays(_: str, value: Value) -> bool:
            if value.kind == "territory":
                free = record.source in fetched or not (chosen or record.key_kind == "point")
                return free or value.text in territories
            return value.kind not in ("thing", "passage") or value.source not in absent

        return _keep_values(record, stays)

    return [record for record in map(trim, every) if _is_whole(record, needed)]


def drop_unjoined(index: Index, joined: Collection[Key], cards: list[Card]) -> list[Record]:
    """The rows without the bodies of sources that only complete others (`completes:`) and that are not `joined`,
    nor what is said of these.
    """
    complete = {card.name for card in cards if card.completes}
    bodies = {key for key, row in index.by_key.items() if key[0] in complete and row.key_kind == "organisation"}
    lost, needed = bodies - set(joined), _required_columns(cards)
    rows = (record for record in index.records if (record.source, record.key) not in lost)
    left = (_keep_values(row, lambda _, value: (value.source, value.text) not in lost) for row in rows)
    return [row for row in left if _is_whole(row, needed)] if lost else index.records


def _keep_values(record: Record, wanted: Callable[[str, Value], bool]) -> Record:
    values = {name: [value for value in cells if wanted(name, value)] for name, cells in record.values.items()}
    return record if values == record.values else replace(record, values=values)


def _is_whole(record: Record, needed: dict[tuple[str, str], set[str]]) -> bool:
    return all(map(record.values.get, needed[record.source, record.table]))


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
        dead = [
            (column, value)
            for column, values in (record.values.items() if record.source in fetched else ())
            for value in values
            if value.kind in ("thing", "territory") and column != "key" and index.target(value) is None
        ]
        findings += [index.unknown(value).at(record.file, record.line, column, "warning") for column, value in dead]
        left = _keep_values(record, lambda *cell, dead=frozenset(dead): cell not in dead) if dead else record
        if not dead or _is_whole(left, needed):
            kept.append(left)
    return kept, findings


def drop_stray_codes(records: list[Record], cards: list[Card]) -> tuple[list[Record], list[Finding]]:
    """The rows without the codes that no body of the build bears, and without the rows that then lack what they need;
    how many are left out.

    A body is not said to be the parent of itself, which two codes of one body would make it.
    """
    tables = [(card.name, table) for card in cards for table in card.tables]
    coded = {(name, table.name) for name, table in tables if any(column.type == "code" for column in table.columns)}
    if not coded:
        return records, []
    index, needed, kept, lost = Index(records), _required_columns(cards), [], Counter[str]()
    for record in records:
        if (record.source, record.table) not in coded:
            kept.append(record)
        elif _is_whole(left := _without_unknown(record, index), needed):
            kept.append(left)
        else:
            lost[record.source] += 1
    errors = ((name, MaillageError("not-held", count=lost[name], source=name)) for name in sorted(lost))
    return kept, [error.at(name, severity="info") for name, error in errors]


def _without_unknown(record: Record, index: Index) -> Record:
    own = {index.target(value) for value in record.values.get("thing", []) if value.kind == "code"}

    def is_known(column: str, value: Value) -> bool:
        target = index.target(value) if value.kind == "code" else ()
        return target is not None and (column == "thing" or target not in own)

    return _keep_values(record, is_known)
