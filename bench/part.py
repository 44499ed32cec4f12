"""What a part of the bench is given and gives: data, rows, and the goals that a row is held against.

A part is a module of `bench` with `works(data: Data) -> Iterator[Work]`, named in `bench/__main__.py`.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import yaml

from bench.work import Failure, call, disk_mb, maillage
from bench.world import World
from maillage.store.base import QUESTION_GRAPHS

FAULTS = (
    Failure, OSError, ValueError, LookupError, ArithmeticError, RuntimeError, httpx.HTTPError,
    subprocess.SubprocessError,
)  # fmt: skip
SHARED = Path(__file__).parents[2] / "shared"  # sources that are not ours to keep; without it, their rows are left
FIRST_RELEASE = (
    "central-bodies", "curious-lab-hauts-de-seine-2021", "ditp-reseau-labs-2024", "horizons-publics-2021", "insee-cog",
    "intercommunalities", "labase-sgar-nouvelle-aquitaine", "labonautes-27e-region-2022", "labs-directory",
    "local-authorities", "prefecture-grand-est-2016", "state-organisation", "town-halls", "transfo-27e-region-2020",
    "usual-names",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """`goal` names a goal of `goals.yml`, whose bounds are on `figures`; `profile`: the `maillage` command to look into
    where it is not met.
    """

    what: str
    size: str
    figures: Mapping[str, float | None] = field(default_factory=dict)
    goal: str = ""
    profile: tuple[str, ...] = ()
    note: str = ""

    @property
    def misses(self) -> list[str]:
        """The bounds that are not kept; empty where there is no goal, or nothing was measured."""
        if not self.figures:
            return []
        return [
            f"{name} {shown(value)} > {most}" if sign > 0 else f"{name} {shown(value)} < {most}"
            for sign, bounds in ((1, "at_most"), (-1, "at_least"))
            for name, most in goals().get(self.goal, {}).get(bounds, {}).items()
            if (value := self.figures.get(name)) is None or sign * value > sign * most
        ]


@dataclass(frozen=True)
class Work:
    """Some rows of a part, and the goals that they answer; stopped after so many minutes."""

    what: str
    rows: Callable[[], Iterator[Row]]
    goals: tuple[str, ...] = ()
    minutes: float = 3
    size: str = ""

    def __lt__(self, other: "Work") -> bool:
        """Those that answer goals first, and of these what is cheap, as the last ones may be left."""
        return (not self.goals, self.minutes) < (not other.goals, other.minutes)


@dataclass
class Data:
    cache: Path  # what is made once: graphs, environments
    out: Path  # a build of the sources that the project has by default; made where it is not there
    sizes: tuple[float, ...]  # millions of statements
    runs: int
    seconds: float  # that clients ask for
    end: float  # of the monotonic clock

    @property
    def rest(self) -> float:
        """Seconds that are left."""
        return self.end - time.monotonic()

    def graph(self, millions: float) -> Path:
        """N-Quads of the made-up world; `question.nt` beside them."""
        file = self.cache / "worlds" / f"{millions:g}" / "graph.nq"
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            World.of_statements(round(millions * 1e6)).write_graph(aside := file.with_suffix(".part"))
            aside.rename(file)
        return file

    @property
    def first(self) -> Path:
        """A build of the sources of release 0.1.0."""
        return self.cache / "first-release"

    def build(self, out: Path) -> Path:
        """`first`, or `out` of the default sources: made where it is not there."""
        if not (out / "graph" / "graph.nq").is_file():
            maillage("build", "--out", str(out), *(["--only", ",".join(FIRST_RELEASE)] if out == self.first else []))
        return out

    @property
    def real_sources(self) -> bool:
        return SHARED.is_dir()


def load_raw(file: Path, folder: Path) -> dict[str, float]:
    """What the bare engine takes to load N-Quads on disk, and how large they are there."""
    found, cost = call("bench.peers", "ask_pyoxigraph", str(file), str(folder), list(QUESTION_GRAPHS), {}, 1)
    return cost.figures() | {"load_s": found["load"], "disk_mb": disk_mb(folder)}


class _TimeOver(BaseException):
    """No peer's failure: nothing on the way may take it for one."""


def done(work: Work, data: Data, say: Callable[[Row], None]) -> list[Row]:
    """The rows of some work, each said when it is there. Where it fails, or its minutes run out, a row says so for each
    goal that is left without one.
    """
    rows: list[Row] = []
    why = "the time of the run was over"
    if data.rest > 0:
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, box := min(work.minutes * 60, data.rest))
        try:
            for row in work.rows():
                rows.append(row)
                say(row)
            why = ""
        except _TimeOver:
            why = f"stopped after {box / 60:.1f} minutes"
        except FAULTS as failure:
            why = f"{type(failure).__name__}: {failure}".removeprefix("Failure: ")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    missing = [goal for goal in work.goals if goal not in {row.goal for row in rows}]
    failed = [Row(work.what, work.size, goal=goal, note=f"not measured: {why}") for goal in missing or [""] if why]
    for row in failed:
        say(row)
    return rows + failed


def _stop(*_: object) -> None:
    raise _TimeOver


def split(file: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The graphs that a question sees, each as a file of N-Triples in a folder."""
    for place, graph in enumerate(QUESTION_GRAPHS):
        end, target = f" <{graph}> .\n", folder / f"{place}.nt"
        with file.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
            out.writelines(f"{line.removesuffix(end)} .\n" for line in lines if line.endswith(end))
        yield graph, target


def count_lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


def said_of(statements: int) -> str:
    return f"{statements / 1e6:.2f} M"


def shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


@cache
def goals() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("goals.yml").read_text(encoding="utf-8"))
    return found
