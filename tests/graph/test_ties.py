"""What the rules decide of a tie: kind, direction, certainty, days and where they come from, held or planned."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from maillage.graph.rules import MERGED
from maillage.terms import MAI, PARTIES, iri
from tests.cases import TODAY
from tests.doors.truth import Build, Tie
from tests.graph.after import after

RULES = {
    "dating", "lineage", "first-day", "last-day", "parties", "tie", "carrying", "tie-certainty", "tie-first-day",
    "tie-last-day", "tie-dating", "tie-occurrence", "partnership", "partnership-summary", "partnership-days",
}  # fmt: skip
# Kind, direction, activity; certainty; first and last day; dated by; on 30 November 2026.
TIES = {
    "contribution beta > alpha helped; implied; 2026-11-29 ; activity; held",
    "co-organisation alpha - beta together; stated; 2027-01-10 ; activity; planned",
    "co-carrying alpha - beta lab; ambiguous;  ; ; ",
    "carrying alpha > lab lab; ambiguous;  ; ; ",
    "carrying beta > lab lab; stated;  ; ; ",
    "co-sponsoring alpha - beta sponsored; stated;  ; ; ",
    "incubation beta > alpha incubated; stated;  ; ; ",
    "contribution alpha > beta unread; ;  ; ; ",
    "contribution alpha > beta half-read; ;  ; ; ",
    "contribution alpha > beta read-twice; implied;  ; ; ",
    "contribution alpha > beta own; ; 2016-05-01 2016; participation; held",
    "contribution alpha > beta during; ; 2021-11-02 2021-11-30; edition; held",
    "contribution alpha > beta under-way; ; 2026 ; activity; ",
    "contribution alpha > beta only-announced; ; 2020 ; activity; ",
    *(f"contribution alpha > {other} eight; ;  ; ; " for other in ("beta", "c1", "c2", "c3", "c4", "c5", "c6")),
}
NINE = {f"contribution alpha > {other} nine; ;  ; ; " for other in ("beta", "c1", "c2", "c3", "c4", "c5", "c6", "c7")}


TOO_MANY = ox.NamedNode(f"{MAI}parties")


@cache
def world(today: str = TODAY, largest: int = PARTIES) -> ox.Store:
    return after("ties.ttl", RULES, today, largest)


def told(tie: Tie) -> str:
    start, goal, activity = (iri.rpartition("/")[2] for iri in (tie.start, tie.goal, tie.activity))
    days = f"{tie.first} {tie.last}"
    way = ">" if tie.directed else "-"
    parts = (f"{tie.kind} {start} {way} {goal} {activity}", tie.certainty, days, tie.dating, tie.occurrence)
    return "; ".join(parts)


def test_a_tie_is_what_its_participations_make_it() -> None:
    assert {told(tie) for tie in Build(Path(), world()).ties} == TIES


def test_what_was_planned_is_held_on_a_later_day() -> None:
    later = {told(tie) for tie in Build(Path(), world("2027-02-01")).ties}
    assert later - TIES == {
        "co-organisation alpha - beta together; stated; 2027-01-10 ; activity; held",
        "contribution alpha > beta under-way; ; 2026 ; activity; held",
    }


def test_an_activity_of_more_than_eight_parties_makes_no_tie_unless_asked() -> None:
    nine, count = ox.NamedNode(iri("event", "nine")), ox.Literal(9)
    assert list(world().quads_for_pattern(None, TOO_MANY, None, MERGED)) == [ox.Quad(nine, TOO_MANY, count, MERGED)]
    assert {told(tie) for tie in Build(Path(), world(largest=9)).ties} == TIES | NINE
