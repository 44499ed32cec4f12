"""A network too large for labels is laid out too: nothing overlaps, and a crowd stands on a lattice."""

import random

import numpy as np

from maillage.network.boxes import Box, lattice
from maillage.network.from_table import Edge, Links, Node
from maillage.network.layout import layout
from tests.network.geometry import overlaps


def test_a_crowd_on_a_lattice_keeps_its_sides_and_never_overlaps() -> None:
    chance = np.random.default_rng(5)
    points, sizes = chance.uniform(-300, 300, (700, 2)), chance.uniform(10, 24, (700, 2))
    placed = lattice(points, sizes, gap=4.0)
    assert overlaps(placed, sizes) == []
    left, right = points[:, 0] < -200, points[:, 0] > 200
    assert placed[left, 0].max() < placed[right, 0].min()


def test_many_groups_and_a_crowd_do_not_overlap() -> None:
    chance = random.Random(3)
    groups = [
        [f"c{number}" for number in range(450)],
        *([f"g{number}-{one}" for one in range(3)] for number in range(130)),
    ]
    nodes = tuple(Node(iri, iri) for group in groups for iri in group)
    pairs = {tuple(sorted(chance.sample(group, 2))) for group in groups for _ in range(2 * len(group))}
    links = Links(nodes, tuple(Edge(one, other, 1, "", "", ()) for one, other in sorted(pairs)))
    placed = layout(links, groups, {node.iri: Box(8.0) for node in nodes}, seed=1)
    centres = np.array([(place.x, place.y) for place in placed.values()], dtype=float)
    assert overlaps(centres, np.full((len(centres), 2), 15.0)) == []  # positions are rounded to the pixel
