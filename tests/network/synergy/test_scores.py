"""Scores of pairs against networkx, against dense algebra, and against small networks worked by hand."""

from collections.abc import Callable, Iterable

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.synergy import scores

Pairs = tuple[scores.Places, scores.Places]
Measure = Callable[[scores.Network, scores.Places, scores.Places], NDArray[np.float64]]
Index = Callable[["nx.Graph[int]", list[tuple[int, int]]], Iterable[tuple[int, int, float]]]


@pytest.fixture(scope="module")
def network() -> scores.Network:
    graph = nx.gnp_random_graph(60, 0.1, seed=3)
    for one, other in graph.edges:
        graph[one][other]["weight"] = 1 + (one * 7 + other) % 5 / 10
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=range(60), format="csr"))


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    draw = np.random.default_rng(5)
    left, right = draw.integers(60, size=400), draw.integers(60, size=400)
    return left[left != right], right[left != right]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (scores.adamic_adar, nx.adamic_adar_index),
        (scores.resource_allocation, nx.resource_allocation_index),
    ],
)
def test_the_same_as_networkx(
    network: scores.Network, pairs: Pairs, ours: Measure, theirs: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scores, "PAIRS", 37)  # several batches, the last one shorter
    graph = nx.from_scipy_sparse_array(network)
    expected = [value for *_, value in theirs(graph, list(zip(*pairs, strict=True)))]
    assert max(expected) > 0
    np.testing.assert_allclose(ours(network, *pairs), expected)


def test_common_neighbours_are_counted(network: scores.Network, pairs: Pairs) -> None:
    graph = nx.from_scipy_sparse_array(network)
    expected = [len(list(nx.common_neighbors(graph, a, b))) for a, b in zip(*pairs, strict=True)]
    np.testing.assert_array_equal(scores.common_neighbours(network, *pairs), expected)


def test_landings_are_powers_of_the_walk(network: scores.Network, pairs: Pairs) -> None:
    dense = network.toarray()
    walk = dense / dense.sum(axis=1, keepdims=True)
    found = scores.landings(network, *pairs, steps=4, batch=7)
    for step in range(4):
        np.testing.assert_allclose(found[:, step], np.linalg.matrix_power(walk, step + 1)[pairs])


def test_personalised_pagerank_as_networkx_has_it(network: scores.Network) -> None:
    graph, goals = nx.from_scipy_sparse_array(network), np.arange(60)
    expected = nx.pagerank(graph, alpha=0.7, personalization={4: 1}, tol=1e-12)
    by_pair = scores.discount(scores.landings(network, np.full(60, 4), goals, steps=60), 0.7)
    [(sources, rows)] = scores.pagerank_rows(network, np.array([4]), damping=0.7, steps=60)
    assert sources.tolist() == [4]
    np.testing.assert_allclose(rows[0], [expected[goal] for goal in goals], atol=1e-9)
    np.testing.assert_allclose(np.delete(by_pair, 4), np.delete(rows[0], 4))


def test_rows_do_not_depend_on_the_batch(network: scores.Network) -> None:
    whole = np.vstack([rows for _, rows in scores.pagerank_rows(network, np.arange(10))])
    parts = np.vstack([rows for _, rows in scores.pagerank_rows(network, np.arange(10), batch=3)])
    np.testing.assert_array_equal(whole, parts)


def test_a_walk_from_a_body_without_links_stays_nowhere() -> None:
    alone = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0.0]]))
    assert scores.landings(alone, np.array([2, 0]), np.array([0, 1]), steps=2).tolist() == [[0, 0], [1, 0]]


def test_a_meeting_of_many_weighs_less_a_pair() -> None:
    """Three bodies in one activity, two of them in a second: 1/2 a pair of the first, 1 for the second."""
    members = sparse.csr_array(np.array([[1, 1, 1, 0], [1, 1, 0, 0], [0, 0, 0, 1]]))
    found = scores.collaboration(members)
    assert found.toarray().tolist() == [[0, 1.5, 0.5, 0], [1.5, 0, 0.5, 0], [0.5, 0.5, 0, 0], [0, 0, 0, 0]]
    assert scores.degrees(found).tolist() == [2, 2, 2, 0]


def test_topic_cosine_by_hand() -> None:
    topics = sparse.csr_array(np.array([[3.0, 4, 0], [4, 3, 0], [0, 0, 2], [0, 0, 0]]))
    found = scores.topic_cosine(topics, np.array([0, 0, 0]), np.array([1, 2, 3]))
    np.testing.assert_allclose(found, [24 / 25, 0, 0])


def test_no_pair_has_no_score(network: scores.Network) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    for score in (scores.adamic_adar, scores.common_neighbours):
        assert score(network, nothing, nothing).shape == (0,)
    assert scores.topic_cosine(network, nothing, nothing).shape == (0,)
