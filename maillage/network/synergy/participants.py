"""Suggestions for those of a table of participations: the points of `graph/synergies.yml`, all strangers looked at.

What a body is known for is what it took part in: partners, themes, territory, dates. A stranger is a body that took
part in nothing that it did; strangers share no activity, so that the points are those of `Advice` to the rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from maillage.network.model import Network as TieNetwork
from maillage.network.participations import Participations
from maillage.network.synergy.history import Meetings, incidence, index_names
from maillage.network.synergy.points import Matrices, Rows, Weights, blocks, number_labels, points, weights
from maillage.network.synergy.scores import Network, Places

REASONS = ("introducers", "nearness", "themes", "same-region", "same-level", "recent")
SUBSTANCE = ("introducers", "nearness", "themes")  # the reasons of substance that a table of participations can give


@dataclass(frozen=True)
class Shortlist:
    """The best strangers of a body (by places), best first, with the points of each reason in the same order."""

    body: int
    partners: Places
    points: dict[str, NDArray[np.float64]]

    @property
    def scores(self) -> NDArray[np.float64]:
        return np.asarray(sum(self.points.values()))


class Participants:
    """Bodies and what they took part in, as matrices; `names` in the order of their places."""

    def __init__(self, read: Participations, network: TieNetwork, by: Weights | None = None) -> None:
        self.read, self.by, self.names = read, by or weights(), read.names
        self.network = network.to_scipy()

    @cached_property
    def members(self) -> Network:
        """1 where a body (column) took part in an activity (row)."""
        body = self.read.bodies["body"].search_sorted(self.read.rows["body"])
        return incidence(self._activity(self.read.rows), body, (len(self._activities), len(self.names)))

    @cached_property
    def about(self) -> Network:
        """1 where an activity (row) is about a theme (column)."""
        _, theme = index_names(self.read.themes["theme"])
        shape = (len(self._activities), len(self.themes))
        return incidence(self._activity(self.read.themes), pl.Series(theme), shape)

    @cached_property
    def themes(self) -> tuple[str, ...]:
        return index_names(self.read.themes["theme"])[0]

    @cached_property
    def body_themes(self) -> Network:
        """1 where a body took part in something about a theme."""
        return sparse.csr_array((self.members.T @ self.about).astype(bool).astype(float))

    @cached_property
    def rare(self) -> NDArray[np.float64]:
        """ln(bodies / holders) of each theme (see `likeness.rarity`)."""
        holders = np.asarray(self.body_themes.sum(axis=0)).ravel()
        return np.asarray(np.log(max(len(self.names), 2) / np.maximum(holders, 1)))

    @cached_property
    def statement_count(self) -> NDArray[np.float64]:
        """Statements on each body: who took part in what it did with others, and themes of what it did."""
        size, told = np.diff(self.members.indptr), np.asarray(self.about.sum(axis=1)).ravel()
        return np.asarray(self.members.T @ (size * (size > 1) + told))

    @cached_property
    def matrices(self) -> Matrices:
        bodies = self.read.bodies
        return Matrices(
            network=self.network,
            walk_network=Meetings(self.members, np.ones(self.members.shape[0])),
            aspects={"themes": self.body_themes},
            rare={"themes": self.rare},
            words=None,
            year=self._year,
            region=number_labels(bodies["territory"].fill_null("")),
            level=np.where(bodies["territory"].is_null().to_numpy(), -1, 0),
            kind=number_labels(bodies["kind"].fill_null("")),
        )

    def shortlists(self, places: Places, most: int) -> Iterator[Shortlist]:
        """The `most` best strangers of each place of which enough is known, each a body of which enough is known too.

        Block by block; equal scores in the order of names.
        """
        enough = self.statement_count >= self.by.least_statements
        for some in blocks(places[enough[places]], len(self.names)):
            found = points(self.matrices, self.by, some)
            score = np.where(self._open(found, some, enough), sum(found.values()), -np.inf)
            for row, body in enumerate(some.tolist()):
                best = _first(score[row], most, self.by.least_score)
                yield Shortlist(body, best, {name: value[row, best] for name, value in found.items()})

    def _open(self, found: dict[str, Rows], some: Places, enough: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Pairs of strangers with a reason of substance."""
        carried = np.logical_or.reduce([found[name] > 0 for name in SUBSTANCE])
        carried &= enough
        row, column = self.network[some].nonzero()
        carried[row, column] = False
        carried[np.arange(len(some)), some] = False
        return np.asarray(carried)

    def shared_activity(self, one: int, other: int) -> str:
        """The first activity, by name, that both took part in; "" where there is none."""
        common = np.intersect1d(_row(self._did, one), _row(self._did, other))
        return str(self._activities[int(common[0])]) if len(common) else ""

    def shared_themes(self, one: int, other: int) -> list[str]:
        """Themes of both, the rarest first."""
        common = np.intersect1d(_row(self.body_themes, one), _row(self.body_themes, other))
        return [self.themes[place] for place in common[np.argsort(-self.rare[common], kind="stable")]]

    @cached_property
    def _did(self) -> Network:
        """A body a row, what it took part in a column."""
        return sparse.csr_array(self.members.T)

    @cached_property
    def _activities(self) -> pl.Series:
        return self.read.rows["activity"].unique().sort()

    def _activity(self, table: pl.DataFrame) -> pl.Series:
        return self._activities.search_sorted(table["activity"])

    @cached_property
    def _year(self) -> NDArray[np.float64]:
        """Of the latest activity with others: what a body did alone says nothing of how it works with others."""
        shared = self.read.rows.filter(pl.len().over("activity") > 1)
        last = shared.group_by("body").agg(year=pl.col("start").str.head(4).cast(pl.Float64).max())
        return np.array(self.read.bodies.join(last, on="body", how="left", maintain_order="left")["year"], dtype=float)


def _first(score: NDArray[np.float64], most: int, least: float) -> Places:
    """Places of the `most` highest of a row, none under `least`; equal ones in the order of places."""
    last = np.partition(score, -most)[-most] if len(score) > most else -np.inf
    kept = np.flatnonzero(score >= max(last, least) - 1e-9)
    return np.asarray(kept[np.lexsort((kept, -np.round(score[kept], 9)))][:most])


def _row(matrix: Network, place: int) -> Places:
    """Columns that a row has."""
    return np.asarray(matrix.indices[matrix.indptr[place] : matrix.indptr[place + 1]])


def introducers(linked: Network, one: int, others: Places) -> Iterator[Places]:
    """For each of `others`, the partners of both, those with fewest partners first."""
    degree, mine = np.diff(linked.indptr), np.zeros(linked.shape[0], dtype=bool)
    mine[_row(linked, one)] = True
    for other in others:
        around = _row(linked, other)
        common = around[mine[around]]
        yield common[np.lexsort((common, degree[common]))]
