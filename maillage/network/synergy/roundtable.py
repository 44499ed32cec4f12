"""A group to invite: themes covered, territories spanned, a bridge that exists, as a mixed-integer programme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

COVER, SPAN, FILL = 100.0, 10.0, 1.0  # a theme outweighs any number of territories; what is known settles the rest


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
    width = len(bodies) + len(asked) + len(places) + len(bridges)
    gain = np.concatenate([
        [FILL * worth.get(body, 0.0) / size for body in bodies],
        np.full(len(asked), COVER), np.full(len(places), SPAN), np.zeros(len(bridges)),
    ])  # fmt: skip
    rows, low, high = _constraints(bodies, candidates, themes, asked, places, bridges, size, width)
    found = milp(-gain, integrality=np.ones(width), bounds=Bounds(0, 1), constraints=LinearConstraint(rows, low, high))
    if found.x is None:
        return RoundTable((), {}, tuple(asked), (), (), "", 0.0)
    chosen = [body for body, kept in zip(bodies, found.x, strict=False) if kept > 0.5]
    covered = {theme: tuple(body for body in chosen if theme in themes.get(body, ())) for theme in asked}
    held = tuple(ends for ends in bridges if ends[0] in chosen and ends[1] in chosen)
    calls = sorted(chosen, key=lambda body: (-sum(body in ends for ends in held), body))
    territories = tuple(sorted({candidates[body] for body in chosen if candidates[body]}))
    uncovered = tuple(theme for theme in asked if not covered[theme])
    return RoundTable(tuple(chosen), covered, uncovered, territories, held, calls[0], float(found.mip_gap or 0.0))


def _constraints(
    bodies: Sequence[str],
    where: Mapping[str, str],
    themes: Mapping[str, frozenset[str]],
    asked: Sequence[str],
    places: Sequence[str],
    bridges: Sequence[tuple[str, str]],
    size: int,
    width: int,
) -> tuple["np.ndarray[tuple[int, int], np.dtype[np.float64]]", list[float], list[float]]:
    """A theme or a territory counts once if one of its bodies comes; a bridge, if both ends do; one is needed."""
    count, some = len(bodies), {body: place for place, body in enumerate(bodies)}
    rows: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = [np.zeros(width), np.zeros(width)]
    rows[0][:count] = 1
    rows[1][width - len(bridges) :] = 1
    low, high = [float(size), 1.0], [float(size), np.inf]
    holders = [[body for body in bodies if theme in themes.get(body, ())] for theme in asked]
    holders += [[body for body in bodies if where[body] == place] for place in places]
    needs = [(count + number, held) for number, held in enumerate(holders)]
    needs += [(width - len(bridges) + n, [end]) for n, ends in enumerate(bridges) for end in ends]
    for column, held in needs:
        row = np.zeros(width)
        row[[some[body] for body in held]] = 1
        row[column] = -1
        rows.append(row)
        low.append(0.0)
        high.append(np.inf)
    return np.array(rows), low, high
