"""Scripts that measure by themselves and write JSON: questions with their credits, and search. Their rows are here.

A script that is not there yet gives no row, and the report says that its goals are not measured.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.part import Data, Row, tried
from bench.stores import mean
from bench.work import ROOT, execute

LEAST = 0.005  # seconds of the bare engine above which a ratio means something


def run(data: Data) -> Iterator[Row]:
    works: dict[str, Callable[[Any], Iterator[Row]]] = {"questions": _questions, "search": _search}
    for name, rows in works.items():
        script = ROOT / "bench" / f"{name}.py"
        if script.is_file() and data.goes_on(name):
            yield from tried(_of(data, script, rows), name)


def _of(data: Data, script: Path, rows: Callable[[Any], Iterator[Row]]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "found.json")
        execute([sys.executable, str(script), "--out", str(data.build(data.first)), "--json", str(file)])
        yield from rows(json.loads(file.read_text(encoding="utf-8")))


def _questions(found: Any) -> Iterator[Row]:
    """`raw`, `question` and `credit`: seconds of each question."""
    both = {name: one["question"] + one["credit"] for name, one in found.items()}
    raw = {name: one["raw"] for name, one in found.items()}
    ratio = sum(both.values()) / sum(raw.values())
    figures = {"ours_s": sum(both.values()), "raw_s": sum(raw.values()), "ratio": ratio}
    yield Row(f"questions with credits ({len(found)})", "release", figures, "questions")
    ratios = [both[name] / raw[name] for name in found if raw[name] > LEAST]
    yield Row(f"the same above 5 ms ({len(ratios)})", "release", {"ratio": mean(ratios)}, "questions-mean")


def _search(found: Any) -> Iterator[Row]:
    """The goal is of 50,000 bodies: a smaller list has a row, and no goal."""
    bodies = int(found["bodies"])
    for way, one in found["ways"].items():
        goal = "search" if way == "one error" and bodies >= 50_000 else ""
        yield Row(f"search, {way}", f"{bodies} bodies", {key: one[key] for key in ("cpu_ms", "p99_ms", "found")}, goal)
