"""Puts records together into one store: a graph a source, merged, evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from maillage.errors import Finding
from maillage.graph.attribution import Attribution
from maillage.graph.evidence import Claims
from maillage.graph.facade import Resolve
from maillage.graph.identity import REGISTERED_KINDS, Decision, Identities
from maillage.graph.mapping import Mapper
from maillage.graph.merge import Merger
from maillage.graph.provenance import decision_record, rule_record, source_record
from maillage.graph.rules import EVIDENCE, MERGED, Rule
from maillage.ontology import list_triples, vocabulary_labels
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.defaults import licence_iri
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.terms import graph_iri, iri

OWN_KINDS = {"identity-decision": "decision"}
KEY_KINDS = {"page": "source", "fact": "passage"}  # what a key names, where its IRI says another word


@dataclass
class Assembly:
    """The store before rules; `places`: IRI -> file and line of its row; `statement_counts`: by row."""

    store: ox.Store = field(default_factory=ox.Store)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    statement_counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    claims: int = 0

    def put(self, triples: Iterable[ox.Triple], graph: ox.NamedNode) -> None:
        self.store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)


def resolver(index: Index, identities: Identities) -> Resolve:
    """How a reference becomes the IRI that its source uses (before any merging)."""

    def resolve(value: Value) -> str:
        if value.kind == "own":
            return iri(OWN_KINDS.get(value.key_kind, value.key_kind), value.text)
        key = index.target(value)
        if key is None:
            raise KeyError(value)
        kind = index.by_key[key].key_kind
        return identities.iris[key] if kind in REGISTERED_KINDS else iri(KEY_KINDS.get(kind, kind), *key)

    return resolve


def assemble(
    cards: list[Card], index: Index, identities: Identities, rules: list[Rule], made: list[Decision]
) -> Assembly:
    """Maps every record; the lists and the labels of the vocabulary go into merged, for questions to show."""
    assembly, resolve, merger = Assembly(), resolver(index, identities), Merger(identities)
    attribution = Attribution(index, {card.name: card.rank for card in cards})
    mapper = Mapper(resolve, attribution.iris)
    mapped = [(record, mapper.apply(record)) for record in index.by_key.values()]
    for record, triples in mapped:
        merger.weigh(triples, attribution.rank(record))
    many = {card.name for card in cards if card.by_record}
    claims = Claims({card.name: licence_iri(card) for card in cards}, attribution, many)
    for record, triples in mapped:
        _place(assembly, record, triples, merger, claims, resolve)
    own = [source_record(card) for card in cards]
    own += [rule_record(rule.name, rule.path, rule.summary) for rule in rules]
    own += [decision_record(decision, identities) for decision in made]
    for record in own:
        assembly.put(mapper.apply(record), EVIDENCE)
    assembly.put(claims.triples(), EVIDENCE)
    assembly.put([*merger.redirections(), *list_triples(), *vocabulary_labels()], MERGED)
    assembly.claims, assembly.findings = len(claims), mapper.findings
    return assembly


def _place(
    assembly: Assembly,
    record: Record,
    triples: list[ox.Triple],
    merger: Merger,
    claims: Claims,
    resolve: Resolve,
) -> None:
    """One record's statements: as said in its source's graph, as merged in merged (or evidence)."""
    said = [merger.rewrite(triple) for triple in triples]
    assembly.put(triples, ox.NamedNode(graph_iri("source", record.source)))
    assembly.put(filter(merger.keeps, said), EVIDENCE if record.graph == "evidence" else MERGED)
    if record.graph != "evidence":
        claims.add(record, triples, resolve, said)
    assembly.statement_counts[f"{record.source}/{record.place}"] = len(triples)
    key = Value("thing", record.key, source=record.source)
    assembly.places.setdefault(resolve(key), (record.file, record.line))
