"""Suggestions as linked data: each a dated, versioned resource with its method, and its reasons as resources."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyoxigraph as ox

from maillage.credit.notice import Credit
from maillage.export import turtle
from maillage.export.statements import term
from maillage.terms import XSD, concept_iri, iri

Values = Mapping[str, Any]
Property = tuple[str, ox.NamedNode | ox.Literal]


def write(values: Values, credit: Credit) -> bytes:
    """Turtle of `suggestions`, as `visualize.suggestions.suggestion_values` gives them.

    `evidence`: what each statement is about (`what`, an IRI), by its IRI; `method` says how scores are made.
    """
    told = (values["evidence"], values["method"]["id"], credit)
    lines = [line for one in values["suggestions"] for line in _lines(one, *told)]
    return turtle.write(ox.serialize(lines, format=ox.RdfFormat.N_TRIPLES) or b"", credit)


def write_json(values: Values, credit: Credit) -> bytes:
    return json.dumps({**values, "credit": credit.as_dict()}, ensure_ascii=False, indent=2).encode()


def _lines(one: Values, evidence: Mapping[str, Values], method: str, credit: Credit) -> Iterator[ox.Triple]:
    name = "--".join(one[end].rsplit("/", 1)[-1] for end in ("a", "b"))
    reasons = {iri("suggestion", f"{name}--{reason['name']}"): reason for reason in one["reasons"]}
    rests = sorted({statement for reason in one["reasons"] for statement in reason["evidence"]})
    said: list[Property] = [
        ("rdf:type", term("mai:Suggestion")),
        *(("mai:suggests", ox.NamedNode(one[end])) for end in ("a", "b")),
        ("mai:score", _decimal(one["score"])),
        ("mai:suggestedBy", ox.Literal(method)),
        *(("mai:reason", ox.NamedNode(reason)) for reason in reasons),
        *(("prov:wasDerivedFrom", ox.NamedNode(statement)) for statement in rests),
        ("schema:version", ox.Literal(credit.release)),
        ("dcterms:issued", _typed_literal(str(date.fromisoformat(str(credit.date))), "date")),
    ]
    yield from _triples(iri("suggestion", name), said)
    for me, reason in reasons.items():
        yield from _triples(me, _reason(reason, evidence))


def _reason(reason: Values, evidence: Mapping[str, Values]) -> Iterator[Property]:
    yield "rdf:type", term("mai:Reason")
    yield "mai:reasonKind", ox.NamedNode(concept_iri("reason", reason["name"]))
    yield "mai:reasonFamily", ox.NamedNode(concept_iri("reason", reason["family"]))
    yield "mai:points", _decimal(reason["points"])
    yield "mai:share", _decimal(reason["share"])
    if "kilometres" in reason:
        yield "mai:kilometres", _decimal(reason["kilometres"])
    for lang, text in reason["text"].items():
        yield "rdfs:comment", ox.Literal(text, language=lang)
    for what in (*reason["about"], *reason["given"], *reason["taken"]):
        yield _about(reason["name"], what)
    for statement in reason["evidence"]:
        yield "prov:wasDerivedFrom", ox.NamedNode(statement)
    for thing in sorted({str(evidence[statement]["what"]) for statement in reason["evidence"]}):
        yield "schema:mentions", ox.NamedNode(thing)


def _about(name: str, what: str) -> Property:
    """A year of activity, a word, or a thing of the graph."""
    if name == "recent":
        return "dcterms:date", _typed_literal(what, "gYear")
    return ("schema:keywords", ox.Literal(what)) if name == "words" else ("schema:about", ox.NamedNode(what))


def _triples(me: str, said: Iterable[Property]) -> Iterator[ox.Triple]:
    yield from (ox.Triple(ox.NamedNode(me), term(predicate), value) for predicate, value in said)


def _decimal(value: float) -> ox.Literal:
    return _typed_literal(f"{value:.4f}".rstrip("0") + ("0" if value == round(value) else ""), "decimal")


def _typed_literal(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(f"{XSD}{datatype}"))
