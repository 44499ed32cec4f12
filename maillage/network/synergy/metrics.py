"""How good a ranking is: a row a query, the true partner's score in the first column, the others' after it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.network.synergy.scores import Places

HITS = 10
_DRAWS = 1_000  # of the bootstrap
_BINS = 10

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ranking:
    """For each query: `auc`, the share of the others that score below the true partner (a tie counts half), and
    `rank`, of the true partner among all (ties share the middle rank).
    """

    auc: Values
    rank: Values

    @property
    def measures(self) -> dict[str, Values]:
        """What is averaged over the queries: AUC, MRR (1 / rank), Hits@10."""
        return {"auc": self.auc, "mrr": 1 / self.rank, "hits": (self.rank <= HITS).astype(float)}


def ranking(score: Values, known: Flags) -> Ranking:
    """`known`: the places that hold a body. Raises ValueError when a query has nobody to stand against."""
    others = known[:, 1:]
    count = others.sum(axis=1)
    if not (count.all() and known[:, 0].all()):
        raise ValueError("a query without a true partner or without anybody against it")
    true, rest = score[:, :1], score[:, 1:]
    above = ((rest > true) & others).sum(axis=1)
    tied = ((rest == true) & others).sum(axis=1)
    return Ranking(1 - (above + 0.5 * tied) / count, 1 + above + 0.5 * tied)


def interval(value: Values, cluster: Places, seed: int) -> tuple[float, float]:
    """95 % bootstrap interval of the mean; whole clusters (all queries of one body) are drawn, with replacement."""
    _, place = np.unique(cluster, return_inverse=True)
    total, count = np.bincount(place, value), np.bincount(place)
    draw = np.random.default_rng(seed)
    means = np.empty(_DRAWS)
    for turn in range(_DRAWS):
        times = np.bincount(draw.integers(len(count), size=len(count)), minlength=len(count))
        means[turn] = (total @ times) / (count @ times)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def calibration(chance: Values, truth: NDArray[Any]) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error over ten groups of equal number, and a row a group: said, found, number.

    (Naeini et al., AAAI 2015; equal numbers, as most chances are small and would share one bin of equal width.)
    """
    parts = [part for part in np.array_split(np.argsort(chance, kind="stable"), _BINS) if len(part)]
    groups = [(float(chance[part].mean()), float(truth[part].mean()), len(part)) for part in parts]
    error = sum(abs(said - found) * number for said, found, number in groups) / max(len(chance), 1)
    return float(error), groups


def hub_share(best: Places, degree: Values, among: Places) -> float:
    """Share of the suggested bodies (`best`) that are in the top 1 % by degree of `among`, ties at the edge in."""
    edge = np.sort(degree[among])[-max(1, len(among) // 100)]
    return float((degree[best] >= edge).mean()) if len(best) else 0.0
