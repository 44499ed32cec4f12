"""Scores of pairs of bodies: pure functions of a network and of two arrays that name the ends of each pair.

A network is a symmetric `scipy.sparse.csr_array` without loops; its values are weights of collaboration (Newman,
Phys. Rev. E 64, 016132, 2001: a meeting of n adds 1/(n-1) to each of its pairs). `left` and `right` are arrays of
places of rows, of one length; each function returns one score a pair, higher being nearer. Memory is bounded by
the size of a batch, whatever the number of pairs. Nothing here is random.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Network = Any  # a scipy.sparse.csr_array; scipy ships no types
Places = NDArray[np.int64]
Scores = NDArray[np.float64]

PAIRS = 20_000  # pairs scored at once
DAMPING, STEPS = 0.85, 20  # of personalised PageRank
SOURCES = 128  # walks led at once: a column of the network's height each


def collaboration(members: Network) -> Network:
    """The network of bodies (columns of `members`) that met in activities (rows), Newman's weights summed.

    `members` holds 1 where a body takes part, or the weight that this activity has (its age, say).
    """
    each = sparse.diags_array(1 / np.maximum(np.diff(members.indptr) - 1, 1)) @ members
    found = sparse.csr_array(members.astype(bool).astype(float).T @ each)
    found.setdiag(0)
    found.eliminate_zeros()
    found.sort_indices()
    return found


def degrees(network: Network) -> Scores:
    return np.asarray(np.diff(network.indptr), dtype=float)


def common_neighbours(network: Network, left: Places, right: Places) -> Scores:
    return _shared_worth(network, np.ones(network.shape[0]), left, right)


def adamic_adar(network: Network, left: Places, right: Places) -> Scores:
    """Common neighbours, each counted 1 / log of its degree (Adamic and Adar, Social Networks 25, 2003)."""
    return _shared_worth(network, 1 / np.log(np.maximum(degrees(network), 2)), left, right)


def resource_allocation(network: Network, left: Places, right: Places) -> Scores:
    """Common neighbours, each counted 1 / its degree (Zhou, Lü and Zhang, Eur. Phys. J. B 71, 2009)."""
    return _shared_worth(network, 1 / np.maximum(degrees(network), 1), left, right)


def topic_cosine(topics: Network, left: Places, right: Places) -> Scores:
    """Cosine of two rows of `topics` (a body a row, a topic a column, as a csr_array); 0 where a row is empty."""
    length = np.sqrt(np.asarray(topics.multiply(topics).sum(axis=1)).ravel())
    scale = np.divide(1, length, out=np.zeros(len(length)), where=length > 0)
    unit = sparse.csr_array(sparse.diags_array(scale) @ topics)
    return _multiply_rows(unit, unit, left, right)


def landings(network: Network, left: Places, right: Places, steps: int = 10, batch: int = SOURCES) -> Scores:
    """Chance that a walk from `left`, drawn by weight, stands at `right` after 1 … `steps` steps: a column a step."""
    found = np.zeros((len(left), steps))
    sources, place = np.unique(left, return_inverse=True)
    order = np.argsort(place, kind="stable")
    bounds = np.searchsorted(place[order], np.arange(0, len(sources) + batch, batch))
    for start, first, last in zip(range(0, len(sources), batch), bounds[:-1], bounds[1:], strict=False):
        wanted = order[first:last]
        for step, standing in enumerate(walk(network, sources[start : start + batch], steps)):
            found[wanted, step] = standing[right[wanted], place[wanted] - start]
    return found


def discount(landed: Scores, damping: float) -> Scores:
    """Personalised PageRank from the columns of `landings`, for any number of dampings: the chance to stand at `right`
    for a walk that goes back to `left` with chance 1 - `damping` (Haveliwala 2002).

    The series is cut after as many steps: what is left out is at most `damping` to the power of their number + 1.
    """
    weights = (1 - damping) * damping ** np.arange(1, landed.shape[1] + 1)
    return np.asarray(landed @ weights)


def pagerank_rows(
    network: Network, sources: Places, damping: float = DAMPING, steps: int = STEPS, batch: int = SOURCES
) -> Iterator[tuple[Places, Scores]]:
    """Personalised PageRank of every body seen from each source: batches of sources and a row a source.

    The source itself has the highest value of its row, as a rule: leave it out before ranking.
    """
    for start in range(0, len(sources), batch):
        some = sources[start : start + batch]
        found = np.zeros((len(some), network.shape[0]))
        found[np.arange(len(some)), some] = 1 - damping
        for step, standing in enumerate(walk(network, some, steps), start=1):
            found += (1 - damping) * damping**step * standing.T
        yield some, found


def walk(network: Network, sources: Places, steps: int) -> Iterator[Scores]:
    """After each step, the chance of standing at each body (a row) for each source (a column)."""
    strength = np.asarray(network.sum(axis=1)).ravel()
    leave = np.divide(1, strength, out=np.zeros_like(strength), where=strength > 0)[:, None]
    standing = np.zeros((network.shape[0], len(sources)), dtype=leave.dtype)
    standing[sources, np.arange(len(sources))] = 1
    for _ in range(steps):
        standing = network @ (standing * leave)  # symmetric: the network is its own transpose
        yield standing


def _shared_worth(network: Network, worth: Scores, left: Places, right: Places) -> Scores:
    """Sum of `worth` over the bodies linked to both ends."""
    linked = network.astype(bool).astype(float)
    return _multiply_rows(linked, sparse.csr_array(linked @ sparse.diags_array(worth)), left, right)


def _multiply_rows(one: Network, other: Network, left: Places, right: Places) -> Scores:
    """The inner product of two rows a pair."""
    batches = (slice(start, start + PAIRS) for start in range(0, len(left), PAIRS))
    parts = [one[left[batch]].multiply(other[right[batch]]).sum(axis=1) for batch in batches]
    return np.concatenate(parts or [np.zeros(0)])
