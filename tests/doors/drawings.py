"""Doors that draw: the network of a map as GEXF, GraphML and JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

import networkx

from maillage.terms import concept_iri
from maillage.visualize.locales import say, when
from tests.doors.questions import role_of
from tests.doors.truth import Build, Proof, Tie, Told, Values

MAPS = ("co-organisation", "labs-and-carriers")
MARKS = ("first", "last", "dating", "occurrence", "certainty")
Edges = Iterable[tuple[str, str, Mapping[str, str]]]


def wanted_ties(tie: Tie, build: Build) -> Told:
    said = {name: getattr(tie, name) for name in MARKS}
    yield (tie.ends, build.names[tie.activity], tie.kind), said | {"from": tie.directed and tie.start}


def wanted_network(tie: Tie, build: Build) -> Told:
    """A map has either the ties of carrying or the others."""
    yield from wanted_ties(tie, build)
    yield (tie.ends, tie.carrying, "line"), line_of([one for one in build.beside(tie) if one.carrying == tie.carrying])
    for one in tie.proofs:
        yield (tie.ends, tie.carrying, "evidence", _line(one, tie, build)), {}


def line_of(ties: Sequence[Tie]) -> Values:
    """What a line sums up: it reads from a carrier to its lab, else where its directed ties agree."""
    ways = {(one.start, one.goal) for one in ties if one.carrying}
    ways = ways or {(one.start, one.goal) for one in ties if one.directed}
    one_way = len(ways) == 1
    start = min(ways)[0] if one_way else min(ties[0].ends)
    names = {"kinds": "kind", "dating": "dating", "occurrence": "occurrence"}
    said = {name: " ".join(sorted({getattr(tie, of) for tie in ties} - {""})) for name, of in names.items()}
    return said | {"from": start, "directed": str(one_way).lower()}


def _line(one: Proof, tie: Tie, build: Build) -> str:
    """Proofs are told a line each, whatever the tie of the two."""
    place = f", paragraphe {one.paragraph}" if one.paragraph else ""
    parts = [
        build.names[tie.activity],
        when(tie.first, tie.last or tie.first, "fr") if tie.first else "",
        _role(one, tie, build),
        _certain(one.certainty, build),
        one.note,
        say("fr", "chains.source", source=build.names[one.source], place=place),
    ]
    return " ; ".join(part for part in parts if part)


def _role(one: Proof, tie: Tie, build: Build) -> str:
    """Of a carrier the map of labs says only what it does."""
    role = build.names[role_of(one)]
    return role if tie.carrying else f"{build.names[one.agent]}\u00a0: {role}"


def _certain(slug: str, build: Build) -> str:
    return build.names[concept_iri("certainty", slug)]


def gexf(build: Build, ties: Sequence[Tie]) -> Told:
    """Read as XML: the ends of a line are those of the map, which GEXF keeps in their order."""
    for name in MAPS:
        yield from _edges(gexf_edges(build.graph.network(name, form="gexf").decode()), name)


def gexf_edges(text: str) -> Edges:
    root = ElementTree.fromstring(text)
    titles = {
        one.get("id"): str(one.get("title")) for one in root.iterfind(".//{*}attributes[@class='edge']/{*}attribute")
    }
    for edge in root.iterfind(".//{*}edge"):
        told = {titles[one.get("for")]: str(one.get("value")) for one in edge.iterfind(".//{*}attvalue")}
        yield str(edge.get("source")), str(edge.get("target")), dict.fromkeys(titles.values(), "") | told


def graphml(build: Build, ties: Sequence[Tie]) -> Told:
    """Read as an undirected graph, which forgets the order of the ends: an attribute tells it."""
    for name in MAPS:
        yield from _edges(graphml_edges(build.graph.network(name, form="graphml").decode()), name)


def graphml_edges(text: str) -> Edges:
    for *ends, said in networkx.parse_graphml(text).edges(data=True):
        (goal,) = set(ends) - {said["from"]}
        yield said["from"], goal, said


def as_json(build: Build, ties: Sequence[Tie]) -> Told:
    for name in MAPS:
        edges = json.loads(build.graph.network(name, form="json"))["edges"]
        yield from _edges(((said["source"], said["target"], said) for said in edges), name)


def _edges(edges: Edges, name: str) -> Told:
    for start, goal, said in edges:
        carrying = name == MAPS[1]
        yield from told_line(start, goal, said, carrying, "line")
        for line in said["evidence"].split(" | "):
            yield (frozenset((start, goal)), carrying, "evidence", line), {}


def told_line(start: str, goal: str, said: Mapping[str, str], *key: object) -> Told:
    """A line, and its ties, of which the fields are in one text."""
    ends = frozenset((start, goal))
    yield (ends, *key), {name: said[name] for name in ("kinds", "dating", "occurrence", "from", "directed")}
    for tie in said["ties"].split(" | "):
        kind, way, *activity, first, last, dating, occurrence, certainty = tie.split(" ; ")
        marks = dict(zip(MARKS, (first, last, dating, occurrence, certainty), strict=True))
        yield (ends, " ; ".join(activity), kind), marks | {"from": {"→": start, "←": goal, "–": False}[way]}
