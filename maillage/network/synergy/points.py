"""The points of each reason for whole rows of pairs at once: one body against all others, on sparse matrices.

What is looked at grows with what bodies share (partners, themes, words), not with the number of pairs; a block of rows
is all that is in memory at one time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.files import asset, parse_yaml, read_text
from maillage.network.synergy.scores import DAMPING, STEPS, Network, Places, degrees, walk

CELLS = 1_500_000  # pairs in a block: some 12 MB a reason
FARTHEST = 3  # steps; a chain longer than that introduces nobody

Rows = NDArray[np.float64]  # a body of the block a row, every body a column


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
    """As declared in `graph/synergies.yml`, of which this is the only reader. Read once."""
    said = parse_yaml(read_text(asset("graph") / "synergies.yml"))
    return Weights(
        points={name: float(one["points"]) for name, one in said["weights"].items()},
        family={name: str(one["family"]) for name, one in said["weights"].items()},
        half={name: float(value) for name, value in said["half"].items()},
        substance=tuple(said["substance"]),
        half_life=float(said["half-life"]),
        least_statements=int(said["least-statements"]),
        least_score=float(said["least-score"]),
    )


@dataclass(frozen=True)
class Matrices:
    """What is known of bodies, each under one number everywhere.

    `network`: Newman's weights, symmetric. `walk_network`: what walks are led on, the same network or its `Meetings`.
    `aspects`: 1 where a body (row) has an aspect (column), for `themes`, `methods` and `audiences`; `rare`: what each
    aspect is worth. `words`: rows of unit length. `year`: of the latest activity, nan where not known. `region`,
    `level`, `kind`: a small number a body, -1 where not known.
    """

    network: Network
    walk_network: Any
    aspects: Mapping[str, Network]
    rare: Mapping[str, NDArray[np.float64]]
    words: Network | None
    year: NDArray[np.float64]
    region: Places
    level: Places
    kind: Places

    @property
    def bodies(self) -> int:
        return int(self.network.shape[0])

    @cached_property
    def adjacency(self) -> Network:
        return self.network.astype(bool).astype(float)

    @cached_property
    def introducing(self) -> Network:
        """Partners of each body, each worth 1 / log of its own number of partners (Adamic and Adar 2003)."""
        worth = 1 / np.log(np.maximum(degrees(self.network), 2))
        return sparse.csr_array(self.adjacency @ sparse.diags_array(worth))

    @cached_property
    def strength(self) -> NDArray[np.float64]:
        return np.asarray(self.network.sum(axis=1), dtype=float).ravel()


def blocks(places: Places, bodies: int) -> Iterator[Places]:
    """The places in turn, as many at a time as memory is meant to hold."""
    size = max(1, CELLS // max(bodies, 1))
    for start in range(0, len(places), size):
        yield places[start : start + size]


def points(known: Matrices, by: Weights, rows: Places) -> dict[str, Rows]:
    """The points of each reason that matrices can tell, for `rows` against every body.

    They are those of `Advice`, but for aspects that two bodies have through one same thing only, which count here:
    an upper bound where that can happen, exact where strangers share no thing.
    """
    rare = {name: held[rows] @ sparse.diags_array(known.rare[name]) for name, held in known.aspects.items()}
    shared = {name: _dense(own @ known.aspects[name].T) for name, own in rare.items()}  # summed rarity
    found = {
        "introducers": by.worths("introducers", _dense(known.introducing[rows] @ known.adjacency)),
        "nearness": by.worths("nearness", _near(known, rows)),
        **{name: by.worths(name, quantity) for name, quantity in shared.items()},
    }
    if known.words is not None:
        found["words"] = by.worths("words", _dense(known.words[rows] @ known.words.T))
    if "methods" in known.aspects:
        found["complement"] = by.worths("complement", _complement(known, rows, shared["themes"] > 0))
    return found | _territory_points(known, by, rows) | {"recent": by.points["recent"] * _recent(known, by, rows)}


def _dense(product: Any) -> Rows:
    return np.asarray(product.toarray() if sparse.issparse(product) else product, dtype=float)


def _near(known: Matrices, rows: Places) -> Rows:
    """Mean of the two personalised PageRanks where a chain of `FARTHEST` steps exists.

    The network is symmetric, so that the rank of a seen from b is that of b seen from a, by their strengths.
    """
    rank, reached = np.zeros((known.bodies, len(rows))), np.zeros((known.bodies, len(rows)), dtype=bool)
    for step, standing in enumerate(walk(known.walk_network, rows, STEPS), 1):
        rank += (1 - DAMPING) * DAMPING**step * standing
        if step <= FARTHEST:
            reached |= standing > 0
    back = np.divide(1, known.strength, out=np.zeros(known.bodies), where=known.strength > 0)
    turned = known.strength[rows][None, :] * back[:, None]
    return np.asarray(np.where(reached, rank * (1 + turned) / 2, 0).T)


def _complement(known: Matrices, rows: Places, on_a_theme: NDArray[np.bool_]) -> Rows:
    """How many methods one of the two has and the other lacks, both having some, on a theme of both."""
    held = known.aspects["methods"]
    count = np.asarray(held.sum(axis=1)).ravel()
    differ = count[rows][:, None] + count[None, :] - 2 * _dense(held[rows] @ held.T)
    both = (count[rows] > 0)[:, None] & (count > 0)[None, :]
    return np.asarray(np.where(on_a_theme & both, differ, 0))


def _territory_points(known: Matrices, by: Weights, rows: Places) -> dict[str, Rows]:
    """In one region; else in territories of one level, half as much where the two are of different kinds."""
    region, level, kind = (label[rows][:, None] for label in (known.region, known.level, known.kind))
    placed = (region >= 0) & (known.region >= 0)
    same = placed & (region == known.region)
    level_too = placed & ~same & (level >= 0) & (level == known.level)
    return {
        "same-region": by.points["same-region"] * same,
        "same-level": by.points["same-level"] * level_too * np.where(kind == known.kind, 1.0, 0.5),
    }


def _recent(known: Matrices, by: Weights, rows: Places) -> Rows:
    if np.isnan(known.year).all():
        return np.zeros((len(rows), known.bodies))
    age = np.nanmax(known.year) - np.minimum(known.year[rows][:, None], known.year[None, :])
    return np.nan_to_num(0.5 ** (age / by.half_life), nan=0.0)


def number_labels(labels: Iterable[str]) -> Places:
    """The same number for the same label; -1 for an empty one."""
    number: dict[str, int] = {"": -1}
    return np.array([number.setdefault(label, len(number) - 1) for label in labels], dtype=np.int64)
