"""Answers given a page at a time, as Explore v2.1 and OpenAgenda v2 give them."""

import json
from typing import Any

import pytest

from tests.sources.fetch import site as answers
from tests.sources.fetch.conftest import Home, Refused
from tests.sources.fetch.site import Answer, Handler, Site

EXPLORE = {"pages": "explore", "fields": ["id"]}
AGENDA = {"pages": "openagenda", "fields": ["uid"]}


def explore(count: int, **told: Any) -> Answer:
    """Opendatasoft: no more than 100 records a page."""

    def answer(request: Handler) -> None:
        begin, most = (int(request.query[name][0]) for name in ("offset", "limit"))
        results = [{"id": number} for number in range(count)][begin : begin + min(most, 100)]
        answers.bare(json.dumps({"total_count": count, "results": results} | told).encode())(request)

    return answer


def agenda(count: int) -> Answer:
    """OpenAgenda: the cursor is a list of two values, null after the last page."""

    def answer(request: Handler) -> None:
        begin, most = int(request.query.get("after[]", ["0", ""])[0]), int(request.query["size"][0])
        events = [{"uid": number} for number in range(count)][begin : begin + most]
        after = [begin + len(events), "x"] if begin + len(events) < count else None
        answers.bare(json.dumps({"total": count, "events": events, "after": after}).encode())(request)

    return answer


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (100, 1), (250, 3)])
def test_pages_make_one_file_of_the_same_shape(home: Home, site: Site, count: int, pages: int) -> None:
    site.answers["/x.json"] = explore(count)
    fetched = home.fetch(home.files(site, x__json=EXPLORE))
    found = json.loads((fetched.folder / "x.json").read_bytes())
    assert found == {"results": [{"id": number} for number in range(count)], "total_count": count}
    assert (fetched.files["x.json"].records, len(site.asked)) == (count, pages)
    assert fetched.files["x.json"].address == f"{site.address}/x.json"


@pytest.mark.parametrize(("count", "pages"), [(300, 1), (650, 3)])
def test_a_cursor_is_followed(home: Home, site: Site, count: int, pages: int) -> None:
    site.answers["/x.json"] = agenda(count)
    fetched = home.fetch(home.files(site, x__json=AGENDA))
    assert (fetched.files["x.json"].records, len(site.asked)) == (count, pages)


def test_the_address_keeps_its_own_question(home: Home, site: Site) -> None:
    site.answers["/x.json"] = explore(150)
    home.fetch(
        home.files(site, x__json=EXPLORE | {"address": f"{site.address}/x.json?where=a%3D%22b%20c%22&order_by=id"})
    )
    assert [request.query["where"] for request in site.asked] == [['a="b c"']] * 2
    assert [request.query["offset"] for request in site.asked] == [["0"], ["100"]]


FAULTS = {
    "repeated": (explore(250, results=[{"id": 1}]), "the same page came twice"),
    "short": (explore(100, total_count=150), "100 records received, 150 announced"),
    "deep": (explore(20_000), "Give the /exports/json address"),
    "no-records": (
        explore(10, results=None),
        "nothing at “results, total_count” that is a list of records. The server answers another question",
    ),
    "no-total": (
        explore(10, total_count="ten"),
        "nothing at “results, total_count” that is a list of records. The server answers another question",
    ),
    "changed": (answers.in_turn(explore(250), explore(251)), "the total went from 250 to 251"),
    "html": (answers.bare(b"<!DOCTYPE html><p>Sorry"), "This is an HTML page"),
    "quote": (answers.bare(b'{"total_count": 1, "results": [{"id": "a"b"}]}'), "cannot be read"),
    "list": (
        answers.bare(b"[]"),
        "nothing at “results, total_count” that is a list of records. The server answers another question",
    ),
    "large": (explore(250, note="x" * 40_000), "over 100000 bytes over all pages"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_pages_that_do_not_add_up_are_refused(home: Home, site: Site, refused: Refused, fault: str) -> None:
    answer, said = FAULTS[fault]
    site.answers["/x.json"] = answer
    (found,) = refused(home.files(site, x__json=EXPLORE | {"most_bytes": 100_000 if fault == "large" else 10**7}))
    assert found.startswith("source/x.json: ")
    assert said in found


def test_a_page_that_breaks_off_is_asked_for_again(home: Home, site: Site) -> None:
    broken = answers.in_turn(answers.cut(b'{"total_count"' * 100, 50), answers.status(500), explore(150))
    site.answers["/x.json"] = broken
    assert home.fetch(home.files(site, x__json=EXPLORE)).files["x.json"].records == 150


def test_a_copy_of_the_file_is_taken_whole(home: Home, site: Site) -> None:
    """From another origin, the pages are together already."""
    site.answers["/copy/x.json"] = answers.file(b'{"total_count": 1, "results": [{"id": 1}]}')
    fetched = home.fetch(home.files(site, x__json=EXPLORE), f"{site.address}/copy/")
    assert fetched.files["x.json"].address == f"{site.address}/copy/x.json"
    assert site.asked[0].query == {}
