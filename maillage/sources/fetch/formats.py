"""A file read from end to end, to say how many records it holds and which of them lack a field.

JSON and YAML are read whole (their size is limited); lines, tables, calendars and RDF go by a piece at a time.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph
import yaml

from maillage.errors import ArrivalError, FileError, SourceError
from maillage.files import decode, read_bytes
from maillage.sources.fetch.plan import FileCard
from maillage.sources.front_matter import pages_of
from maillage.sources.parsing import open_gzip, read_json, readable, refuse_expansion, syntax_fault
from maillage.sources.schema_org import events_in, scripts_of

MOST_MERGED = 10_000  # keys that `<<` may bring into one mapping of a YAML file


@dataclass(frozen=True)
class RecordCount:
    """`lacking`: for each field of the card that some record lacks, how many do."""

    count: int
    lacking: dict[str, int]


def read_content(path: Path, file: FileCard) -> RecordCount:
    """Raises `malformed`, `wrong-cell-count` (with the `line` of a table), `no-records`, `entity-declared`,
    `remote-context`, TooManyBytes, `html-instead`, or the errors of `files.decode`.
    """
    if file.suffix != ".html":
        refuse_html(path, file.suffix)
    return _READERS[file.suffix](path, file)


def refuse_html(path: Path, wanted: str) -> None:
    """Raises `html-instead` for a page where data was wanted: an error, a home page, a form to sign in."""
    with path.open("rb") as body:
        opening = body.read(1024).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if opening.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise ArrivalError("html-instead", wanted=wanted)


def at_path(content: Any, path: str) -> Any:
    """What lies at a dotted path; a key that holds dots is taken first. Raises KeyError."""
    if not path:
        return content
    if not isinstance(content, dict):
        raise KeyError(path)
    if path in content:
        return content[path]
    first, _, rest = path.partition(".")
    return at_path(content[first], rest)


def _count(records: Iterable[Any], fields: tuple[str, ...]) -> RecordCount:
    count, lacking = 0, Counter[str]()
    for record in records:
        count += 1
        lacking.update(field for field in fields if not _has(record, field))
    return RecordCount(count, dict(lacking))


def _has(record: Any, field: str) -> bool:
    with suppress(KeyError):
        at_path(record, field)
        return True
    return False


def _records_at(content: Any, file: FileCard) -> Iterable[Any]:
    found = None
    with suppress(KeyError):
        found = at_path(content, file.records)
    if isinstance(found, dict):
        return found.values()
    if not isinstance(found, list):
        raise ArrivalError("no-records", path=file.records)
    return found


def _text(path: Path, file: FileCard) -> str:
    return decode(read_bytes(path), Path(file.name))


def _read_json(path: Path, file: FileCard) -> RecordCount:
    return _count(_records_at(read_json(_text(path, file)), file), file.fields)


def _read_page(path: Path, file: FileCard) -> RecordCount:
    """The events of schema.org that the page holds as JSON-LD, those that are part of another too."""
    with readable("JSON-LD"):
        scripts = scripts_of(_text(path, file))
        return _count((event for line, text in scripts for event in events_in(read_json(text, line))), file.fields)


def _read_lines(path: Path, file: FileCard) -> RecordCount:
    lines = enumerate(_text(path, file).split("\n"), 1)
    return _count((read_json(text, line) for line, text in lines if text.strip()), file.fields)


class _BoundedLoader(yaml.CSafeLoader):
    """Refuses the mappings that merge one another over and over until they fill the memory."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        own = len(node.value)
        super().flatten_mapping(node)
        if len(node.value) - own > MOST_MERGED:
            raise yaml.YAMLError(f"more than {MOST_MERGED} keys in one mapping")


def _read_yaml(path: Path, file: FileCard) -> RecordCount:
    text = _text(path, file)
    with readable("YAML"):
        content = yaml.load(text, _BoundedLoader)
        refuse_expansion(content)
    return _count(_records_at(content, file), file.fields)


def _read_table(path: Path, file: FileCard) -> RecordCount:
    """The separator is the one that the line of titles has most of, outside quotes."""
    packed = file.suffix == ".csv.gz"
    with (
        ExitStack() as after,
        readable("CSV"),
        open_gzip(path, file.most_bytes) if packed else path.open("rb") as body,
    ):
        after.callback(csv.field_size_limit, csv.field_size_limit(file.most_bytes))  # one a process: put back
        text = io.TextIOWrapper(body, "utf-8-sig", newline="")
        titles = text.readline()
        separator = max(",;\t|", key=re.sub('"[^"]*"', "", titles).count)
        reader = csv.reader(chain([titles], text), delimiter=separator, strict=True)
        header = next(reader, [])
        if not any(header):
            raise FileError("empty-file", file=file.name)
        count = 0
        for cells in filter(None, reader):
            if len(cells) != len(header):
                found, line = len(cells), reader.line_num
                raise SourceError("wrong-cell-count", found=found, expected=len(header), line=line)
            count += 1
    return RecordCount(count, {field: count for field in file.fields if field not in header})


def _read_calendar(path: Path, file: FileCard) -> RecordCount:
    """Events of an iCalendar file (RFC 5545) by the names of their properties."""
    lines = [line for line in re.split(r"\r?\n", _text(path, file)) if line and not line[0].isspace()]
    if not lines or lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR":
        raise syntax_fault("iCalendar", "BEGIN:VCALENDAR … END:VCALENDAR")
    if lines.count("BEGIN:VEVENT") != lines.count("END:VEVENT"):
        raise syntax_fault("iCalendar", "BEGIN:VEVENT … END:VEVENT")
    return _count(_events(lines), file.fields)


def _events(lines: list[str]) -> Iterator[dict[str, str]]:
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            yield event
        else:
            event[name.partition(";")[0].upper()] = value


def _read_rdf(path: Path, file: FileCard) -> RecordCount:
    """Statements, not records."""
    text = _text(path, file)
    form = pyoxigraph.RdfFormat.TURTLE if file.suffix == ".ttl" else pyoxigraph.RdfFormat.RDF_XML
    if file.suffix == ".rdf" and "<!ENTITY" in text:
        raise ArrivalError("entity-declared")
    base = file.address.partition("{")[0]
    with readable("RDF"):
        return _count(pyoxigraph.parse(text, format=form, base_iri=base), ())


_READERS: dict[str, Callable[[Path, FileCard], RecordCount]] = {
    **dict.fromkeys((".json", ".jsonld", ".geojson"), _read_json),
    ".jsonl": _read_lines,
    **dict.fromkeys((".yml", ".yaml"), _read_yaml),
    **dict.fromkeys((".csv", ".csv.gz"), _read_table),
    ".ics": _read_calendar,
    ".html": _read_page,
    ".zip": lambda path, file: _count(pages_of(path, file.records, file.most_bytes), file.fields),
    **dict.fromkeys((".ttl", ".rdf"), _read_rdf),
}
