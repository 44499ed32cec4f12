"""An answer as a network: a node a thing, a line a pair, and the rows of the answer that prove each line.

Lines have no direction: (a, b) and (b, a) are one line. Nodes and lines are sorted by IRI, so that whatever
is computed on them (communities, positions) does not depend on the order of the rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maillage.table import Cell

if TYPE_CHECKING:
    import igraph
    import networkx

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class NodeColumns:
    """Which columns describe one end of a line; `symbol` gives the kind when no column does."""

    iri: str
    label: str
    kind: str = ""
    kind_label: str = ""
    territory: str = ""
    start: str = ""
    end: str = ""
    short: str = ""
    symbol: str = ""

    @property
    def names(self) -> list[str]:
        return [name for field_, name in vars(self).items() if name and field_ != "symbol"]


@dataclass(frozen=True)
class EdgeColumns:
    """Which columns say the two ends, what they did (its distinct values are the weight) and when."""

    start: str
    goal: str
    activity: str
    first: str = ""
    last: str = ""

    @property
    def names(self) -> list[str]:
        return [name for name in vars(self).values() if name]


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
class Edge:
    """`rows` are places in the table the network was made from; `weight` counts distinct activities."""

    start: str
    goal: str
    weight: int
    first: str
    last: str
    rows: tuple[int, ...]

    def other(self, iri: str) -> str:
        return self.goal if iri == self.start else self.start


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
    edges = [_edge(rows, edge, found[pair]) for pair in sorted(found)]
    return Links(tuple(nodes[iri] for iri in sorted(nodes)), tuple(edges))


def read_nodes(rows: Sequence[Row], columns: NodeColumns) -> list[Node]:
    """The distinct nodes that some columns describe; the first row that says something wins."""
    nodes: dict[str, Node] = {}
    for row in rows:
        if row[columns.iri]:
            node = _node(row, columns)
            nodes[node.iri] = _fuller(nodes.get(node.iri), node)
    return list(nodes.values())


def _node(row: Row, columns: NodeColumns) -> Node:
    said = {name: text(row, column) for name, column in vars(columns).items() if name != "symbol"}
    said["kind"] = columns.symbol or said["kind"].rsplit("/", 1)[-1] or "unknown"
    said["label"] = said["label"] or said["iri"].rsplit("/", 1)[-1]
    return Node(**said)


def _fuller(known: Node | None, new: Node) -> Node:
    """The node with what either says; what was known first wins."""
    if known is None:
        return new
    blank = ("", "unknown")
    filled = {name: value for name, value in vars(new).items() if getattr(known, name) in blank}
    return replace(known, **filled)


def _edge(rows: Sequence[Row], columns: EdgeColumns, places: list[int]) -> Edge:
    proof = [rows[place] for place in places]
    starts = sorted(found for row in proof if (found := text(row, columns.first)))
    ends = sorted(found for row in proof if (found := text(row, columns.last) or text(row, columns.first)))
    return Edge(
        start=str(proof[0][columns.start]),
        goal=str(proof[0][columns.goal]),
        weight=len({row[columns.activity] for row in proof}),
        first=starts[0] if starts else "",
        last=ends[-1] if ends else "",
        rows=tuple(places),
    )


def text(row: Row, column: str) -> str:
    """A cell as text; nothing for no column or no value."""
    value = row.get(column) if column else None
    return "" if value is None else str(value)


def around(links: Links, centre: str, hops: int) -> Links:
    """The part of a network at most `hops` lines away from a node."""
    reached, edge_of_it = {centre}, {centre}
    for _ in range(hops):
        edge_of_it = {other for iri in edge_of_it for other in links.neighbours.get(iri, ())} - reached
        reached |= edge_of_it
    nodes = tuple(node for node in links.nodes if node.iri in reached)
    return Links(nodes, tuple(edge for edge in links.edges if edge.start in reached and edge.goal in reached))


def to_networkx(links: Links) -> "networkx.Graph[str]":
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    for node in links.nodes:
        graph.add_node(node.iri, **_without(vars(node), "iri"))
    for edge in links.edges:
        graph.add_edge(edge.start, edge.goal, **_without(vars(edge), "start", "goal"))
    return graph


def to_igraph(links: Links) -> "igraph.Graph":
    """The same values as `to_networkx`; a vertex is named by its IRI, in the attribute `name`."""
    import igraph

    place = {node.iri: number for number, node in enumerate(links.nodes)}
    graph = igraph.Graph(n=len(place), edges=[(place[edge.start], place[edge.goal]) for edge in links.edges])
    graph.vs["name"] = [node.iri for node in links.nodes]
    for name in ("label", "kind", "kind_label", "territory", "start", "end", "short"):
        graph.vs[name] = [getattr(node, name) for node in links.nodes]
    for name in ("weight", "first", "last", "rows"):
        graph.es[name] = [getattr(edge, name) for edge in links.edges]
    return graph


def _without(values: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in names}
