"""What a body is in the network: its ties, its weight, its place between others."""

import random
from collections.abc import Mapping
from typing import Any

import numpy as np

from maillage.network.projection import Projection

SAMPLES = 500  # bodies that shortest paths are led from when all would take too long
EXACT = 3000  # bodies up to which betweenness is exact


def measures(network: Projection, territories: Mapping[str, str], seed: int = 7) -> list[dict[str, Any]]:
    """A row a body: `body`, `degree`, `strength`, `pagerank`, `betweenness` (and `betweennessError`), `core`,
    `constraint` and `effectiveSize` (Burt, Structural Holes, 1992; None for a body alone), `participation` across
    territories (Guimerà and Amaral, Nature 433, 2005; None where no partner has a known territory).
    """
    graph = network.to_igraph()
    between, error = betweenness(graph, seed)
    constraint = graph.constraint(weights="weight")
    columns = {
        "degree": graph.degree(),
        "strength": graph.strength(weights="weight"),
        "pagerank": graph.pagerank(weights="weight"),
        "betweenness": between,
        "betweennessError": error,
        "core": graph.coreness(),
        "constraint": [None if np.isnan(value) else value for value in constraint],
        "effectiveSize": [_effective(graph, place) for place in range(graph.vcount())],
        "participation": [_participation(graph, place, territories) for place in range(graph.vcount())],
    }
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [{"body": body, **row} for body, row in zip(network.bodies, rows, strict=True)]


def betweenness(graph: Any, seed: int, exact: int = EXACT, samples: int = SAMPLES) -> tuple[list[float], list[float]]:
    """Shortest paths through each vertex, weights aside, and the standard error: zero up to `exact` vertices.

    Beyond, paths from a seeded sample of vertices, scaled (Brandes and Pich, Int. J. Bifurcat. Chaos 17, 2007).
    """
    size = graph.vcount()
    if size <= exact:
        return graph.betweenness(), [0.0] * size
    some = random.Random(seed).sample(range(size), min(samples, size))
    parts = np.array([graph.betweenness(sources=[place], targets=None) for place in some])
    mean = parts.mean(axis=0) * size
    error = parts.std(axis=0, ddof=1) * size / np.sqrt(len(some)) * np.sqrt(1 - len(some) / size)
    return mean.tolist(), error.tolist()


def _effective(graph: Any, place: int) -> float | None:
    """Partners less the mean number of ties among them (Borgatti, Connections 20, 1997)."""
    around = graph.neighbors(place)
    if not around:
        return None
    inside = set(around)
    ties = sum(len(inside.intersection(graph.neighbors(other))) for other in around) / 2
    return float(len(around) - 2 * ties / len(around))


def _participation(graph: Any, place: int, territories: Mapping[str, str]) -> float | None:
    """1 - sum of squared shares of strength by the partner's territory; 0: one territory only."""
    by: dict[str, float] = {}
    for edge in graph.es[graph.incident(place)]:
        other = edge.target if edge.source == place else edge.source
        where = territories.get(graph.vs[other]["name"])
        if where:
            by[where] = by.get(where, 0.0) + edge["weight"]
    total = sum(by.values())
    return 1 - sum((value / total) ** 2 for value in by.values()) if total else None
