"""The links of the explorer: which two bodies, of what kind, when, resting on which participations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maillage.network.project import Row

if TYPE_CHECKING:
    from maillage.visualize.world import World

Pair = tuple[int, int]
Entry = dict[str, Any]


def links(rows: Sequence[Row], partnerships: Sequence[Row], world: "World") -> list[Entry]:
    """One a pair, in the order of their ends; `rows`: those of `path-links`, of which the weak make no link."""
    resting: dict[Pair, set[int]] = defaultdict(set)
    for row in rows:
        ends = [world.body.get(str(row[end])) for end in ("a", "b")]
        one = world.participation.get(str(row["participation"]))
        if not row["weak"] and one is not None and ends[0] is not None and ends[1] is not None:
            resting[_pair(ends[0], ends[1])].add(one)
    drawn: dict[Pair, list[Row]] = defaultdict(list)
    for row in partnerships:
        drawn[_pair(world.body[str(row["a"])], world.body[str(row["b"])])].append(row)
    return [_link(pair, sorted(resting[pair]), drawn.get(pair, []), world) for pair in sorted(resting)]


def _pair(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def _link(pair: Pair, resting: Sequence[int], drawn: Sequence[Row], world: "World") -> Entry:
    proofs = [world.participations[place] for place in resting]
    kinds = {world.kind(str(row["partnershipKind"])) for row in drawn}
    carried = any(_carries(one, pair, world) for one in proofs)
    first, last = _period(proofs, drawn, world)
    said = {
        "a": pair[0],
        "b": pair[1],
        "kinds": sorted(kinds | ({world.carrying} if carried else set())),
        "participations": list(resting),
        "first": first,
        "last": last,
        "weight": len({one["activity"] for one in proofs}),
        "certainty": _certainty(proofs, derived=bool(drawn)),
        "sources": sorted({source for one in proofs for source in one["sources"]}),
        "rule": world.rule(str(drawn[0]["rule"])) if drawn else "",
    }
    return {name: value for name, value in said.items() if value != ""}


def _carries(one: Mapping[str, Any], pair: Pair, world: "World") -> bool:
    """Whether a participation says that one end carries the other, a lab."""
    lab = world.activities[one["activity"]].get("body")
    return one["role"] == world.carrying and lab is not None and {one["body"], lab} == set(pair)


def _period(proofs: Sequence[Mapping[str, Any]], drawn: Sequence[Row], world: "World") -> tuple[str, str]:
    """As the partnership says; else of the participations and, where they say nothing, of the activities."""
    spans = [(str(row["start"] or ""), str(row["end"] or "")) for row in drawn]
    spans = spans or [_span(one) for one in proofs]
    if not any(start or end for start, end in spans):
        spans = [_span(world.activities[one["activity"]]) for one in proofs]
    starts = sorted(start for start, _ in spans if start)
    ends = sorted(end or start for start, end in spans if end or start)
    return (starts[0] if starts else ""), (ends[-1] if ends else "")


def _span(one: Mapping[str, Any]) -> tuple[str, str]:
    return str(one.get("start", "")), str(one.get("end", ""))


def _certainty(proofs: Sequence[Mapping[str, Any]], derived: bool) -> int:
    """Of the surest activity; a link derived from what two bodies did is no surer than the less sure of the two."""
    by_activity: dict[int, list[int]] = defaultdict(list)
    for one in proofs:
        by_activity[one["activity"]].append(one["certainty"])
    return min((max if derived else min)(found) for found in by_activity.values())
