"""Scripts that measure by themselves and write JSON: questions with their credits, and search. Their rows are here.

The questions of the first release are asked of rdflib too, each cut after some seconds.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.part import SHARED, Data, Row, Work, count_lines, said_of, split
from bench.stores import mean
from bench.work import ROOT, Failure, call, execute

LEAST = 0.005  # seconds of the bare engine above which a ratio means something
CUT = 5.0  # seconds of processor that rdflib may take for a question
NAMES = SHARED / "data" / "annuaire_authorities_2019" / "authorities.csv"


def works(data: Data) -> Iterator[Work]:
    asked: dict[str, Any] = {}
    both = ("questions", "questions-mean")
    yield Work("questions", lambda: _questions(data, data.first, asked, data.runs), both, 5, "release")
    yield Work("search", lambda: _search(data), ("search",), 2)
    yield Work("questions beside rdflib", lambda: _rdflib(data, asked), ("questions-rdflib",), 6, "release")
    yield Work("questions", lambda: _questions(data, data.out, {}, 1), both, 8, "default")


def _run(name: str, *words: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "found.json")
        execute([sys.executable, str(ROOT / "bench" / f"{name}.py"), *words, "--json", str(file)])
        return json.loads(file.read_text(encoding="utf-8"))


def _questions(data: Data, out: Path, asked: dict[str, Any], runs: int) -> Iterator[Row]:
    """`raw`, `question` and `credit`: seconds of each question, the median of the runs."""
    size = said_of(count_lines(data.build(out) / "graph" / "graph.nq"))
    found = _run("questions", "--out", str(out), "--runs", str(runs))
    asked.update(found)
    both = {name: one["question"] + one["credit"] for name, one in found.items()}
    raw = {name: one["raw"] for name, one in found.items()}
    ratio = sum(both.values()) / sum(raw.values())
    over = sorted(found, key=lambda name: both[name] - raw[name], reverse=True)[:5]
    note = "dearest beside the bare engine: " + ", ".join(f"{one} {both[one] - raw[one]:+.2f} s" for one in over)
    figures = {"ours_s": sum(both.values()), "raw_s": sum(raw.values()), "ratio": ratio}
    yield Row(f"questions with credits ({len(found)})", size, figures, "questions", note=note)
    ratios = [both[name] / raw[name] for name in found if raw[name] > LEAST]
    yield Row(f"the same above 5 ms ({len(ratios)})", size, {"ratio": mean(ratios)}, "questions-mean")


def _rdflib(data: Data, asked: dict[str, Any]) -> Iterator[Row]:
    """A question that was cut counts as the seconds that it had: what it takes is more."""
    if not asked:
        raise Failure("the questions were not asked of Maillage")
    texts = {name: one["text"] for name, one in asked.items()}
    with tempfile.TemporaryDirectory(dir=data.cache) as folder:
        file = Path(folder, "question.nt")
        with file.open("wb") as out:
            for _, part in split(data.first / "graph" / "graph.nq", Path(folder)):
                with part.open("rb") as lines:
                    shutil.copyfileobj(lines, out)
        said, cost = call("bench.peers", "ask_rdflib", str(file), "default", texts, 1, CUT)
    whole = {name: seconds for name, (seconds, _) in said["answers"].items() if seconds is not None}
    ours = {name: one["question"] + one["credit"] for name, one in asked.items()}
    peer = sum(whole.get(name, CUT) for name in texts)
    figures = {"ours_s": sum(ours.values()), "peer_s": peer, "ratio": peer / sum(ours.values())}
    figures |= {"finished": len(whole), "ratio_finished": sum(whole.values()) / sum(ours[name] for name in whole)}
    note = f"{len(texts) - len(whole)} questions cut after {CUT:.0f} s, and counted as that: the ratio is at least this"
    yield Row("the questions by rdflib", "release", figures | cost.figures(), "questions-rdflib", note=note)


def _search(data: Data) -> Iterator[Row]:
    """Of the bodies of the directory of 2019 where they are there, else of made-up ones."""
    found = _run("search", *(["--names", str(NAMES)] if data.real_sources else []))
    bodies = int(found["bodies"])
    for way, one in found["ways"].items():
        goal = "search" if way == "one error" and bodies >= 50_000 else ""
        yield Row(f"search, {way}", f"{bodies} bodies", {key: one[key] for key in ("cpu_ms", "p99_ms", "found")}, goal)
