"""The points that each pair may have, bounded from above, so that the best are found without scoring every pair.

Pairs are scored in the order of their bounds until no other can be better (the threshold algorithm of Fagin, Lotem and
Naor, J. Comput. Syst. Sci. 66, 2003): the result is that of scoring every pair.
"""

import heapq
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.from_table import text
from maillage.network.synergy.history import name_incidence
from maillage.network.synergy.points import Matrices, Weights, blocks, number_labels, points
from maillage.network.synergy.scores import Network

if TYPE_CHECKING:
    from maillage.network.synergy.evidence_base import Claims, EvidenceBase

MARGIN = 1e-6  # what sums of products may lack by rounding; far under what orders suggestions

Bounds = Iterator[tuple[int, NDArray[np.float64]]]


class Floor:
    """What a bound must reach: the least score, then the score of the last of the best so far."""

    def __init__(self, most: int | None, least: float) -> None:
        self._most, self._scores, self.least = most, list[float](), least - MARGIN

    def rise(self, score: float) -> None:
        if self._most is None:
            return
        heapq.heappush(self._scores, score)
        if len(self._scores) > self._most:
            heapq.heappop(self._scores)
        if len(self._scores) == self._most:
            self.least = max(self.least, self._scores[0] - MARGIN)


def bounds(known: Matrices, by: Weights, places: Collection[int], silent: NDArray[np.bool_]) -> Bounds:
    """For each body (by its place) the most points that each other may have; -1 where nothing carries the pair, or
    where the other is among the `silent`.
    """
    for some in blocks(np.array(places, dtype=np.int64), known.bodies):
        found = points(known, by, some)
        carried = sum(value > 0 for name, value in found.items() if by.family[name] in by.substance)
        more = sum(worth for name, worth in by.points.items() if name not in found)
        bound = np.where((np.asarray(carried) > 0) & ~silent, sum(found.values()) + more, -1.0)
        yield from zip(some.tolist(), bound, strict=True)


def matrices(
    known: "EvidenceBase",
    claims: "Mapping[str, Claims]",
    rarity: Mapping[str, Mapping[str, float]],
    network: Network,
    words: Network | None,
    year: Mapping[str, int],
) -> Matrices:
    """Of what is known; `claims` and `rarity` by reason. Bodies are numbered in the order of their IRIs."""
    names = sorted(known.bodies)
    places = [text(known.bodies[body], "territory") for body in names]
    held, rare = {}, {}
    for reason, some in claims.items():
        aspects = sorted(rarity[reason])
        held[reason] = name_incidence([some.get(body, ()) for body in names], aspects)
        rare[reason] = np.array([rarity[reason][aspect] for aspect in aspects])
    return Matrices(
        network=network,
        walk_network=network,
        aspects=held,
        rare=rare,
        words=sparse.csr_array((len(names), 1)) if words is None else words,  # no word: no points, and known to be so
        year=np.array([year.get(body, np.nan) for body in names], dtype=float),
        region=number_labels(known.regions.get(body, "") for body in names),
        level=number_labels(known.levels.get(place, "") for place in places),
        kind=number_labels(str(known.bodies[body]["bodyKind"]) for body in names),
    )
