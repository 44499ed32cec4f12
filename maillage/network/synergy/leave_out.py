"""Our own graph, one event at a time forgotten: are those whom it joined suggested to each other?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from maillage.network.from_table import local, pair
from maillage.network.synergy.evidence_base import EvidenceBase
from maillage.network.synergy.suggest import Advice

CUT = 10
TOGETHER = {"met", "Partnership"}  # ways of knowing each other that an activity gives


def leave_events_out(known: EvidenceBase, seed: int = 7, draws: int = 2000) -> dict[str, Any]:
    """Mean reciprocal rank, hits among the first ten and AUC, each end ranked among those that the other does not know.

    Only pairs that one activity alone joined are asked, that activity and all said of it forgotten. Intervals: 95 %,
    bootstrap over activities. `events`, `pairs`: how many; `advised`: share of pairs of which enough was left known.
    """
    rows = []  # two a pair, one for each end: reciprocal rank, hit, AUC, advised
    for activity, pairs in sorted(_only_by(known).items()):
        forgetting = replace(
            known,
            aspects=[row for row in known.aspects if row["thing"] != activity],
            links=[row for row in known.links if row["activity"] != activity],
            deeds=[row for row in known.deeds if row["activity"] != activity],
            acquaintances={ends: how for ends, how in known.acquaintances.items() if ends not in pairs},
        )
        advice = Advice(forgetting)
        rows.append(np.array([_rank(advice, *ends) for a, b in pairs for ends in ((a, b), (b, a))]))
    if not rows:
        return {"events": 0, "pairs": 0}
    chance = np.random.default_rng(seed)
    drawn = [np.concatenate([rows[k] for k in chance.integers(len(rows), size=len(rows))]) for _ in range(draws)]
    every = np.concatenate(rows)
    low, high = np.quantile([one.mean(axis=0) for one in drawn], [0.025, 0.975], axis=0)
    told = {
        name: {"value": float(every[:, place].mean()), "low": float(low[place]), "high": float(high[place])}
        for place, name in enumerate(("mrr", "hits10", "auc", "advised"))
    }
    return {"events": len(rows), "pairs": len(every) // 2, **told}


def _only_by(known: EvidenceBase) -> Mapping[str, list[tuple[str, str]]]:
    """The pairs that one activity alone joins, by activity; what carries a lab is no event."""
    through: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in known.links:
        through[pair(str(row["a"]), str(row["b"]))].add(str(row["activity"]))
    carried = {str(row["activity"]) for row in known.links if local(row["role"]) == "carries"}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for ends, activities in sorted(through.items()):
        (first, *more) = sorted(activities)
        how = set(known.acquaintances.get(ends, ()))
        if not more and first not in carried and how and how <= TOGETHER:
            found[first].append(ends)
    return found


def _rank(advice: Advice, one: str, goal: str) -> tuple[float, ...]:
    """Ties count half."""
    others = [b for b in advice.known.bodies if b not in (one, goal) and pair(one, b) not in advice.known.acquaintances]
    score = advice.suggestion(one, goal).score
    scores = np.array([advice.suggestion(one, other).score for other in others])
    above, level = int((scores > score).sum()), int((scores == score).sum())
    rank = 1 + above + level / 2
    advised = not advice.abstains(one) and not advice.abstains(goal)
    return 1 / rank, float(rank <= CUT), 1 - (above + level / 2) / max(len(others), 1), float(advised)
