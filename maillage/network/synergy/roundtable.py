"""A group to invite: themes covered, territories spanned, a bridge that exists, as a mixed-integer programme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COVER, SPAN, FILL = 100.0, 10.0, 1.0  # a theme outweighs any number of territories; what is known settles the rest

Pair = tuple[str, str]
Limits = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]  # rows, their least and their most


@dataclass(frozen=True)
class RoundTable:
    """`bridges`: pairs of the group that already work together. `first`: whom to call first, who has most of them.

    `gap`: by how much, relatively, a better group could beat this one; 0 when it is proved the best.
    `uncovered`: themes asked that nobody invited is known for. No bodies: no group of that size has a bridge.
    """

    bodies: tuple[str, ...]
    themes: Mapping[str, tuple[str, ...]]
    uncovered: tuple[str, ...]
    territories: tuple[str, ...]
    bridges: tuple[tuple[str, str], ...]
    first: str
    gap: float


def roundtable(
    candidates: Mapping[str, str],
    themes: Mapping[str, frozenset[str]],
    worth: Mapping[str, float],
    ties: Sequence[tuple[str, str]],
    asked: Sequence[str],
    size: int,
) -> RoundTable:
    """The best group of `size` among `candidates` (body -> territory); `worth`: of a body, 0 to 1. HiGHS solves it."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    bodies = sorted(candidates)
    places = sorted({where for where in candidates.values() if where})
    bridges = [ends for ends in ties if ends[0] in candidates and ends[1] in candidates]
    holders = [[body for body in bodies if theme in themes.get(body, ())] for theme in asked]
    holders += [[body for body in bodies if candidates[body] == place] for place in places]
    gain = np.concatenate([
        [FILL * worth.get(body, 0.0) / size for body in bodies],
        np.full(len(asked), COVER), np.full(len(places), SPAN), np.zeros(len(bridges)),
    ])  # fmt: skip
    limits = LinearConstraint(*_constraints(bodies, holders, bridges, size))
    found = milp(-gain, integrality=np.ones(len(gain)), bounds=Bounds(0, 1), constraints=limits)
    if found.x is None:
        return RoundTable((), {}, tuple(asked), (), (), "", 0.0)
    chosen = [body for body, kept in zip(bodies, found.x, strict=False) if kept > 0.5]
    covered = {theme: tuple(body for body in chosen if theme in themes.get(body, ())) for theme in asked}
    held = tuple(ends for ends in bridges if ends[0] in chosen and ends[1] in chosen)
    calls = sorted(chosen, key=lambda body: (-sum(body in ends for ends in held), body))
    territories = tuple(sorted({candidates[body] for body in chosen if candidates[body]}))
    uncovered = tuple(theme for theme in asked if not covered[theme])
    return RoundTable(tuple(chosen), covered, uncovered, territories, held, calls[0], float(found.mip_gap or 0.0))


def _constraints(bodies: Sequence[str], holders: Sequence[Sequence[str]], bridges: Sequence[Pair], size: int) -> Limits:
    """A theme or a territory counts once if one of its bodies comes; a bridge, if both ends do; one is needed."""
    some, first = {body: place for place, body in enumerate(bodies)}, len(bodies) + len(holders)
    needs = [*enumerate(holders, len(bodies))]
    needs += [(column, [end]) for column, ends in enumerate(bridges, first) for end in ends]
    rows = np.zeros((2 + len(needs), first + len(bridges)))
    rows[0, : len(bodies)] = 1
    rows[1, first:] = 1
    for row, (column, held) in zip(rows[2:], needs, strict=True):
        row[[some[body] for body in held]] = 1
        row[column] = -1
    low, high = np.zeros(len(rows)), np.full(len(rows), np.inf)
    low[0], low[1], high[0] = size, 1, size
    return rows, low, high
