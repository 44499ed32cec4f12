"""What no day is known of bears the year of its page, and nothing is drawn from that year."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from maillage.graph.rules import MERGED
from maillage.terms import MAI
from tests.cases import TODAY
from tests.doors.truth import Build
from tests.graph.after import after
from tests.graph.test_ties import RULES, told

YEARS = {"told": "2019", "told-1": "2014", "told-2": "2016", "half": "2014", "half-2": "2016"}
TIES = {
    "contribution alpha > beta told; ;  ; page; ",
    "contribution alpha > beta dated; ; 2011-03-04 2011-03-04; activity; held",
    "contribution alpha > beta half; ; 2013 ; participation; held",
    "contribution alpha > beta undated; ;  ; ; ",
}
DAYS = {"told-1", "told-2", "undated-1", "undated-2"}


@cache
def world() -> ox.Store:
    rules = RULES | {"page-year", "tie-page-year", "met", "planned-together"}
    return after("page-years.ttl", rules, TODAY)


def pairs(name: str) -> dict[str, str]:
    found = world().quads_for_pattern(None, ox.NamedNode(f"{MAI}{name}"), None, MERGED)
    return {str(quad.subject).strip("<>").rpartition("/")[2]: getattr(quad.object, "value", "") for quad in found}


def test_what_no_day_is_known_of_bears_the_year_of_its_page() -> None:
    years = pairs("pageYear")
    assert years.pop("contribution") == "2016"  # of the tie: when the later of its two ends is told
    assert years == YEARS


def test_a_tie_says_that_only_its_page_is_dated() -> None:
    assert {told(tie) for tie in Build(Path(), world()).ties} == TIES


def test_nothing_is_drawn_from_the_year_of_a_page() -> None:
    assert pairs("firstDay").keys() & DAYS == pairs("lastDay").keys() & DAYS == set()
    assert pairs("met") == {"alpha": pairs("met")["alpha"], "beta": pairs("met")["beta"]}  # at what is dated
    assert pairs("plannedTogether") == {}
