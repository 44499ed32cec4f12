"""Do the reasons tell the truth? A score must fall more without its cited statements than without as many others."""

import random
from collections.abc import Collection
from dataclasses import dataclass, replace

from maillage.network.from_table import Row
from maillage.network.synergy.evidence_base import EvidenceBase
from maillage.network.synergy.suggest import Advice, Suggestion


@dataclass(frozen=True)
class Fall:
    """Points lost without the statements cited and without as many, drawn among those not cited."""

    suggestion: Suggestion
    cited: float
    others: float


def fidelity(advice: Advice, found: tuple[Suggestion, ...], seed: int = 7) -> list[Fall]:
    """One fall a suggestion; the draw is seeded."""
    chance = random.Random(seed)
    statements = statements_of(advice.known)
    return [_fall(advice.known, one, statements, chance) for one in found]


def statements_of(known: EvidenceBase) -> list[str]:
    """The IRI of every statement that a suggestion can rest on, sorted."""
    claims = {str(row["claim"]) for row in known.aspects}
    claims |= {str(row["claim"]) for row in known.points}
    return sorted(claims | {str(row["participation"]) for row in (*known.links, *known.deeds)})


def without(known: EvidenceBase, statements: Collection[str]) -> EvidenceBase:
    """The same with statements forgotten; a partnership falls with either of its two participations.

    Who knows whom stays: forgetting proofs must not turn partners into strangers.
    """
    gone = frozenset(statements)
    fallen = {_link(row) for row in known.links if row["participation"] in gone}
    return replace(
        known,
        aspects=[row for row in known.aspects if row["claim"] not in gone],
        links=[row for row in known.links if _link(row) not in fallen],
        deeds=[row for row in known.deeds if row["participation"] not in gone],
        points=[row for row in known.points if row["claim"] not in gone],
    )


def _link(row: Row) -> tuple[object, ...]:
    return row["a"], row["b"], row["activity"]


def _fall(known: EvidenceBase, one: Suggestion, statements: list[str], chance: random.Random) -> Fall:
    cited = frozenset[str]().union(*(reason.statements for reason in one.reasons))
    others = [iri for iri in statements if iri not in cited]
    drawn = chance.sample(others, min(len(others), len(cited)))
    left = [Advice(without(known, gone)).suggestion(one.a, one.b).score for gone in (cited, drawn)]
    return Fall(one, one.score - left[0], one.score - left[1])


def faithful(falls: list[Fall]) -> float:
    """Share of suggestions that lose more with what they cite."""
    return sum(fall.cited > fall.others for fall in falls) / len(falls) if falls else 0.0
