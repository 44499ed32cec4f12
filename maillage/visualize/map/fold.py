"""What a map leaves undrawn so that it can be read: points of too few neighbours, lines beyond a number."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.network.from_table import Links, Node

MOST_LINES = 1000  # that a map draws, so rows that its table lists


@dataclass(frozen=True)
class Fold:
    points: tuple[Node, ...] = ()
    lines: int = 0  # for being too many


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
