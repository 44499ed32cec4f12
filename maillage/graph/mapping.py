"""Mappings: a SPARQL CONSTRUCT a table, run on one record at a time so that no fact is lost in silence."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from maillage.errors import Finding, GraphError, MissingFile
from maillage.files import asset, read_text, short_path
from maillage.graph.facade import Resolve, Sources, own_source, quads, record_node, term
from maillage.graph.functions import Functions
from maillage.sources.card import READING, TableCard
from maillage.sources.records import Record

DEFAULT_COLUMNS = {"source", "key", "page", "checksum", "reading", "directory", "licence", "licence_label", "read_on"}
OPTIONAL_COLUMN = re.compile(r"^ *OPTIONAL \{ \?record xyz:(\w+) \?\w+ \}\n", flags=re.M)


@dataclass(frozen=True)
class Mapping:
    """One file of `graph/mappings/`. `columns` are those its text names (`xyz:column`)."""

    name: str

    @property
    def path(self) -> Path:
        return asset("graph") / "mappings" / f"{self.name}.rq"

    @cached_property
    def text(self) -> str:
        return read_text(self.path)

    @cached_property
    def columns(self) -> set[str]:
        code = re.sub(r"^\s*#.*$", "", self.text, flags=re.M)
        return set(re.findall(r"\bxyz:([A-Za-z_]\w*)", code))

    @cached_property
    def copied_columns(self) -> set[str]:
        """Columns whose values the template hands on as they are: each value must come out in a statement."""
        template, _, pattern = self.text.partition("WHERE")
        bound = re.findall(r"\bxyz:(\w+)\s+\?(\w+)", pattern)
        return {column for column, variable in bound if re.search(rf"\?{variable}\b", template)}

    def findings(self) -> list[Finding]:
        """What keeps the mapping from running at all: it is missing, or its SPARQL is wrong."""
        try:
            ox.Store().query(self.text, custom_functions=Functions().registered)
        except SyntaxError as error:
            return [GraphError("bad-sparql", reason=str(error)).at(short_path(self.path), syntax_line(error))]
        except MissingFile as error:
            return [error.at(short_path(self.path))]
        return []

    def column_findings(self, table: TableCard) -> list[Finding]:
        """Columns that the mapping names and the card lacks, and columns of the card that nobody reads."""
        if self.findings():
            return []
        file, names = short_path(table.file), ", ".join(table.names)
        unknown = sorted(self.columns - DEFAULT_COLUMNS - set(table.names))
        unread = sorted(set(table.names) - self.columns - DEFAULT_COLUMNS - set(READING) - set(table.ignored))
        card, own = short_path(table.file.parent / "source.yml"), short_path(self.path)
        named = [GraphError("mapping-unknown-column", column=name, table=file, columns=names) for name in unknown]
        left = [GraphError("unmapped-column", column=name, table=file, mapping=own) for name in unread]
        return [error.at(own) for error in named] + [error.at(card) for error in left]


@cache
def _cut(text: str, filled: frozenset[str]) -> str:
    """A mapping without the `OPTIONAL { ?record xyz:column ?name }` of the columns that a row leaves empty.

    It gives the row the same statements, and is read and planned in a third of the time.
    """
    return OPTIONAL_COLUMN.sub(lambda one: one[0] if one[1] in filled else "", text)


def syntax_line(error: SyntaxError) -> int | None:
    """The line that Oxigraph names in a syntax error (`error at 12:5: …`), if it does."""
    found = re.search(r"error at (\d+):", str(error))
    return int(found[1]) if found else None


class Mapper:
    """Runs mappings on records. `findings` fills with failed functions and records that give nothing."""

    def __init__(self, resolve: Resolve, sources: Sources = own_source) -> None:
        self._resolve, self._sources = resolve, sources
        self._functions = Functions()
        self._mappings: dict[str, Mapping] = {}
        self.findings: list[Finding] = []

    def apply(self, record: Record) -> list[ox.Triple]:
        """The statements of one record, in no order."""
        mapping = self._mappings.setdefault(record.mapping, Mapping(record.mapping))
        store, node = ox.Store(), record_node(record)
        store.extend(quads(record, self._resolve, self._sources))
        text = _cut(mapping.text, frozenset(column for column, values in record.values.items() if values))
        found = store.query(text, default_graph=node, custom_functions=self._functions.registered)
        triples = list(dict.fromkeys(found)) if isinstance(found, ox.QueryTriples) else []
        self._report(record, mapping, triples)
        return triples

    def _report(self, record: Record, mapping: Mapping, triples: list[ox.Triple]) -> None:
        self.findings += self._functions.findings(record.file, record.line)
        if not triples:
            silent = GraphError("silent-record", key=record.key, mapping=short_path(mapping.path))
            self.findings.append(silent.at(record.file, record.line))
        # columns with a value that the mapping should hand on and that no statement holds
        held = {node for triple in triples for node in (triple.subject, triple.object)}
        for column in sorted(mapping.copied_columns & record.values.keys()) if triples else ():
            if not {term(value, self._resolve) for value in record.values[column]} <= held:
                lost = GraphError("lost-cell", column=column, mapping=short_path(mapping.path))
                self.findings.append(lost.at(record.file, record.line, column))
