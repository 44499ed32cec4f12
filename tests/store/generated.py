"""A generated graph, the same at each run: the small world of the golden cases and thousands of participations.

Each participation has a claim; one statement in five is held by two sources, so that its claim comes twice and
its triple stands in two source graphs as well as, once, in merged.
"""

import random
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from maillage.files import asset
from maillage.store.values import with_values
from maillage.terms import expand, graph_iri, iri
from tests.queries.golden import WORLD

BODIES, EVENTS, PARTICIPATIONS = 150, 120, 10_050
ROLES = ("role:contributes", "role:announces", "role:funds")
SOURCES = ("bulk-one", "bulk-two")
RULES = (
    "32-answers-for", "34-widest-territory", "35-dating", "37-first-day", "38-last-day", "43-rests-on", "44-met",
    "45-planned-together",
)  # fmt: skip
TODAY = '"2022-06-01"^^<http://www.w3.org/2001/XMLSchema#date>'  # of the small world
Triple = tuple[str, str, "ox.NamedNode | ox.Literal"]


def generated(seed: int = 3, rules: Sequence[str] = RULES) -> ox.Store:
    store = ox.Store()
    store.load(WORLD.read_bytes(), format=ox.RdfFormat.TRIG)
    store.extend(ox.Quad(*_spelled(triple), ox.NamedNode(graph)) for graph, triple in _bulk(random.Random(seed)))
    merged = ox.NamedNode(graph_iri("merged"))
    for rule in rules:
        text = with_values((asset("graph") / "rules" / f"{rule}.rq").read_text("utf-8"), "today", [TODAY])
        drawn = store.query(text, default_graph=merged)
        assert isinstance(drawn, ox.QueryTriples)
        store.extend([ox.Quad(triple.subject, triple.predicate, triple.object, merged) for triple in drawn])
    return store


def _spelled(triple: Triple) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]:
    return ox.NamedNode(triple[0]), ox.NamedNode(expand(triple[1])), triple[2]


def _bulk(chance: random.Random) -> Iterator[tuple[str, Triple]]:
    merged, evidence = graph_iri("merged"), graph_iri("evidence")
    for triple in (*_sources(), *_bodies(), *_events(chance)):
        yield (evidence if "/source/" in triple[0] else merged), triple
    for number in range(PARTICIPATIONS):
        key = f"bulk-{number:05}"
        said = list(_participation(key, chance))
        holders = SOURCES if number % 5 == 0 else SOURCES[:1]
        yield from ((merged, triple) for triple in said)
        for holder in holders:
            yield graph_iri("source", holder), said[1]
            yield from ((evidence, triple) for triple in _claim(f"{holder}/{key}", said[1], holder))


def _named(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _thing(kind: str, key: str) -> ox.NamedNode:
    return ox.NamedNode(iri(kind, *key.split("/")))


def _text(text: str, lang: str = "") -> ox.Literal:
    return ox.Literal(text, language=lang) if lang else ox.Literal(text)


def _typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(expand(f"xsd:{name}")))


def _labels(thing: str, fr: str, en: str) -> Iterator[Triple]:
    yield thing, "rdfs:label", _text(fr, "fr")
    yield thing, "rdfs:label", _text(en, "en")
    yield thing, "mai:foldedLabel", _text(fr.lower())


def _sources() -> Iterator[Triple]:
    for rank, key in enumerate(SOURCES):
        source = iri("source", key)
        yield source, "rdf:type", _named("mai:Source")
        yield source, "dcterms:title", _text(f'Titre "{key}" \\ à échapper\tet tabuler')
        yield source, "dcterms:publisher", _text("Éditeur")
        yield source, "dcterms:issued", _typed("2021", "gYear")
        yield source, "mai:readOn", _typed("2021-12-01", "date")
        yield source, "dcterms:license", ox.NamedNode("https://example.org/licence")
        yield source, "mai:licenceLabel", _text("Licence A")
        yield source, "mai:creditLine", _text(f"Crédit {key}")
        yield source, "schema:url", ox.NamedNode(f"https://example.org/{key}?a=b&c=d#é")
        yield source, "mai:rank", _typed(str(rank), "integer")


def _bodies() -> Iterator[Triple]:
    for number in range(BODIES):
        body = iri("organisation", f"bulk-{number}")
        yield body, "rdf:type", _named("org:Organization")
        yield from _labels(body, f"Organisme n° {number}", f"Body no. {number}")
        if number % 3:
            yield body, "mai:topKind", _named("kind:association" if number % 2 else "kind:local-authority")
        if number < 6:
            yield body, "mai:theme", _named("theme:co-design")
        if number % 7 == 0:
            yield body, "mai:acronym", _text(f"O{number}")


def _events(chance: random.Random) -> Iterator[Triple]:
    for number in range(EVENTS):
        event = iri("event", f"bulk-{number}")
        yield event, "rdf:type", _named("schema:Event")
        yield from _labels(event, f"Événement « {number} »", f"Event “{number}”")
        yield event, "mai:namedBySource", _typed("true" if number % 2 else "false", "boolean")
        if number % 4 == 0:
            yield event, "schema:startDate", _typed(f"20{chance.randint(10, 25)}", "gYear")
        elif number % 4 == 1:
            yield event, "schema:startDate", _typed(f"2021-11-{chance.randint(1, 30):02}", "date")


def _participation(key: str, chance: random.Random) -> Iterator[Triple]:
    one = iri("participation", key)
    yield one, "rdf:type", _named("mai:Participation")
    yield one, "mai:agent", _thing("organisation", f"bulk-{chance.randrange(BODIES)}")
    yield one, "mai:role", _named(chance.choice(ROLES))
    yield one, "mai:activity", _thing("event", f"bulk-{chance.randrange(EVENTS)}")
    yield one, "mai:certainty", _named("certainty:stated")
    yield one, "dcterms:source", _thing("source", SOURCES[0])


def _claim(key: str, said: Triple, source: str) -> Iterator[Triple]:
    claim = iri("claim", *key.split("/"))
    yield claim, "rdf:type", _named("mai:Claim")
    yield claim, "rdf:subject", ox.NamedNode(said[0])
    yield claim, "rdf:predicate", _named(said[1])
    yield claim, "rdf:object", said[2]
    yield claim, "mai:certainty", _named("certainty:stated")
    yield claim, "dcterms:source", _thing("source", source)
    yield claim, "dcterms:license", ox.NamedNode("https://example.org/licence")
