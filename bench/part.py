"""What a part of the bench is given and gives: data, rows, and the goals that a row is held against.

A part is a module of `bench` with `run(data: Data) -> Iterator[Row]`, named in `bench/__main__.py`. It yields each row
when it is there, and asks `data.goes_on` before dear ones.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.work import Failure, call, disk_mb, maillage
from bench.world import World
from maillage.store.base import QUESTION_GRAPHS

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
        """The bounds that are not kept; empty where there is no goal."""
        return [
            f"{name} {shown(value)} > {most}" if sign > 0 else f"{name} {shown(value)} < {most}"
            for sign, bounds in ((1, "at_most"), (-1, "at_least"))
            for name, most in goals().get(self.goal, {}).get(bounds, {}).items()
            if (value := self.figures.get(name)) is None or sign * value > sign * most
        ]


@dataclass
class Data:
    cache: Path  # what is made once: graphs, environments
    out: Path  # a build of the sources that the project has by default; made where it is not there
    sizes: tuple[float, ...]  # millions of statements
    runs: int
    seconds: float  # that clients ask for
    end: float  # of the monotonic clock
    left: list[str] = field(default_factory=list)

    def goes_on(self, row: str) -> bool:
        """Whether a row may still begin; one that may not is named in the report."""
        if time.monotonic() < self.end:
            return True
        self.left.append(row)
        return False

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


def tried(work: Iterator[Row], what: str, size: str = "") -> Iterator[Row]:
    """The rows of some work; where it fails, a row that says how."""
    try:
        yield from work
    except (Failure, OSError) as failure:
        yield Row(what, size, note=f"not measured: {failure}")


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
