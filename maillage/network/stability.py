"""Communities that hold: Leiden over many seeds, the groups that they agree on, and how sure each place is."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.network.model import Network

SEEDS = 30
AGREEMENT = 0.5
WHOLE = 3000  # bodies up to which all pairs are counted

Labels = NDArray[Any]
Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Community:
    """`bodies`: each with its stability, the mean share of runs in which it stood with the others of the group."""

    bodies: Mapping[str, float]

    @property
    def stability(self) -> float:
        return sum(self.bodies.values()) / len(self.bodies)


def stable_communities(network: Network, seed: int = 7, runs: int = SEEDS) -> tuple[Community, ...]:
    """Consensus of `runs` partitions (Lancichinetti and Fortunato, Sci. Rep. 2, 336, 2012), the largest first.

    Two bodies are tied in the consensus when they stood together in over half of the runs; Leiden (Traag, Waltman and
    van Eck, Sci. Rep. 9, 5233, 2019) on that. Beyond `WHOLE` bodies only partners are tied in it (Tandon et al., Phys.
    Rev. E 99, 042301, 2019): all pairs of a large group are too many. A body without partners is in no community.
    """
    import igraph

    if not len(network.ties):
        return ()
    graph = network.to_igraph()
    linked = [place for place in range(graph.vcount()) if graph.degree(place)]
    graph = graph.induced_subgraph(linked)
    member = _members(graph, seed, runs)
    ends, share = _agreement(member) if len(linked) <= WHOLE else _partner_agreement(graph, member)
    agreed = igraph.Graph(n=len(linked), edges=ends)
    agreed.es["weight"] = share.tolist()
    igraph.set_random_number_generator(random.Random(seed))
    groups = agreed.community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
    names, hold = [network.bodies[place] for place in linked], _hold(member, np.array(groups.membership))
    found = [Community({names[place]: float(hold[place]) for place in group}) for group in groups]
    return tuple(sorted(found, key=lambda one: (-len(one.bodies), sorted(one.bodies))))


def _members(graph: Any, seed: int, runs: int) -> Labels:
    """The group of each body (column) in each run (row)."""
    import igraph

    found = np.empty((runs, graph.vcount()), dtype=np.int32)
    for run in range(runs):
        igraph.set_random_number_generator(random.Random(seed + run))
        found[run] = graph.community_leiden(objective_function="modularity", weights="newman").membership
    return found


def _agreement(member: Labels) -> tuple[Labels, Shares]:
    """Pairs that stood together in over half of the runs, and in what share of them."""
    total = np.zeros((member.shape[1],) * 2, dtype=np.int32)
    for run in member:
        total += run[:, None] == run[None, :]
    ends = np.argwhere(np.triu(total / len(member) > AGREEMENT, 1))
    return ends, np.asarray(total[ends[:, 0], ends[:, 1]] / len(member))


def _partner_agreement(graph: Any, member: Labels) -> tuple[Labels, Shares]:
    """The same of partners only."""
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    total = np.zeros(len(ends), dtype=np.int32)
    for run in member:
        total += run[ends[:, 0]] == run[ends[:, 1]]
    share = total / len(member)
    return ends[share > AGREEMENT], share[share > AGREEMENT]


def _hold(member: Labels, group: Labels) -> Shares:
    """For each body, the mean share of runs in which it stood with the others of its group; 1 for one alone."""
    size = np.bincount(group)[group]
    together = np.zeros(len(group))
    for run in member:
        here = group.astype(np.int64) * (int(run.max(initial=0)) + 1) + run
        _, place, count = np.unique(here, return_inverse=True, return_counts=True)
        together += count[place] - 1
    return np.where(size > 1, together / len(member) / np.maximum(size - 1, 1), 1.0)


def top_marks(community: Community, marks: Mapping[str, Sequence[str]], most: int = 2) -> list[str]:
    """The marks (themes, regions) that most of its bodies bear, weighed against the rest: a name for the group."""
    inside = Counter(mark for body in community.bodies for mark in set(marks.get(body, ())))
    everywhere = Counter(mark for some in marks.values() for mark in set(some))
    worth = {mark: count * count / everywhere[mark] for mark, count in inside.items() if count > 1}
    return sorted(worth, key=lambda mark: (-worth[mark], mark))[:most]
