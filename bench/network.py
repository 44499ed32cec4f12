"""`python bench/network.py --data DIR`: the network of a table of participations, beside bare igraph and scipy.

Each part of the work is done by Maillage and by direct calls of igraph or scipy on a graph or a matrix that is ready,
in turn, in one process: seconds of processor, medians of `--runs`, and their ratio. Then each command is run as a
researcher would, in a process of its own: seconds of processor and of clock, and the most memory that it held. What
else the machine was doing (its load) is said: the clock depends on it, the processor's seconds little.
"""

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import numpy as np
from scipy import sparse

from maillage.network.measures import betweenness, effective_size, measure_columns, participation
from maillage.network.model import Network
from maillage.network.participations import Participations, read_participations
from maillage.network.stability import stable_communities
from maillage.network.synergy.participants import Participants

TOP = 20
SOURCES, SEEDS = 50, 5  # of shortest paths and of communities; the commands take 500 and 30
SUGGESTED, RANKED = 400, 10  # bodies that are advised, and those that igraph ranks one by one
Pair = tuple[Callable[[], Any], Callable[[], Any]]


class Bare:
    """The same network as igraph and scipy would be given it by somebody who has it already."""

    def __init__(self, read: Participations, network: Network) -> None:
        self.members = Participants(read, network).members
        self.weights = network.to_scipy()
        upper = sparse.triu(self.weights).tocoo()
        self.ends, self.weight = np.column_stack(upper.coords), upper.data
        self.graph = self.made()
        where = read.bodies["territory"].fill_null("").to_numpy()
        _, column = np.unique(where, return_inverse=True)
        self.there = sparse.csr_array((np.ones(len(where)), (np.arange(len(where)), column)))

    def projected(self) -> Any:
        size = np.diff(self.members.indptr)
        return self.members.T @ (sparse.diags_array(1 / np.maximum(size - 1, 1)) @ self.members)

    def made(self) -> igraph.Graph:
        graph = igraph.Graph(n=self.weights.shape[0], edges=self.ends)
        graph.es["newman"] = self.weight.tolist()
        return graph

    def between(self) -> None:
        for place in random.Random(7).sample(range(self.graph.vcount()), SOURCES):
            self.graph.betweenness(sources=[place], targets=None)

    def shared(self) -> Any:
        by = self.weights @ self.there
        return by.multiply(by).sum(axis=1)

    def measured(self) -> None:
        graph = self.graph
        for each in (graph.degree, graph.coreness, graph.transitivity_local_undirected, self.between, self.shared):
            each()
        for weighed in (graph.strength, graph.pagerank, graph.constraint):
            weighed(weights="newman")

    def grouped(self) -> None:
        for run in range(SEEDS):
            igraph.set_random_number_generator(random.Random(7 + run))
            self.graph.community_leiden(objective_function="modularity", weights="newman")

    def shortlists(self, places: Any) -> None:
        """Adamic-Adar and twenty steps of a walk for each body, and nothing else; in blocks of forty."""
        linked = self.weights.astype(bool).astype(float)
        worth = linked @ sparse.diags_array(1 / np.log(np.maximum(np.diff(linked.indptr), 2)))
        leave = 1 / np.maximum(np.asarray(self.weights.sum(axis=1)).ravel(), 1e-9)[:, None]
        for start in range(0, len(places), 40):
            some = places[start : start + 40]
            (worth[some] @ linked).toarray()
            standing = np.zeros((linked.shape[0], len(some)))
            standing[some, np.arange(len(some))] = 1
            for _ in range(20):
                standing = self.weights @ (standing * leave)


def parts(read: Participations, kind: str) -> dict[str, Pair]:
    """By name: what Maillage does, and the bare calls for the same."""
    network = Network.of_participations(read)
    bare, graph = Bare(read, network), network.to_igraph()
    where = dict(read.bodies.select("body", "territory").drop_nulls().iter_rows())
    places = np.flatnonzero((read.bodies["kind"] == kind).fill_null(value=False).to_numpy())
    many, few = places[:SUGGESTED], places[:RANKED]
    return {
        "projection / scipy product": (lambda: Network.of_participations(read), bare.projected),
        "graph / igraph": (network.to_igraph, bare.made),
        "effective size / clustering of igraph": (lambda: effective_size(graph), graph.transitivity_local_undirected),
        "participation / scipy product": (lambda: participation(network, where), bare.shared),
        f"betweenness of {SOURCES} sources / igraph": (lambda: betweenness(graph, 7, samples=SOURCES), bare.between),
        "all measures / igraph and scipy": (lambda: measure_columns(network, where, samples=SOURCES), bare.measured),
        f"communities, {SEEDS} seeds / Leiden of igraph": (
            lambda: stable_communities(network, runs=SEEDS),
            bare.grouped,
        ),
        f"suggestions of {len(many)} bodies / scipy": (
            lambda: list(Participants(read, network).shortlists(many, TOP)),
            lambda: bare.shortlists(many),
        ),
        f"suggestions of {len(few)} bodies / igraph's PageRank": (
            lambda: list(Participants(read, network).shortlists(few, TOP)),
            lambda: [graph.personalized_pagerank(reset_vertices=int(place), weights="newman") for place in few],
        ),
    }


def seconds(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def compared(read: Participations, kind: str, runs: int) -> dict[str, dict[str, float]]:
    """The ratio is the median of the ratios of each run, the two done one after the other."""
    found: dict[str, dict[str, float]] = {}
    for name, (ours, bare) in parts(read, kind).items():
        pairs = [(seconds(ours), seconds(bare)) for _ in range(runs)]
        found[name] = {
            "ours": round(statistics.median(one for one, _ in pairs), 3),
            "bare": round(statistics.median(other for _, other in pairs), 3),
            "ratio": round(statistics.median(one / max(other, 1e-6) for one, other in pairs), 2),
        }
        sys.stdout.write(f"{name:48}{found[name]['ours']:>9}{found[name]['bare']:>9}{found[name]['ratio']:>8}\n")
        sys.stdout.flush()
    return found


def commanded(data: Path, kind: str, runs: int) -> dict[str, dict[str, float]]:
    """Processor, clock and memory of each command, in a process of its own."""
    found = {}
    whole = ["--largest", "200"]  # beyond the largest consortium
    words = {"measures": whole, "communities": whole, "synergies": ["--kind", kind, "--top", str(TOP)]}
    for name, more in words.items():
        figures = [_run([name, "--data", str(data), *more]) for _ in range(runs)]
        cpu, clock, memory = (statistics.median(column) for column in zip(*figures, strict=True))
        found[name] = {"cpu": round(cpu, 1), "clock": round(clock, 1), "gigabytes": round(memory, 2)}
        sys.stdout.write(f"{name:48}{round(cpu, 1):>9}{round(clock, 1):>9}{round(memory, 2):>8}\n")
        sys.stdout.flush()
    return found


def _run(words: list[str]) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        command = [sys.executable, "-m", "maillage", *words, "-o", str(Path(folder) / "table.csv")]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, code, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(code)
        if process.returncode:
            sys.exit(f"{' '.join(words)}: {process.returncode}")
        return used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a table of participations, or the folder of H2020")
    parser.add_argument("--kind", default="PUB", help="bodies that get suggestions")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    load = os.getloadavg()[0]
    sys.stdout.write(f"{'command':48}{'cpu s':>9}{'clock s':>9}{'GB':>8}\n")
    commands = commanded(told.data, told.kind, told.runs)
    sys.stdout.write(f"\n{'part / bare':48}{'ours s':>9}{'bare s':>9}{'ratio':>8}\n")
    ratios = compared(read_participations(told.data), told.kind, told.runs)
    machine: dict[str, Any] = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": [load, os.getloadavg()[0]],
    }
    machine["gigabytes of this process"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)
    sys.stdout.write(f"\n{json.dumps(machine)}\n")
    if told.json:
        said = {"runs": told.runs, "machine": machine, "commands": commands, "parts": ratios}
        told.json.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    main()
