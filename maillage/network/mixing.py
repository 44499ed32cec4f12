"""Who mixes with whom against chance, the bridges that are missing, and who already stands between two territories."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np

from maillage.network.from_table import pair
from maillage.network.model import Network


def mixing(network: Network, marks: Mapping[str, Collection[str]]) -> list[dict[str, Any]]:
    """Ties between marks (the kind, the region, the themes of a body) against the configuration model: a row a pair.

    `expected`: ties that stubs joined at random would make, over tied bodies of which marks are known; `ratio` to that.
    A tie between a body of n marks and one of m is 1/nm of a tie between each two.
    """
    ties = [(marks[one], marks[other]) for one, other in network.pairs() if marks.get(one) and marks.get(other)]
    stubs: dict[str, float] = defaultdict(float)
    seen: dict[tuple[str, str], float] = defaultdict(float)
    for ends in ties:
        for held in ends:
            for mark in held:
                stubs[mark] += 1 / len(held)
        for one, other in product(*ends):
            seen[pair(one, other)] += 1 / (len(ends[0]) * len(ends[1]))
    rows: list[dict[str, Any]] = []
    for one, other in combinations_with_replacement(sorted(stubs), 2):
        expected = stubs[one] * stubs[other] / (2 * len(ties)) / (2 if one == other else 1)
        rows.append({"a": one, "b": other, "ties": seen[one, other], "expected": expected})
    return [{**row, "ratio": row["ties"] / row["expected"]} for row in rows]


def missing_bridges(
    network: Network, regions: Mapping[str, str], themes: Mapping[str, frozenset[str]], seed: int = 7, draws: int = 2000
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
    ties = np.array([(place[a], place[b]) for a, b in network.pairs() if a in place and b in place], dtype=int)
    known = _count_ties(mark, ties.reshape(-1, 2), len(names))
    chance = np.random.default_rng(seed)
    drawn = [_count_ties(chance.permutation(mark), ties.reshape(-1, 2), len(names)) for _ in range(draws)]
    low = (1 + sum((one <= known).astype(int) for one in drawn)) / (1 + draws)
    mean = sum(drawn) / draws
    held: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        held[regions[body]] |= themes.get(body, frozenset())
    rows = [
        {"from": names[i], "to": names[j], "ties": int(known[i, j]), "expected": float(mean[i, j]),
         "p": float(low[i, j]),
         "themes": len(held[names[i]] & held[names[j]])}
        for i in range(len(names)) for j in range(i + 1, len(names))
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["p"], -row["expected"], row["from"], row["to"]))


def _count_ties(mark: Any, ties: Any, size: int) -> Any:
    low, high = np.minimum(mark[ties[:, 0]], mark[ties[:, 1]]), np.maximum(mark[ties[:, 0]], mark[ties[:, 1]])
    return np.bincount(low * size + high, minlength=size * size).reshape(size, size)


def brokers(network: Network, regions: Mapping[str, str], one: str, other: str) -> list[dict[str, Any]]:
    """Bodies with partners in both regions: `first`, `second` (how many) and `score` (geometric mean), best first."""
    counts: dict[str, Counter[str]] = {body: Counter() for body in network.bodies}
    for a, b in network.pairs():
        counts[a][regions.get(b, "")] += 1
        counts[b][regions.get(a, "")] += 1
    rows = [
        {"body": body, "firstPartners": by[one], "secondPartners": by[other], "score": math.sqrt(by[one] * by[other])}
        for body, by in counts.items()
        if by[one] and by[other]
    ]
    return sorted(rows, key=lambda row: (-row["score"], row["body"]))
