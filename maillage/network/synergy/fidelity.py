"""Do the reasons tell the truth? A score must fall more without its cited statements than without as many others."""

import random
from dataclasses import dataclass

from maillage.network.synergy.evidence_base import Known
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
    statements = advice.known.statements()
    return [_fall(advice.known, one, statements, chance) for one in found]


def _fall(known: Known, one: Suggestion, statements: list[str], chance: random.Random) -> Fall:
    others = [iri for iri in statements if iri not in one.statements]
    drawn = chance.sample(others, min(len(others), len(one.statements)))
    left = [Advice(known.without(gone)).suggestion(one.a, one.b).score for gone in (one.statements, drawn)]
    return Fall(one, one.score - left[0], one.score - left[1])


def faithful(falls: list[Fall]) -> float:
    """Share of suggestions that lose more with what they cite."""
    return sum(fall.cited > fall.others for fall in falls) / len(falls) if falls else 0.0
