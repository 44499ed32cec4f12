"""`python -m bench [PART…]`: Maillage beside its peers, in one run; the report is `docs/measures/bench.md`.

Each row of the goals of `bench/goals.yml`, and peers on the same data: processor, clock, memory, disk, medians and
ratios. A row that begins after `--minutes` is left, and the report names it. A part written by name is run alone, and
then the report goes to standard output.
"""

import argparse
import importlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import report
from bench.part import Data, Row, tried
from bench.work import ROOT

# In the order of their worth, as the last ones may be left. `questions` and `search` have scripts of their own.
PARTS = ("commands", "scripts", "clients", "stores", "graphs", "mappings")
SIZES = "0.1,1,10"


def rows_of(names: list[str], data: Data) -> Iterator[Row]:
    for name in names:
        part = importlib.import_module(f"bench.{name}")
        for row in tried(part.run(data), name):
            sys.stderr.write(f"{report.line(row)}\n")
            yield row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--sizes", default=SIZES, help="of the made-up world, in millions of statements")
    parser.add_argument("--runs", type=int, default=3, help="of which the median is taken, where it is affordable")
    parser.add_argument("--seconds", type=float, default=30, help="that fifty clients ask for")
    parser.add_argument("--cache", type=Path, default=ROOT / "out" / "bench", help="graphs and environments, made once")
    parser.add_argument("--out", type=Path, help="a build of the default sources, else made in the cache")
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
    before = report.machine()
    begun = time.monotonic()
    rows = list(rows_of(told.parts or list(PARTS), data))
    profiles = report.profiles(rows, data)
    page = report.write(rows, profiles, data, (before, report.machine()), (time.monotonic() - begun) / 60)
    if told.parts or told.sizes != SIZES:
        sys.stdout.write(page)
    else:
        report.PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    main()
