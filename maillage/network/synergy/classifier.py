"""A learned combination: gradient boosting and a logistic regression side by side, and what its scores are worth.

Both see pairs as they were at several splits of the past. Few features say who a body is, and most may only raise
the score (monotone): the partners of a year come from few large consortia, and a model that is free to learns
those bodies by heart; on 2016 → 2017 that cost it all it gained over PageRank.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
Values = NDArray[np.float64]

SEEDS = 2
# What is said of one body alone; the others of its kind are left out, for the reason above.
_BODY = (
    "kind left", "partners left", "partners right", "mean size right", "new partners of the last year right",
    "recent worth right", "since the last right",
)  # fmt: skip
# Those with these words say what a pair has in common: more of it may only raise the score.
_RISING = ("pagerank", "walk", "embedding", "topics", "forms", "expected", "kind")
# These too, but not where the regime itself is drawn by them (a partner in common, the country).
_SHARED_FEATURES = ("common", "jaccard", "adamic", "resource", "walk 2", "country", "there")
_ENDS = (" left", " right")


def feature_places(names: tuple[str, ...]) -> list[int]:
    alone = {name for name in names if name.endswith(_ENDS) and "habit" not in name}
    return [place for place, name in enumerate(names) if name not in alone or name in _BODY]


def directions(names: list[str], free: bool) -> list[int]:
    """1 where the score may only rise with the feature. `free`: the regime draws on what is shared."""
    return [int(_rises(name) and not (free and any(word in name for word in _SHARED_FEATURES))) for name in names]


def _rises(name: str) -> bool:
    return name not in _BODY and any(word in name for word in (*_RISING, *_SHARED_FEATURES)) and name != "same country"


@dataclass(frozen=True)
class Ensemble:
    """What was fitted: boosted trees (one a seed), and the logistic regression on ranks."""

    places: list[int]
    trees: list[Any]
    line: Any

    def score(self, table: Table) -> Values:
        """Sum of two log odds; higher is nearer."""
        seen = table[:, self.places]
        boosted = np.mean([tree.decision_function(seen) for tree in self.trees], axis=0)
        return np.asarray(boosted + self.line.decision_function(seen))


def learn(table: Table, truth: NDArray[Any], names: tuple[str, ...], seed: int, free: bool = False) -> Ensemble:
    """Raises ValueError when `truth` is all of one kind."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import QuantileTransformer

    if len(np.unique(truth)) < 2:
        raise ValueError("positives and negatives are both needed")
    places = feature_places(names)
    seen, rising = table[:, places], directions([names[place] for place in places], free)
    rounds = min(150, max(20, len(truth) // 200))  # few examples, few rounds
    settings: dict[str, Any] = {"max_iter": rounds, "max_leaf_nodes": 15, "learning_rate": 0.05, "max_features": 0.3}
    settings |= {"min_samples_leaf": min(3000, max(20, len(truth) // 100)), "l2_regularization": 5.0}
    settings |= {"early_stopping": False, "monotonic_cst": rising}
    trees = [HistGradientBoostingClassifier(random_state=seed + turn, **settings).fit(seen, truth)
             for turn in range(SEEDS)]  # fmt: skip
    normal: dict[str, Any] = {"output_distribution": "normal", "subsample": 50_000, "random_state": seed}
    ranks = QuantileTransformer(n_quantiles=min(200, len(truth)), **normal)
    line = make_pipeline(ranks, LogisticRegression(C=0.001, max_iter=300)).fit(seen, truth)
    return Ensemble(places, trees, line)


@dataclass(frozen=True)
class Chances:
    """From a score to the chance of being the true partner among those asked about; never falls with the score."""

    curve: Any

    @classmethod
    def fit(cls, score: Values, truth: NDArray[Any]) -> "Chances":
        """Isotonic regression (Zadrozny and Elkan, KDD 2002) on scores that the model did not learn from."""
        from sklearn.isotonic import IsotonicRegression

        return cls(IsotonicRegression(out_of_bounds="clip").fit(score, truth))

    def of(self, score: Values) -> Values:
        return np.asarray(self.curve.predict(score), dtype=float)


def even_odds(chance: Values, against: float) -> Values:
    """The same chance if there were as many true partners as others, instead of `against` others to one."""
    return np.asarray(against * chance / (against * chance + 1 - chance))
