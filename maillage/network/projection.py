"""Partnerships as a weighted, typed, dated network: the same values as a table, for networkx, igraph and scipy.

Made from the rows of `partnership-links`. A pair that met in an activity of n bodies gets 1/(n-1) for it (Newman,
Phys. Rev. E 64, 016132, 2001): a meeting of two hundred makes no clique.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from maillage.network.project import Row, text
from maillage.network.synergy.known import local, pair
from maillage.network.synergy.nearness import newman
from maillage.table import Column, Table

if TYPE_CHECKING:
    import igraph
    import networkx

COLUMNS = (
    Column("a", "iri"), Column("b", "iri"), Column("weight", "number"), Column("activities", "number"),
    Column("kinds", "text"), Column("first", "date"), Column("last", "date"),
)  # fmt: skip


@dataclass(frozen=True)
class Tie:
    """`kinds`: of partnership, local names; `first`, `last`: dates or "" where none is known."""

    a: str
    b: str
    weight: float
    activities: int
    kinds: tuple[str, ...]
    first: str
    last: str


class Projected(Protocol):
    """A network of bodies, however it is kept: what measures and communities need of it."""

    @property
    def bodies(self) -> tuple[str, ...]: ...
    @property
    def ties(self) -> Sized: ...
    def to_igraph(self) -> "igraph.Graph": ...
    def to_scipy(self) -> Any: ...


@dataclass(frozen=True)
class Projection:
    """`bodies` sorted, some without ties; `ties` sorted by their ends."""

    bodies: tuple[str, ...]
    ties: tuple[Tie, ...]

    def to_table(self) -> Table:
        rows = [{**vars(tie), "kinds": " ".join(tie.kinds), "activities": float(tie.activities)} for tie in self.ties]
        return Table.from_rows(rows, COLUMNS)

    def to_networkx(self) -> "networkx.Graph[str]":
        import networkx

        graph: networkx.Graph[str] = networkx.Graph()
        graph.add_nodes_from(self.bodies)
        graph.add_edges_from((tie.a, tie.b, _values(tie)) for tie in self.ties)
        return graph

    def to_igraph(self) -> "igraph.Graph":
        import igraph

        place = self._place()
        graph = igraph.Graph(n=len(place), edges=[(place[tie.a], place[tie.b]) for tie in self.ties])
        graph.vs["name"] = list(self.bodies)
        for name in ("weight", "activities", "kinds", "first", "last"):
            graph.es[name] = [getattr(tie, name) for tie in self.ties]
        return graph

    def to_scipy(self) -> Any:
        """A symmetric `csr_array` of the weights, in the order of `bodies`."""
        from scipy import sparse

        place, size = self._place(), len(self.bodies)
        i = np.array([place[tie.a] for tie in self.ties], dtype=int)
        j = np.array([place[tie.b] for tie in self.ties], dtype=int)
        weight = np.array([tie.weight for tie in self.ties])
        ends = np.concatenate([i, j]), np.concatenate([j, i])
        return sparse.csr_array((np.concatenate([weight, weight]), ends), shape=(size, size))

    def _place(self) -> dict[str, int]:
        return {iri: place for place, iri in enumerate(self.bodies)}


def _values(tie: Tie) -> dict[str, Any]:
    return {name: value for name, value in vars(tie).items() if name not in ("a", "b")}


def projection(
    rows: Sequence[Row], bodies: Sequence[str] = (), since: str = "", until: str = "", significant_only: bool = False
) -> Projection:
    """The network of rows of `partnership-links`, and bodies without ties.

    With a window (years or dates, both included), activities without a date are left out. `significant_only`: ties of
    bodies that were together more often than chance (see `significant`); bodies and weights are the same.
    """
    kept = [row for row in rows if not (since or until) or _inside(text(row, "start"), since, until)]
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in kept:
        found[pair(str(row["a"]), str(row["b"]))].append(row)
    weight = newman([(*ends, str(row["activity"])) for ends, some in found.items() for row in some])
    together = significant(_attended(found)).keys() if significant_only else found.keys()
    ties = tuple(_tie(ends, found[ends], weight[ends]) for ends in sorted(found) if ends in together)
    names = set(bodies) | {iri for ends in found for iri in ends}
    return Projection(tuple(sorted(names)), ties)


def _attended(found: Mapping[tuple[str, str], Sequence[Row]]) -> dict[str, frozenset[str]]:
    """The activities that made each body a partner of some other."""
    held: dict[str, set[str]] = defaultdict(set)
    for ends, rows in found.items():
        for body in ends:
            held[body] |= {str(row["activity"]) for row in rows}
    return {body: frozenset(some) for body, some in held.items()}


def _inside(date: str, since: str, until: str) -> bool:
    return bool(date) and date >= since and (not until or date[: len(until)] <= until)


def _tie(ends: tuple[str, str], rows: Sequence[Row], weight: float) -> Tie:
    dates = sorted(date for row in rows if (date := text(row, "start")))
    kinds = tuple(sorted({local(row["partnershipKind"]) for row in rows}))
    count = len({row["activity"] for row in rows})
    return Tie(*ends, weight, count, kinds, dates[0] if dates else "", dates[-1] if dates else "")


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
