"""The weights of suggestions: the only reader of `graph/synergies.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import yaml
from numpy.typing import NDArray

from maillage.files import asset, read_text


@dataclass(frozen=True)
class Weights:
    """`points`, `family`: of each reason; `half`: the quantity that is worth half the points."""

    points: Mapping[str, float]
    family: Mapping[str, str]
    half: Mapping[str, float]
    substance: tuple[str, ...]
    half_life: float
    least_statements: int
    least_score: float

    def worth(self, reason: str, quantity: float) -> float:
        """The points of a quantity: all of the weight for an infinity, half of it for `half`."""
        return self.points[reason] * quantity / (quantity + self.half[reason]) if quantity > 0 else 0.0

    def worths(self, reason: str, quantities: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same of many quantities, none under zero."""
        return np.asarray(self.points[reason] * quantities / (quantities + self.half[reason]))


@cache
def weights() -> Weights:
    """As declared. Read once."""
    said = yaml.safe_load(read_text(asset("graph") / "synergies.yml"))
    return Weights(
        points={name: float(one["points"]) for name, one in said["weights"].items()},
        family={name: str(one["family"]) for name, one in said["weights"].items()},
        half={name: float(value) for name, value in said["half"].items()},
        substance=tuple(said["substance"]),
        half_life=float(said["half-life"]),
        least_statements=int(said["least-statements"]),
        least_score=float(said["least-score"]),
    )
