"""Who should meet whom, and why: each pair that does not know each other yet, scored by declared weights.

A score is the sum of the points of its reasons (`graph/synergies.yml`); every reason names what it is about and the
statements that it rests on. Nothing is learned here and nothing is random: the same graph gives the same advice.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from maillage.network.from_table import Row, local, pair, text
from maillage.network.synergy.bounds import Floor, bounds, matrices
from maillage.network.synergy.evidence_base import EvidenceBase
from maillage.network.synergy.likeness import Words, rarity, shared_aspects, titles
from maillage.network.synergy.nearness import Distances, Nearness
from maillage.network.synergy.points import Matrices, Weights, weights

# What could add the points of a reason, once known.
MISSING = {
    "themes": "theme", "methods": "method", "introducers": "partner", "same-level": "territory", "recent": "date",
}  # fmt: skip
SHARED_ASPECTS = {"themes": "theme", "methods": "method", "audiences": "audience"}


@dataclass(frozen=True)
class Reason:
    """Why two bodies should meet. `about`: IRIs (themes, introducers…) or words; `evidence`: rows with their statement.

    `given`, `taken`: of a complement, what the first brings and what the second brings. `kilometres`: of a distance.
    """

    name: str
    family: str
    points: float
    about: tuple[str, ...]
    evidence: tuple[Row, ...]
    given: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    kilometres: float | None = None

    @property
    def statements(self) -> frozenset[str]:
        return frozenset(str(row.get("claim") or row["participation"]) for row in self.evidence)


@dataclass(frozen=True)
class Suggestion:
    """A pair and its reasons, the weightiest first. `weak`: reasons of one family only. `introducers`: IRIs.

    `bridge`: no partnership known between the regions of the two.
    """

    a: str
    b: str
    reasons: tuple[Reason, ...]
    weak: bool
    bridge: bool
    introducers: tuple[str, ...]

    @property
    def score(self) -> float:
        return sum(reason.points for reason in self.reasons)


class Advice:
    """Suggestions from what is known; made once, asked many times."""

    def __init__(self, known: EvidenceBase, by: Weights | None = None) -> None:
        self.known, self.by = known, by or weights()
        self.names = sorted(known.bodies)
        self._claims = {about: known.of(about) for about in ("theme", "method", "audience", "territory")}
        self._rarity = {about: rarity(self._claims[about], len(known.bodies)) for about in SHARED_ASPECTS.values()}
        self._deeds = titles(known)
        self._words = Words(self._deeds, known.bodies)
        self.nearness = Nearness(known.links, known.bodies)
        self._distances = Distances(self._claims["territory"], known.points)
        self._last = self._latest()

    def abstains(self, body: str) -> bool:
        """Too little is known of a body to advise it: see `least-statements`."""
        return self.statement_count[body] < self.by.least_statements

    @cached_property
    def statement_count(self) -> dict[str, int]:
        """By body, how many statements a suggestion about it could rest on (its territory apart)."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.known.aspects:
            if local(row["about"]) != "territory":
                found[str(row["body"])].add(str(row["claim"]))
        for row in self.known.links:
            for end in ("a", "b"):
                found[str(row[end])].add(str(row["participation"]))
        return {body: len(found[body]) for body in self.known.bodies}

    @cached_property
    def _region_links(self) -> frozenset[tuple[str, str]]:
        regions = self.known.regions
        ends = [(regions.get(str(row["a"])), regions.get(str(row["b"]))) for row in self.known.links]
        return frozenset(pair(one, other) for one, other in ends if one and other)

    def suggestion(self, one: str, other: str) -> Suggestion:
        """The two scored, whether they may be suggested or not (see `eligible`)."""
        a, b = pair(one, other)
        found = [reason for reason in self._reasons(a, b) if reason.points > 0 or reason.kilometres is not None]
        reasons = tuple(sorted(found, key=lambda reason: (-reason.points, reason.name)))
        families = {reason.family for reason in reasons if reason.points > 0}
        regions = [self.known.regions.get(body) for body in (a, b)]
        apart = regions[0] and regions[1] and regions[0] != regions[1]
        bridge = bool(apart) and pair(str(regions[0]), str(regions[1])) not in self._region_links
        return Suggestion(a, b, reasons, len(families) < 2, bridge, self.nearness.introducers(a, b))

    def eligible(self, one: str, other: str) -> bool:
        """Strangers to each other, of whom enough is known."""
        stranger = one != other and pair(one, other) not in self.known.acquaintances
        return stranger and not self.abstains(one) and not self.abstains(other)

    def worthy(self, found: Suggestion) -> bool:
        """With a reason of substance, and a score that is not nothing."""
        carried = any(reason.family in self.by.substance for reason in found.reasons if reason.points > 0)
        return carried and found.score >= self.by.least_score

    def for_body(self, body: str, most: int | None = 10) -> tuple[Suggestion, ...]:
        """Its best suggestions; all where `most` is None."""
        return self.best(most, [body])

    def best(
        self,
        most: int | None,
        bodies: Collection[str] | None = None,
        pairs: Callable[[str, str], bool] = lambda *_: True,
        asked: Callable[[Suggestion], bool] = lambda _: True,
    ) -> tuple[Suggestion, ...]:
        """The `most` best suggestions with an end among `bodies` (any where None), of `pairs`, that are as `asked`;
        `pairs` is asked before a pair is scored.
        """
        ends = frozenset(self.names if bodies is None else bodies)
        silent = np.array([self.abstains(name) for name in self.names], dtype=bool)
        places = [place for place, name in enumerate(self.names) if name in ends and not silent[place]]
        kept: list[Suggestion] = []
        floor = Floor(most, self.by.least_score)
        for place, bound in bounds(self.matrices, self.by, places, silent):
            others = np.flatnonzero(bound >= floor.least)
            for other in others[np.argsort(-bound[others], kind="stable")]:
                if bound[other] < floor.least:
                    break
                body, name = self.names[place], self.names[other]
                if (name in ends and name < body) or not (self.eligible(body, name) and pairs(body, name)):
                    continue
                found = self.suggestion(body, name)
                if self.worthy(found) and asked(found):
                    kept.append(found)
                    floor.rise(found.score)
        return tuple(rank_suggestions(kept)[:most])

    @cached_property
    def matrices(self) -> Matrices:
        """What is known, as numbers, in the order of `names`."""
        claims = {reason: self._claims[about] for reason, about in SHARED_ASPECTS.items()}
        rare = {reason: self._rarity[about] for reason, about in SHARED_ASPECTS.items()}
        last = {body: year for body, (year, _) in self._last.items()}
        return matrices(self.known, claims, rare, self.nearness.network, self._words.rows, last)

    def _reasons(self, a: str, b: str) -> Iterable[Reason]:
        yield self._reason("introducers", *self.nearness.introduction(a, b))
        yield self._reason("nearness", *self.nearness.along(a, b))
        common = {name: shared_aspects(self._claims[about], a, b) for name, about in SHARED_ASPECTS.items()}
        for name, found in common.items():
            rare = {aspect: self._rarity[SHARED_ASPECTS[name]][aspect] for aspect in found}
            rarest = [aspect for _, aspect in sorted((-worth, aspect) for aspect, worth in rare.items())]
            yield self._reason(name, sum(rare.values()), rarest, [row for rows in found.values() for row in rows])
        yield self._reason("words", *self._words.shared_words(a, b))
        yield self._complement(a, b, common["themes"])
        yield from (self._level(a, b), self._apart(a, b), self._recent(a, b))

    def _reason(self, name: str, quantity: float, about: Sequence[str], rows: Sequence[Row]) -> Reason:
        points = self.by.worth(name, quantity) if rows else 0.0
        return Reason(name, self.by.family[name], points, tuple(about), tuple(rows))

    def _complement(self, a: str, b: str, themes: dict[str, list[Row]]) -> Reason:
        """On themes of both, the methods of one that the other is not known for; both must have some known."""
        mine, theirs = (self._claims["method"].get(body, {}) for body in (a, b))
        given, taken = (tuple(sorted(x.keys() - y.keys())) for x, y in ((mine, theirs), (theirs, mine)))
        if not (themes and mine and theirs and (given or taken)):
            return self._reason("complement", 0, (), ())
        brought = [*(row for method in given for row in mine[method]), *(r for method in taken for r in theirs[method])]
        on = [row for rows in themes.values() for row in rows]
        quantity = len(given) + len(taken)
        points = self.by.worth("complement", quantity)
        return Reason("complement", "complementarity", points, tuple(themes), (*brought, *on), given, taken)

    def _level(self, a: str, b: str) -> Reason:
        """Both in one region; else, territories of one level, half as much where the two are of different kinds."""
        regions = [self.known.regions.get(body) for body in (a, b)]
        rows = [row for body in (a, b) for row in self._own_territory(body)]
        if regions[0] and regions[0] == regions[1]:
            return self._flat("same-region", 1.0, (str(regions[0]),), rows)
        places = [text(self.known.bodies[body], "territory") for body in (a, b)]
        levels = [self.known.levels.get(place, "") for place in places]
        placed = all(regions) and all(levels) and levels[0] == levels[1]
        kinds = {self.known.bodies[body]["bodyKind"] for body in (a, b)}
        return self._flat("same-level", (1.0 if len(kinds) == 1 else 0.5) if placed else 0.0, tuple(places), rows)

    def _apart(self, a: str, b: str) -> Reason:
        """Told wherever it is known, whatever it weighs: all of its weight at the door, half at `half` kilometres."""
        found, half = self._distances.between(a, b), self.by.half["distance"]
        if found is None:
            return self._flat("distance", 0.0, (), ())
        reason = self._flat("distance", half / (half + found.kilometres), found.between, found.evidence)
        return replace(reason, kilometres=found.kilometres)

    def _own_territory(self, body: str) -> list[Row]:
        found = [row for rows in self._claims["territory"].get(body, {}).values() for row in rows]
        return [row for row in found if row["thing"] == body] or found

    def _recent(self, a: str, b: str) -> Reason:
        """The less recent of the two counts, halved every `half-life` years before the latest date known."""
        if a not in self._last or b not in self._last:
            return self._flat("recent", 0.0, (), ())
        now = max(year for year, _ in self._last.values())
        year = min(self._last[a][0], self._last[b][0])
        value = math.pow(0.5, (now - year) / self.by.half_life)
        return self._flat("recent", value, (str(year),), [*self._last[a][1], *self._last[b][1]])

    def _flat(self, name: str, value: float, about: tuple[str, ...], rows: Sequence[Row]) -> Reason:
        points = self.by.points[name] * value if rows else 0.0
        return Reason(name, self.by.family[name], points, about, tuple(rows))

    def _latest(self) -> dict[str, tuple[int, list[Row]]]:
        """The last year in which each body is known to have done something, and what."""
        dated: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in self.known.links:
            if text(row, "start")[:4].isdigit():
                for end in ("a", "b"):
                    dated[str(row[end])][int(text(row, "start")[:4])].append(row)
        return {body: (max(years), years[max(years)]) for body, years in dated.items() if body in self.known.bodies}


def rank_suggestions(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Best first; equal scores by IRI."""
    return sorted(found, key=lambda one: (-round(one.score, 9), one.a, one.b))


@dataclass(frozen=True)
class Why:
    """Why two bodies are, or are not, suggested to each other, and what would change it.

    `verdict`: `suggested`, `same`, `acquainted`, `unknown` (too little known) or `nothing` (no reason worth it).

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
