"""A run of the scoreboard: queries drawn, methods scored side by side, and every figure with its interval."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.network.synergy import classifier, metrics, scores
from maillage.network.synergy.classifier import Chances, Ensemble, Table
from maillage.network.synergy.features import Features
from maillage.network.synergy.history import History
from maillage.network.synergy.sampling import AGAINST, Queries, Urn, draw_queries, in_regime, positives

Progress = Callable[..., None]
Values = NDArray[np.float64]

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


@dataclass
class Split:
    """What is known before `first`, and what happens from then until `last`."""

    history: History
    first: float
    last: float
    seed: int

    @cached_property
    def past(self) -> History:
        return self.history.until(self.first)

    @cached_property
    def until_last(self) -> History:
        """All until `last`: no pair in it is ever a negative."""
        return self.history.until(self.last)

    @cached_property
    def features(self) -> Features:
        return Features(self.past, self.first)

    @cached_property
    def positives(self) -> tuple[scores.Places, scores.Places]:
        return positives(self.past, self.history.between(self.first, self.last))

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
    ranked = metrics.ranking(mark, queries.mask)
    best = queries.candidates[np.arange(len(mark)), np.where(queries.mask, mark, -np.inf).argmax(axis=1)]
    degree = scores.degrees(past.network)
    found: dict[str, Any] = {name: _estimate(value, queries, seed) for name, value in ranked.measures.items()}
    return found | {"hubs": round(metrics.hub_share(best, degree, np.flatnonzero(degree)), 4)}


def _estimate(value: Values, queries: Queries, seed: int) -> list[float]:
    """Mean, and the bounds of its interval."""
    return [round(number, 4) for number in (float(value.mean()), *metrics.interval(value, queries.asker, seed))]


def _within(mark: Values, queries: Queries, inside: NDArray[np.bool_], seed: int) -> dict[str, Any]:
    """AUC against only the negatives that are of the regime themselves, over the queries that keep any."""
    kept = inside[:, 1:].any(axis=1)
    if not kept.any():
        return {"queries": 0}
    some = Queries(queries.asker[kept], queries.candidates[kept])
    value = metrics.ranking(mark[kept], inside[kept]).auc
    return {"queries": int(kept.sum()), "negatives": int(inside[kept, 1:].sum()), "auc": _estimate(value, some, seed)}


def _calibration(mark: Values, queries: Queries, chances: Chances | None, against: int) -> dict[str, Any] | None:
    """Error as asked (one true partner among `against` + 1), and at even odds, each true partner counted `against`."""
    if chances is None:
        return None
    known = queries.mask.ravel()
    truth, chance = _truth(queries)[known], chances.of(mark.ravel()[known])
    error, groups = metrics.calibration(chance, truth)
    even = classifier.even_odds(chance, against)
    weight = np.where(truth == 1, against, 1)
    even_error, even_groups = metrics.calibration(np.repeat(even, weight), np.repeat(truth, weight))
    return {
        "error": round(error, 5),
        "groups": [[round(said, 5), round(seen, 5), number] for said, seen, number in groups],
        "even error": round(even_error, 4),
        "even groups": [[round(said, 4), round(seen, 4), number] for said, seen, number in even_groups],
    }
