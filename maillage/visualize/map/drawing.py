"""A map as values: what is drawn where, in which symbol, with which texts and proofs. Knows no HTML."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from maillage.locales import LANGUAGES
from maillage.network.boxes import Box, hull
from maillage.network.from_table import Edge, Links, Node, Row, around, communities, project, read_nodes, text
from maillage.network.layout import Place, layout
from maillage.table import Table
from maillage.terms import fold
from maillage.visualize.locales import both, say, when
from maillage.visualize.map.evidence import Proof, align_rows, certainty_of, join_rows, proof, proof_places
from maillage.visualize.map.labels import LETTERS, LINES, map_labels
from maillage.visualize.map.spec import Focus, MapSpec, Texts
from maillage.visualize.palette import EVENT, Symbol, palette

Answers = Mapping[str, Mapping[str, Table]]
RowsByLanguage = Mapping[str, Sequence[Row]]
LinksByLanguage = Mapping[str, Links]
MOST_LINES = 1000  # that a map draws, so rows that its table lists
_TITLE_FROM = 4  # a community of so many points bears a name


@dataclass(frozen=True)
class Point:
    id: str
    node: Node
    symbol: Symbol
    glyph: str
    place: Place
    radius: float
    rank: int
    group: int
    name: Texts
    short: Texts
    lines: Mapping[str, list[str]]
    kind_label: Texts
    territory: Texts
    when: Texts


@dataclass(frozen=True)
class Line:
    """`rows`: those that prove it, by language, in the order of the answer; a tie has several."""

    id: str
    edge: Edge
    start: Point
    goal: Point
    width: float
    certainty: str
    proofs: Mapping[str, list[Proof]]
    rows: Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Group:
    title: Texts
    x: int
    y: int
    hull: list[tuple[float, float]]


@dataclass(frozen=True)
class Fold:
    """What a map leaves undrawn so that it can be read: points of too few neighbours, lines beyond a number."""

    points: tuple[Node, ...] = ()
    lines: int = 0  # for being too many


@dataclass(frozen=True)
class Drawing:
    spec: MapSpec
    links: Links
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    fold: Fold


def draw(answers: Answers, spec: MapSpec, focus: Focus | None = None, *, whole: bool = False) -> Drawing:
    """Lays out the answers to a map's questions (by question, then language); `whole`: nothing is folded."""
    rows, links = _read_answers(answers, spec, focus)
    drawn, folded = (links["fr"], Fold()) if whole else fold_links(links["fr"], spec.fold)
    links = {**links, "fr": drawn}
    groups = communities(drawn, spec.seed)
    points = _points(links, spec, groups)
    lines = tuple(_lines(rows, drawn.edges, spec, {point.node.iri: point for point in points}))
    return Drawing(spec, drawn, points, lines, tuple(_groups(points, groups)), folded)


def _read_answers(answers: Answers, spec: MapSpec, focus: Focus | None) -> tuple[RowsByLanguage, LinksByLanguage]:
    """The answer, row by row, and the network it makes."""
    answers = {question: _filter_tables(tables, spec.only) for question, tables in answers.items()}
    rows, links = dict[str, Sequence[Row]](), dict[str, Links]()
    for lang in LANGUAGES:
        asked = {question: tables[lang].rows() for question, tables in answers.items()}
        rows[lang] = asked[spec.question]
        for join in spec.joins:
            rows[lang] = join_rows(rows[lang], asked[join.question], join)
        alone = read_nodes(asked[spec.extra.question], spec.extra.nodes) if spec.extra else []
        whole = project(rows[lang], spec.nodes, spec.edges, alone)
        links[lang] = around(whole, focus.iri, focus.hops) if focus else whole
    return rows, links


def _filter_tables(tables: Mapping[str, Table], only: Mapping[str, str]) -> Mapping[str, Table]:
    """The tables in one order of rows, cut down to those that the map wants (by their French labels)."""
    first = tables["fr"]
    names = [name for name in only if name in first.names]
    kept = [all(fold(text(row, name)) == fold(only[name]) for name in names) for row in first.rows()]
    aligned = {lang: compress(align_rows(first, table), kept) for lang, table in tables.items()}
    return {lang: Table.from_rows(list(rows), first.columns) for lang, rows in aligned.items()}


def _points(drawn: LinksByLanguage, spec: MapSpec, groups: Sequence[Sequence[str]]) -> tuple[Point, ...]:
    links = drawn["fr"]
    degrees = {node.iri: links.degree(node.iri) for node in links.nodes}
    radius = {iri: spec.visual["node_size"].of(count, [*degrees.values()]) for iri, count in degrees.items()}
    lines = {iri: [label_lines(one.by_iri[iri]) for one in drawn.values()] for iri in degrees}
    boxes = {iri: Box(radius[iri] * 1.25, max(shown, key=_widest)) for iri, shown in lines.items()}
    places = layout(links, groups, boxes, spec.seed)
    home = {iri: number for number, group in enumerate(groups) for iri in group}
    rank = {node.iri: number for number, node in enumerate(links.by_importance())}
    at = {iri: (places[iri], radius[iri], rank[iri], home[iri]) for iri in degrees}
    return tuple(_point(f"n{number}", drawn, iri, at[iri]) for number, iri in enumerate(degrees))


def title_of(drawing: Drawing, focus: Focus | None) -> Texts:
    """The title of the map, with the name of the body it is drawn around."""
    centre = next((point for point in drawing.points if focus and point.node.iri == focus.iri), None)
    name = {lang: centre.name[lang] if centre else "" for lang in LANGUAGES}
    return {lang: drawing.spec.title[lang].replace("{name}", name[lang]) for lang in LANGUAGES}


def label_lines(node: Node) -> tuple[str, ...]:
    """The label under which a point is drawn, on a few lines: the reviewed one, else the name, cut."""
    if reviewed := map_labels().get(node.iri):
        return reviewed
    label = " ".join(short_name(node).split())
    return tuple(textwrap.wrap(label, LETTERS, max_lines=LINES, placeholder="…")) or ("",)


def short_name(node: Node) -> str:
    """The reviewed label of a map; else the acronym of a body whose name would not fit on a line, else the name."""
    if reviewed := map_labels().get(node.iri):
        return " ".join(reviewed)
    return node.short if node.short and len(node.label) > LETTERS else node.label


def _widest(lines: tuple[str, ...]) -> tuple[int, int]:
    return len(lines), max(map(len, lines))


def _point(number: str, drawn: LinksByLanguage, iri: str, at: tuple[Place, float, int, int]) -> Point:
    """`at`: its place, radius, rank and group."""
    nodes = {lang: links.by_iri[iri] for lang, links in drawn.items()}
    node = nodes["fr"]
    symbol = palette().symbol(node.kind)
    names = {lang: one.label for lang, one in nodes.items()}
    day = node.start[8:] if symbol.kind == EVENT and len(node.start) == 10 else ""
    undated = both("map.no_date") if node.kind == EVENT else dict.fromkeys(LANGUAGES, "")
    return Point(
        number,
        node,
        symbol,
        str(int(day)) if day else symbol.letter,  # of an event the day of the month, where a source gives it
        *at,
        name=names,
        short={lang: short_name(one) for lang, one in nodes.items()},
        lines={lang: list(label_lines(one)) for lang, one in nodes.items()},
        kind_label={lang: one.kind_label or say(lang, f"kinds.{symbol.kind}") for lang, one in nodes.items()},
        territory={lang: one.territory for lang, one in nodes.items()},
        when={lang: when(one.start, one.end, lang) if one.start else undated[lang] for lang, one in nodes.items()},
    )


def _lines(
    answers: RowsByLanguage, edges: Sequence[Edge], spec: MapSpec, points: Mapping[str, Point]
) -> Iterator[Line]:
    weights = [edge.weight for edge in edges]
    for number, edge in enumerate(edges):
        places = proof_places(answers["fr"], edge.rows, spec.evidence)
        proofs = {lang: _proofs(answers[lang], places, spec, edge, lang) for lang in LANGUAGES}
        width = spec.visual["edge_width"].of(edge.weight, weights)
        ends = points[edge.start], points[edge.goal]
        rows = {lang: [some[place] for place in edge.rows] for lang, some in answers.items()}
        yield Line(f"e{number}", edge, *ends, width, certainty_of(rows["fr"], spec.edges.certainty), proofs, rows)


def _proofs(rows: Sequence[Row], places: Sequence[list[int]], spec: MapSpec, edge: Edge, lang: str) -> list[Proof]:
    found = []
    for same in places:
        some = [rows[place] for place in same]
        away = spec.edges.is_directed(some[0]) and some[0][spec.edges.start] != edge.start
        found.append(replace(proof(some, spec.evidence, lang), reversed=away))
    return found


def _groups(points: Sequence[Point], groups: Sequence[Sequence[str]]) -> Iterator[Group]:
    """The communities worth a name: several points, called after the most linked body among them."""
    of = {point.node.iri: point for point in points}
    for group in groups:
        members = [of[iri] for iri in group]
        if len(members) < _TITLE_FROM:
            continue
        leader = min(members, key=lambda point: (point.symbol.kind == EVENT, point.rank))
        title = {lang: say(lang, "map.group_around", name=cut(name)) for lang, name in leader.short.items()}
        spots = [(float(point.place.x), float(point.place.y)) for point in members]
        across, above = [x for x, _ in spots], min(point.place.y for point in members) - 38
        yield Group(title, round((min(across) + max(across)) / 2), above, hull(spots))


def cut(name: str) -> str:
    return textwrap.shorten(name, 32, placeholder="…")


def fold_links(links: Links, least: Mapping[str, int], most: int = MOST_LINES) -> tuple[Links, Fold]:
    """The heaviest lines among points that have enough neighbours for their kind, and what that leaves out.

    A point that has no line from the start stays.
    """
    few = {node.iri for node in links.nodes if links.degree(node.iri) < least.get(node.kind, 0)}
    apt = [edge for edge in links.edges if not {edge.start, edge.goal} & few]
    lightest = sorted(apt, key=lambda edge: (-edge.weight, -edge.newman, edge.start, edge.goal))[most:]
    dropped = {(edge.start, edge.goal) for edge in lightest}
    edges = tuple(edge for edge in apt if (edge.start, edge.goal) not in dropped)
    joined = {iri for edge in edges for iri in (edge.start, edge.goal)}
    drawn = {iri for iri, others in links.neighbours.items() if iri in joined or not others} - few
    nodes = tuple(node for node in links.nodes if node.iri in drawn)
    return Links(nodes, edges), Fold(tuple(node for node in links.nodes if node.iri not in drawn), len(lightest))
