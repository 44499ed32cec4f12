"""Measures of a network beside igraph, scipy and networkx: the participations of Horizon 2020, and made-up ones.

The same computation, converged alike: every PageRank stops at the same tolerance, and its row says how far it is from
igraph's; a community detection says the modularity that it reached. networkx is given what is affordable to it.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
from scipy import sparse

from bench.network import SEEDS, Bare
from bench.part import SHARED, Data, Row, Work
from bench.work import call
from bench.world import World
from maillage.network.measures import measure_columns
from maillage.network.model import Network
from maillage.network.participations import read_participations
from maillage.network.stability import stable_communities

H2020 = SHARED / "data" / "cordis_h2020_eunets"
TOLERANCE = 1e-10
PATHS_FROM = 20  # bodies that shortest paths are led from
GOALS = {"projection / scipy": "projection", "communities / igraph": "communities"}
Act = Callable[[], Any]
Found = list[tuple[str, str, list[float], list[float]]]


def works(data: Data) -> Iterator[Work]:
    """The made-up world as large as the smallest of the sizes, and Horizon 2020 where it is there."""
    met = tuple(GOALS.values())
    if data.real_sources and max(data.sizes) >= 1:
        yield Work("graphs", lambda: _of(data, H2020, "H2020", [*GOALS], 1), met, 5, "H2020")
    millions = min(data.sizes)
    size, file = f"{millions:g} M", data.cache / "worlds" / f"{millions:g}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    World.of_statements(round(millions * 1e6)).write_table(file)
    yield Work("graphs", lambda: _of(data, file, size, [*GOALS], data.runs), met, 3, size)
    yield Work("graphs", lambda: _of(data, file, size, [], data.runs), minutes=4, size=size)


def _of(data: Data, source: Path, name: str, some: list[str], runs: int) -> Iterator[Row]:
    """What is compared where some is named, else all the rest."""
    found, cost = call("bench.graphs", "compare", str(source), some, runs)
    for what, note, ours, peer in found:
        pairs = list(zip(ours, peer, strict=True))
        figures = {
            "ours_s": statistics.median(ours),
            "peer_s": statistics.median(peer),
            "ratio": statistics.median(one / max(other, 1e-6) for one, other in pairs),
        }
        goal = GOALS.get(what, "")
        words = "measures" if goal == "projection" else "communities"
        command = (words, "--data", str(source), "-o", str(data.cache / "profiled.csv"))
        yield Row(what, name, figures, goal, command, note)
    yield Row(f"these {len(found)}, in one process", name, cost.figures())


def compare(source: str, named: list[str], runs: int) -> Found:
    """What was compared, a note, and the seconds of processor of each run, the two in turn."""
    read = read_participations(Path(source))
    network = Network.of_participations(read)
    bare, graph = Bare(read, network), network.to_igraph()
    where = dict(read.bodies.select("body", "territory").drop_nulls().iter_rows())
    exchange = _networkx(bare) if not named else None
    some = random.Random(7).sample(range(graph.vcount()), min(PATHS_FROM, graph.vcount()))

    def rank() -> Any:
        return graph.pagerank(weights="newman")

    works: dict[str, tuple[Act, Act, Callable[[Any, Any], str]]] = {
        "projection / scipy": (lambda: Network.of_participations(read), bare.projected, _nothing),
        "graph / igraph": (network.to_igraph, bare.made, _nothing),
        "all measures / igraph and scipy": (
            lambda: measure_columns(network, where, samples=50),
            bare.measured,
            _nothing,
        ),
        "communities / igraph": (lambda: stable_communities(network, runs=SEEDS), bare.grouped, _nothing),
        "PageRank of igraph / scipy": (rank, lambda: scipy_pagerank(bare.weights), _distance),
        "PageRank of igraph / networkx": (rank, lambda: _pagerank(exchange), _distance),
        "core numbers of igraph / networkx": (graph.coreness, lambda: _cores(exchange), _distance),
        f"betweenness of {len(some)} of igraph / networkx": (
            lambda: graph.betweenness(sources=some, targets=None),
            lambda: _between(exchange, some),
            _distance,
        ),
        "Leiden of igraph / Louvain of networkx": (
            lambda: _leiden(graph),
            lambda: _louvain(exchange, graph),
            lambda one, other: f"modularity {one:.3f}, {other:.3f}",
        ),
    }
    return [
        _in_turn(what, *work, 1 if "networkx" in what else runs)
        for what, work in works.items()
        if (what in (named or GOALS)) == bool(named)
    ]


def _in_turn(
    what: str, ours: Act, peer: Act, say: Callable[[Any, Any], str], runs: int
) -> tuple[str, str, list[float], list[float]]:
    mine, theirs, note = [], [], ""
    for _ in range(runs):
        one, seconds = _timed(ours)
        other, more = _timed(peer)
        mine.append(seconds)
        theirs.append(more)
        note = say(one, other)
    return what, note, mine, theirs


def _timed(work: Act) -> tuple[Any, float]:
    begun = time.process_time()
    return work(), time.process_time() - begun


def scipy_pagerank(weights: Any, damping: float = 0.85) -> Any:
    """By power iteration until the change of all bodies together is under the tolerance."""
    strength = np.asarray(weights.sum(axis=1)).ravel()
    alone = strength == 0
    step = sparse.csr_array(weights.T @ sparse.diags_array(1 / np.where(alone, 1, strength)))
    size = len(strength)
    rank = np.full(size, 1 / size)
    while True:
        spread = damping * (step @ rank + rank[alone].sum() / size) + (1 - damping) / size
        if np.abs(spread - rank).sum() < TOLERANCE:
            return spread
        rank = spread


def _networkx(bare: Bare) -> Any:
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(bare.graph.vcount()))
    ends = zip(bare.ends.tolist(), bare.weight.tolist(), strict=True)
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in ends)
    return graph


def _pagerank(graph: Any) -> list[float]:
    return list(nx.pagerank(graph, tol=TOLERANCE / len(graph), max_iter=1000).values())


def _cores(graph: Any) -> list[int]:
    return list(nx.core_number(graph).values())


def _between(graph: Any, some: list[int]) -> list[float]:
    """Both ends of a path counted from the sources alone; half of it, as igraph counts a path of no direction."""
    targets = list(graph)
    found = nx.betweenness_centrality_subset(graph, some, targets, normalized=False)
    return list(found.values())


def _leiden(graph: Any) -> float:
    igraph.set_random_number_generator(random.Random(7))
    return float(graph.community_leiden(objective_function="modularity", weights="newman").modularity)


def _louvain(exchange: Any, graph: Any) -> float:
    members = np.zeros(graph.vcount(), dtype=int)
    for place, group in enumerate(nx.community.louvain_communities(exchange, seed=7)):
        members[list(group)] = place
    return float(graph.modularity(members.tolist(), weights="newman"))


def _nothing(_one: Any, _other: Any) -> str:
    return ""


def _distance(one: Any, other: Any) -> str:
    return f"farthest {np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).max():.1e}"
