"""Measures against scikit-learn and against examples worked by hand."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from maillage.network.synergy import evaluate as metrics


def test_auc_of_each_query_is_scikit_learns() -> None:
    draw = np.random.default_rng(2)
    score = draw.integers(8, size=(30, 21)).astype(float)  # with ties
    known = np.ones_like(score, dtype=bool)
    truth = [1] + [0] * 20
    expected = [roc_auc_score(truth, row) for row in score]
    np.testing.assert_allclose(metrics.ranking(score, known).auc, expected)


def test_ranks_by_hand() -> None:
    """First: two above, so rank 3. Second: tied with one, so rank 1.5. Third: the one above is not there."""
    score = np.array([[5.0, 9, 7, 1], [5, 5, 1, 1], [5, 9, 1, 1]])
    known = np.array([[True] * 4, [True] * 4, [True, False, True, True]])
    ranked = metrics.ranking(score, known)
    assert ranked.rank.tolist() == [3, 1.5, 1]
    np.testing.assert_allclose(ranked.auc, [1 / 3, 5 / 6, 1])
    np.testing.assert_allclose(ranked.measures["mrr"], [1 / 3, 2 / 3, 1])


def test_hits_stop_at_ten() -> None:
    others = np.arange(20.0)
    score = np.vstack([np.r_[10.5, others], np.r_[9.5, others]])  # 9 above, 10 above
    assert metrics.ranking(score, np.ones_like(score, dtype=bool)).measures["hits"].tolist() == [1, 0]


def test_a_query_without_anybody_against_it_is_refused() -> None:
    with pytest.raises(ValueError, match="without"):
        metrics.ranking(np.ones((1, 2)), np.array([[True, False]]))


def test_clusters_widen_the_interval() -> None:
    """Ten bodies that each answer alike ten times know as much as ten answers, not a hundred."""
    value = np.repeat([0.0, 1], 50)
    alone = metrics.interval(value, np.arange(100), seed=1)
    together = metrics.interval(value, np.repeat(np.arange(10), 10), seed=1)
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])
    assert alone == metrics.interval(value, np.arange(100), seed=1)
    assert abs(alone[0] - 0.4) < 0.02


def test_calibration_by_hand() -> None:
    """Half says 0.1 and 0.3 happen; half says 0.8 and 0.8 happen: (0.2 + 0) / 2."""
    chance = np.repeat([0.1, 0.8], 50)
    truth = np.r_[np.tile([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], 5), np.tile([1, 1, 1, 1, 0, 1, 1, 1, 1, 0], 5)]
    error, groups = metrics.calibration(chance, truth)
    assert error == pytest.approx(0.1)
    assert [number for *_, number in groups] == [10] * 10


def test_hubs_are_the_top_hundredth() -> None:
    degree = np.arange(200.0)
    assert metrics.hub_share(np.array([199, 198, 197, 0]), degree, np.arange(200)) == 0.5
    assert metrics.hub_share(np.array([], dtype=np.int64), degree, np.arange(200)) == 0
