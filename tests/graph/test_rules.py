"""What rules derive is no stronger than what they read: who met, who is to meet, who is of one line, on a given day."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from maillage.graph.rules import MERGED, Rule, apply_rules, read_rules
from maillage.terms import MAI, XSD
from tests.cases import TODAY
from tests.graph.after import after
from tests.queries.golden import WORLD

EX = "https://example.org/"
RULES = {"dating", "lineage", "first-day", "last-day", "met", "planned-together", "same-programme"}
DAYS = """
    PREFIX ex: <https://example.org/>
    CONSTRUCT { ?event ex:past true }
    WHERE { VALUES ?today { UNDEF } ?event ex:day ?day FILTER(?day < ?today) }
"""
MET = {
    "lab town", "agency lab", "prefecture region", "agency-beside lab", "agency-beside town", "agency-beside region",
}  # fmt: skip
PLANNED = {"region town", "lab region", "lab prefecture", "agency region"}
SAME_PROGRAMME = {"secretariat town", "prefecture town"}
LINES = {
    "prefecture secretariat", "office-of-secretariat secretariat", "office-of-secretariat prefecture",
    "agency-before agency-before-that", "agency agency-before", "agency agency-before-that",
    "agency-before agency-beside", "agency-before-that agency-beside", "agency-before service-of-agency-before",
    "agency service-of-agency-before", "agency-beside service-of-agency-before",
    "agency-before-that service-of-agency-before",
}  # fmt: skip


def test_a_rule_is_told_the_day() -> None:
    store = ox.Store()
    for day in ("2021-11-03", "2021-11-04", "2021-11-05"):
        typed = ox.Literal(day, datatype=ox.NamedNode(f"{XSD}date"))
        store.add(ox.Quad(ox.NamedNode(EX + day), ox.NamedNode(EX + "day"), typed, MERGED))
    rule = Rule("past", Path("90-past.rq"), DAYS, {})
    added, findings = apply_rules(store, [rule], "2021-11-04")
    assert (added, findings) == ({"past": 1}, [])
    past = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(EX + "past"), None, MERGED)}
    assert past == {ox.NamedNode(EX + "2021-11-03")}


@cache
def world(today: str = TODAY) -> ox.Store:
    return after("meetings.ttl", RULES, today)


def pairs(name: str, today: str = TODAY) -> set[str]:
    """The pairs, each once, which the rule must have written both ways round."""
    both = set(_ends(name, today))
    assert both == {(b, a) for a, b in both}
    return {f"{a} {b}" for a, b in both if a < b}


def _ends(name: str, today: str) -> Iterator[tuple[str, str]]:
    for quad in world(today).quads_for_pattern(None, ox.NamedNode(MAI + name), None, MERGED):
        assert isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
        yield quad.subject.value.removeprefix(EX), quad.object.value.removeprefix(EX)


def test_who_was_present_at_one_past_activity_has_met() -> None:
    assert pairs("met") == MET


def test_who_is_expected_at_one_that_is_not_past_is_to_meet() -> None:
    assert pairs("plannedTogether") == PLANNED


def test_one_programme_is_no_meeting() -> None:
    assert pairs("sameProgramme") == SAME_PROGRAMME


def test_lines_go_up_services_and_along_successions_one_way() -> None:
    assert pairs("lineage") == LINES


def test_what_was_planned_is_past_on_a_later_day() -> None:
    assert pairs("met", "2027-01-01") == MET | PLANNED
    assert pairs("plannedTogether", "2027-01-01") == set()
    assert pairs("met", "2019-01-01") == set()


def test_the_small_world_of_the_questions_is_as_the_rules_draw_it() -> None:
    """`world.trig` says by hand, on a day of 2022, what the questions then read."""
    names = [ox.NamedNode(MAI + name) for name in ("lineage", "met", "plannedTogether", "sameProgramme")]
    store = ox.Store()
    store.load(WORLD.read_bytes(), format=ox.RdfFormat.TRIG)
    written = {quad for name in names for quad in store.quads_for_pattern(None, name, None, MERGED)}
    for quad in written:
        store.remove(quad)
    apply_rules(store, [rule for rule in read_rules()[0] if rule.name in RULES], "2022-06-01")
    assert {quad for name in names for quad in store.quads_for_pattern(None, name, None, MERGED)} == written
