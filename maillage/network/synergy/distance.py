"""How far apart two bodies are: the great circle between the nearest of their territories, in kilometres.

A territory is set at one point (the question `territory-points` says which); a body in several, at the nearest to the
other. A body without a territory of its own, or in one without a point, is at no known distance.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.network.from_table import Row
from maillage.network.synergy.evidence_base import Claims

EARTH = 6371.0088  # mean radius in kilometres (Moritz, Geodetic Reference System 1980, J. Geodesy 74, 2000)

COORDINATES = ("latitude", "longitude")


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
