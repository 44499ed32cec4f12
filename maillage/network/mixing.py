"""Who mixes with whom against chance, the bridges that are missing, and who already stands between two territories."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from maillage.network.projection import Projection
from maillage.network.synergy.known import pair


def mixing(network: Projection, marks: Mapping[str, str]) -> list[dict[str, Any]]:
    """Ties between marks (a kind, a region a body) against the configuration model: a row a pair of marks.

    `expected`: ties that stubs joined at random would make, over tied bodies whose mark is known; `ratio` to that.
    """
    ties = [(marks[tie.a], marks[tie.b]) for tie in network.ties if marks.get(tie.a) and marks.get(tie.b)]
    stubs = Counter(mark for ends in ties for mark in ends)
    seen = Counter(pair(*ends) for ends in ties)
    rows: list[dict[str, Any]] = []
    for one, other in combinations_with_replacement(sorted(stubs), 2):
        expected = stubs[one] * stubs[other] / (2 * len(ties)) / (2 if one == other else 1)
        rows.append({"a": one, "b": other, "ties": seen[one, other], "expected": expected})
    return [{**row, "ratio": row["ties"] / row["expected"]} for row in rows]


def missing_bridges(
    network: Projection,
    regions: Mapping[str, str],
    themes: Mapping[str, frozenset[str]],
    seed: int = 7,
    draws: int = 2000,
) -> list[dict[str, Any]]:
    """Pairs of regions that work together less than the size of both would make them, the least likely first.

    `p`: share of `draws` in which bodies, their ties kept, swap regions at random and no more ties join the two than
    are known (one is added above and below: Phipson and Smyth 2010). `themes`: how many the two have in common.
    Distance is not in the graph, and so is not held constant.
    """
    bodies = [body for body in network.bodies if regions.get(body)]
    place = {body: number for number, body in enumerate(bodies)}
    names = sorted({regions[body] for body in bodies})
    mark = np.array([names.index(regions[body]) for body in bodies], dtype=int)
    ties = np.array([(place[t.a], place[t.b]) for t in network.ties if t.a in place and t.b in place], dtype=int)
    known = _joined(mark, ties.reshape(-1, 2), len(names))
    chance = np.random.default_rng(seed)
    drawn = [_joined(chance.permutation(mark), ties.reshape(-1, 2), len(names)) for _ in range(draws)]
    low = (1 + sum((one <= known).astype(int) for one in drawn)) / (1 + draws)
    mean = sum(drawn) / draws
    held: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        held[regions[body]] |= themes.get(body, frozenset())
    rows = [
        {"a": names[i], "b": names[j], "ties": int(known[i, j]), "expected": float(mean[i, j]), "p": float(low[i, j]),
         "themes": len(held[names[i]] & held[names[j]])}
        for i in range(len(names)) for j in range(i + 1, len(names))
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["p"], -row["expected"], row["a"], row["b"]))


def _joined(mark: Any, ties: Any, size: int) -> Any:
    """How many ties join each two marks."""
    low, high = np.minimum(mark[ties[:, 0]], mark[ties[:, 1]]), np.maximum(mark[ties[:, 0]], mark[ties[:, 1]])
    return np.bincount(low * size + high, minlength=size * size).reshape(size, size)


def brokers(network: Projection, regions: Mapping[str, str], one: str, other: str) -> list[dict[str, Any]]:
    """Bodies with partners in both regions: `first`, `second` (how many) and `score` (geometric mean), best first."""
    around: dict[str, set[str]] = defaultdict(set)
    for tie in network.ties:
        around[tie.a].add(tie.b)
        around[tie.b].add(tie.a)
    counts = {body: Counter(regions.get(near, "") for near in around[body]) for body in network.bodies}
    rows = [
        {"body": body, "first": by[one], "second": by[other], "score": math.sqrt(by[one] * by[other])}
        for body, by in counts.items()
        if by[one] and by[other]
    ]
    return sorted(rows, key=lambda row: (-row["score"], row["body"]))
