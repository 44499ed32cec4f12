"""How near two bodies are in the network of partnerships, and through whom."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.from_table import Row, newman, pair
from maillage.network.synergy.points import FARTHEST
from maillage.network.synergy.scores import adamic_adar, pagerank_rows

WHOLE = 2000  # bodies up to which every body's walk is led and kept: 32 MB
CACHE_SIZE = 500  # walks kept beyond


class Nearness:
    """Adamic-Adar and personalised PageRank over Newman's collaboration weights, with the rows of each link."""

    def __init__(self, links: Sequence[Row], bodies: Collection[str]) -> None:
        self._names = sorted(bodies)
        self._place = {iri: place for place, iri in enumerate(self._names)}
        self._rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in links:
            if row["a"] in self._place and row["b"] in self._place and row["a"] != row["b"]:
                self._rows[pair(str(row["a"]), str(row["b"]))].append(row)
        self.around: dict[str, set[str]] = defaultdict(set)
        for one, other in self._rows:
            self.around[one].add(other)
            self.around[other].add(one)
        self.network = self._network()
        self._cached_walk = lru_cache(maxsize=CACHE_SIZE)(self._walks)

    def _walks(self, *places: int) -> NDArray[np.float64]:
        return np.vstack([found for _, found in pagerank_rows(self.network, np.array(places, dtype=np.int64))])

    @cached_property
    def _ranks(self) -> NDArray[np.float64]:
        return self._walks(*range(len(self._names)))

    def _rank(self, source: int, goal: int) -> float:
        """Personalised PageRank of one body seen from another; all walks are led at once where that is little."""
        return float(self._ranks[source, goal] if len(self._names) <= WHOLE else self._cached_walk(source)[0, goal])

    def _network(self) -> "sparse.csr_array":
        weight = newman([(*ends, str(row["activity"])) for ends, rows in self._rows.items() for row in rows])
        ends = [(self._place[one], self._place[other], value) for (one, other), value in weight.items()]
        both = [*ends, *((j, i, value) for i, j, value in ends)]
        i, j, values = zip(*both, strict=True) if both else ((), (), ())
        size = len(self._names)
        return sparse.csr_array((np.asarray(values, dtype=float), (i, j)), shape=(size, size))

    def introducers(self, a: str, b: str) -> tuple[str, ...]:
        """Partners of both, those with fewest partners first: they know best the few they know."""
        common = self.around.get(a, set()) & self.around.get(b, set())
        return tuple(sorted(common, key=lambda iri: (len(self.around[iri]), iri)))

    def introduction(self, a: str, b: str) -> tuple[float, tuple[str, ...], list[Row]]:
        """Adamic-Adar, the introducers and the rows that link each to both."""
        common = self.introducers(a, b)
        if not common:
            return 0.0, (), []
        one, other = (np.array([self._place[body]]) for body in (a, b))
        rows = [row for iri in common for end in (a, b) for row in self._rows[pair(iri, end)]]
        return float(adamic_adar(self.network, one, other)[0]), common, rows

    def along(self, a: str, b: str) -> tuple[float, tuple[str, ...], list[Row]]:
        """Mean of the two personalised PageRanks, and a shortest chain (`FARTHEST` steps at most) with its rows."""
        chain = self._chain(a, b)
        if not chain:
            return 0.0, (), []
        one, other = self._place[a], self._place[b]
        rows = [row for step in pairwise(chain) for row in self._rows[pair(*step)]]
        return (self._rank(one, other) + self._rank(other, one)) / 2, chain, rows

    def _chain(self, a: str, b: str) -> tuple[str, ...]:
        waiting: list[tuple[str, ...]] = [(a,)]
        seen = {a}
        for _ in range(FARTHEST):
            further: list[tuple[str, ...]] = []
            for way in waiting:
                for iri in sorted(self.around.get(way[-1], ())):
                    if iri == b:
                        return (*way, b)
                    if iri not in seen:
                        seen.add(iri)
                        further.append((*way, iri))
            waiting = further
        return ()
