"""Kilometres between two bodies: the formula against known distances, and what stays unknown."""

import pytest

from maillage.network.from_table import Row
from maillage.network.synergy.nearness import Distances, great_circle
from maillage.network.synergy.suggest import Advice
from tests.network.synergy.fidelity import statements_of, without
from tests.network.synergy.test_suggest import aspect, world

PLACES = {"paris": (48.85727, 2.3201), "lyon": (45.76769, 4.83537), "reims": (49.25789, 4.03191)}


def point(where: str, latitude: float, longitude: float) -> list[Row]:
    row: Row = {"territory": where, "latitude": latitude, "longitude": longitude}
    return [{**row, "about": about, "claim": f"claim/{where}-{about}"} for about in ("lat", "long")]


POINTS = [row for where, (latitude, longitude) in PLACES.items() for row in point(where, latitude, longitude)]


def distances(*places: Row) -> Distances:
    held: dict[str, dict[str, list[Row]]] = {}
    for row in places:
        held.setdefault(str(row["body"]), {}).setdefault(str(row["aspect"]), []).append(row)
    return Distances(held, POINTS)


@pytest.mark.parametrize(
    ("ends", "kilometres"),
    [
        ((0, 0, 0, 180), 20015.1),  # half of the way round
        ((90, 0, 0, 77), 10007.6),  # a quarter, from the pole
        ((0, 179.5, 0, -179.5), 111.2),  # a degree, over the line where dates change
        ((*PLACES["paris"], *PLACES["lyon"]), 393.0),
        ((*PLACES["lyon"], *PLACES["lyon"]), 0.0),
    ],
)
def test_great_circle(ends: tuple[float, float, float, float], kilometres: float) -> None:
    assert great_circle(*ends) == pytest.approx(kilometres, abs=1.0)
    assert great_circle(*ends[2:], *ends[:2]) == pytest.approx(great_circle(*ends))


def test_the_nearest_territories_count_and_are_cited() -> None:
    rows = [aspect("a", "territory", "paris"), aspect("b", "territory", "lyon"), aspect("b", "territory", "reims")]
    found = distances(*rows).between("a", "b")
    assert found
    assert found.between == ("paris", "reims")
    assert found.kilometres == pytest.approx(130, abs=3)
    assert {str(row["claim"]) for row in found.evidence} == {
        "claim/paris-lat", "claim/paris-long", "claim/reims-lat", "claim/reims-long",
        "claim/a-territory-paris-", "claim/b-territory-reims-",
    }  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        aspect("b", "territory", "nowhere"),  # no point
        aspect("b", "territory", "lyon", "event"),  # where an event is, not the body
        aspect("b", "territory", "paris"),  # one territory: a territory is no point
        aspect("c", "territory", "lyon"),  # nothing known of b
    ],
)
def test_unknown_stays_unknown(row: Row) -> None:
    assert distances(aspect("a", "territory", "paris"), row).between("a", "b") is None


def test_a_distance_is_told_and_weighs_nothing() -> None:
    points = [*point("r1", *PLACES["paris"]), *point("r2", *PLACES["lyon"])]
    told = world()
    object.__setattr__(told, "points", points)
    (best, *_), (plain, *_) = Advice(told).best(None), Advice(world()).best(None)
    (reason,) = (one for one in best.reasons if one.name == "distance")
    assert (reason.family, reason.points, reason.about) == ("territory", 0.0, ("r1", "r2"))
    assert reason.kilometres == pytest.approx(393, abs=1)
    assert {row["claim"] for row in points} <= reason.statements <= set(statements_of(told))
    assert best.score == plain.score
    less = without(told, {"claim/r1-lat"})
    assert not any(one.name == "distance" for one in Advice(less).suggestion("ann", "ben").reasons)
