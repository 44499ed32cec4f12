"""Why two bodies are, or are not, suggested to each other, and what would change it."""

from dataclasses import dataclass

from maillage.network.from_table import pair
from maillage.network.synergy.suggest import Advice, Suggestion

MISSING = {
    "themes": "theme",
    "methods": "method",
    "introducers": "partner",
    "same-level": "territory",
    "recent": "date",
}


@dataclass(frozen=True)
class Why:
    """`verdict`: `suggested`, `same`, `acquainted`, `unknown` (too little known) or `nothing` (no reason worth it).

    `how`: of acquaintances, `met`, `Partnership`, `carriedBy`, `lineage`. `poor`: bodies of which too little is known.
    `missing`: what, once known, could add points: `theme`, `method`, `partner`, `territory`, `date`.
    `rank`: 1 for the best suggestion of the first body; 0 where it is none.
    """

    verdict: str
    suggestion: Suggestion
    how: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rank: int = 0


def why(advice: Advice, one: str, other: str) -> Why:
    found = advice.suggestion(one, other)
    there = {reason.name for reason in found.reasons}
    missing = tuple(what for name, what in MISSING.items() if name not in there)
    if one == other:
        return Why("same", found)
    if how := advice.known.acquaintances.get(pair(one, other)):
        return Why("acquainted", found, how=how)
    if poor := tuple(body for body in (one, other) if advice.abstains(body)):
        return Why("unknown", found, poor=poor, missing=missing)
    if not advice.worthy(found):
        return Why("nothing", found, missing=missing)
    ordered = [{each.a, each.b} for each in advice.for_body(one, None)]
    return Why("suggested", found, missing=missing, rank=1 + ordered.index({one, other}))
