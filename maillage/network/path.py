"""The shortest chains between two bodies, with the rows that prove each step.

A step through an edition of a series is weak: having been part of the same month is not having worked together.
Chains without a weak step are looked for first; only when there is none do weak ones count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from maillage.network.from_table import Row

LIMIT = 10
Around = Mapping[str, Mapping[str, Sequence[Row]]]


@dataclass(frozen=True)
class Step:
    """From one thing to the next; `rows` are the proofs, as the answer gave them."""

    start: str
    goal: str
    weak: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Chain:
    steps: tuple[Step, ...]

    @property
    def weak(self) -> bool:
        return any(step.weak for step in self.steps)


@dataclass(frozen=True)
class Chains:
    """`cut`: more chains of the same length exist than were asked for. `names` gives the label of each IRI."""

    start: str
    goal: str
    chains: tuple[Chain, ...]
    names: Mapping[str, str]
    cut: bool = False


def chains(rows: Sequence[Row], start: str, goal: str, limit: int = LIMIT) -> Chains:
    """All the shortest chains, at most `limit`, ordered by the names along them; none from a body to itself."""
    names = {str(row[end]): str(row[f"{end}Label"]) for end in ("a", "b") for row in rows}
    for known in ([row for row in rows if not row["weak"]], rows):
        around = _around(known)
        far = _distances(around, goal)
        ways = list(islice(_ways(around, far, start), limit + 1)) if start in far and start != goal else []
        if ways:
            found = sorted(ways[:limit], key=lambda way: [names[iri] for iri in way])
            made = (Chain(tuple(_step(*ends, around[ends[0]][ends[1]]) for ends in pairwise(way))) for way in found)
            return Chains(start, goal, tuple(made), names, len(ways) > limit)
    return Chains(start, goal, (), names)


def _around(rows: Sequence[Row]) -> Around:
    """For each thing, those next to it (sorted, so that ways always come in one order) and the rows between."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        one, other = str(row["a"]), str(row["b"])
        found.setdefault(one, {}).setdefault(other, []).append(row)
        found.setdefault(other, {}).setdefault(one, []).append(row)
    return {iri: dict(sorted(near.items())) for iri, near in sorted(found.items())}


def _ways(around: Around, far: Mapping[str, int], start: str) -> Iterator[tuple[str, ...]]:
    """Every shortest way to the goal from which `far` tells the distances."""
    if not far[start]:
        yield (start,)
    for iri in around[start]:
        if far.get(iri) == far[start] - 1:
            yield from ((start, *way) for way in _ways(around, far, iri))


def _distances(around: Around, goal: str) -> dict[str, int]:
    far, edge = {goal: 0}, [goal]
    while edge:
        fresh = {iri: far[near] + 1 for near in edge for iri in around.get(near, ()) if iri not in far}
        far |= fresh
        edge = sorted(fresh)
    return far


def _step(start: str, goal: str, rows: Sequence[Row]) -> Step:
    """One step; where plain proofs and weak ones stand side by side, the plain ones make it."""
    plain = tuple(row for row in rows if not row["weak"])
    return Step(start, goal, not plain, plain or tuple(rows))
