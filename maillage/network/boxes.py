"""Rectangles on a plane: what a node takes with its label, and how to keep rectangles apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_WIDE, _NARROW = frozenset("mwMWŒœ@%—…"), frozenset("iljftrI.,;:'’|! ()[]-·")
_LINE = 14.5
_GAP = 4.0


@dataclass(frozen=True)
class Box:
    """What a node takes: a disc of `radius` and, on its `side`, a label of some lines (pixels)."""

    radius: float
    lines: tuple[str, ...] = ()
    side: str = "right"

    @property
    def label(self) -> float:
        return max((text_width(line) for line in self.lines), default=0.0)

    @property
    def size(self) -> tuple[float, float]:
        gap = _GAP if self.lines else 0.0
        return 2 * self.radius + gap + self.label, max(2 * self.radius, _LINE * len(self.lines))

    @property
    def shift(self) -> float:
        """How far the disc lies from the middle of the box, to the right."""
        away = (self.size[0] / 2) - self.radius
        return -away if self.side == "right" else away


def text_width(line: str, size: float = 12.0) -> float:
    """A generous estimate, in pixels, of a line set in a wide sans serif: fonts differ between machines."""
    shares = [0.88 if c in _WIDE else 0.32 if c in _NARROW else 0.7 if c.isupper() else 0.56 for c in line]
    return size * sum(shares)


def separate(centres: Points, sizes: Points, gap: float, rounds: int = 600) -> Points:
    """The centres moved as little as it takes for no two rectangles to be nearer than `gap`.

    Each round pushes every overlapping pair apart along the axis where they overlap less; if that does not
    end (rectangles caught between others) the whole is spread by a twentieth and tried again.
    """
    places, needed = centres.astype(float).copy(), (sizes[:, None] + sizes[None]) / 2 + gap
    first, second = np.triu_indices(len(places), 1)
    while len(first):
        for _ in range(rounds):
            if not _push(places, needed[first, second], first, second):
                return places
        places *= 1.05
    return places


def _push(places: Points, needed: Points, first: NDArray[np.intp], second: NDArray[np.intp]) -> bool:
    """Moves overlapping pairs apart in place; says whether there were any."""
    between = places[second] - places[first]
    over = needed - np.abs(between)
    hit = (over > 1e-6).all(axis=1)
    if not hit.any():
        return False
    one, two, excess = first[hit], second[hit], over[hit]
    axis = np.argmin(excess, axis=1)
    way = np.where(between[hit, axis] >= 0, 0.5, -0.5) * (excess[np.arange(len(axis)), axis] + 1e-3)
    np.add.at(places, (two, axis), way)
    np.add.at(places, (one, axis), -way)
    return True


def lattice(centres: Points, sizes: Points, gap: float) -> Points:
    """The centres on a grid whose cells hold the largest rectangle, left to right and top to bottom as they stood."""
    width, height = sizes.max(axis=0) + gap
    columns = max(1, round(float(np.sqrt(len(centres) * height / width * 1.5))))
    rows = -(-len(centres) // columns)
    places = np.zeros_like(centres, dtype=float)
    by_x = np.argsort(centres[:, 0], kind="stable")
    for column in range(columns):
        chosen = by_x[column * rows : (column + 1) * rows]
        chosen = chosen[np.argsort(centres[chosen, 1], kind="stable")]
        places[chosen, 0] = column * width
        places[chosen, 1] = np.arange(len(chosen)) * height
    middle: Points = places - places.mean(axis=0)
    return middle


def hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull, in order from the leftmost point; fewer than three distinct points are returned as they are."""
    import igraph

    found = sorted(set(points))
    if len(found) < 3:
        return found
    turned = igraph.convex_hull(found)[::-1]
    first = turned.index(0)
    return [found[place] for place in turned[first:] + turned[:first]]
