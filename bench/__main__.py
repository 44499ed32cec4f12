"""`python -m bench [PART…]`: Maillage beside its peers, in one run; the report is `docs/measures/bench.md`.

Each row of the goals of `bench/goals.yml`, and peers on the same data: processor, clock, memory, disk, medians and
ratios. What answers a goal comes first; each piece of work has minutes of its own, and all end after `--minutes`: what
was stopped, left, or failed says so in its row. A part written by name is run alone, and then the report goes to
standard output.
"""

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench import report
from bench.part import Data, Row, Work, done

PARTS = ("commands", "scripts", "clients", "stores", "graphs", "mappings")
SIZES = "0.1,1,10"
Profiles = dict[str, list[str]]  # by goal
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "maillage-bench")


def works_of(names: list[str], data: Data) -> list[Work]:
    return sorted(work for name in names for work in importlib.import_module(f"bench.{name}").works(data))


def run(works: Iterable[Work], data: Data, write: Callable[[list[Row], Profiles], object]) -> None:
    """What answers goals, then where the time goes in what misses one, then the peers; written after each piece: what
    ends the bench leaves what it found.
    """
    rows: list[Row] = []
    found: Profiles = {}

    def do(some: Iterable[Work]) -> None:
        for work in some:
            rows.extend(done(work, data, say))
            write(rows, found)

    do(work for work in works if work.goals)
    do(report.profiles(rows, found))
    do(work for work in works if not work.goals)


def say(row: Row) -> None:
    sys.stderr.write(f"{report.line(row)}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--sizes", default=SIZES, help="of the made-up world, in millions of statements")
    parser.add_argument("--runs", type=int, default=3, help="of which the median is taken, where it is affordable")
    parser.add_argument("--seconds", type=float, default=30, help="that fifty clients ask for")
    parser.add_argument("--cache", type=Path, default=CACHE, help="graphs and environments, made once")
    parser.add_argument("--out", type=Path, help="a build of the default sources, else made in the cache")
    parser.add_argument("--page", type=Path, help="where the report is written, if not everything is run")
    told = parser.parse_args()
    cache = told.cache.absolute()
    cache.mkdir(parents=True, exist_ok=True)
    data = Data(
        cache=cache,
        out=(told.out or cache / "default").absolute(),
        sizes=tuple(float(size) for size in told.sizes.split(",")),
        runs=told.runs,
        seconds=told.seconds,
        end=time.monotonic() + told.minutes * 60,
    )
    before, begun = report.machine(), time.monotonic()
    target = told.page or (None if told.parts or told.sizes != SIZES else report.PAGE)

    with tempfile.TemporaryDirectory() as folder:
        page = target or Path(folder, "bench.md")

        def write(rows: list[Row], found: Profiles) -> None:
            minutes = (time.monotonic() - begun) / 60
            page.write_text(report.write(rows, found, data, (before, report.machine()), minutes), encoding="utf-8")

        run(works_of(told.parts or list(PARTS), data), data, write)
        if not target:
            sys.stdout.write(page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    main()
