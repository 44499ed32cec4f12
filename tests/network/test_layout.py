"""Positions: no box over another, the same each time, lone nodes next to those of their territory."""

import random

import numpy as np
import pytest

from maillage.network.boxes import Box, hull, separate
from maillage.network.from_table import Edge, Links, Node, communities
from maillage.network.layout import Place, layout
from tests.network.geometry import overlaps


def sample(seed: int, nodes: int = 60, edges: int = 70) -> tuple[Links, dict[str, Box]]:
    chance = random.Random(seed)
    names = [f"n{number:03}" for number in range(nodes)]
    pairs = sorted({tuple(sorted(chance.sample(names, 2))) for _ in range(edges)})
    links = Links(
        tuple(Node(name, name, territory=chance.choice(["east", "west", ""])) for name in names),
        tuple(Edge(one, other, 1, "", "", ()) for one, other in pairs),
    )
    lines = ("Un organisme au nom", "assez long"), ("Court",), ()
    return links, {name: Box(10 + chance.random() * 8, chance.choice(lines)) for name in names}


def rectangles(places: dict[str, Place], boxes: dict[str, Box]) -> tuple[np.ndarray, np.ndarray]:
    sided = {iri: Box(boxes[iri].radius, boxes[iri].lines, place.side) for iri, place in places.items()}
    centres = np.array([(place.x - sided[iri].shift, place.y) for iri, place in places.items()], dtype=float)
    return centres, np.array([box.size for box in sided.values()])


@pytest.mark.parametrize("seed", range(4))
def test_no_box_lies_over_another(seed: int) -> None:
    links, boxes = sample(seed)
    places = layout(links, communities(links, 7), boxes, 7)
    assert list(places) == [node.iri for node in links.nodes]
    assert overlaps(*rectangles(places, boxes)) == []


def test_the_same_each_time() -> None:
    links, boxes = sample(5)
    groups = communities(links, 7)
    assert layout(links, groups, boxes, 7) == layout(links, groups, boxes, 7)


def test_a_lone_node_stands_by_its_territory() -> None:
    groups = [tuple(f"{side}{n}" for n in range(6)) for side in ("east", "west")]
    nodes = [Node(iri, iri, territory=iri[:4]) for group in groups for iri in group] + [
        Node("z", "z", territory="west")
    ]
    edges = [Edge(group[0], other, 1, "", "", ()) for group in groups for other in group[1:]]
    links = Links(tuple(nodes), tuple(edges))
    boxes = {node.iri: Box(10, ("Un nom plutôt long",)) for node in nodes}
    places = layout(links, [*groups, ("z",)], boxes, 7)

    def far(side: str) -> float:
        middle = np.mean([(places[f"{side}{n}"].x, places[f"{side}{n}"].y) for n in range(6)], axis=0)
        return float(np.hypot(places["z"].x - middle[0], places["z"].y - middle[1]))

    assert far("west") < far("east")


def test_one_node_and_none() -> None:
    assert layout(Links((), ()), [], {}, 7) == {}
    alone = Links((Node("a", "A"),), ())
    assert set(layout(alone, [("a",)], {"a": Box(10, ("A",))}, 7)) == {"a"}


def test_separate_moves_only_what_overlaps() -> None:
    centres, sizes = np.array([[0.0, 0.0], [1.0, 0.0], [500.0, 0.0]]), np.full((3, 2), 20.0)
    found = separate(centres, sizes, gap=4)
    assert overlaps(found, sizes) == []
    assert found[2].tolist() == [500.0, 0.0]


def test_separate_unpiles_what_lies_on_one_spot() -> None:
    sizes = np.full((12, 2), 20.0)
    assert overlaps(separate(np.zeros((12, 2)), sizes, gap=2), sizes) == []


def test_hull() -> None:
    assert hull([(0, 0), (4, 0), (2, 1), (4, 4), (0, 4)]) == [(0, 0), (4, 0), (4, 4), (0, 4)]
    assert hull([(1, 1), (1, 1)]) == [(1, 1)]
