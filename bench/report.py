"""The report of a run: what was measured, each goal met or not, and where not, what the time goes to."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial

from bench.part import Data, Row, Work, goals, shown
from bench.work import ROOT, dearest
from tests.shared_run import MADE_FROM, of_files

PAGE = ROOT / "docs" / "measures" / "bench.md"
CODE = ("*.py", "*.rq", "*.sql", "*.yml", "*.ttl")


@cache
def digest() -> str:
    """Of the code and cards that were measured, as `tests/measures.py` takes it of its files."""
    folders = [ROOT / name for name in (*MADE_FROM, "bench")]
    files = {file for folder in folders for pattern in CODE for file in folder.rglob(pattern)}
    return of_files(tuple(sorted(one for one in files if "node_modules" not in one.parts)))[:16]


def machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, load {load}"


def profiles(rows: Sequence[Row], found: dict[str, list[str]]) -> list[Work]:
    """What finds, by goal that is not met, the ten dearest functions of its command: that of the last row where
    several miss it.
    """
    missed = {row.goal: row for row in rows if row.misses and row.profile}

    def look(row: Row) -> Iterator[Row]:
        found[row.goal] = dearest(row.profile)
        yield from ()

    return sorted(Work(f"profile of {goal}", partial(look, row), minutes=2) for goal, row in missed.items())


def write(
    rows: Sequence[Row], found: Mapping[str, list[str]], data: Data, machines: tuple[str, str], minutes: float
) -> str:
    head = (
        f"`make bench` wrote this page on {datetime.now(UTC).date()}, in {minutes:.0f} minutes. "
        f"Digest of the code and cards that it measures: `{digest()}`. Machine: {machines[0]} before; {machines[1]} "
        "after. Seconds of processor are those of client and server; `ratio` is between two figures of this run."
    )
    lines = [
        "# bench",
        "",
        head,
        "",
        "## Goals",
        "",
        "| what | goal | found | on | |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [_goal(name, [row for row in rows if row.goal == name]) for name in goals()]
    if not data.real_sources:
        lines += ["", "The sources that lie beside the project were not there: their rows are not measured."]
    lines += ["", "## Rows", "", *(f"    {line(row)}" for row in rows)]
    for name, functions in found.items():
        lines += ["", f"## Where the time goes: {name}", "", *(f"    {one}" for one in functions)]
    return "\n".join([*lines, ""])


def line(row: Row) -> str:
    figures = "  ".join(f"{name} {shown(value)}" for name, value in row.figures.items() if value is not None)
    return "  ".join(part for part in (f"{row.what:44}", f"{row.size:8}", figures, row.note) if part).rstrip()


def _place(row: Row) -> str:
    return f"{row.what}, {row.size}".rstrip(", ")


def _goal(name: str, rows: Sequence[Row]) -> str:
    card = goals()[name]
    bounds = [f"{key} ≤ {most:,}" for key, most in card.get("at_most", {}).items()]
    bounds += [f"{key} ≥ {least:,}" for key, least in card.get("at_least", {}).items()]
    keys = (*card.get("at_most", {}), *card.get("at_least", {}))
    there = [row for row in rows if row.figures]
    values = "; ".join(", ".join(f"{key} {shown(row.figures.get(key))}" for key in keys) for row in there)
    missed = [bound for row in there for bound in row.misses]
    states = [f"not met: {'; '.join(missed)}" if missed else "met"] if there else []
    states += [f"{_place(row)}: {row.note}" for row in rows if not row.figures]
    on = "; ".join(map(_place, there))
    return f"| {card['what']} | {', '.join(bounds)} | {values} | {on} | {'; '.join(states) or 'not measured'} |"
