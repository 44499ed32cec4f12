"""Puts records together into one store: a graph a source, merged, evidence; what the graph says of itself too."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from maillage.errors import Finding
from maillage.files import short_path
from maillage.graph.evidence import Attribution, Claims
from maillage.graph.facade import Resolve
from maillage.graph.identity import REGISTERED_KINDS, Decision, Identities, moves
from maillage.graph.mapping import Mapper
from maillage.graph.rules import EVIDENCE, MERGED, Rule
from maillage.locales import OURS
from maillage.ontology import labels, list_triples, vocabulary_labels
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.defaults import licence_iri
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.terms import XSD, expand, graph_iri, iri

OWN_KINDS = {"identity-decision": "decision"}
# What a key names, where its IRI says another word.
KEY_KINDS = {"page": "source", "fact": "passage", "extract": "passage"}
PREF_LABEL = ox.NamedNode(expand("skos:prefLabel"))
ALT_LABEL = ox.NamedNode(expand("skos:altLabel"))
KIND = ox.NamedNode(expand("org:classification"))
SINGLE = {ox.NamedNode(expand(name)) for name in ("schema:startDate", "schema:endDate", "mai:namedBySource")}
IS_REPLACED_BY = ox.NamedNode(expand("dcterms:isReplacedBy"))

LabelKey = tuple[ox.NamedNode | ox.BlankNode | ox.Triple, str]
CARD_TEXTS = ("title", "publisher", "kind", "licence_note", "not_for", "credit", "checksum")
CARD_DATES = ("issued", "read_on")


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
    own = [_source_record(card) for card in cards]
    for rule in rules:  # its header, so that what it adds can say by which rule
        words = {lang: [Value("text", rule.summary[lang], lang=lang)] for lang in OURS}
        own.append(_record("maillage", "rule", rule.name, short_path(rule.path), 1, words))
    own += [_decision_record(decision, identities) for decision in made]
    for record in own:
        assembly.put(mapper.apply(record), EVIDENCE)
    assembly.put(claims.triples(), EVIDENCE)
    assembly.put([*merger.redirections(), *list_triples(), *vocabulary_labels()], MERGED)
    assembly.claims, assembly.findings = len(claims), mapper.findings
    return assembly


def _place(
    assembly: Assembly, record: Record, triples: list[ox.Triple], merger: "Merger", claims: Claims, resolve: Resolve
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


def _record(source: str, table: str, key: str, file: str, line: int, values: dict[str, list[Value]]) -> Record:
    own = {"key": [Value("own", key, key_kind=table)]}
    return Record(source, table, table, "evidence", table, key, file, line, own | values)


def _source_record(card: Card) -> Record:
    """A source's card. Raises `unknown-reference` when no licence of the list has the name it gives."""
    facts = card.facts
    said = {
        name: facts[name] if isinstance(facts[name], list) else [facts[name]] for name in CARD_TEXTS if facts.get(name)
    }
    values = {name: [Value("text", " ; ".join(map(str, texts)))] for name, texts in said.items()}
    values |= {name: [_date(facts[name])] for name in CARD_DATES}
    licence = licence_iri(card)
    values |= {
        "address": [Value("iri", str(facts["address"]))],
        "rank": [Value("literal", str(card.rank), datatype=f"{XSD}integer")],
        "licence": [Value("iri", licence)],
        "licence_label": [Value("text", labels(licence)["fr"])],
        "title": [Value("text", str(facts["title"]), lang="fr")],
    }
    if body := facts.get("viewpoint"):  # the key of a body of its own
        values["viewpoint"] = [Value("thing", str(body), source=card.name)]
    if any(table.name == "passages" for table in card.tables):  # the whole text was read, since they are counted in it
        values["excerpt"] = [Value("literal", "false", datatype=f"{XSD}boolean")]
    return _record(card.name, "source", card.name, short_path(card.file), 1, values)


def _date(written: Any) -> Value:
    text = str(written)
    name = {4: "gYear", 7: "gYearMonth"}.get(len(text), "date")
    return Value("literal", text, datatype=XSD + name)


def _decision_record(decision: Decision, identities: Identities) -> Record:
    """A person's decision that two keys are one or two, as linked data (who in which role, when, why)."""
    a, b = ":".join(decision.a), ":".join(decision.b)
    values = {
        "a": [Value("iri", identities.redirect(identities.iris[decision.a]))],
        "b": [Value("iri", identities.redirect(identities.iris[decision.b]))],
        "key_a": [Value("text", a)],
        "key_b": [Value("text", b)],
        "same": [Value("literal", str(decision.same).lower(), datatype=f"{XSD}boolean")],
        "decided_by": [Value("text", decision.decided_by)],
        "date": [_date(decision.date)],
        "reason": [Value("text", decision.reason, lang="fr")],
    }
    key = f"{a}--{b}".replace(":", "-")
    return _record("maillage", "identity-decision", key, decision.file, decision.line, values)


class Merger:
    """Rewrites the statements of sources for the merged graph.

    The preferred name kept in a language, and the kind kept of a body, are those of the source of lowest rank. A day
    gives way to one that another source says within it, and “not named” to a source that names.
    """

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._ranked: dict[LabelKey, tuple[int, str]] = {}
        self._kinds: dict[object, tuple[int, str]] = {}
        self._single: dict[tuple[object, object], set[str]] = {}

    def weigh(self, triples: Iterable[ox.Triple], rank: int) -> None:
        """Takes note of the preferred names, kinds and single values of a source before any statement is rewritten."""
        for triple in map(self._canonical, triples):
            if triple.predicate in SINGLE and isinstance(triple.object, ox.Literal):
                self._single.setdefault((triple.subject, triple.predicate), set()).add(triple.object.value)
            if triple.predicate == KIND:
                kind = (rank, str(triple.object))
                self._kinds[triple.subject] = min(kind, self._kinds.get(triple.subject, kind))
            if triple.predicate == PREF_LABEL and isinstance(triple.object, ox.Literal):
                named = (triple.subject, triple.object.language or "")
                found = (rank, triple.object.value)
                self._ranked[named] = min(found, self._ranked.get(named, found))

    def rewrite(self, triple: ox.Triple) -> ox.Triple:
        """The statement as the merged graph has it: a preferred name that is not kept becomes another name, and
        another name that is the one kept becomes the preferred name.
        """
        said = self._canonical(triple)
        if said.predicate not in (PREF_LABEL, ALT_LABEL) or not isinstance(said.object, ox.Literal):
            return said
        ranked = self._ranked.get((said.subject, said.object.language or ""))
        preferred = ranked is not None and said.object.value == ranked[1]
        return ox.Triple(said.subject, PREF_LABEL if preferred else ALT_LABEL, said.object)

    def keeps(self, said: ox.Triple) -> bool:
        """Is a rewritten statement one of the merged graph? A kind is not, where a source of lower rank gives one; nor
        what gives way: 2017 to 2017-11-20, false to true.
        """
        if said.predicate in SINGLE and isinstance(said.object, ox.Literal):
            value, others = said.object.value, self._single[said.subject, said.predicate]
            return not any(other.startswith(f"{value}-") or (value, other) == ("false", "true") for other in others)
        return said.predicate != KIND or self._kinds[said.subject][1] == str(said.object)

    def redirections(self) -> list[ox.Triple]:
        given = set(self._identities.iris.values())
        moved = {old: self._identities.redirect(new) for old, new in moves().items() if new in given}
        pairs = sorted((moved | self._identities.canonical).items())
        return [ox.Triple(ox.NamedNode(old), IS_REPLACED_BY, ox.NamedNode(new)) for old, new in pairs]

    def _canonical(self, triple: ox.Triple) -> ox.Triple:
        subject, value = self._redirect(triple.subject), self._redirect(triple.object)
        return ox.Triple(subject, triple.predicate, value)

    def _redirect(self, node: Any) -> Any:
        return ox.NamedNode(self._identities.redirect(node.value)) if isinstance(node, ox.NamedNode) else node
