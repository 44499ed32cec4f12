"""The run as a whole: nothing of the future reaches what is learned, and the same run gives the same figures."""

from typing import Any

import numpy as np
import pytest

from maillage.network.synergy import classifier, evaluate
from maillage.network.synergy.evaluate import Protocol, Split
from maillage.network.synergy.features import Features
from maillage.network.synergy.history import History
from tests.network.synergy.conftest import small_history

PROTOCOL = Protocol(2018, 7, ("all",), ((2016, 100, 6), (2017, 100, 6)), queries=100, against=20)
SHUFFLED = small_history(shuffled_from=2018)


def _lessons(history: History) -> list[Any]:
    return [(Split(history.until(2018), first, first + 1, 7), 100, 6) for first in (2016, 2017)]


def test_a_shuffled_future_changes_no_feature(history: History) -> None:
    assert (SHUFFLED.members != history.members).nnz > 100  # the future is another one
    left, right = np.arange(60), np.arange(60, 120)
    tables = [Features(one.until(2018), 2018).of(left, right)[0] for one in (history, SHUFFLED)]
    np.testing.assert_array_equal(tables[0], tables[1])
    assert np.isfinite(tables[0]).all()


def test_a_shuffled_future_changes_nothing_that_is_learned(history: History) -> None:
    taught = [evaluate._train("all", _lessons(one), PROTOCOL) for one in (history, SHUFFLED)]
    table, _ = Features(history.until(2018), 2018).of(np.arange(60), np.arange(60, 120))
    marks = [model.score(table) for model, _ in taught if model]
    np.testing.assert_array_equal(marks[0], marks[1])
    chances = [worth.of(marks[0]) for _, worth in taught if worth]
    np.testing.assert_array_equal(chances[0], chances[1])


def test_the_leak_test_can_fail(history: History) -> None:
    """With one year too much, the features differ: what the tests above look for is there to be seen."""
    tables = [Features(one.until(2019), 2019).of(np.arange(60), np.arange(60, 120))[0] for one in (history, SHUFFLED)]
    assert not np.array_equal(tables[0], tables[1])


def test_features_refuse_what_starts_later(history: History) -> None:
    with pytest.raises(ValueError, match="not before"):
        Features(history, 2018)


@pytest.fixture(scope="module")
def result(history: History) -> dict[str, Any]:
    return evaluate.evaluate(history, PROTOCOL)


@pytest.mark.slow
def test_run_again_it_gives_the_same_figures(history: History, result: dict[str, Any]) -> None:
    assert evaluate.evaluate(small_history(), PROTOCOL) == result


def test_each_figure_has_its_interval(result: dict[str, Any]) -> None:
    board = result["regimes"]["all"]
    assert tuple(board["methods"]) == evaluate.METHODS
    for found in (*board["methods"].values(), *board["random"].values()):
        for name in ("auc", "mrr", "hits"):
            mean, low, high = found[name]
            assert 0 <= low <= mean <= high <= 1
    assert board["methods"]["topics"]["auc"][0] > 0.52  # the world was made of topics
    assert board["within"]["topics"]["auc"] == board["methods"]["topics"]["auc"]  # all negatives are of `all`
    assert 0 <= board["calibration"]["error"] < 0.2


def test_a_split_without_a_future_has_no_regime(history: History) -> None:
    assert evaluate.evaluate(history, Protocol(2030, 7, ("all",), ((2016, 50, 8),)))["regimes"] == {}


def test_chances_rise_with_the_score() -> None:
    score, truth = np.array([0.0, 1, 2, 3]), np.array([0, 1, 0, 1])
    chances = classifier.Chances.fit(score, truth).of(np.array([-5.0, 0, 1, 2, 3, 9]))
    np.testing.assert_allclose(chances, [0, 0, 0.5, 0.5, 1, 1])
    np.testing.assert_allclose(classifier.even_odds(np.array([1 / 101, 0.5]), 100), [0.5, 100 / 101])


def test_what_a_model_may_see() -> None:
    names = ("pagerank 0.85", "alone left", "partners right", "country habit left", "same country", "common partners")
    assert classifier.feature_places(names) == [0, 2, 3, 4, 5]
    assert classifier.directions(list(names), free=False) == [1, 0, 0, 1, 0, 1]
    assert classifier.directions(list(names), free=True) == [1, 0, 0, 0, 0, 0]
    with pytest.raises(ValueError, match="both"):
        classifier.learn(np.zeros((4, 6), dtype=np.float32), np.zeros(4), names, 1)
