"""What the graph says of itself: its sources, its rules and its identity decisions, as records to map."""

from pathlib import Path
from typing import Any

from maillage.files import short_path
from maillage.graph.identity import Decision, Identities
from maillage.locales import OURS
from maillage.ontology import labels
from maillage.sources.card import Card
from maillage.sources.cells import Value
from maillage.sources.defaults import licence_iri
from maillage.sources.records import Record
from maillage.terms import XSD

CARD_TEXTS = ("title", "publisher", "kind", "licence_note", "not_for", "credit", "checksum")
CARD_DATES = ("issued", "read_on")


def _record(source: str, table: str, key: str, file: str, line: int, values: dict[str, list[Value]]) -> Record:
    own = {"key": [Value("own", key, key_kind=table)]}
    return Record(source, table, table, "evidence", table, key, file, line, own | values)


def source_record(card: Card) -> Record:
    """A source's card. Raises `unknown-reference` when no licence of the list has the name it gives."""
    facts = card.facts
    values = {name: [Value("text", _line(facts[name]))] for name in CARD_TEXTS if facts.get(name)}
    values |= {name: [_date(facts[name])] for name in CARD_DATES}
    licence = licence_iri(card)
    values |= {
        "address": [Value("iri", str(facts["address"]))],
        "rank": [Value("literal", str(card.rank), datatype=f"{XSD}integer")],
        "licence": [Value("iri", licence)],
        "licence_label": [Value("text", labels(licence)["fr"])],
        "title": [Value("text", str(facts["title"]), lang="fr")],
    }
    if any(table.name == "passages" for table in card.tables):  # the whole text was read, since they are counted in it
        values["excerpt"] = [Value("literal", "false", datatype=f"{XSD}boolean")]
    return _record(card.name, "source", card.name, short_path(card.file), 1, values)


def _line(fact: Any) -> str:
    """A fact of a card as one text; `not_for` may be a list."""
    return " ; ".join(map(str, fact)) if isinstance(fact, list) else str(fact)


def _date(written: Any) -> Value:
    text = str(written)
    name = {4: "gYear", 7: "gYearMonth"}.get(len(text), "date")
    return Value("literal", text, datatype=XSD + name)


def rule_record(name: str, path: Path, summary: dict[str, str]) -> Record:
    """The header of a rule, so that what it adds can say by which rule."""
    values = {lang: [Value("text", summary[lang], lang=lang)] for lang in OURS}
    return _record("maillage", "rule", name, short_path(path), 1, values)


def decision_record(decision: Decision, identities: Identities) -> Record:
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
