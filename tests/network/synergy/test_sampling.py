"""Positives are new pairs; negatives are of the true partner's kind and octave, and never met the asker."""

import numpy as np
import pytest

from maillage.network.synergy import sampling, scores
from maillage.network.synergy.evaluate import Split
from maillage.network.synergy.history import History, pair_number


@pytest.fixture(scope="module")
def split(history: History) -> Split:
    return Split(history, 2018, np.inf, seed=3)


def test_positives_meet_after_and_not_before(split: Split) -> None:
    left, right = split.positives
    numbers = pair_number(left, right, split.past.bodies)
    assert len(numbers) > 50
    assert not np.isin(numbers, split.past.pairs).any()
    assert np.isin(numbers, split.history.between(2018, np.inf).pairs).all()
    assert scores.degrees(split.past.network)[np.r_[left, right]].min() > 0


def test_negatives_match_kind_and_octave(split: Split) -> None:
    queries = split.queries("all", 80, 15)
    degree = scores.degrees(split.past.network)
    true, others = queries.candidates[:, :1], queries.candidates[:, 1:]
    assert queries.mask.all()
    assert (split.past.kind[others] == split.past.kind[true]).all()
    assert (np.floor(np.log2(degree[others])) == np.floor(np.log2(degree[true]))).all()
    assert (degree[others] != degree[true]).any()  # matched, not copied


def test_negatives_never_meet_the_asker(split: Split) -> None:
    for sort in ("matched", "random"):
        queries = split.queries("all", 80, 15, sort)
        left, right = queries.pairs
        met = np.isin(pair_number(left, right, split.past.bodies), split.history.pairs)
        assert met.reshape(queries.candidates.shape)[:, 0].all()
        assert met.sum() == len(queries.asker)
        assert (right != left).all()


def test_random_negatives_are_not_matched(split: Split) -> None:
    queries = split.queries("all", 80, 15, "random")
    assert (split.past.kind[queries.candidates[:, 1:]] != split.past.kind[queries.candidates[:, :1]]).any()


def test_a_place_that_nobody_fits_stays_empty(split: Split) -> None:
    left, right = (ends[:5] for ends in split.positives)
    draw = np.random.default_rng(1)
    urn = sampling.Urn.by_degree(split.past)
    found = sampling.draw_queries((left, right), urn, np.arange(split.past.bodies**2), draw, 4)
    assert not found.mask[:, 1:].any()
    ends = found.pairs
    assert (ends[0].reshape(5, 5)[:, 1:] == ends[1].reshape(5, 5)[:, 1:]).all()


def test_regimes_by_hand(split: Split) -> None:
    past = split.past
    left, right = split.positives
    degree = scores.degrees(past.network)
    for one, other, public, mixed, newcomer, apart in zip(
        left,
        right,
        sampling.in_regime("public", past, left, right),
        sampling.in_regime("french-foreign", past, left, right),
        sampling.in_regime("newcomers", past, left, right),
        sampling.in_regime("no-common-partner", past, left, right),
        strict=True,
    ):
        ends = [one, other]
        assert public == any(past.kinds[kind] == "PUB" for kind in past.kind[ends])
        assert mixed == ([past.countries[place] for place in past.country[ends]].count("FR") == 1)
        assert newcomer == (min(degree[ends]) <= 10)
        near = [set(past.network[[end]].indices) for end in ends]
        assert apart == (not near[0] & near[1])


def test_the_same_seed_draws_the_same(history: History, split: Split) -> None:
    again = Split(history, 2018, np.inf, seed=3).queries("all", 40, 10)
    np.testing.assert_array_equal(again.candidates, split.queries("all", 40, 10).candidates)
    other = Split(history, 2018, np.inf, seed=4).queries("all", 40, 10)
    assert not np.array_equal(again.candidates, other.candidates)
