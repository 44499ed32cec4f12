"""How near two bodies are in the network of partnerships, and through whom; how far apart they are on the ground.

A territory is set at one point (the question `territory-points` says which); a body in several, at the nearest to the
other. A body without a territory of its own, or in one without a point, is at no known distance.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.from_table import Row, newman, pair
from maillage.network.synergy.evidence_base import Claims
from maillage.network.synergy.points import FARTHEST
from maillage.network.synergy.scores import adamic_adar, pagerank_rows

WHOLE = 2000  # bodies up to which every body's walk is led and kept: 32 MB
CACHE_SIZE = 500  # walks kept beyond
EARTH = 6371.0088  # mean radius in kilometres (Moritz, Geodetic Reference System 1980, J. Geodesy 74, 2000)
COORDINATES = ("latitude", "longitude")


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
        ways: dict[str, tuple[str, ...]] = {a: (a,)}
        for _ in range(FARTHEST):
            for way in list(ways.values()):
                for iri in sorted(self.around.get(way[-1], ())):
                    ways.setdefault(iri, (*way, iri))
                if b in ways:
                    return ways[b]
        return ()


@dataclass(frozen=True)
class Apart:
    """`between`: the territory of the first and of the second; `evidence`: who says so of each, and where they are."""

    kilometres: float
    between: tuple[str, str]
    evidence: tuple[Row, ...]


class Distances:
    """`points`: rows of `territory-points`, two a territory."""

    def __init__(self, territories: Claims, points: Sequence[Row]) -> None:
        said: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in points:
            said[str(row["territory"])].setdefault(str(row["about"]), row)
        self._points = {where: [*rows.values()] for where, rows in said.items() if len(rows) == len(COORDINATES)}
        self._distances: dict[tuple[str, str], float] = {}
        self._own = {body: self._own_territories(body, held) for body, held in territories.items()}

    def _own_territories(self, body: str, held: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
        """The territories said of the body itself that have a point, with the rows that say so."""
        own = {where: [row for row in rows if row["thing"] == body] for where, rows in sorted(held.items())}
        return {where: rows for where, rows in own.items() if rows and where in self._points}

    def between(self, a: str, b: str) -> Apart | None:
        """None where it is not known; nor is it where both are in one territory, which is no point."""
        here, there = self._own.get(a, {}), self._own.get(b, {})
        if not here or not there or here.keys() & there.keys():
            return None
        (kilometres, one, other) = min((self._apart(one, other), one, other) for one in here for other in there)
        said = (*self._points[one], *self._points[other], *here[one], *there[other])
        return Apart(kilometres, (one, other), said)

    def _apart(self, one: str, other: str) -> float:
        if (one, other) not in self._distances:
            ends = [self._points[where][0] for where in (one, other)]
            self._distances[one, other] = great_circle(*(float(str(row[name])) for row in ends for name in COORDINATES))
        return self._distances[one, other]


def great_circle(latitude: float, longitude: float, latitude_2: float, longitude_2: float) -> float:
    """Kilometres between two points in degrees, on a sphere: haversine (Sinnott, Sky and Telescope 68, 1984).

    2 R asin √(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2)); within 0.6 % of the ellipsoid.
    """
    north, east = math.radians(latitude_2 - latitude), math.radians(longitude_2 - longitude)
    level = math.cos(math.radians(latitude)) * math.cos(math.radians(latitude_2))
    chord = math.sin(north / 2) ** 2 + level * math.sin(east / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, chord)))
