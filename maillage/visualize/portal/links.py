"""The links of the explorer: two bodies, the ties between them as the rules drew them, and what each rests on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from maillage.network.from_table import CARRYING, Row, local, newman, text, way
from maillage.visualize.portal.references import certainty, prune
from maillage.visualize.portal.world import World

Pair = tuple[int, int]
Entry = dict[str, Any]


def links(world: World) -> list[Entry]:
    """One a pair, in the order of their ends, carrying included; what is weak makes no link."""
    drawn: dict[Pair, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in world.ties:
        if row["tie"]:
            drawn[_ends(row, world)][str(row["tie"])].append(row)
    weights = newman(list(_meetings(drawn)))
    return [_link(pair, list(drawn[pair].values()), weights[_names(pair)], world) for pair in sorted(drawn)]


def _ends(row: Row, world: World) -> Pair:
    one, other = world.body[str(row["a"])], world.body[str(row["b"])]
    return min(one, other), max(one, other)


def _names(pair: Pair) -> tuple[str, str]:
    return f"{pair[0]:09}", f"{pair[1]:09}"


def _meetings(drawn: dict[Pair, dict[str, list[Row]]]) -> Iterator[tuple[str, str, str]]:
    """Carrying is told apart from what else is done in a lab: it ties the lab itself."""
    for pair, ties in drawn.items():
        for rows in ties.values():
            carried = local(rows[0]["partnershipKind"]) == CARRYING
            yield *_names(pair), f"{rows[0]['activity']}{carried}"


def _link(pair: Pair, ties: Sequence[Sequence[Row]], weight: float, world: World) -> Entry:
    start, goal, directed = way([rows[0] for rows in ties], "a", "b", "directed", "partnershipKind")
    a, b = world.body[start], world.body[goal]
    said = sorted((_tie(rows, a, world) for rows in ties), key=lambda one: (one.get("first", "9"), one["activity"]))
    days = [one[name] for one in said for name in ("first", "last") if name in one]
    resting = sorted({place for one in said for place in one["participations"]})
    rules = [str(rows[0]["rule"]) for rows in ties if local(rows[0]["partnershipKind"]) != CARRYING]
    link = {
        "a": a,
        "b": b,
        "directed": directed,
        "kinds": sorted({one["kind"] for one in said}),
        "ties": said,
        "participations": resting,
        "first": min(days, default=""),
        "last": max(days, default=""),
        "weight": len({one["activity"] for one in said}),
        "newman": round(weight, 6),
        "certainty": min(one["certainty"] for one in said),
        "sources": sorted({source for place in resting for source in world.participations[place]["sources"]}),
        "rule": world.rule(rules[0]) if rules else "",
    }
    return prune(link)


def _tie(rows: Sequence[Row], a: int, world: World) -> Entry:
    """`reads`: 1 from a to b, -1 from b to a, 0 neither way."""
    row = rows[0]
    reads = (1 if world.body[str(row["a"])] == a else -1) if row["directed"] else 0
    said = {
        "kind": world.kind(str(row["partnershipKind"])),
        "reads": reads,
        "activity": world.activity[str(row["activity"])],
        "first": text(row, "start"),
        "last": text(row, "end"),
        "dating": world.kind(str(row["dating"])) if row["dating"] else None,
        "occurrence": world.kind(str(row["occurrence"])) if row["occurrence"] else None,
        "certainty": certainty({"certainty": row["tieCertainty"]}),
        "participations": sorted({world.participation[str(one["participation"])] for one in rows}),
    }
    return prune(said)
