"""Names of a list against the bodies of the graph: candidates with what spoke for them, and a choice if it is safe."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.matching.bodies import Body, Match, matches_between
from maillage.matching.engine import Engine
from maillage.matching.model import model

MOST = 5


@dataclass(frozen=True)
class Reconciliation:
    """`candidates`: (body, match), the best first, at most five; `choice`: the first, where nothing rivals it."""

    candidates: tuple[tuple[Body, Match], ...]
    choice: Body | None


def reconcile(wanted: Sequence[Body], known: Sequence[Body], engine: Engine = "duckdb") -> list[Reconciliation]:
    """For each of `wanted`, in order: the candidates at least worth a look, and the one chosen or None.

    Chosen: its score is at the published threshold or above, and the second stands `margin` bits below.
    """
    found: dict[int, list[Match]] = defaultdict(list)
    for match in matches_between(wanted, known, engine):
        if match.score >= model().review:
            found[match.a].append(match)
    return [_rank_candidates(found[place], known) for place in range(len(wanted))]


def _rank_candidates(matches: Sequence[Match], known: Sequence[Body]) -> Reconciliation:
    ordered = sorted(matches, key=lambda match: (-match.score, -match.weight, known[match.b].key))[:MOST]
    candidates = tuple((known[match.b], match) for match in ordered)
    return Reconciliation(candidates, candidates[0][0] if _is_safe(ordered) else None)


def _is_safe(ordered: Sequence[Match]) -> bool:
    if not ordered or ordered[0].score < model().threshold:
        return False
    return len(ordered) == 1 or ordered[0].weight - ordered[1].weight >= model().margin
