"""A network kept as its activities: as many numbers as participations, where the pairs would be ten times as many."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.synergy.scores import Network


class Meetings:
    """A network that is never written out: bodies meet in activities, `worth` of each given; Newman's weights."""

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
