"""What a body is in the network: its ties, its weight, its place between others."""

import random
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.network.model import Network

SAMPLES = 500  # bodies that shortest paths are led from when all would take too long
EXACT = 3000  # bodies up to which betweenness is exact

Values = NDArray[np.float64]


def measures(network: Network, territories: Mapping[str, str], seed: int = 7) -> list[dict[str, Any]]:
    """A row a body: `body` and the measures of `measure_columns`."""
    columns = measure_columns(network, territories, seed)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def measure_columns(
    network: Network, territories: Mapping[str, str], seed: int = 7, samples: int = SAMPLES
) -> dict[str, list[Any]]:
    """A column a measure, in the order of the column `body`: `degree`, `strength`, `pagerank`, `betweenness` (and
    `betweennessError`), `core`, `constraint` and `effectiveSize` (Burt, Structural Holes, 1992; None for a body
    alone), `participation` across territories (Guimerà and Amaral, Nature 433, 2005; None where no partner has a
    known territory).
    """
    graph = network.to_igraph()
    between, error = betweenness(graph, seed, samples=samples)
    return {
        "body": list(network.bodies),
        "degree": graph.degree(),
        "strength": graph.strength(weights="newman"),
        "pagerank": graph.pagerank(weights="newman"),
        "betweenness": between,
        "betweennessError": error,
        "core": graph.coreness(),
        "constraint": _nan_as_none(np.array(graph.constraint(weights="newman"), dtype=float)),
        "effectiveSize": _nan_as_none(effective_size(graph)),
        "participation": _nan_as_none(participation(network, territories)),
    }


def _nan_as_none(values: Values) -> list[float | None]:
    return [None if unknown else value for value, unknown in zip(values.tolist(), np.isnan(values), strict=True)]


def betweenness(graph: Any, seed: int, exact: int = EXACT, samples: int = SAMPLES) -> tuple[list[float], list[float]]:
    """Shortest paths through each vertex, weights aside, and the standard error: zero up to `exact` vertices.

    Beyond, paths from a seeded sample of vertices, scaled (Brandes and Pich, Int. J. Bifurcat. Chaos 17, 2007).
    """
    size = graph.vcount()
    if size <= exact:
        return graph.betweenness(), [0.0] * size
    some = random.Random(seed).sample(range(size), min(samples, size))
    mean, squares = np.zeros(size), np.zeros(size)  # of those so far (Welford, Technometrics 4, 1962)
    for count, place in enumerate(some, 1):
        part = np.array(graph.betweenness(sources=[place], targets=None))
        apart = part - mean
        mean += apart / count
        squares += apart * (part - mean)
    spread = np.sqrt(squares / max(len(some) - 1, 1))
    error = spread * size / np.sqrt(len(some)) * np.sqrt(1 - len(some) / size)
    return (mean * size).tolist(), error.tolist()


def effective_size(graph: Any) -> Values:
    """Partners less the mean number of ties among them (Borgatti, Connections 20, 1997): k - (k - 1) C."""
    partners = np.array(graph.degree(), dtype=float)
    clustering = np.array(graph.transitivity_local_undirected(mode="zero"))
    return np.where(partners > 0, partners - (partners - 1) * clustering, np.nan)


def participation(network: Network, territories: Mapping[str, str]) -> Values:
    """1 - sum of squared shares of strength by the partner's territory; 0: one territory only."""
    from scipy import sparse

    placed = [(row, territories[body]) for row, body in enumerate(network.bodies) if territories.get(body)]
    names = {name: column for column, name in enumerate(sorted({name for _, name in placed}))}
    ends = [row for row, _ in placed], [names[name] for _, name in placed]
    there = sparse.csr_array((np.ones(len(placed)), ends), shape=(len(network.bodies), max(len(names), 1)))
    by = sparse.csr_array(network.to_scipy() @ there)
    total = np.asarray(by.sum(axis=1)).ravel()
    squared = np.asarray(by.multiply(by).sum(axis=1)).ravel()
    shares = np.divide(squared, total**2, out=np.full(len(total), np.nan), where=total > 0)
    return np.asarray(1 - shares)
