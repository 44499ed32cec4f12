"""Positions of a network, in pixels at the scale 1: groups first, then the nodes in each, without overlap.

A plain force layout makes one blob. Here each group is laid out by Fruchterman-Reingold, its boxes (disc and
label) are moved apart, and the groups are then packed: the largest in the middle, the others as near as they
can be to those they are linked to. A node without lines is packed next to the group of its territory.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from maillage.network.boxes import Box, Points, lattice, separate
from maillage.network.from_table import Links, to_igraph

if TYPE_CHECKING:
    import igraph

_SCREEN = np.array([960.0, 600.0])  # the shape that the whole should have
_ASPECT = 1.5  # of a group
_ASPECTS = (0.8, 1.0, 1.2, 1.5, 1.9)  # of the whole: how much sooner it grows in width than in height
_FILL = 0.4  # of what its boxes take, what a group is given before they are moved apart
_PADDING, _TITLE = 8.0, 22.0
_TITLE_FROM = 4  # groups of so many nodes bear a title
_STEP = 9.0  # between candidate places, in pixels
_MANY, _STEPS = 120, 60  # so many groups are packed in one shape of the whole, not the best of several, by larger steps
_REACH = 150  # steps from the middle to the edge at most, however large the whole
_SPOT_BATCH = 64  # spots
_CROWD = 400  # a group of so many nodes is set on a lattice: moving each pair apart would take its square
_NEAR, _CLOSE = 0.8, 3.0  # how much being near to what draws it counts, for a group and for a lone node


@dataclass(frozen=True)
class Place:
    x: int
    y: int
    side: str


@dataclass(frozen=True)
class _Island:
    """A group laid out around (0, 0): the centres of its boxes and the rectangle around them."""

    members: tuple[str, ...]
    boxes: tuple[Box, ...]
    centres: Points
    size: tuple[float, float]


def layout(links: Links, groups: Sequence[Sequence[str]], boxes: Mapping[str, Box], seed: int) -> dict[str, Place]:
    """The place of each node, the same for the same network, groups, boxes and seed."""
    graph = to_igraph(links)
    islands = [_island(graph, group, boxes, seed) for group in groups]
    drawn = _attraction(links, groups)
    packed = [_pack(islands, drawn, aspect) for aspect in (_ASPECTS if len(islands) < _MANY else _ASPECTS[2:3])]
    framed = [(*_frame(islands, middles), middles) for middles in packed]
    low, high, middles = min(framed, key=lambda one: float(((one[1] - one[0]) / _SCREEN).max()))  # least zoomed out
    places: dict[str, Place] = {}
    for island, middle in zip(islands, middles, strict=True):
        for iri, box, centre in zip(island.members, island.boxes, island.centres, strict=True):
            x, y = centre + middle - (low + high) / 2
            places[iri] = Place(round(x + box.shift), round(y), box.side)
    return {node.iri: places[node.iri] for node in links.nodes}


def _frame(islands: Sequence[_Island], middles: Points) -> tuple[Points, Points]:
    halves = np.array([island.size for island in islands]).reshape(-1, 2) / 2
    if not len(halves):
        return np.zeros(2), np.zeros(2)
    return (middles - halves).min(axis=0), (middles + halves).max(axis=0)


def _island(graph: "igraph.Graph", group: Sequence[str], boxes: Mapping[str, Box], seed: int) -> _Island:
    members = tuple(sorted(group))
    points = _forces(graph, members, seed)
    facing = tuple(
        replace(boxes[iri], side="left" if x < -0.25 and len(members) > 3 else "right")
        for iri, (x, _) in zip(members, points, strict=True)
    )
    sizes = np.array([box.size for box in facing])
    wanted = points * _spread(sizes) - np.array([(box.shift, 0.0) for box in facing])
    centres = separate(wanted, sizes, gap=9.0) if len(members) < _CROWD else lattice(wanted, sizes, gap=9.0)
    low, high = (centres - sizes / 2).min(axis=0), (centres + sizes / 2).max(axis=0)
    title = _TITLE if len(members) >= _TITLE_FROM else 0.0
    middle = (low + high - np.array([0.0, title])) / 2
    width, height = high - low + 2 * _PADDING
    return _Island(members, facing, centres - middle, (float(width), float(height + title)))


def _spread(sizes: Points) -> Points:
    """Half the width and the height that a group is given before its boxes are moved apart."""
    if len(sizes) == 2:
        return np.array([1.0, 24.0])
    area = _FILL * float(np.prod(sizes + _PADDING, axis=1).sum())
    return np.array([np.sqrt(area * _ASPECT), np.sqrt(area / _ASPECT)]) / 2


def _forces(graph: "igraph.Graph", members: Sequence[str], seed: int) -> Points:
    """Fruchterman-Reingold from a circle, in the square from -1 to 1; two nodes stand one above the other."""
    if len(members) < 3:
        return np.array([(0.0, float(row) * 2 - len(members) + 1) for row in range(len(members))])
    import igraph

    part = graph.induced_subgraph([graph.vs.find(name=iri).index for iri in members])
    order = {name: place for place, name in enumerate(part.vs["name"])}
    igraph.set_random_number_generator(random.Random(seed))
    rounds = 800 if len(members) < _CROWD else 150
    found = part.layout_fruchterman_reingold(niter=rounds, seed=part.layout_circle(), grid="nogrid")
    points: Points = np.array([found[order[iri]] for iri in members])
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    points /= np.maximum(np.abs(points).max(axis=0), 1e-6)
    return points


def _attraction(links: Links, groups: Sequence[Sequence[str]]) -> dict[tuple[int, int], float]:
    """How strongly two groups are drawn together: their lines, and for a lone node its territory."""
    home = {iri: number for number, group in enumerate(groups) for iri in group}
    drawn: Counter[tuple[int, int]] = Counter()
    for edge in links.edges:
        one, two = sorted((home[edge.start], home[edge.goal]))
        if one != two:
            drawn[one, two] += edge.weight
    found = {pair: float(count) for pair, count in drawn.items()}
    of_territory: dict[str, Counter[int]] = defaultdict(Counter)  # linked nodes in each group
    for node in links.nodes:
        if node.territory and links.neighbours[node.iri]:
            of_territory[node.territory][home[node.iri]] += 1
    for node in links.nodes:
        near = of_territory.get(node.territory)
        if near and not links.neighbours[node.iri]:
            one, two = sorted((home[node.iri], min(near, key=lambda group: (-near[group], group))))
            found[one, two] = 1.0
    return found


def _pack(islands: Sequence[_Island], drawn: Mapping[tuple[int, int], float], aspect: float) -> Points:
    """The middle of each island, one after the other: the largest, then those most drawn to the placed."""
    middles = np.zeros((len(islands), 2))
    sizes = np.array([island.size for island in islands]).reshape(-1, 2)
    near: list[dict[int, float]] = [{} for _ in islands]
    for (one, two), weight in drawn.items():
        near[one][two] = near[two][one] = weight
    spots = _spots(sizes, aspect)
    placed: list[int] = []
    for following in _order(islands, near):
        weights = {other: near[following][other] for other in placed if other in near[following]}
        force = _CLOSE if len(islands[following].members) == 1 else _NEAR
        total = max(sum(weights.values()), 1.0)
        pull = {other: force * drawn_by / total for other, drawn_by in weights.items()}
        middles[following] = _spot(spots, following, placed, sizes, middles, pull)
        placed.append(following)
        # those that a rectangle just placed leaves to the smallest of all
        reach = (sizes[following] + sizes.min(axis=0)) / 2
        spots = spots[(np.abs(spots[:, :2] - middles[following]) >= reach).any(axis=1)]
    return middles


def _order(islands: Sequence[_Island], near: Sequence[Mapping[int, float]]) -> Iterator[int]:
    """Islands in the order in which they are placed: those most drawn to the placed first, then the largest."""
    pulls, alone = np.zeros(len(islands)), np.ones(len(islands), dtype=bool)
    members = np.array([len(island.members) for island in islands])
    for _ in islands:
        best = alone & (pulls >= pulls[alone].max())
        following = int(np.flatnonzero(best & (members == members[best].max()))[0])
        alone[following] = False
        for other, weight in near[following].items():
            pulls[other] += weight
        yield following


def _spots(sizes: Points, aspect: float) -> Points:
    """Candidate places on a grid around the middle, the nearest first; the third column says how far."""
    reach = 0.8 * float(np.sqrt(np.prod(sizes, axis=1).sum())) + 0.5 * float(sizes.max(initial=1.0))
    step = max(_STEP, reach / (_STEPS if len(sizes) >= _MANY else _REACH))
    steps = np.arange(-reach, reach + step, step)
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    far = np.hypot(grid[:, 0] / aspect, grid[:, 1])
    near = np.argsort(far, kind="stable")
    spots: Points = np.column_stack([grid, far])[near][far[near] <= reach]
    return spots


def _spot(
    spots: Points, number: int, placed: Sequence[int], sizes: Points, middles: Points, pull: Mapping[int, float]
) -> Points:
    """The best free place: near the middle, nearer to what draws it; beyond everything if none is free."""
    if not placed:
        return np.zeros(2)
    cost = spots[:, 2]
    for other, weight in pull.items():
        cost = cost + weight * np.hypot(*(spots[:, :2] - middles[other]).T)
    best = np.argsort(cost, kind="stable")
    needed = (sizes[number] + sizes[placed]) / 2
    for start in range(0, len(best), _SPOT_BATCH):
        tried = spots[best[start : start + _SPOT_BATCH], :2]
        taken = (np.abs(tried[:, None] - middles[placed][None]) < needed[None]).all(axis=2).any(axis=1)
        if not taken.all():
            free: Points = tried[int(np.argmin(taken))]
            return free
    return np.array([float((middles + sizes)[placed, 0].max() + sizes[number, 0]), 0.0])
