"""Doors that draw: the map as a page of its own, and its network as GEXF, GraphML and JSON."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import networkx

from maillage.terms import concept_iri
from maillage.visualize.locales import say, when
from tests.doors.markup import below, links, shown, tree, words
from tests.doors.questions import role_of
from tests.doors.truth import Build, Proof, Tie, Told, Values

MAPS = ("co-organisation", "labs-and-carriers")
DIRECTED = {"contribution", "incubation", "portage"}  # kinds that read one way, as the table names them
DASHES = {"": "stated", "9 5": "implied", "2 5": "ambiguous"}


# ---------------------------------------------------------------- the page of a map


def wanted_page(tie: Tie, build: Build) -> Told:
    """A row a proof, and for the two of them a line, of the surest of its ties; a lab that is carried is an end.

    The table tells a direction by the kind alone: of two that incubate together it names one first, as if it did alone.
    """
    names, kind = build.names, build.names[concept_iri("partnership-kind", tie.kind)]
    ends = (names[tie.start], names[tie.goal])
    beside = [one.certainty for one in build.ties if (one.ends, one.carrying) == (tie.ends, tie.carrying)]
    said = {
        "from": kind in DIRECTED and ends[0],
        "when": when(tie.first, tie.last or tie.first, "fr") if tie.first else "non dite",
        "line": next(sure for sure in ("stated", "implied", "ambiguous") if sure in beside),
        "proofs": frozenset(_said(one, tie, build) for one in tie.proofs),
    }
    yield (frozenset(ends), kind, "" if tie.carrying else names[tie.activity]), said


def _said(one: Proof, tie: Tie, build: Build) -> tuple[str, ...]:
    place = f"paragraphe {one.paragraph}" if one.paragraph else ""
    return _role(one, tie, build), _certain(one.certainty, build), build.names[one.source], place, one.link


def _role(one: Proof, tie: Tie, build: Build) -> str:
    """Of a carrier the map of labs says only what it does."""
    role = build.names[role_of(one)]
    return role if tie.carrying else f"{build.names[one.agent]}\u00a0: {role}"


def _certain(slug: str, build: Build) -> str:
    return build.names[concept_iri("certainty", slug)]


def map_page(build: Build, ties: Sequence[Tie]) -> Told:
    for name in MAPS:
        page = tree(build.graph.draw(name))
        dashes = _dashes(page)
        found: dict[tuple[object, ...], set[object]] = defaultdict(set)
        (table,) = [one for part in below(page, "div", {"data-lang": "fr"}) for one in below(part, "tbody")]
        for row in below(table, "tr"):
            *said, line, proofs = _row({str(cell.get("data-title")): cell for cell in row})
            found[*said, dashes[str(line)]] |= set(proofs)
        for (ends, kind, what, start, dates, sure), proofs in found.items():
            yield (ends, kind, what), {"from": start, "when": dates, "line": sure, "proofs": frozenset(proofs)}


def _dashes(page: ElementTree.Element) -> dict[str, str]:
    """The certainty of each line of the picture."""
    said = json.loads(words(below(page, "script", {"id": "pyvis"})[0]))
    return {one["id"]: DASHES[" ".join(map(str, one["dashes"] or []))] for one in said["edges"]}


def _row(cells: Mapping[str, ElementTree.Element]) -> tuple[Any, ...]:
    said = {name: words(cell) for name, cell in cells.items()}
    start, goal = (words(below(cell, "button")[0]) for cell in list(cells.values())[:2])
    proof, kind = cells["Preuve"], said["Lien"]
    source, _, place = shown(proof[0]).rpartition(", paragraphe ")
    where = (source, f"paragraphe {place}") if source else (place, "")
    told = [(said["Rôle"], said["Certitude"], *where, link) for link in links(proof) or [""]]
    line = below(proof, "button")[0].attrib["data-edge"]
    way = kind in DIRECTED and start
    return frozenset((start, goal)), kind, said.get("Quoi", ""), way, said["Quand"], line, told


# ---------------------------------------------------------------- its network


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
