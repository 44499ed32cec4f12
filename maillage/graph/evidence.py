"""Claims: for each statement of a curated source, who says it, where, and how sure the reading is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from maillage.graph.canonical import digest
from maillage.graph.facade import Resolve, day, term
from maillage.ontology import certainties
from maillage.sources.cells import Value
from maillage.sources.history import RowDates
from maillage.sources.index import Index
from maillage.sources.records import Record, passages_of
from maillage.terms import concept_iri, expand, iri

NOT_CELLS = ("key", "reading", "page", "checksum")  # the key names the row; the others are given, not written

TYPE = ox.NamedNode(expand("rdf:type"))
Pair = tuple[ox.Triple, ox.Triple]
SourcePath = tuple[str, ...]  # (source,), or (source, page) for a page of a directory


class Attribution:
    """Which source says a row: the page or the text of the passages it rests on, else the source that holds the row.

    A directory is read in many pages, each a source of its own; and a row may rest on a passage of another source,
    when both were read in the same text. `ranks`: those of the cards, by source.
    """

    def __init__(self, index: Index, ranks: dict[str, int]) -> None:
        self._index, self._ranks = index, ranks

    def of(self, passage: Value) -> SourcePath:
        key = self._index.target(passage)
        if key is None:
            raise KeyError(passage)
        record = self._index.by_key[key]
        if record.key_kind == "extract":
            return self._index.target(record.values["page"][0]) or key[:1]
        return key if record.key_kind == "page" else key[:1]

    def paths(self, record: Record) -> list[SourcePath]:
        """Every source that a row rests on, in order; its own source when it rests on no passage."""
        return sorted({self.of(value) for value in record.values.get("passages", [])}) or [(record.source,)]

    def iris(self, record: Record) -> list[str]:
        return [iri("source", *path) for path in self.paths(record)]

    def rank(self, record: Record) -> int:
        """The best rank among the sources of a row: a page has its own."""
        return min(self._rank(path) for path in self.paths(record))

    def _rank(self, path: SourcePath) -> int:
        if len(path) == 1:
            return self._ranks[path[0]]
        return int(self._index.by_key[path[0], path[1]].values["rank"][0].text)


@dataclass
class Claim:
    """What a source says of one statement: passages, cells of our tables, the surest reading, its notes.

    `first`, `last`: the days on which it was first and last seen to say so; `gone_on`: that on which it no longer did,
    unless another row still does (`is_listed`).
    """

    source: SourcePath
    certainty: str
    passages: set[str] = field(default_factory=set)
    cells: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    first: str = ""
    last: str = ""
    gone_on: str = ""
    is_listed: bool = False

    def see(self, first: str, seen: RowDates) -> None:
        """`first`: the first day of the statement, which may be younger than its row."""
        self.first = min(self.first or first, first)
        self.last = max(self.last, seen.last)
        self.gone_on = max(self.gone_on, seen.gone_on)
        self.is_listed |= not seen.gone_on

    @property
    def days(self) -> dict[str, str]:
        found = {"mai:firstSeen": self.first, "mai:lastSeen": self.last}
        return found | ({} if self.is_listed else {"mai:noLongerSaidOn": self.gone_on})


def columns_of(record: Record, resolve: Resolve) -> dict[ox.NamedNode | ox.Literal, list[str]]:
    """Which columns of a record hold a term: the way from a statement back to its cell."""
    found: dict[ox.NamedNode | ox.Literal, list[str]] = defaultdict(list)
    for column, values in record.values.items():
        for value in values:
            if value.kind != "passage" and column not in NOT_CELLS:
                found[term(value, resolve)].append(column)
    return found


class Claims:
    """Gathers the claims of a build; one a statement and source (a page is one), however many rows say it.

    `by_record`: the sources of many rows, whose claims are one a row (see `_main_of`).
    """

    def __init__(self, licences: dict[str, str], attribution: Attribution, by_record: Collection[str] = ()) -> None:
        self._licences, self._attribution, self._by_record = licences, attribution, by_record
        self._certainties = certainties()
        self._claims: dict[tuple[SourcePath, ox.Triple], Claim] = {}

    def add(self, record: Record, triples: Iterable[ox.Triple], resolve: Resolve, said: list[ox.Triple]) -> None:
        """Claims for the statements of a record; `said` are the same statements as the merged graph has them."""
        columns = columns_of(record, resolve)
        pairs = list(zip(triples, said, strict=True))
        for triple, merged in self._main_of(record, pairs, resolve) if record.source in self._by_record else pairs:
            value = triple.object
            named = columns.get(value, []) if isinstance(value, ox.NamedNode | ox.Literal) else []
            first = _first_seen(record, named, value, resolve)
            for source, passages in self._by_source(record, named).items():
                claim = self._claims.setdefault((source, merged), Claim(source, self._certainties[-1]))
                if record.dates:
                    claim.see(first, record.dates)
                claim.passages.update(map(resolve, passages))
                self._fill(claim, record, named)

    def _main_of(self, record: Record, pairs: list[Pair], resolve: Resolve) -> list[Pair]:
        """The statements that stand for a row: the class of what it describes, or, of an entry, all that it says of
        the body itself, which is no row of its source.
        """
        if "entry" in record.values:
            bodies = {ox.NamedNode(resolve(value)) for value in record.values["thing"]}
            return [pair for pair in pairs if pair[0].subject in bodies]
        thing = resolve(Value("thing", record.key, source=record.source))
        classes = [pair for pair in pairs if pair[0].predicate == TYPE and pair[0].subject == ox.NamedNode(thing)]
        return sorted(classes, key=lambda pair: str(pair[0].object))[:1]

    def _by_source(self, record: Record, columns: list[str]) -> dict[SourcePath, list[Value]]:
        """The passages of some columns by the source they are in; the row's own source when it has none."""
        found: dict[SourcePath, list[Value]] = defaultdict(list)
        for value in passages_of(record, columns):
            found[self._attribution.of(value)].append(value)
        return found or {(record.source,): []}

    def _fill(self, claim: Claim, record: Record, columns: list[str]) -> None:
        claim.cells.update([f"{record.place}:{column}" for column in columns] or [record.place])
        reading = reading_of(record, columns, self._certainties)
        claim.certainty = min(claim.certainty, reading, key=self._certainties.index)
        if reading != self._certainties[0]:
            claim.notes.update(record.texts("note"))

    def triples(self) -> Iterator[ox.Triple]:
        """The claims as RDF (`mai:Claim` under `rdf:Statement`), ready for the evidence graph."""
        for (source, statement), claim in self._claims.items():
            node = ox.NamedNode(iri("claim", *source, digest(str(statement).encode())))
            yield from _describe_claim(node, statement, claim, self._licences[source[0]])

    def __len__(self) -> int:
        return len(self._claims)


def _first_seen(record: Record, columns: list[str], said: object, resolve: Resolve) -> str:
    """The day from which a statement is seen: that of its row, or of the value it hands on, where that is younger."""
    if record.dates is None:
        return ""
    since = (one for column in columns for one in record.dates.since.get(column, {}).items())
    return min((date for value, date in since if term(value, resolve) == said), default=record.dates.first)


def reading_of(record: Record, columns: list[str], known: Sequence[str]) -> str:
    for reading in reversed(known[1:]):
        if set(record.texts(reading)) & set(columns):
            return reading
    row = record.texts("certainty")
    return row[0].rsplit("/", 1)[-1] if row else known[0]


def _describe_claim(node: ox.NamedNode, statement: ox.Triple, claim: Claim, licence: str) -> Iterator[ox.Triple]:
    certainty = concept_iri("certainty", claim.certainty)
    links = [("rdf:type", expand("mai:Claim")), ("rdf:type", expand("rdf:Statement"))]
    links += [("dcterms:source", iri("source", *claim.source)), ("dcterms:license", licence)]
    links += [("mai:certainty", certainty)] + [("mai:passage", passage) for passage in claim.passages]
    texts = [("mai:cell", ox.Literal(cell)) for cell in claim.cells]
    texts += [("rdfs:comment", ox.Literal(note, language="fr")) for note in claim.notes]
    texts += [(name, day(seen)) for name, seen in claim.days.items() if seen]
    parts = (("rdf:subject", statement.subject), ("rdf:predicate", statement.predicate))
    nodes = [(name, ox.NamedNode(value)) for name, value in links]
    for name, value in (*parts, ("rdf:object", statement.object), *nodes, *texts):
        yield ox.Triple(node, ox.NamedNode(expand(name)), value)
