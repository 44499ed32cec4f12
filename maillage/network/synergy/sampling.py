"""Which pairs are asked about: those first in one project after the split, and for each, bodies that could have been.

To meet, here and in `history`, is to take part in one project: the register says no more, and it is what is predicted.
In the graph it takes more (`mai:met`: presence, at a past activity).

The protocol. A pair is a positive when its two bodies had partners before the split, had never met, and meet
after. One end, drawn by lot, asks; the other, the true partner, is put among `against` bodies that never meet the
asker in all the data. Matched bodies have the kind and the octave of degree of the true partner (drawn with
replacement: an octave of few large bodies would otherwise give fewer). Random ones are any body with a partner.
Negatives that only differ in size are what HeaRT warns of (Li et al., NeurIPS 2023, arXiv 2306.10453).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.network.synergy.history import History, pair_number
from maillage.network.synergy.scores import Places, common_neighbours, degrees

AGAINST = 100
NEWCOMER = 10  # partners at most
REGIMES = ("all", "public", "french-foreign", "newcomers", "no-common-partner")
_ROUNDS = 400  # of drawing again what does not qualify; a place that stays empty is -1

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Queries:
    """A row a query: `asker`, and `candidates`, whose first column is the true partner; -1: no body qualifies."""

    asker: Places
    candidates: Places

    @property
    def mask(self) -> Flags:
        return np.asarray(self.candidates >= 0)

    @property
    def pairs(self) -> tuple[Places, Places]:
        """Both ends of every place of the table, row by row; where no body qualifies, the asker itself."""
        left = np.repeat(self.asker, self.candidates.shape[1])
        right = self.candidates.ravel()
        return left, np.where(right < 0, left, right)


def positives(past: History, future: History) -> tuple[Places, Places]:
    """Pairs of bodies with partners in `past` that meet in `future` and had not met."""
    degree = degrees(past.network)
    fresh = np.setdiff1d(future.pairs, past.pairs)
    left, right = fresh // past.bodies, fresh % past.bodies
    kept = (degree[left] > 0) & (degree[right] > 0)
    return left[kept], right[kept]


def in_regime(name: str, past: History, left: Places, right: Places) -> Flags:
    """Which pairs belong to the regime, by what was known before the split."""
    degree = degrees(past.network)
    match name:
        case "public":
            public = past.kind == past.kinds.index("PUB")
            return np.asarray(public[left] | public[right])
        case "french-foreign":
            french = past.country == past.countries.index("FR")
            return np.asarray(french[left] ^ french[right])
        case "newcomers":
            return np.asarray(np.minimum(degree[left], degree[right]) <= NEWCOMER)
        case "no-common-partner":
            return np.asarray(common_neighbours(past.network, left, right) == 0)
    return np.ones(len(left), dtype=bool)


class Urn:
    """The bodies that can stand against a true partner, in classes; every body of a class is drawn alike."""

    def __init__(self, label: Places) -> None:
        self.label, self._order = label, np.argsort(label, kind="stable")

    @classmethod
    def by_degree(cls, past: History) -> "Urn":
        """Classes of one kind and one octave of degree: 1, 2–3, 4–7 … partners."""
        degree = degrees(past.network)
        octave = np.floor(np.log2(np.maximum(degree, 1))).astype(np.int64)
        return cls(np.where(degree > 0, past.kind * 100 + octave, -1))

    @classmethod
    def anyone(cls, past: History) -> "Urn":
        """One class: every body that has a partner."""
        return cls(np.where(degrees(past.network) > 0, 0, -1))

    def draw(self, like: Places, draw: np.random.Generator) -> Places:
        """One body for each of `like`, of its class."""
        sorted_labels = self.label[self._order]
        first = np.searchsorted(sorted_labels, self.label[like])
        last = np.searchsorted(sorted_labels, self.label[like] + 1)
        return np.asarray(self._order[first + (draw.random(len(like)) * (last - first)).astype(np.int64)])


def draw_queries(
    pairs: tuple[Places, Places], urn: Urn, never: Places, draw: np.random.Generator, against: int = AGAINST
) -> Queries:
    """A query a pair. `never`: sorted numbers of pairs that may not be negatives."""
    turned = draw.random(len(pairs[0])) < 0.5
    asker, partner = np.where(turned, pairs[1], pairs[0]), np.where(turned, pairs[0], pairs[1])
    found = np.full((len(asker), against), -1)
    for _ in range(_ROUNDS):
        row, column = np.nonzero(found < 0)
        if not len(row):
            break
        drawn = urn.draw(partner[row], draw)
        good = (drawn != asker[row]) & ~_among(pair_number(asker[row], drawn, len(urn.label)), never)
        found[row[good], column[good]] = drawn[good]
    return Queries(asker, np.column_stack([partner, found]))


def _among(numbers: Places, known: Places) -> Flags:
    place = np.minimum(np.searchsorted(known, numbers), max(len(known) - 1, 0))
    return np.asarray(known[place] == numbers) if len(known) else np.zeros(len(numbers), dtype=bool)
