"""Statements of tables too long to become records: written by DuckDB, chunk after chunk, after the rules have run.

They are what the card says (`streams:`), in the source's own graph and in merged, with one claim a row in evidence.
Of the rules, only those marked `streamed: true` run on them, a chunk at a time beside the lists: those that read one
thing alone. No partnership is drawn from them, and nobody is said to have met.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox

from maillage.errors import Finding, MachineError
from maillage.graph.canonical import sort_on_disk
from maillage.graph.functions import Functions
from maillage.graph.rules import EVIDENCE, MERGED, Rule
from maillage.ontology import list_triples
from maillage.sources.card import Card
from maillage.sources.defaults import licence_iri
from maillage.sources.stream import Stream, StreamColumn, open_streams, streams_of
from maillage.terms import XSD, compact, concept_iri, expand, graph_iri, iri

CHUNK = 20_000  # rows whose statements are held at a time
QUOTE = '"'
TYPE = f"<{expand('rdf:type')}>"
NO_LONGER_SAID_ON = f" <{expand('mai:noLongerSaidOn')}> ".encode()


def _sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _literal(cell: str, suffix: str) -> str:
    escaped = cell
    for bare, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        escaped = f"replace({escaped}, {_sql(bare)}, {_sql(written)})"
    return f"{_sql(QUOTE)} || {escaped} || {_sql(QUOTE + suffix)}"


def _subject(stream: Stream, source: str) -> str:
    return f"{_sql('<' + iri(stream.key, f'{source}-'))} || key || '>'"


def _term(column: StreamColumn, source: str) -> str:
    """The SQL of a cell as a term of N-Triples."""
    cell = f'"{column.name}"'
    if column.type in ("concept", "thing", "territory"):
        of = {
            "concept": concept_iri(column.list, ""),
            "thing": iri(column.names, f"{source}-"),
            "territory": iri("territory", ""),
        }
        return f"{_sql('<' + of[column.type])} || {cell} || '>'"
    if column.type == "source":
        return _sql(f"<{iri('source', source)}>")
    suffix = f"@{column.lang}" if column.lang else "" if column.type == "text" else f"^^<{XSD}{column.type}>"
    return _literal(cell, suffix)


def _statements(stream: Stream, source: str) -> list[str]:
    """The SQL of each statement of a row, NULL where its cell is empty."""
    subject = _subject(stream, source)
    found = [f"{subject} || {_sql(f' {TYPE} <{expand(name)}> .')}" for name in stream.classes]
    for column in stream.columns:
        if column.register:
            found += _identifier(subject, column)
        elif column.predicate:
            found.append(f"{subject} || {_sql(f' <{expand(column.predicate)}> ')} || {_term(column, source)} || ' .'")
    return found


def _identifier(subject: str, column: StreamColumn) -> list[str]:
    part = f"rtrim({subject}, '>') || {_sql(f'/{column.register.lower()}>')} || \"{column.name}\"[:0]"
    code, register = _literal(f'"{column.name}"', ""), _sql(f"{QUOTE}{column.register}{QUOTE}")
    said = (("rdf:type", _sql(f"<{expand('adms:Identifier')}>")), ("skos:notation", code), ("dcterms:type", register))
    own = [f"{part} || {_sql(f' <{expand(name)}> ')} || {value} || ' .'" for name, value in said]
    return [f"{subject} || {_sql(f' <{expand(column.predicate)}> ')} || {part} || ' .'", *own]


def _claim(stream: Stream, card: Card) -> list[str]:
    """The claim of a row: that on the class of what it describes, as `evidence` makes it for a long register."""
    subject, class_ = _subject(stream, card.name), f"<{expand(sorted(stream.classes)[0])}>"
    digest = f"sha256({subject} || {_sql(f' {TYPE} {class_}')})[:16]"
    node = f"{_sql('<' + iri('claim', card.name) + '/')} || {digest} || '>'"
    cell = f"{_sql(f'{QUOTE}{stream.rows_in}:')} || line || {_sql(QUOTE)}"
    said = [("rdf:type", _sql(f"<{expand(name)}>")) for name in ("mai:Claim", "rdf:Statement")]
    said += [
        ("dcterms:source", _sql(f"<{iri('source', card.name)}>")),
        ("dcterms:license", _sql(f"<{licence_iri(card)}>")),
    ]
    said += [("mai:certainty", _sql(f"<{concept_iri('certainty', 'stated')}>")), ("mai:cell", cell)]
    days = (("mai:firstSeen", "first_seen"), ("mai:lastSeen", "last_seen"), ("mai:noLongerSaidOn", "gone_on"))
    said += [(name, _literal(f"nullif({column}, '')", f"^^<{XSD}date>")) for name, column in days]
    said += [("rdf:subject", subject), ("rdf:predicate", _sql(TYPE)), ("rdf:object", _sql(class_))]
    return [f"{node} || {_sql(f' <{expand(name)}> ')} || {value} || ' .'" for name, value in said]


def _query_statements(base: duckdb.DuckDBPyConnection, stream: Stream, statements: list[str], where: str) -> bytes:
    lines = f'SELECT unnest([{", ".join(statements)}]) AS said FROM "{stream.name}" WHERE {where}'
    row = base.execute(f"SELECT string_agg(said || chr(10), '') FROM ({lines})").fetchone()
    return str(row[0]).encode() if row and row[0] else b""


def _in(triples: bytes, graph: ox.NamedNode) -> bytes:
    """N-Triples as N-Quads: a line ends its statement, for a literal holds no bare end of line."""
    return triples.replace(b" .\n", f" {graph} .\n".encode())


class LongTables:
    """The long tables of one source, open. `findings` tells what was wrong with them, `rows` how many each has."""

    def __init__(self, card: Card, base: duckdb.DuckDBPyConnection, rules: list[Rule], findings: list[Finding]) -> None:
        self.card, self.findings, self._base = card, findings, base
        self._rules, self._lists = [rule for rule in rules if rule.streamed], list_triples()
        self.rows = {
            stream.name: (base.execute(f'SELECT count(*) FROM "{stream.name}"').fetchone() or (0,))[0]
            for stream in streams_of(card)
        }

    def sample(self) -> bytes:
        """N-Quads of a row of each form (columns filled, concepts in them), and of the rows that it leads to."""
        wanted = {stream.name: self._forms(stream) for stream in streams_of(self.card)}
        for _ in wanted:  # as many steps as there are tables to go through
            for stream in streams_of(self.card):
                self._add_targets(stream, wanted)
        chosen = ((stream, wanted[stream.name]) for stream in streams_of(self.card) if wanted[stream.name])
        return b"".join(
            self._quads(stream, f"key IN ({', '.join(map(_sql, sorted(keys)))})") for stream, keys in chosen
        )

    def _forms(self, stream: Stream) -> set[str]:
        cells = [f'"{c.name}"' if c.type == "concept" else f'"{c.name}" IS NULL' for c in stream.columns]
        found = self._base.execute(f'SELECT min_by(key, line) FROM "{stream.name}" GROUP BY {", ".join(cells)}')
        return {key for (key,) in found.fetchall()}

    def _add_targets(self, stream: Stream, wanted: dict[str, set[str]]) -> None:
        held = ", ".join(map(_sql, sorted(wanted[stream.name]))) or "''"
        for column in (column for column in stream.columns if column.type == "thing"):
            for other in (other for other in streams_of(self.card) if other.key == column.names):
                asked = (
                    f'SELECT DISTINCT "{column.name}" FROM "{stream.name}" WHERE key IN ({held}) AND "{column.name}" IN'
                )
                found = self._base.execute(f'{asked} (SELECT key FROM "{other.name}")').fetchall()
                wanted[other.name] |= {key for (key,) in found}

    def chunks(self) -> Iterator[bytes]:
        """All statements, as N-Quads, in no order."""
        for stream in streams_of(self.card):
            last = (self._base.execute(f'SELECT max(rowid) FROM "{stream.name}"').fetchone() or (None,))[0]
            for first in range(0, (-1 if last is None else last) + 1, CHUNK):
                yield self._quads(stream, f"rowid BETWEEN {first} AND {first + CHUNK - 1}")

    def _quads(self, stream: Stream, where: str) -> bytes:
        said = _query_statements(self._base, stream, _statements(stream, self.card.name), where)
        claims = _query_statements(self._base, stream, _claim(stream, self.card), where)
        own = ox.NamedNode(graph_iri("source", self.card.name))
        gone = claims if NO_LONGER_SAID_ON in claims else b""
        derived = self._rule_statements(said, gone) if stream.rules or gone else b""
        return _in(said, own) + _in(said, MERGED) + _in(claims, EVIDENCE) + derived

    def _rule_statements(self, said: bytes, claims: bytes) -> bytes:
        """What the rules that read one thing alone add, in merged and in the graph of each rule."""
        store, functions, found = ox.Store(), Functions(), b""
        store.bulk_load(_in(said, MERGED), format=ox.RdfFormat.N_QUADS)
        subjects = {quad.subject for quad in store}
        store.bulk_load(_in(claims, EVIDENCE), format=ox.RdfFormat.N_QUADS)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, MERGED) for t in self._lists)
        for rule in self._rules:
            added = store.query(rule.text, default_graph=[MERGED, EVIDENCE], custom_functions=functions.registered)
            fresh = [t for t in added if t.subject in subjects] if isinstance(added, ox.QueryTriples) else []
            written = ox.serialize(fresh, format=ox.RdfFormat.N_TRIPLES) or b""
            found += _in(written, MERGED) + _in(written, rule.graph)
        return found


def _each(
    cards: Collection[Card], out: Path | None, territories: Collection[str], rules: list[Rule]
) -> Iterator[LongTables]:
    for card in (card for card in cards if streams_of(card)):
        if out is None:
            raise MachineError("not-fetched", source=card.name)
        with open_streams(card, out, territories) as (base, faults):
            yield LongTables(card, base, rules, faults)


def load_samples(
    store: ox.Store, cards: Collection[Card], out: Path | None, territories: Collection[str], rules: list[Rule]
) -> tuple[list[Finding], dict[str, dict[str, int]]]:
    """Puts a row of each form into the store, to be validated; what was wrong with the tables, and their rows."""
    findings: list[Finding] = []
    counts: dict[str, dict[str, int]] = {}
    for tables in _each(cards, out, territories, rules):
        store.bulk_load(tables.sample(), format=ox.RdfFormat.N_QUADS)
        findings += tables.findings
        counts[tables.card.name] = tables.rows
    return findings, counts


def append(dump: Path, cards: Collection[Card], out: Path, territories: Collection[str], rules: list[Rule]) -> bool:
    """Adds the long tables to a canonical dump, which stays canonical; a dump without any is left as it is.

    Says whether there were any. Raises `not-fetched`, `bad-query` or `bad-yaml`.
    """
    parts = []
    for tables in _each(cards, out, territories, rules):
        parts.append(dump.with_name(f"{tables.card.name}.nq"))
        with parts[-1].open("wb") as lines:
            for chunk in tables.chunks():
                lines.write(chunk)
    if parts:
        whole = dump.with_name("whole.nq")
        sort_on_disk([dump, *parts], whole)
        for part in parts:
            part.unlink()
        whole.replace(dump)
    return bool(parts)


def count_streamed(report: dict[str, Any], dump: Path) -> None:
    """Corrects the counts of a report, made on a sample, by those of the whole dump."""
    with dump.open("rb") as lines:
        found = Counter(line.rsplit(b" ", 2)[1] for line in lines)
    graphs = {name.decode()[1:-1]: count for name, count in found.items()}
    report["graphs"] = {compact(name): count for name, count in sorted(graphs.items())}
    for source, tables in report["streamed"].items():
        rows = sum(tables.values())
        report["claims"] += rows
        report["sources"][source] |= {"rows": rows, "statements": graphs[graph_iri("source", source)]}
