"""Communities that hold: Leiden over many seeds, the groups that they agree on, and how sure each place is."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from maillage.network.projection import Projection

SEEDS = 30
AGREED = 0.5


@dataclass(frozen=True)
class Community:
    """`bodies`: each with its stability, the mean share of runs in which it stood with the others of the group."""

    bodies: Mapping[str, float]

    @property
    def stability(self) -> float:
        return sum(self.bodies.values()) / len(self.bodies)


def stable_communities(network: Projection, seed: int = 7, runs: int = SEEDS) -> tuple[Community, ...]:
    """Consensus of `runs` partitions (Lancichinetti and Fortunato, Sci. Rep. 2, 336, 2012), the largest first.

    Two bodies are tied in the consensus when they stood together in over half of the runs; Leiden (Traag, Waltman and
    van Eck, Sci. Rep. 9, 5233, 2019) on that. A body without partners is in no community.
    """
    import igraph

    if not network.ties:
        return ()
    graph = network.to_igraph()
    linked = [place for place in range(graph.vcount()) if graph.degree(place)]
    together = _together(graph.induced_subgraph(linked), seed, runs)
    ends = np.argwhere(np.triu(together > AGREED, 1))
    agreed = igraph.Graph(n=len(linked), edges=ends.tolist())
    agreed.es["weight"] = [float(together[i, j]) for i, j in ends]
    igraph.set_random_number_generator(random.Random(seed))
    groups = agreed.community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
    names = [network.bodies[place] for place in linked]
    found = [Community({names[place]: _hold(together, place, group) for place in group}) for group in groups]
    return tuple(sorted(found, key=lambda one: (-len(one.bodies), sorted(one.bodies))))


def _together(graph: Any, seed: int, runs: int) -> Any:
    """Share of the runs in which each two stood in one group."""
    import igraph

    size = graph.vcount()
    total = np.zeros((size, size))
    for run in range(runs):
        igraph.set_random_number_generator(random.Random(seed + run))
        member = np.array(graph.community_leiden(objective_function="modularity", weights="weight").membership)
        total += member[:, None] == member[None, :]
    return total / runs


def _hold(together: Any, place: int, group: Sequence[int]) -> float:
    others = [other for other in group if other != place]
    return float(together[place, others].mean()) if others else 1.0


def named_for(community: Community, marks: Mapping[str, Sequence[str]], most: int = 2) -> list[str]:
    """The marks (themes, regions) that most of its bodies bear, weighed against the rest: a name for the group."""
    inside = Counter(mark for body in community.bodies for mark in set(marks.get(body, ())))
    everywhere = Counter(mark for some in marks.values() for mark in set(some))
    worth = {mark: count * count / everywhere[mark] for mark, count in inside.items() if count > 1}
    return sorted(worth, key=lambda mark: (-worth[mark], mark))[:most]
