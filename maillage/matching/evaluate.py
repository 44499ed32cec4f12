"""Precision and recall on labelled pairs, beside two simple ways to do without a model.

Intervals are Wilson's (1927), at 95 %. They take the pairs as independent, which pairs of one cluster are not quite.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from maillage.matching.cluster import cluster
from maillage.matching.labels import LabelledPair
from maillage.matching.model import model
from maillage.matching.score import NameEntry, each
from maillage.terms import fold

_Z = 1.959964  # of the normal law, two sides at 95 %
_TOKEN_SORT = 90
_DECIMALS = 3
Interval = tuple[float, float]


@dataclass(frozen=True)
class MethodScore:
    """How one way to decide does: counts of pairs, shares, and their 95 % intervals; no share of nothing."""

    way: str
    true_positives: int
    false_positives: int
    false_negatives: int
    precision: float | None
    precision_interval: Interval
    recall: float | None
    recall_interval: Interval
    f1: float


def evaluate(pairs: Sequence[LabelledPair]) -> list[MethodScore]:
    """The model at its published threshold, pair by pair and as one plain list of names grouped (`cluster`).

    Then the baselines `folded` (same folded name) and `token-sort`.
    """
    from rapidfuzz.fuzz import token_sort_ratio

    ratio: Callable[[str, str], float] = token_sort_ratio
    spelt = [(fold(pair.a), fold(pair.b)) for pair in pairs]
    names = sorted({name for pair in pairs for name in (pair.a, pair.b)})
    groups = {
        name: one and one.cluster for name, one in zip(names, cluster([NameEntry(n) for n in names]), strict=True)
    }
    ways = {
        "splink": _model_answers(pairs),
        "cluster": [groups[pair.a] == groups[pair.b] for pair in pairs],
        "folded": [one == other for one, other in spelt],
        "token-sort": [ratio(*both) >= _TOKEN_SORT for both in spelt],
    }
    return [score_method(way, pairs, said) for way, said in ways.items()]


def _model_answers(pairs: Sequence[LabelledPair]) -> list[bool]:
    """A pair that is no candidate has no score: the model says it is not the same."""
    found = each([NameEntry(pair.a) for pair in pairs], [NameEntry(pair.b) for pair in pairs])
    scores = dict(found.select("a", "score").iter_rows())
    return [scores.get(place, 0.0) >= model().threshold for place in range(len(pairs))]


def score_method(way: str, pairs: Sequence[LabelledPair], said: Sequence[bool]) -> MethodScore:
    """How a way does that answers `said`, pair by pair."""
    answers = list(zip((pair.same for pair in pairs), said, strict=True))
    right, wrong, missed = (answers.count(kind) for kind in ((True, True), (False, True), (True, False)))
    f1 = _share(2 * right, 2 * right + wrong + missed) or 0.0
    precision, recall = ((_share(right, total), wilson(right, total)) for total in (right + wrong, right + missed))
    return MethodScore(way, right, wrong, missed, *precision, *recall, f1)


def _share(count: int, total: int) -> float | None:
    return round(count / total, _DECIMALS) if total else None


def wilson(count: int, total: int) -> Interval:
    """The 95 % score interval of a share; (0, 1) of nothing.

    >>> wilson(9, 10)
    (0.596, 0.982)
    """
    if not total:
        return 0.0, 1.0
    share, square = count / total, _Z**2 / total
    middle = (share + square / 2) / (1 + square)
    reach = _Z * sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return round(max(0.0, middle - reach), _DECIMALS), round(min(1.0, middle + reach), _DECIMALS)
