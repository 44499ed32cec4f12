"""An answer as a network: a node a thing, a line a pair, and the rows of the answer that prove each line.

(a, b) and (b, a) are one line; it has a direction where all its directed rows agree on one. Nodes and lines are sorted
by IRI, so that whatever is computed on them (communities, positions) does not depend on the order of the rows.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from maillage.table import Cell

if TYPE_CHECKING:
    import igraph

Row = Mapping[str, Cell]
Thing = TypeVar("Thing", int, str)
CARRYING = "carrying"  # the kind of tie that reads from a carrier to its lab


@dataclass(frozen=True)
class Node:
    iri: str
    label: str
    kind: str = "unknown"
    kind_label: str = ""
    territory: str = ""
    start: str = ""
    end: str = ""
    short: str = ""


@dataclass(frozen=True)
class NodeColumns(Node):
    """Which column gives each field of a node; `symbol` gives the kind when no column does."""

    kind: str = ""
    symbol: str = ""

    @property
    def names(self) -> list[str]:
        return [name for field_, name in vars(self).items() if name and field_ != "symbol"]


@dataclass(frozen=True)
class EdgeColumns:
    """Which columns say the two ends, what they did (its distinct values are the weight) and when.

    `kind`, `directed`, `dating`, `occurrence`, `certainty`: those of the tie that a row proves. Without `directed` each
    row has a direction, the one that the columns give.
    """

    start: str
    goal: str
    activity: str
    first: str = ""
    last: str = ""
    kind: str = ""
    directed: str = ""
    dating: str = ""
    occurrence: str = ""
    certainty: str = "certainty"

    @property
    def names(self) -> list[str]:
        return [name for name in vars(self).values() if name]

    def is_directed(self, row: Row) -> bool:
        return bool(row[self.directed]) if self.directed else True


@dataclass(frozen=True)
class Edge:
    """`rows` are places in the table the network was made from; `weight` counts distinct activities.

    `newman`: each of them counts 1/(n-1), n being the things that have a line in it. `kinds`: local names, sorted.
    """

    start: str
    goal: str
    weight: int
    first: str
    last: str
    rows: tuple[int, ...]
    directed: bool = False
    kinds: tuple[str, ...] = ()
    newman: float = 0.0


@dataclass(frozen=True)
class Links:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    by_iri: Mapping[str, Node] = field(init=False, compare=False)
    neighbours: Mapping[str, tuple[str, ...]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        around: dict[str, list[str]] = {node.iri: [] for node in self.nodes}
        for edge in self.edges:
            around[edge.start].append(edge.goal)
            around[edge.goal].append(edge.start)
        object.__setattr__(self, "by_iri", {node.iri: node for node in self.nodes})
        object.__setattr__(self, "neighbours", {iri: tuple(found) for iri, found in around.items()})

    def degree(self, iri: str) -> int:
        return len(self.neighbours[iri])

    def by_importance(self) -> list[Node]:
        """The most linked first, then by name."""
        return sorted(self.nodes, key=lambda node: (-self.degree(node.iri), node.label, node.iri))


def project(rows: Sequence[Row], ends: Sequence[NodeColumns], edge: EdgeColumns, alone: Iterable[Node] = ()) -> Links:
    """The network of an answer. A row that lacks an end gives the other alone; none is linked to itself."""
    nodes = {node.iri: node for node in alone}
    for columns in ends:
        for node in read_nodes(rows, columns):
            nodes[node.iri] = _fuller(nodes.get(node.iri), node)
    found: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        pair = sorted(str(row[name]) for name in (edge.start, edge.goal) if row[name])
        if len(set(pair)) == 2:
            found.setdefault((pair[0], pair[1]), []).append(place)
    weights = newman([(*ends, str(rows[place][edge.activity])) for ends, some in found.items() for place in some])
    edges = [_edge(rows, edge, found[pair], weights[pair]) for pair in sorted(found)]
    return Links(tuple(nodes[iri] for iri in sorted(nodes)), tuple(edges))


def read_nodes(rows: Sequence[Row], columns: NodeColumns) -> list[Node]:
    """The distinct nodes that some columns describe; the first row that says something wins."""
    nodes: dict[str, Node] = {}
    for row in rows:
        if row[columns.iri]:
            said = {name: text(row, column) for name, column in vars(columns).items() if name != "symbol"}
            said["kind"] = columns.symbol or said["kind"].rsplit("/", 1)[-1] or "unknown"
            said["label"] = said["label"] or said["iri"].rsplit("/", 1)[-1]
            nodes[said["iri"]] = _fuller(nodes.get(said["iri"]), Node(**said))
    return list(nodes.values())


def _fuller(known: Node | None, new: Node) -> Node:
    """The node with what either says; what was known first wins."""
    if known is None:
        return new
    return replace(known, **{name: said for name, said in vars(new).items() if getattr(known, name) in ("", "unknown")})


def _edge(rows: Sequence[Row], columns: EdgeColumns, places: list[int], weight: float) -> Edge:
    proof = [rows[place] for place in places]
    start, goal, directed = way(proof, columns.start, columns.goal, columns.directed, columns.kind)
    starts = filter(None, (text(row, columns.first) for row in proof))
    ends = filter(None, (text(row, columns.last) or text(row, columns.first) for row in proof))
    return Edge(
        start=start,
        goal=goal,
        weight=len({row[columns.activity] for row in proof}),
        first=min(starts, default=""),
        last=max(ends, default=""),
        rows=tuple(places),
        directed=directed,
        kinds=tuple(slugs(proof, columns.kind)),
        newman=weight,
    )


def way(rows: Sequence[Row], start: str, goal: str, directed: str, kind: str) -> tuple[str, str, bool]:
    """The two ends of a line, from the columns of its ties, and whether it reads from the first to the second.

    From the carrier to what it carries; else the direction on which all its directed ties agree, if they do.
    """
    ways = {(str(row[start]), str(row[goal])) for row in rows if kind and local(row[kind]) == CARRYING}
    ways = ways or {(str(row[start]), str(row[goal])) for row in rows if not directed or row[directed]}
    one, other = min(ways) if len(ways) == 1 else sorted(str(rows[0][end]) for end in (start, goal))
    return one, other, len(ways) == 1


def slugs(rows: Sequence[Row], column: str) -> list[str]:
    """The distinct concepts of a column by their local names, sorted; none for no column."""
    return sorted({local(row[column]) for row in rows if row[column]}) if column else []


def text(row: Row, column: str) -> str:
    """A cell as text; nothing for no column or no value."""
    value = row.get(column) if column else None
    return "" if value is None else str(value)


def group_rows(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """The rows, in their order, by what a column holds; a value that it does not hold has none."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row[column])].append(row)
    return found


def around(links: Links, centre: str, hops: int) -> Links:
    """The part of a network at most `hops` lines away from a node."""
    reached, edge_of_it = {centre}, {centre}
    for _ in range(hops):
        edge_of_it = {other for iri in edge_of_it for other in links.neighbours.get(iri, ())} - reached
        reached |= edge_of_it
    nodes = tuple(node for node in links.nodes if node.iri in reached)
    return Links(nodes, tuple(edge for edge in links.edges if edge.start in reached and edge.goal in reached))


def to_igraph(links: Links) -> "igraph.Graph":
    """A vertex is named by its IRI, in the attribute `name`; the rest is what nodes and edges say."""
    import igraph

    place = {node.iri: number for number, node in enumerate(links.nodes)}
    graph = igraph.Graph(n=len(place), edges=[(place[edge.start], place[edge.goal]) for edge in links.edges])
    graph.vs["name"] = [node.iri for node in links.nodes]
    for name in ("label", "kind", "kind_label", "territory", "start", "end", "short"):
        graph.vs[name] = [getattr(node, name) for node in links.nodes]
    for name in ("weight", "first", "last", "rows", "directed", "kinds", "newman"):
        graph.es[name] = [getattr(edge, name) for edge in links.edges]
    return graph


def communities(links: Links, seed: int) -> tuple[tuple[str, ...], ...]:
    """Groups of IRIs that have more lines among themselves than with the rest: Leiden, seeded.

    The largest first, each sorted; a node without lines is a group of its own.
    """
    import igraph

    graph = to_igraph(links)
    igraph.set_random_number_generator(random.Random(seed))
    found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
    groups = [tuple(sorted(graph.vs[place]["name"] for place in group)) for group in found]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def pair(one: Thing, other: Thing) -> tuple[Thing, Thing]:
    return (one, other) if one < other else (other, one)


def local(iri: object) -> str:
    """What comes last in an IRI: `theme` of `…/def#theme`."""
    return str(iri).replace("#", "/").rsplit("/", 1)[-1] if iri else ""


def newman(meetings: Collection[tuple[Thing, Thing, str]]) -> dict[tuple[Thing, Thing], float]:
    """Weight of each pair from (body, body, activity): an activity of n bodies adds 1/(n-1) (Newman, PRE 64, 2001)."""
    members: dict[str, set[Thing]] = defaultdict(set)
    met: dict[tuple[Thing, Thing], set[str]] = defaultdict(set)
    for one, other, activity in meetings:
        members[activity] |= {one, other}
        met[pair(one, other)].add(activity)
    return {ends: sum(1 / (len(members[what]) - 1) for what in sorted(whats)) for ends, whats in met.items()}
