"""Communities followed over time: those of one window matched with those of the next, and what became of each.

Greene, Doyle and Cunningham (ASONAM 2010): two communities of windows in a row are one and the same, or parts of one,
when the bodies in both are at least `MATCH` of the bodies in either (Jaccard). Here a community that skips a window has
died: their wait of several windows would need more years than a young network has.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

MATCH = 0.3
Groups = Sequence[frozenset[str]]
Place = tuple[int, int]  # of a window, and of a community in it


@dataclass(frozen=True)
class Snapshot:
    """A community in one window, by the places of both, from 0; `before`, `after`: places in the windows beside.

    `line`: the same number for what goes on from window to window, from 1; of several ways on, the nearest keeps it.
    `origin`: birth, continuation, split, merge, or both (`split merge`); `""` in the first window: not known.
    `fate`: death, continuation, split, merge, or both; `""` in the last. `overlap`: Jaccard with the nearest before.
    """

    window: int
    place: int
    bodies: frozenset[str]
    line: int
    origin: str
    fate: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    overlap: float


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def follow(windows: Sequence[Groups], match: float = MATCH) -> tuple[Snapshot, ...]:
    """The communities of each window in turn, and how each came and went."""
    before: dict[Place, dict[int, float]] = defaultdict(dict)
    after: dict[Place, dict[int, float]] = defaultdict(dict)
    for number, groups in enumerate(pairwise(windows)):
        for (i, one), (j, other) in product(*map(enumerate, groups)):
            if (likeness := jaccard(one, other)) >= match:
                after[number, i][j] = before[number + 1, j][i] = likeness
    lines = _lines(windows, before, after)
    return tuple(
        Snapshot(
            *at, windows[at[0]][at[1]], lines[at], _event_name(at, -1, before, after) if at[0] else "",
            _event_name(at, 1, after, before) if at[0] < len(windows) - 1 else "",
            tuple(sorted(before[at])), tuple(sorted(after[at])), max(before[at].values(), default=0.0),
        )
        for at in [(number, place) for number, groups in enumerate(windows) for place in range(len(groups))]
    )  # fmt: skip


Ways = Mapping[Place, Mapping[int, float]]


def _event_name(at: Place, step: int, ways: Ways, back: Ways) -> str:
    """What becomes of a community (`step` 1), or whence it comes (-1); `ways`: on that side; `back`: from there."""
    if not ways[at]:
        return "death" if step > 0 else "birth"
    several, shared = len(ways[at]) > 1, any(len(back[at[0] + step, place]) > 1 for place in ways[at])
    split, merge = (several, shared) if step > 0 else (shared, several)
    return " ".join(name for name, told in (("split", split), ("merge", merge)) if told) or "continuation"


def _lines(windows: Sequence[Groups], before: Ways, after: Ways) -> dict[Place, int]:
    """A community goes on with the line of the nearest before it, if it is itself the nearest after that one."""
    found: dict[Place, int] = {}
    for number, groups in enumerate(windows):
        for place in range(len(groups)):
            past = _nearest(before[number, place])
            goes_on = past is not None and _nearest(after[number - 1, past]) == place
            line = found[number - 1, past] if goes_on and past is not None else max(found.values(), default=0) + 1
            found[number, place] = line
    return found


def _nearest(ways: Mapping[int, float]) -> int | None:
    return min(ways, key=lambda place: (-ways[place], place)) if ways else None


def windows_of(years: Sequence[int], width: int, step: int) -> list[tuple[int, int]]:
    """Windows of `width` years, both ends included, one every `step` years from the first year to the last."""
    return [(start, start + width - 1) for start in range(min(years), max(years) + 1, step)] if years else []
