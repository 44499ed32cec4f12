"""Who took part in what, and when: the past that features may see, cut off at a date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.synergy.scores import Network, Places, collaboration


@dataclass(frozen=True)
class History:
    """Activities (rows) and the bodies that took part in them (columns).

    `members`: 1 where a body takes part; `leads`: 1 where it coordinates; `start`: date of each activity in years
    (2017.5: the middle of 2017); `topics` and `forms`: an activity a row, a topic (a form: topic, size and length
    together) a column. `kind`, `country`: a small number a body, which no activity changes.
    """

    members: Network
    leads: Network
    start: NDArray[np.float64]
    topics: Network
    forms: Network
    kind: Places
    country: Places
    kinds: tuple[str, ...]
    countries: tuple[str, ...]

    def between(self, first: float, last: float) -> "History":
        """The activities that start from `first` and before `last`; all bodies stay, under the same numbers."""
        kept = np.flatnonzero((self.start >= first) & (self.start < last))
        cut: dict[str, Any] = {name: getattr(self, name)[kept] for name in ("members", "leads", "topics", "forms")}
        return replace(self, start=self.start[kept], **cut)

    def until(self, date: float) -> "History":
        """All that was known before `date`: the only thing that features may be made from."""
        return self.between(-np.inf, date)

    @cached_property
    def network(self) -> Network:
        return collaboration(self.members)

    @property
    def bodies(self) -> int:
        return int(self.members.shape[1])

    @cached_property
    def pairs(self) -> Places:
        """The pairs that took part in one activity, each as one number (`pair_number`), sorted."""
        left, right = sparse.triu(self.network).tocoo().coords
        return np.sort(pair_number(left.astype(np.int64), right.astype(np.int64), self.bodies))


def pair_number(left: Places, right: Places, bodies: int) -> Places:
    """One number for a pair, whichever end comes first."""
    return np.asarray(np.minimum(left, right) * bodies + np.maximum(left, right))


def index_names(names: pl.Series) -> tuple[tuple[str, ...], Places]:
    """The distinct names, sorted, and the number of each row's among them."""
    distinct = names.unique().sort()
    return tuple(distinct.to_list()), distinct.search_sorted(names).cast(pl.Int64).to_numpy()


def incidence(rows: pl.Series, columns: pl.Series, shape: tuple[int, int]) -> Network:
    """1 where a row and a column are named together, however often."""
    places = (rows.to_numpy().astype(np.int64), columns.to_numpy().astype(np.int64))
    found = sparse.csr_array((np.ones(len(rows)), places), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1
    return found


def name_incidence(rows: Sequence[Iterable[str]], names: Sequence[str]) -> Network:
    """1 where a row holds the name of a column; a name that no column bears is left out."""
    place = {name: number for number, name in enumerate(names)}
    ends = [(row, place[name]) for row, held in enumerate(rows) for name in held if name in place]
    i, j = zip(*ends, strict=True) if ends else ((), ())
    return sparse.csr_array((np.ones(len(ends)), (i, j)), shape=(len(rows), len(names)))


class Meetings:
    """A network that is never written out: bodies meet in activities, `worth` of each given; Newman's weights.

    As many numbers as participations, where the pairs would be ten times as many.
    """

    def __init__(self, members: Network, worth: NDArray[np.float64]) -> None:
        size = np.diff(members.indptr)
        many = np.flatnonzero(size > 1)
        self.members = sparse.csr_array(members[many].astype(np.float32))
        self.back = sparse.csr_array(self.members.T)
        self.each = (worth[many] / (size[many] - 1)).astype(np.float32)
        self.own = np.asarray(self.back @ self.each)
        self.shape = (members.shape[1],) * 2
        self.dtype = np.dtype(np.float32)

    def sum(self, axis: int) -> NDArray[np.float32]:
        return np.asarray(self.back @ (self.each * np.diff(self.members.indptr)) - self.own, dtype=np.float32)

    def __matmul__(self, standing: NDArray[np.float32]) -> NDArray[np.float32]:
        met = self.members @ standing
        met *= self.each[:, None]
        return np.asarray(self.back @ met - self.own[:, None] * standing)
