"""`python bench/questions.py --out DIR`: each question with its credit, beside the same text in bare pyoxigraph.

Seconds of processor, each question on the store on disk as `maillage ask` opens it, in turn with the bare engine on
the same store; what is read once a process (the grammar, the catalogue) is read before. `--json FILE` keeps the
seconds, the rows and the sources credited, so that two runs can be compared.
"""

import argparse
import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[1]))

from maillage.answer import open as open_graph
from maillage.credit.patterns import Untraceable
from maillage.queries import catalogue
from maillage.queries.run import sparql
from maillage.store.local import DEFAULT_GRAPHS
from tests.store.test_scenario import values_for

LEAST = 0.005  # seconds of the bare engine above which a ratio means something


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def measure(out: Path, name: str) -> dict[str, Any]:
    values = values_for(catalogue()[name], "article")
    bare = ox.Store.read_only(str(out / "graph" / "store"))
    with open_graph(out, endpoint="", allow="private") as graph:
        text = sparql(graph.store, name, values)

        def ask_bare() -> bytes:
            found = cast(ox.QuerySolutions, bare.query(text, default_graph=DEFAULT_GRAPHS))
            return found.serialize(format=ox.QueryResultsFormat.TSV) or b""

        raw, _ = seconds(ask_bare)
        asked, table = seconds(lambda: graph.ask(name, **values))
        credited, credit = seconds(lambda: graph.credit([table]))
        try:
            sources = sorted(graph._credits.sources(table))
        except Untraceable as why:
            sources = [str(why)]
    return {"text": text, "raw": raw, "question": asked, "credit": credited, "rows": len(table), "sources": sources} | {
        "lines": list(credit.lines),
        "licence": credit.licence,
        "date": credit.date,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--runs", type=int, default=1, help="of which the median of each figure is taken")
    parser.add_argument("names", nargs="*")
    told = parser.parse_args()
    measure(told.out, "labels")  # what is read once
    found: dict[str, Any] = {}
    for name in told.names or catalogue():
        runs = [measure(told.out, name) for _ in range(told.runs)]
        medians = {what: statistics.median(run[what] for run in runs) for what in ("raw", "question", "credit")}
        one = found[name] = runs[0] | medians
        both = one["question"] + one["credit"]
        cells = [*(f"{one[what]:9.3f}" for what in ("raw", "question", "credit")), f"{both / one['raw']:8.2f}"]
        sys.stdout.write(f"{name:32}{''.join(cells)}{one['rows']:8}{len(one['sources']):6}\n")
        sys.stdout.flush()
    total = {what: sum(one[what] for one in found.values()) for what in ("raw", "question", "credit")}
    ratios = [(o["question"] + o["credit"]) / o["raw"] for o in found.values() if o["raw"] > LEAST]
    mean = math.exp(sum(map(math.log, ratios)) / max(len(ratios), 1))
    said = {name: round(value, 2) for name, value in total.items()}
    said |= {"sum": round((total["question"] + total["credit"]) / total["raw"], 2), "mean": round(mean, 2)}
    sys.stdout.write(f"{said}\n")
    if told.json:
        told.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
