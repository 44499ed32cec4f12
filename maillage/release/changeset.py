"""The difference between two graphs as data: change sets in RDF, or JSON.

A `cs:ChangeSet` a thing (Changeset vocabulary, http://purl.org/vocab/changeset): the thing, and each statement
added or removed as an `rdf:Statement`. Nothing is a blank node.
"""

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from maillage.export.statements import serialise, term
from maillage.graph.canonical import digest
from maillage.release.difference import Change, Difference
from maillage.release.sentences import Names
from maillage.terms import compact, iri


def change_sets(difference: Difference) -> bytes:
    """Turtle: what merged gained and lost, and between which graphs (`prov:wasRevisionOf`)."""
    before, after = (ox.NamedNode(iri("graph", side.digest)) for side in (difference.before, difference.after))
    said = [ox.Triple(after, term("prov:wasRevisionOf"), before)]
    pair = f"{difference.before.digest}-{difference.after.digest}"
    for change in difference.changes:
        said += _change_set(change, pair, after)
    return serialise(said, ox.RdfFormat.TURTLE)


def _change_set(change: Change, pair: str, after: ox.NamedNode) -> Iterator[ox.Triple]:
    named = ("change", pair, digest(str(change.thing).encode()))
    node = ox.NamedNode(iri(*named))
    yield ox.Triple(node, term("rdf:type"), term("cs:ChangeSet"))
    yield ox.Triple(node, term("cs:subjectOfChange"), change.thing)
    yield ox.Triple(node, term("dcterms:isPartOf"), after)
    for name, triples in (("cs:removal", change.removed), ("cs:addition", change.added)):
        for triple in triples:
            statement = ox.NamedNode(iri(*named, digest(str(triple).encode())))
            yield ox.Triple(node, term(name), statement)
            yield ox.Triple(statement, term("rdf:type"), term("rdf:Statement"))
            for part, said in zip(("rdf:subject", "rdf:predicate", "rdf:object"), triple, strict=True):
                yield ox.Triple(statement, term(part), said)


def as_json(difference: Difference, lang: str) -> bytes:
    """Both graphs, the counts by graph, and the things, each with its kind of change, its name and its statements."""
    names = Names(difference, lang)
    found = {
        "before": {"given": difference.before.label, "digest": difference.before.digest},
        "after": {"given": difference.after.label, "digest": difference.after.digest},
        "graphs": {name: {"added": added, "removed": gone} for name, (added, gone) in difference.counts.items()},
        "things": [_thing(change, names) for change in difference.changes],
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def _thing(change: Change, names: Names) -> dict[str, Any]:
    thing = change.thing.value
    # `object` as N-Triples has it, so that a text, a date and an IRI stay apart
    added, removed = (
        [{"predicate": compact(one.predicate.value), "object": str(one.object)} for one in some]
        for some in (change.added, change.removed)
    )
    said = {"thing": thing, "change": change.kind, "name": names.name(thing), "kind": names.kinds(thing)}
    return said | {"added": added, "removed": removed}
