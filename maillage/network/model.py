"""The network: bodies, and a row a pair that says in how much they act together, when, in which ways.

One model for the ties of a graph and for a table of participations; igraph and scipy are made from
it and hold the same values. Two weights, each under its name: `activities` counts those that the two share; `newman`
gives each of them 1/(n-1), n being the bodies tied in it (Newman, Phys. Rev. E 64, 016132, 2001), so that a meeting of
two hundred makes no clique.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from maillage.network.from_table import Row, local, pair, text
from maillage.network.participations import Participations

if TYPE_CHECKING:
    import igraph

_FACTS = ("activities", "newman", "first", "last", "kinds", "dating", "occurrence")
_CONCEPTS = {"kinds": "partnershipKind", "dating": "dating", "occurrence": "occurrence"}  # columns of partnership-links
_TIE = dict.fromkeys(("one", "other", "activity", "first", "last", *_CONCEPTS), pl.String)


@dataclass(frozen=True)
class Network:
    """`bodies` sorted, some without ties; `ties`: `a` and `b` (places among the bodies, a < b), sorted by them, with
    `activities`, `newman`, `first` and `last` (dates, null where none is known), and `kinds`, `dating` and `occurrence`
    (local names, by spaces).
    """

    bodies: tuple[str, ...]
    ties: pl.DataFrame

    @classmethod
    def of_ties(cls, rows: Sequence[Row], bodies: Sequence[str] = (), since: str = "", until: str = "") -> "Network":
        """From rows of `partnership-links`, and bodies without ties.

        With a window (years or dates, both included), ties that overlap it; those without a date are left out.
        """
        met = pl.DataFrame([_tie(row) for row in rows if within(row, since, until)], schema=_TIE, orient="row").unique()
        ends = pl.concat([met.select("activity", end="one"), met.select("activity", end="other")]).unique()
        sizes = ends.group_by("activity").agg(size=pl.len())
        names = sorted({*bodies, *ends["end"]})
        place = {iri: number for number, iri in enumerate(names)}
        shared = met.group_by("one", "other", "activity").agg(
            pl.col("first").min(), pl.col("last").max(), pl.col(*_CONCEPTS).unique()
        )
        ties = _sum_ties(shared.join(sizes, on="activity").lazy(), "one", "other")
        ends_of = [pl.col(old).replace_strict(place, return_dtype=pl.UInt32).alias(new) for old, new in _ENDS.items()]
        return cls(tuple(names), ties.with_columns(ends_of).select("a", "b", *_FACTS).sort("a", "b"))

    @classmethod
    def of_participations(cls, read: Participations, largest: int | None = None) -> "Network":
        """Each pair that took part in one activity, as anything; in one of at most `largest` bodies, where given."""
        bodies = read.bodies["body"]
        place = bodies.search_sorted(read.rows["body"]).cast(pl.UInt32).alias("a")
        size = pl.len().over("activity").alias("size")
        few = pl.col("size").is_between(2, largest or pl.col("size"))
        rows = read.rows.select("activity", "start", place, size).filter(few).lazy()
        pairs = rows.join(rows.select("activity", b="a"), on="activity").filter(pl.col("a") < pl.col("b"))
        ties = _sum_ties(pairs.with_columns(first="start", last="start"), "a", "b", concepts=())
        ties = ties.with_columns(pl.lit("").alias(name) for name in _CONCEPTS)  # a table says none
        return cls(read.names, ties.select("a", "b", *_FACTS).sort("a", "b"))

    def significant(self, rows: Sequence[Row]) -> "Network":
        """The same bodies and weights, with the ties of bodies that were together more often than chance.

        `rows`: those that this network was made from (see `significant`).
        """
        attended: dict[str, set[str]] = {}
        for row in rows:
            for end in ("a", "b"):
                attended.setdefault(str(row[end]), set()).add(str(row["activity"]))
        beyond = significant({body: frozenset(some) for body, some in attended.items()})
        kept = [ends in beyond for ends in self.pairs()]
        return Network(self.bodies, self.ties.filter(pl.Series(kept, dtype=pl.Boolean)))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The two bodies of each tie, in the order of `ties`."""
        return ((self.bodies[a], self.bodies[b]) for a, b in self.ties.select("a", "b").iter_rows())

    def to_igraph(self) -> "igraph.Graph":
        import igraph

        graph = igraph.Graph(n=len(self.bodies), edges=np.column_stack(self._ends))
        graph.vs["name"] = list(self.bodies)
        for name in _FACTS:
            graph.es[name] = self.ties[name].to_list()
        return graph

    def to_scipy(self) -> Any:
        """A symmetric `csr_array` of `newman`, in the order of `bodies`."""
        from scipy import sparse

        (i, j), weight = self._ends, self.ties["newman"].to_numpy()
        ends = np.concatenate([i, j]), np.concatenate([j, i])
        return sparse.csr_array((np.concatenate([weight, weight]), ends), shape=(len(self.bodies),) * 2)

    @property
    def _ends(self) -> tuple[Any, Any]:
        return self.ties["a"].to_numpy().astype(np.int64), self.ties["b"].to_numpy().astype(np.int64)


_ENDS = {"one": "a", "other": "b"}


def _tie(row: Row) -> tuple[str | None, ...]:
    one, other = pair(str(row["a"]), str(row["b"]))
    first, last = text(row, "start") or text(row, "end"), text(row, "end") or text(row, "start")
    concepts = (local(text(row, name)) or None for name in _CONCEPTS.values())
    return one, other, str(row["activity"]), first or None, last or None, *concepts


def within(row: Row, since: str, until: str) -> bool:
    """Whether a tie overlaps a window; one without a date overlaps none but the whole of time."""
    if not (since or until):
        return True
    first, last = text(row, "start") or text(row, "end"), text(row, "end") or text(row, "start")
    return bool(first) and last[: len(since)] >= since[: len(last)] and (not until or first[: len(until)] <= until)


def _sum_ties(shared: pl.LazyFrame, one: str, other: str, concepts: Iterable[str] = _CONCEPTS) -> pl.DataFrame:
    """A row a pair, from a row a pair and activity with the `size` of the activity and lists of concepts."""
    return (
        shared.group_by(one, other)
        .agg(
            newman=(1 / (pl.col("size") - 1)).sort().sum(),  # in one order: the same sum to the last bit
            activities=pl.len(),
            first=pl.col("first").min(),
            last=pl.col("last").max(),
            **{name: pl.col(name).explode().drop_nulls().unique().sort().str.join(" ") for name in concepts},
        )
        .collect(engine="in-memory")
    )


def significant(attended: Mapping[str, frozenset[str]], rate: float = 0.05) -> dict[tuple[str, str], float]:
    """Pairs that were in the same activities more often than chance, with their p-value; `attended`: by body.

    Hypergeometric test for each pair that met (Tumminello et al., PLoS ONE 6, e17994, 2011), the false discovery rate
    held at `rate` over all of them (Benjamini and Hochberg, J. R. Stat. Soc. B 57, 1995).
    """
    from scipy.stats import false_discovery_control, hypergeom

    total = len(frozenset().union(*attended.values())) if attended else 0
    names = sorted(attended)
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :] if attended[a] & attended[b]]
    tails = [
        float(hypergeom.sf(len(attended[a] & attended[b]) - 1, total, len(attended[a]), len(attended[b])))
        for a, b in pairs
    ]
    kept = false_discovery_control(tails) if tails else []
    return {ends: tail for ends, tail, held in zip(pairs, tails, kept, strict=True) if held <= rate}
