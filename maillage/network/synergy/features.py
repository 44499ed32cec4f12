"""What is known of a pair before a date, as numbers: a row a pair, a column a feature, all from the past alone.

Families: network (walks, common partners, embedding), topics (own, and of the partners), mixing (countries and
kinds of body that meet), activity (how much and how lately each end works with others).
"""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import eigsh

from maillage.network.synergy import scores
from maillage.network.synergy.history import History, Meetings
from maillage.network.synergy.scores import Network, Places

Columns = dict[str, NDArray[Any]]

STEPS = 6  # of a walk
HALF_LIFE = 1.0  # years after which an activity counts half
DIMENSIONS = 64  # of the embedding
_PRIOR = 5.0  # partners that the habit of one's country (kind) is worth beside one's own
_BATCH = 20_000


class Features:
    """Features of pairs as of `date`; `past` must hold nothing that starts later (raises ValueError)."""

    def __init__(self, past: History, date: float) -> None:
        if len(past.start) and past.start.max() >= date:
            raise ValueError(f"an activity starts at {past.start.max()}, not before {date}")
        self.past, self.date = past, date
        self.age = date - past.start
        self.worth = 0.5 ** (self.age / HALF_LIFE)

    def of(self, left: Places, right: Places) -> tuple[NDArray[np.float32], tuple[str, ...]]:
        """The table of features and the names of its columns."""
        columns = self._walks(left, right)
        parts = [self._batch(left[i : i + _BATCH], right[i : i + _BATCH]) for i in range(0, len(left), _BATCH)]
        columns |= {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        return np.column_stack([column.astype(np.float32) for column in columns.values()]), tuple(columns)

    def _batch(self, left: Places, right: Places) -> Columns:
        kinds = (self._shared_partners, self._embedding, self._about, self._mixing, self._activity)
        return {name: column for columns in kinds for name, column in columns(left, right).items()}

    def _walks(self, left: Places, right: Places) -> Columns:
        found: Columns = {}
        for name, worth in (("", np.ones(len(self.age))), ("recent ", self.worth)):
            network = Meetings(self.past.members, worth)
            strength = np.maximum(network.sum(axis=1), 1e-6)
            landed = scores.landings(network, left, right, STEPS)
            rest = strength / strength.sum()  # where a long walk ends, whoever starts it
            for damping in (0.5, 0.85):
                rank = scores.discount(landed, damping)
                found[f"{name}pagerank {damping}"] = _log(rank)
                found[f"{name}pagerank {damping} back"] = _log(rank * strength[left] / strength[right])
                found[f"{name}pagerank {damping} lift"] = _log(rank / rest[right], 1e-3)
            for step in (2, 3, 4):
                found[f"{name}walk {step} lift"] = _log(landed[:, step - 1] / rest[right], 1e-3)
        return found

    def _shared_partners(self, left: Places, right: Places) -> Columns:
        network, degree = self.past.network, scores.degrees(self.past.network)
        common = scores.common_neighbours(network, left, right)
        return {
            "common partners": common,
            "jaccard": common / np.maximum(degree[left] + degree[right] - common, 1),
            "adamic-adar": scores.adamic_adar(network, left, right),
            "resource allocation": scores.resource_allocation(network, left, right),
            "common coordinators": scores.topic_cosine(self._coordinators, left, right),
            "recent resource allocation": scores.resource_allocation(self._last_year, left, right),
        }

    @cached_property
    def _coordinators(self) -> Network:
        """A body a row, who coordinated the activities it took part in a column."""
        return sparse.csr_array(self.past.members.T @ self.past.leads)

    @cached_property
    def _last_year(self) -> Network:
        return self.past.between(self.date - 1, self.date).network

    @cached_property
    def _place(self) -> NDArray[np.float32]:
        """The leading eigenvectors of the normalised network, scaled by their eigenvalues; a body a row."""
        network = self.past.network
        strength = np.asarray(network.sum(axis=1)).ravel()
        scale = sparse.diags_array(1 / np.sqrt(np.maximum(strength, 1e-9)) * (strength > 0))
        size = min(DIMENSIONS, network.shape[0] - 2)
        values, vectors = eigsh(scale @ network @ scale, k=size, which="LA", v0=np.sqrt(strength + 1e-6), rng=1)
        return np.asarray(vectors * np.maximum(values, 0), dtype=np.float32)

    def _embedding(self, left: Places, right: Places) -> Columns:
        place = self._place
        length = np.linalg.norm(place, axis=1) + 1e-9
        inner = np.einsum("ij,ij->i", place[left], place[right])
        around = self._around
        return {
            "embedding": inner,
            "embedding cosine": inner / length[left] / length[right],
            "partners' embedding cosine": np.einsum("ij,ij->i", around[left], around[right]),
        }

    @cached_property
    def _around(self) -> NDArray[np.float32]:
        """The mean place of the partners of each body, at length 1."""
        return _unit(self.past.network @ self._place)

    @cached_property
    def _profiles(self) -> dict[str, NDArray[np.float32]]:
        """Rows of length 1: what each body works on, lately, and what its partners work on."""
        members, past = self.past.members, self.past
        recent = sparse.csr_array(members.T @ sparse.diags_array(self.worth))
        around = past.network
        topics, forms = _rare(past.topics), _rare(past.forms)
        found = {
            "topics": members.T @ topics,
            "recent topics": recent @ topics,
            "partners' topics": around @ (members.T @ topics),
            "forms": members.T @ forms,
            "partners' forms": around @ (members.T @ forms),
        }
        return {name: _unit(np.log1p(table.toarray())) for name, table in found.items()}

    def _about(self, left: Places, right: Places) -> Columns:
        profiles = self._profiles
        found = {name: np.einsum("ij,ij->i", rows[left], rows[right]) for name, rows in profiles.items()}
        for own, around in (("topics", "partners' topics"), ("forms", "partners' forms")):
            found[f"{own} to {around}"] = np.einsum("ij,ij->i", profiles[own][left], profiles[around][right])
            found[f"{around} to {own}"] = np.einsum("ij,ij->i", profiles[around][left], profiles[own][right])
        for name, rate in self._rates.items():
            found[f"expected meetings by {name}"] = _log(np.einsum("ij,ij->i", rate[left], rate[right]), 1e-6)
        return found

    @cached_property
    def _rates(self) -> dict[str, NDArray[np.float32]]:
        """Such that the product of two rows is the meetings to expect if bodies of one topic met at random."""
        size = np.diff(self.past.members.indptr)
        found = {}
        for name, about in (("topics", self.past.topics), ("forms", self.past.forms)):
            share = sparse.diags_array(1 / np.maximum(np.asarray(about.sum(axis=1)).ravel(), 1)) @ about
            rate = (self.past.members.T @ (sparse.diags_array(self.worth * (size > 1)) @ share)).toarray()
            others = sparse.diags_array((size - 1.0) * self.worth) @ share * 1.0
            met, total = np.asarray(others.multiply(size[:, None]).sum(axis=0)), rate.sum(axis=0)
            found[name] = np.asarray(rate * np.sqrt(met.ravel() / np.maximum(total, 1e-9) ** 2), dtype=np.float32)
        return found

    @cached_property
    def _groups(self) -> dict[str, tuple[Places, NDArray[np.float64], NDArray[np.float64]]]:
        """For countries, kinds and both: the group of each body, log lift of two groups, partners by group."""
        past = self.past
        both = past.country * len(past.kinds) + past.kind
        found = {}
        for name, label in (("country", past.country), ("kind", past.kind), ("country and kind", both)):
            linked = past.network.astype(bool).astype(float)
            one = sparse.csr_array((np.ones(past.bodies), (np.arange(past.bodies), label)))
            partners = (linked @ one).toarray()
            met = one.T @ partners
            size = met.sum(axis=1)
            expected = np.outer(size, size) / max(size.sum(), 1)
            found[name] = (label, np.log((met + _PRIOR) / (expected + _PRIOR)), partners)
        return found

    def _mixing(self, left: Places, right: Places) -> Columns:
        degree = scores.degrees(self.past.network)
        found: Columns = {
            "same country": self.past.country[left] == self.past.country[right],
            "topics there habit left": self._local_habit(left, right),
            "topics there habit right": self._local_habit(right, left),
        }
        for name, (label, lift, partners) in self._groups.items():
            a, b = label[left], label[right]
            size = np.maximum(partners.sum(axis=0), 1) / max(partners.sum(), 1)
            usual = np.exp(lift[a, b])
            found[f"{name} affinity"] = lift[a, b]
            for side, end, group, prior in (("left", left, b, usual), ("right", right, a, usual)):
                wanted = size[group] * (degree[end] + _PRIOR)
                own = partners[end, group] + _PRIOR * prior * size[group]
                found[f"{name} habit {side}"] = np.log(own / wanted)
        return found

    @cached_property
    def _local(self) -> tuple[Network, Network, NDArray[np.float64], NDArray[np.float64]]:
        """Topics by country: those of each body (sum 1), the sum of its partners', how usual its own are anywhere, and
        how many its partners' are.
        """
        past = self.past
        share = (past.members.T @ past.topics).toarray()
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1)
        row, topic = np.nonzero(share)
        column = past.country[row] * past.topics.shape[1] + topic
        shape = (past.bodies, len(past.countries) * past.topics.shape[1])
        own = sparse.csr_array((share[row, topic], (row, column)), shape=shape)
        partners = sparse.csr_array(past.network.astype(bool).astype(float) @ own)
        total = np.asarray(own.sum(axis=0)).ravel()
        usual = np.asarray(own @ total / max(total.sum(), 1) + 1e-9)
        return own, partners, usual, np.asarray(partners.sum(axis=1)).ravel()

    def _local_habit(self, end: Places, other: Places) -> NDArray[np.float64]:
        """How much more than usual the partners of `end` work on the topics of `other` in its country, as a log."""
        own, partners, usual, count = self._local
        met = np.asarray(partners[end].multiply(own[other]).sum(axis=1)).ravel()
        return _log((met + 0.5 * usual[other]) / ((count[end] + 0.5) * usual[other] + 1e-9), 1e-3)

    @cached_property
    def _bodies(self) -> dict[str, NDArray[np.float64]]:
        past, size = self.past, np.diff(self.past.members.indptr).astype(float)
        works, shared = self._count(np.ones(len(size))), self._count((size > 1) * 1.0)
        degree, earlier = scores.degrees(past.network), scores.degrees(past.until(self.date - 1).network)
        lately = np.full(past.bodies, 9.0)
        rows = past.members.tocoo()
        np.minimum.at(lately, rows.coords[1], self.age[rows.coords[0]])
        first = np.zeros(past.bodies)
        np.maximum.at(first, rows.coords[1], self.age[rows.coords[0]])
        return {
            "partners": np.log1p(degree),
            "strength": np.log1p(np.asarray(past.network.sum(axis=1)).ravel()),
            "activities": np.log1p(works),
            "alone": works - shared,
            "activities of the last year": np.log1p(self._count((self.age < 1) & (size > 1))),
            "new partners of the last year": np.log1p(degree - earlier),
            "growth": (degree - earlier + 1) / (degree + 2),
            "recent worth": np.log1p(self._count(self.worth * (size > 1))),
            "mean size": self._count(size * (size > 1)) / np.maximum(shared, 1),
            "coordinations": np.log1p(np.asarray(past.leads.sum(axis=0)).ravel()),
            "since the last": lately,
            "since the first": first,
        }

    def _count(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of what each body's activities are worth."""
        return np.asarray(self.past.members.T @ worth)

    def _activity(self, left: Places, right: Places) -> Columns:
        found: Columns = {}
        for name, value in self._bodies.items():
            found[f"{name} left"], found[f"{name} right"] = value[left], value[right]
        found["kind left"], found["kind right"] = self.past.kind[left], self.past.kind[right]
        return found


def _log(value: NDArray[Any], floor: float = 1e-9) -> NDArray[Any]:
    return np.asarray(np.log(value + floor))


def _rare(about: Network) -> Network:
    """Columns weighed by how rare they are (inverse document frequency)."""
    often = np.asarray(about.sum(axis=0)).ravel()
    return sparse.csr_array(about @ sparse.diags_array(np.log1p(about.shape[0] / np.maximum(often, 1))))


def _unit(table: NDArray[Any]) -> NDArray[np.float32]:
    return np.asarray(table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9), dtype=np.float32)
