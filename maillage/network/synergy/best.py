"""The best suggestions without scoring every pair: only those whose points, bounded from above, can be among them.

Pairs are scored in the order of their bounds until no other can be better (the threshold algorithm of Fagin, Lotem and
Naor, J. Comput. Syst. Sci. 66, 2003): the result is that of scoring every pair.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.from_table import text
from maillage.network.synergy.points import Matrices, blocks, points
from maillage.network.synergy.scores import Network, Places

if TYPE_CHECKING:
    from maillage.network.synergy.evidence_base import Claims, Known
    from maillage.network.synergy.suggest import Advice, Suggestion

MARGIN = 1e-6  # what sums of products may lack by rounding; far under what orders suggestions

Pairs = Callable[[str, str], bool]
Found = Callable[["Suggestion"], bool]
Bounds = Iterator[tuple[int, NDArray[np.float64]]]


def best(advice: "Advice", most: int | None, bodies: Collection[str], pairs: Pairs, asked: Found) -> "list[Suggestion]":
    """Suggestions with an end among `bodies`: at least the `most` best (all where None), in no order.

    `pairs` is asked before a pair is scored, `asked` of what was scored.
    """
    ends = frozenset(bodies)
    kept: list[Suggestion] = []
    floor = _Floor(most, advice.by.least_score)
    for place, bound in _bounds(advice, sorted(ends)):
        body = advice.names[place]
        others = np.flatnonzero(bound >= floor.least)
        for other in others[np.argsort(-bound[others], kind="stable")]:
            if bound[other] < floor.least:
                break
            name = advice.names[other]
            if (name in ends and name < body) or not (advice.allowed(body, name) and pairs(body, name)):
                continue
            found = advice.suggestion(body, name)
            if advice.worthy(found) and asked(found):
                kept.append(found)
                floor.rise(found.score)
    return kept


class _Floor:
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


def _bounds(advice: "Advice", bodies: Collection[str]) -> Bounds:
    """For each body (by its place) the most points that each other may have; -1 where nothing carries the pair."""
    known = advice.matrices
    place = {name: number for number, name in enumerate(advice.names)}
    rows = np.array([place[body] for body in bodies if body in place and not advice.abstains(body)], dtype=np.int64)
    silent = np.array([advice.abstains(name) for name in advice.names], dtype=bool)
    for some in blocks(rows, known.bodies):
        found = points(known, advice.by, some)
        carried = sum(value > 0 for name, value in found.items() if advice.by.family[name] in advice.by.substance)
        more = sum(worth for name, worth in advice.by.points.items() if name not in found)
        bound = np.where((np.asarray(carried) > 0) & ~silent, sum(found.values()) + more, -1.0)
        yield from zip(some.tolist(), bound, strict=True)


def matrices(
    known: "Known",
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
        held[reason] = _incidence(names, aspects, some)
        rare[reason] = np.array([rarity[reason][aspect] for aspect in aspects])
    return Matrices(
        network=network,
        walked=network,
        held=held,
        rare=rare,
        words=sparse.csr_array((len(names), 1)) if words is None else words,  # no word: no points, and known to be so
        year=np.array([year.get(body, np.nan) for body in names], dtype=float),
        region=_numbers(known.regions.get(body, "") for body in names),
        level=_numbers(known.levels.get(place, "") for place in places),
        kind=_numbers(str(known.bodies[body]["bodyKind"]) for body in names),
    )


def _incidence(names: list[str], aspects: list[str], claims: "Claims") -> Any:
    column = {aspect: number for number, aspect in enumerate(aspects)}
    ends = [(row, column[aspect]) for row, body in enumerate(names) for aspect in claims.get(body, ())]
    i, j = zip(*ends, strict=True) if ends else ((), ())
    return sparse.csr_array((np.ones(len(ends)), (i, j)), shape=(len(names), len(aspects)))


def _numbers(labels: Iterable[str]) -> Places:
    """The same number for the same label; -1 for an empty one."""
    number: dict[str, int] = {"": -1}
    return np.array([number.setdefault(label, len(number) - 1) for label in labels], dtype=np.int64)
