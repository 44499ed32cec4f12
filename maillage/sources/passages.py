"""Passages of a source: do they point into the text, does every row point to one, where do words stand."""

import csv
import io
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from maillage.errors import Finding, FindingsError, MaillageError, Phrase, SourceError
from maillage.files import read_bytes, read_text, short_path, write_whole
from maillage.sources.card import Card, TableCard
from maillage.sources.cells import cell_values, nearest
from maillage.sources.records import Record, read_records
from maillage.sources.rows import format_csv, length_faults, title_faults
from maillage.sources.text import MOST_WORDS, Text, closing, opening, read, word_count

Row = dict[str, str]
Fault = tuple[str, Phrase]  # a column, and what is wrong with the passage
REQUIRED_COLUMNS = ("key", "paragraph", "start", "end", "first_words", "last_words")


def has_passages(card: Card) -> bool:
    return any(table.key == "passage" for table in card.tables)


def texts_in(folder: Path, cards: Iterable[Card]) -> dict[str, Text]:
    """The texts of a folder, and of those in it, that sources were read in, by the name of the source."""
    wanted = {str(card.facts.get("checksum")): card.name for card in cards if has_passages(card)}
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if wanted else []
    sums = {path: sha256(read_bytes(path)).hexdigest() for path in paths}
    return {wanted[digest]: read(path) for path, digest in sums.items() if digest in wanted}


def check(text: Text, card: Card) -> list[Finding]:
    """What is wrong between a text and the source that was read in it, by file, line and column."""
    keys = [row["key"] for row in _raw(_table(card))[1]]
    records, findings = read_records(card)
    expected = str(card.facts.get("checksum", ""))
    if text.checksum != expected:
        error = SourceError("changed-text", found=text.checksum[:12], expected=expected[:12])
        findings.append(error.at(short_path(card.file), None, "checksum"))
    for record in records:
        if record.key_kind == "passage":
            for column, fault in _faults(record, text):
                error = SourceError("passage-error", key=record.key, reason=fault, source=card.name)
                findings.append(error.at(record.file, record.line, column))
        else:
            findings += _reference_findings(record, keys)
    return findings


def fill(text: Text, card: Card) -> int:
    """Writes start and end in passages.csv from the words; returns how many rows changed.

    A row that is right already stays as it is. Raises FindingsError, and then writes nothing, when the words
    of a row stand nowhere, or in several places, in its paragraph.
    """
    table = _table(card)
    header, rows = _raw(table)
    placed, findings = [], []
    for line, row in enumerate(rows, 2):
        try:
            placed.append(_locate(row, text, card, table))
        except MaillageError as error:
            findings.append(error.at(short_path(table.file), line, "first_words"))
    if findings:
        raise FindingsError(findings)
    write_whole(table.file, format_csv(header, placed))
    return sum(new != old for new, old in zip(placed, rows, strict=True))


def _table(card: Card) -> TableCard:
    for table in card.tables:
        if table.key == "passage":
            return table
    fault = SourceError("bad-card", reason=Phrase("card-passages"))
    raise FindingsError([fault.at(short_path(card.file))])


def _faults(record: Record, text: Text) -> list[Fault]:
    """Faults of place hide those of words: words looked for in the wrong place would only confuse."""
    cells = {name: values[0].text for name, values in record.values.items() if values}
    words = {column: cells[column] for column in ("first_words", "last_words")}
    long = {column: said for column, said in words.items() if word_count(said) > MOST_WORDS}
    place = _place_faults(int(cells["paragraph"]), int(cells["start"]), int(cells["end"]), text)
    said = text.at(int(cells["start"]), int(cells["end"]))
    faults = [(column, Phrase("passage-long", most=MOST_WORDS, words=text)) for column, text in long.items()]
    return [*faults, *(place or _word_faults(words["first_words"], words["last_words"], said))]


def _place_faults(number: int, start: int, end: int, text: Text) -> list[Fault]:
    count = len(text.paragraphs)
    if not 1 <= number <= count:
        return [("paragraph", Phrase("passage-outside-text", number=number, count=count))]
    paragraph = text.paragraphs[number - 1]
    if paragraph.start <= start < end <= paragraph.end:
        return []
    span, whole = f"{start}-{end}", f"{paragraph.start}-{paragraph.end}"
    return [("start", Phrase("passage-outside-paragraph", span=span, number=number, whole=whole))]


def _word_faults(first: str, last: str, said: str) -> Iterator[Fault]:
    opens, closes = said.startswith(first), said.endswith(last)
    if not opens:
        yield "first_words", Phrase("passage-begins", found=opening(said))
    if not closes:
        yield "last_words", Phrase("passage-ends", found=closing(said))
    if opens and closes and len(first) + len(last) > len(said) and not first == last == said:
        yield "last_words", Phrase("passage-short")


def _reference_findings(record: Record, keys: list[str]) -> Iterator[Finding]:
    """A row that points to no passage, or to one that does not exist."""
    pointed = [value.text for value in record.values.get("passages", [])]
    if not pointed:
        yield SourceError("empty-cell").at(record.file, record.line, "passages")
    for key in pointed:
        if key not in keys:
            error = SourceError("unknown-reference", value=key, nearest=nearest(key, keys))
            yield error.at(record.file, record.line, "passages")


def _raw(table: TableCard) -> tuple[list[str], list[Row]]:
    """The rows as written, which may still lack their places."""
    file = short_path(table.file)
    header, *lines = csv.reader(io.StringIO(read_text(table.file), newline=""))
    faults = [*title_faults(header, file, REQUIRED_COLUMNS), *length_faults(header, file, enumerate(lines, 2))]
    if faults:
        raise FindingsError(faults)
    return header, [dict(zip(header, cells, strict=True)) for cells in lines]


def _locate(row: Row, text: Text, card: Card, table: TableCard) -> Row:
    """A row with its start and end. Raises `passage-error` or `bad-cell`, without a place."""
    column = next(column for column in table.columns if column.name == "paragraph")
    values = cell_values(row["paragraph"], column, card.name)
    number = int(values[0].text) if values else 0
    try:
        places = text.places(number, row["first_words"], row["last_words"])
    except IndexError:
        places = []
    if (row["start"], row["end"]) in [(str(start), str(end)) for start, end in places]:
        return row
    if len(places) != 1:
        repeated = Phrase("passage-repeated", count=len(places), number=number)
        why = repeated if places else Phrase("passage-absent", number=number)
        raise SourceError("passage-error", key=row["key"], source=card.name, reason=why)
    return row | {"start": str(places[0][0]), "end": str(places[0][1])}
