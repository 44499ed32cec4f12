"""Mutants of a question: its text without one pattern, filter, binding, OPTIONAL block or UNION branch.

Questions are written one pattern a line, so that a line is a mutation; `test_mutation` proves that they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """`line` counts from 1 in the file; `removed` is what the mutant lacks."""

    line: int
    removed: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a query text, from the top of its WHERE block."""
    lines = text.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("WHERE {"))
    for place in range(start + 1, len(lines) - 1):
        stripped = lines[place].strip()
        last = _end(lines, place)
        if stripped in ("", "}", "UNION") or (stripped == "{" and not _is_branch(lines, place, last)):
            continue
        if stripped.startswith("SELECT "):  # a subquery: what stands in it is taken out line by line
            continue
        first, last = _branch(lines, place, last) if stripped == "{" else (place, last)
        yield Mutant(place + 1, stripped, "\n".join([*lines[:first], *lines[last + 1 :]]))


def patterns(text: str) -> list[str]:
    """The lines that are one triple pattern each, those of one-line blocks included."""
    lines = [line.strip() for line in text.splitlines()]
    start = lines.index("WHERE {")
    bare = [line.removeprefix("FILTER NOT EXISTS {").removeprefix("OPTIONAL {").strip() for line in lines[start + 1 :]]
    return [line for line in bare if line.startswith("?") and not line.startswith("?)")]


def _end(lines: list[str], place: int) -> int:
    """The line on which the block that opens on this line closes; the line itself without a block."""
    depth = 0
    for here in range(place, len(lines)):
        depth += lines[here].count("{") - lines[here].count("}")
        if depth <= 0:
            return here
    return len(lines) - 1


def _is_branch(lines: list[str], place: int, last: int) -> bool:
    return lines[place - 1].strip() == "UNION" or lines[last + 1].strip() == "UNION"


def _branch(lines: list[str], place: int, last: int) -> tuple[int, int]:
    """A branch goes with the UNION before it, or the one after when it is the first."""
    return (place - 1, last) if lines[place - 1].strip() == "UNION" else (place, last + 1)
