"""A run of the scoreboard: queries drawn, methods scored side by side, and every figure with its interval."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.network.synergy import classifier, scores
from maillage.network.synergy.classifier import Chances, Ensemble, Table
from maillage.network.synergy.features import Features
from maillage.network.synergy.history import History
from maillage.network.synergy.sampling import AGAINST, Queries, Urn, draw_queries, in_regime, positives
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
    drawn = (draw.integers(len(count), size=len(count)) for _ in range(_DRAWS))
    weights = (np.bincount(some, minlength=len(count)) for some in drawn)
    means = [(total @ times) / (count @ times) for times in weights]
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


Progress = Callable[..., None]

METHODS = ("degree", "adamic-adar", "pagerank", "topics", "pagerank-topics", "learned")
FREE = ("french-foreign", "newcomers", "no-common-partner")  # regimes drawn by what pairs share, or by size


@dataclass(frozen=True)
class Protocol:
    """`split`: the first year that is tested. `lessons`: earlier splits (first year of a year of positives), how
    many positives of each and how many others a positive; all end before `split`, or nothing is learned from them.
    """

    split: int
    seed: int
    regimes: tuple[str, ...]
    lessons: tuple[tuple[int, int, int], ...]
    until: float = np.inf  # where what is tested ends
    queries: int = 2600
    against: int = AGAINST


class Split:
    """What is known before `first`, and what happens from then until `last`: no pair until then is ever a negative."""

    def __init__(self, history: History, first: float, last: float, seed: int) -> None:
        self.history, self.first, self.seed = history, first, seed
        self.past, self.until_last = history.until(first), history.until(last)
        self.positives = positives(self.past, history.between(first, last))
        self.features = Features(self.past, first)

    def queries(self, regime: str, most: int, against: int, sort: str = "matched") -> Queries:
        """At most `most` queries of a regime, the same for the same seed; those with nobody against are left out."""
        draw = np.random.default_rng([self.seed, int(self.first), sum(regime.encode()), len(sort)])
        left, right = self.positives
        found = np.flatnonzero(in_regime(regime, self.past, left, right))
        some = np.sort(draw.permutation(found)[:most])
        urn = Urn.by_degree(self.past) if sort == "matched" else Urn.anyone(self.past)
        queries = draw_queries((left[some], right[some]), urn, self.until_last.pairs, draw, against)
        full = queries.mask[:, 1:].any(axis=1)
        return Queries(queries.asker[full], queries.candidates[full])


def evaluate(history: History, protocol: Protocol, progress: Progress = lambda *_, **__: None) -> dict[str, Any]:
    """The scoreboard as plain values (see `docs/reference/scoreboard.md` for what each means).

    Nothing from the year `split` on reaches what is learned: lessons end before it, and features see `until` only.
    """
    test = Split(history, protocol.split, protocol.until, protocol.seed)
    lessons = [
        (Split(history.until(protocol.split), first, first + 1, protocol.seed), most, against)
        for first, most, against in protocol.lessons
    ]
    found = {}
    for regime in protocol.regimes:
        progress("regime", regime=regime)
        result = _regime(regime, test, lessons, protocol)
        if result:
            found[regime] = result
    return {"split": protocol.split, "seed": protocol.seed, "against": protocol.against, "regimes": found}


Lessons = list[tuple[Split, int, int]]


def _regime(regime: str, test: Split, lessons: Lessons, protocol: Protocol) -> dict[str, Any] | None:
    model, chances = _train(regime, lessons, protocol)
    queries = test.queries(regime, protocol.queries, protocol.against)
    if not len(queries.asker) or model is None:
        return None
    table, names = test.features.of(*queries.pairs)
    marks = _marks(test, queries, table, names, model)
    inside = in_regime(regime, test.past, *queries.pairs).reshape(queries.candidates.shape)
    inside[:, 0] = True
    inside &= queries.mask
    random = test.queries(regime, protocol.queries // 4, protocol.against, "random")
    random_marks = _marks(test, random, *test.features.of(*random.pairs), model)
    return {
        "queries": len(queries.asker),
        "positives": int(in_regime(regime, test.past, *test.positives).sum()),
        "methods": {name: _figures(mark, queries, test.past, protocol.seed) for name, mark in marks.items()},
        "within": {name: _within(mark, queries, inside, protocol.seed) for name, mark in marks.items()},
        "random": {name: _figures(mark, random, test.past, protocol.seed) for name, mark in random_marks.items()},
        "calibration": _calibration(marks["learned"], queries, chances, protocol.against),
    }


def _train(regime: str, lessons: Lessons, protocol: Protocol) -> tuple[Ensemble | None, Chances | None]:
    """The model of all lessons, and chances from the scores that a model of all but the last gives the last."""
    tables = [part for split, most, against in lessons for part in _lesson(split, regime, most, against)]
    if not tables:
        return None, None
    free, seed = regime in FREE, protocol.seed
    names = tables[0][2]
    model = classifier.learn(*_stack(tables), names, seed, free)
    if len(tables) < 2:
        return model, None
    earlier = classifier.learn(*_stack(tables[:-1]), names, seed, free)
    last, _, __ = lessons[-1]
    queries = last.queries(regime, protocol.queries // 2, protocol.against)
    score = earlier.score(last.features.of(*queries.pairs)[0])
    known = queries.mask.ravel()
    return model, Chances.fit(score[known], _truth(queries)[known])


Lesson = tuple[Table, NDArray[np.int8], tuple[str, ...]]


def _lesson(split: Split, regime: str, most: int, against: int) -> Iterator[Lesson]:
    queries = split.queries(regime, most, against)
    if len(queries.asker):
        table, names = split.features.of(*queries.pairs)
        known = queries.mask.ravel()
        yield table[known], _truth(queries)[known], names


def _stack(tables: list[Any]) -> tuple[Table, NDArray[np.int8]]:
    return np.vstack([table for table, *_ in tables]), np.concatenate([truth for _, truth, _ in tables])


def _truth(queries: Queries) -> NDArray[np.int8]:
    truth = np.zeros(queries.candidates.shape, dtype=np.int8)
    truth[:, 0] = 1
    return truth.ravel()


def _marks(test: Split, queries: Queries, table: Table, names: tuple[str, ...], model: Ensemble) -> dict[str, Values]:
    """Scores of every method, a row a query."""
    left, right = queries.pairs
    past = test.past
    rank = np.exp(table[:, names.index("pagerank 0.85")].astype(float))
    profiles = (past.members.T @ past.topics).tocsr()
    profiles.data = np.log1p(profiles.data)
    cosine = scores.topic_cosine(profiles, left, right)
    flat = {
        "degree": scores.degrees(past.network)[right],
        "adamic-adar": table[:, names.index("adamic-adar")].astype(float),
        "pagerank": rank,
        "topics": cosine,
        "pagerank-topics": rank * cosine,
        "learned": model.score(table),
    }
    return {name: flat[name].reshape(queries.candidates.shape) for name in METHODS}


def _figures(mark: Values, queries: Queries, past: History, seed: int) -> dict[str, Any]:
    ranked = ranking(mark, queries.mask)
    best = queries.candidates[np.arange(len(mark)), np.where(queries.mask, mark, -np.inf).argmax(axis=1)]
    degree = scores.degrees(past.network)
    found: dict[str, Any] = {name: _estimate(value, queries, seed) for name, value in ranked.measures.items()}
    return found | {"hubs": round(hub_share(best, degree, np.flatnonzero(degree)), 4)}


def _estimate(value: Values, queries: Queries, seed: int) -> list[float]:
    """Mean, and the bounds of its interval."""
    return [round(number, 4) for number in (float(value.mean()), *interval(value, queries.asker, seed))]


def _within(mark: Values, queries: Queries, inside: NDArray[np.bool_], seed: int) -> dict[str, Any]:
    """AUC against only the negatives that are of the regime themselves, over the queries that keep any."""
    kept = inside[:, 1:].any(axis=1)
    if not kept.any():
        return {"queries": 0}
    some = Queries(queries.asker[kept], queries.candidates[kept])
    value = ranking(mark[kept], inside[kept]).auc
    return {"queries": int(kept.sum()), "negatives": int(inside[kept, 1:].sum()), "auc": _estimate(value, some, seed)}


def _calibration(mark: Values, queries: Queries, chances: Chances | None, against: int) -> dict[str, Any] | None:
    """Error as asked (one true partner among `against` + 1), and at even odds, each true partner counted `against`."""
    if chances is None:
        return None
    known = queries.mask.ravel()
    truth, chance = _truth(queries)[known], chances.of(mark.ravel()[known])
    error, groups = calibration(chance, truth)
    even = classifier.even_odds(chance, against)
    weight = np.where(truth == 1, against, 1)
    even_error, even_groups = calibration(np.repeat(even, weight), np.repeat(truth, weight))
    return {
        "error": round(error, 5),
        "groups": [[round(said, 5), round(seen, 5), number] for said, seen, number in groups],
        "even error": round(even_error, 4),
        "even groups": [[round(said, 4), round(seen, 4), number] for said, seen, number in even_groups],
    }
