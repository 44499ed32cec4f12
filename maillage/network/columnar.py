"""The projection of a table of participations: pairs in columns, for networks that are too large for rows of Python.

The same weights as `projection` (Newman, Phys. Rev. E 64, 016132, 2001), and the same values for every library.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from maillage.network.participations import Participations
from maillage.table import Column, Kind, Table

if TYPE_CHECKING:
    import igraph
    import networkx

_SAID = ("weight", "activities", "first", "last")


@dataclass(frozen=True)
class ColumnarProjection:
    """`bodies` sorted, some without ties; `ties`: `a` and `b` (places among the bodies, a < b), sorted by them, with
    `weight`, `activities` (how many), `first` and `last` (dates, null where none is known).
    """

    bodies: tuple[str, ...]
    ties: pl.DataFrame

    @classmethod
    def of(cls, read: Participations) -> "ColumnarProjection":
        """Each pair that took part in one activity."""
        bodies = read.bodies["body"]
        place = bodies.search_sorted(read.rows["body"]).cast(pl.UInt32).alias("a")
        size = pl.len().over("activity").alias("size")
        rows = read.rows.select("activity", "start", place, size).filter(pl.col("size") > 1).lazy()
        pairs = rows.join(rows.select("activity", b="a"), on="activity").filter(pl.col("a") < pl.col("b"))
        ties = pairs.group_by("a", "b").agg(
            weight=(1 / (pl.col("size") - 1)).sort().sum(),  # in one order: the same sum to the last bit
            activities=pl.len(),
            first=pl.col("start").min(),
            last=pl.col("start").max(),
        )
        return cls(read.names, ties.sort("a", "b").collect())

    def to_table(self) -> Table:
        names = pl.Series(self.bodies, dtype=pl.String)
        frame = self.ties.with_columns(a=names.gather(self.ties["a"]), b=names.gather(self.ties["b"]))
        kinds: dict[str, Kind] = {"weight": "number", "activities": "number", "first": "date", "last": "date"}
        return Table(frame, (Column("a", "text"), Column("b", "text"), *(Column(n, kinds[n]) for n in _SAID)))

    def to_networkx(self) -> "networkx.Graph[str]":
        import networkx

        graph: networkx.Graph[str] = networkx.Graph()
        graph.add_nodes_from(self.bodies)
        rows = self.ties.iter_rows(named=True)
        graph.add_edges_from((self.bodies[t["a"]], self.bodies[t["b"]], {n: t[n] for n in _SAID}) for t in rows)
        return graph

    def to_igraph(self) -> "igraph.Graph":
        import igraph

        graph = igraph.Graph(n=len(self.bodies), edges=np.column_stack(self._ends))
        graph.vs["name"] = list(self.bodies)
        for name in _SAID:
            graph.es[name] = self.ties[name].to_list()
        return graph

    def to_scipy(self) -> Any:
        """A symmetric `csr_array` of the weights, in the order of `bodies`."""
        from scipy import sparse

        (i, j), weight = self._ends, self.ties["weight"].to_numpy()
        ends = np.concatenate([i, j]), np.concatenate([j, i])
        return sparse.csr_array((np.concatenate([weight, weight]), ends), shape=(len(self.bodies),) * 2)

    @property
    def _ends(self) -> tuple[Any, Any]:
        return self.ties["a"].to_numpy().astype(np.int64), self.ties["b"].to_numpy().astype(np.int64)
