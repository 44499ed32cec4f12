"""The links of the explorer: two bodies, the ties between them as the rules drew them, and what each rests on."""

from collections import defaultdict
from collections.abc import Sequence

from maillage.network.from_table import CARRYING, Row, local, newman, pair, text, way
from maillage.visualize.portal.references import Entry, certainty, prune
from maillage.visualize.portal.world import World


def links(world: World) -> list[Entry]:
    """One a pair, in the order of their ends, carrying included; what is weak makes no link."""
    drawn: dict[tuple[int, int], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in world.rows["path-links"]["fr"]:
        if row["tie"]:
            drawn[pair(world.body[str(row["a"])], world.body[str(row["b"])])][str(row["tie"])].append(row)
    # Carrying is told apart from what else is done in a lab: it ties the lab itself.
    met = [(*ends, f"{rows[0]['activity']}{_carries(rows)}") for ends, ties in drawn.items() for rows in ties.values()]
    weights = newman(met)
    return [_link(list(drawn[ends].values()), weights[ends], world) for ends in sorted(drawn)]


def _carries(rows: Sequence[Row]) -> bool:
    return local(rows[0]["partnershipKind"]) == CARRYING


def _link(ties: Sequence[Sequence[Row]], weight: float, world: World) -> Entry:
    start, goal, directed = way([rows[0] for rows in ties], "a", "b", "directed", "partnershipKind")
    a, b = world.body[start], world.body[goal]
    said = sorted((_tie(rows, a, world) for rows in ties), key=lambda one: (one.get("first", "9"), one["activity"]))
    days = [one[name] for one in said for name in ("first", "last") if name in one]
    resting = sorted({place for one in said for place in one["participations"]})
    rule = next((str(rows[0]["rule"]) for rows in ties if not _carries(rows)), "")
    return prune(
        {
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
            "rule": world.rules.get(rule, ""),
        }
    )


def _tie(rows: Sequence[Row], a: int, world: World) -> Entry:
    """`reads`: 1 from a to b, -1 from b to a, 0 neither way."""
    row = rows[0]
    return prune(
        {
            "kind": world.concept[str(row["partnershipKind"])],
            "reads": (1 if world.body[str(row["a"])] == a else -1) if row["directed"] else 0,
            "activity": world.activity[str(row["activity"])],
            "first": text(row, "start"),
            "last": text(row, "end"),
            "pageYear": text(row, "pageYear"),
            "dating": world.concept[str(row["dating"])] if row["dating"] else None,
            "occurrence": world.concept[str(row["occurrence"])] if row["occurrence"] else None,
            "certainty": certainty({"certainty": row["tieCertainty"]}),
            "participations": sorted({world.participation[str(one["participation"])] for one in rows}),
        }
    )
