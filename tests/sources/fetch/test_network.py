"""Files over HTTP: what changed is taken, what broke is resumed, what is too much is refused."""

import gzip
import json
from pathlib import Path

import pytest

from maillage.sources.fetch.client import AGENT
from tests.refusals import raises
from tests.sources.fetch import site as answers
from tests.sources.fetch.conftest import Home, Refused
from tests.sources.fetch.site import Site

PEOPLE = json.dumps([{"id": number, "name": "é" * 50} for number in range(2000)], ensure_ascii=False).encode()


def test_a_file_is_taken_with_all_that_says_where_it_is_from(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.file(PEOPLE)
    fetched = home.fetch(home.files(site, x__json={"fields": ["id", "name"], "least": 2000}))
    taken = fetched.files["x.json"]
    assert (fetched.folder / "x.json").read_bytes() == PEOPLE
    assert (taken.records, taken.bytes, taken.address) == (2000, len(PEOPLE), f"{site.address}/x.json")
    assert (taken.etag, taken.last_modified) == (answers.etag_of(PEOPLE), answers.MODIFIED)
    assert taken.fetched_at == taken.first_fetched
    assert site.asked_for("User-Agent") == [AGENT]


def test_a_file_that_did_not_change_is_not_sent_again(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.file(PEOPLE)
    card = home.files(site, x__json={})
    first = home.fetch(card)
    again = home.fetch(card)
    assert site.asked_for("If-None-Match") == [None, answers.etag_of(PEOPLE)]
    assert site.asked_for("If-Modified-Since") == [None, answers.MODIFIED]
    assert again.unchanged == {"x.json"}
    assert again.files["x.json"].first_fetched == first.files["x.json"].first_fetched
    assert (again.folder / "x.json").read_bytes() == PEOPLE


def test_a_last_copy_that_somebody_changed_is_asked_for_anew(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.file(PEOPLE)
    card = home.files(site, x__json={})
    (home.fetch(card).folder / "x.json").write_bytes(b"[]")
    assert (home.fetch(card).folder / "x.json").read_bytes() == PEOPLE
    assert site.asked_for("If-None-Match") == [None, None]


def test_a_broken_transfer_goes_on_where_it_stopped(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.in_turn(
        answers.cut(PEOPLE, 70_000), answers.cut(PEOPLE, 50_000), answers.file(PEOPLE)
    )
    assert (home.fetch(home.files(site, x__json={})).folder / "x.json").read_bytes() == PEOPLE
    assert site.asked_for("Range") == [None, "bytes=70000-", "bytes=120000-"]
    assert site.asked_for("If-Range") == [None, *[answers.etag_of(PEOPLE)] * 2]


def test_another_version_meanwhile_is_taken_from_its_beginning(home: Home, site: Site) -> None:
    newer = PEOPLE.replace(b'"id": 1,', b'"id": 7,')
    site.answers["/x.json"] = answers.in_turn(answers.cut(PEOPLE, 70_000), answers.file(newer))
    assert (home.fetch(home.files(site, x__json={})).folder / "x.json").read_bytes() == newer


def test_a_server_that_sends_the_rest_of_another_version_is_not_believed(home: Home, site: Site) -> None:
    newer = PEOPLE.replace(b'"id": 1999,', b'"id": 7,')
    site.answers["/x.json"] = answers.in_turn(
        answers.cut(PEOPLE, 70_000), answers.cut(newer, 10**6), answers.file(newer)
    )
    assert (home.fetch(home.files(site, x__json={})).folder / "x.json").read_bytes() == newer
    assert site.asked_for("Range") == [None, "bytes=70000-", None]


def test_a_rest_that_is_cut_itself_goes_on_again(home: Home, site: Site) -> None:
    def rest_in_thousands(request: answers.Handler) -> None:
        begin = int(request.headers["Range"].removeprefix("bytes=").rstrip("-"))
        piece = PEOPLE[begin : begin + 100_000]
        told = {
            "ETag": answers.etag_of(PEOPLE),
            "Content-Range": f"bytes {begin}-{begin + len(piece) - 1}/{len(PEOPLE)}",
        }
        request.reply(206, told, piece)

    site.answers["/x.json"] = answers.in_turn(answers.cut(PEOPLE, 70_000), rest_in_thousands)
    assert (home.fetch(home.files(site, x__json={})).folder / "x.json").read_bytes() == PEOPLE
    assert len(site.asked) == 3


@pytest.mark.parametrize("code", [304, 206, 416])
def test_an_answer_to_another_question_is_no_file(home: Home, site: Site, code: int) -> None:
    site.answers["/x.json"] = answers.status(code)
    with raises("transfer-broken", match=f"HTTP {code}"):
        home.fetch(home.files(site, x__json={}))


def test_a_weak_etag_resumes_nothing(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.in_turn(
        lambda request: request.reply(200, {"ETag": 'W/"a"', "Content-Length": "999999"}, PEOPLE[:10]),
        answers.bare(PEOPLE),
    )
    assert (home.fetch(home.files(site, x__json={})).folder / "x.json").read_bytes() == PEOPLE
    assert site.asked_for("Range") == [None, None]


def test_a_body_shorter_than_announced_is_no_file(home: Home, site: Site) -> None:
    site.answers["/x.json"] = lambda request: request.reply(200, {"Content-Length": "99"}, b"[1]")
    with raises("transfer-broken"):
        home.fetch(home.files(site, x__json={}))
    assert len(site.asked) == 5


def test_a_server_in_trouble_is_asked_again_after_longer_and_longer_waits(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.in_turn(*[answers.status(code) for code in (500, 502, 503)], answers.file(PEOPLE))
    home.fetch(home.files(site, x__json={}), first_wait=1.0)
    assert [int(wait) for wait in home.waits] == [1, 2, 4]


def test_a_server_that_says_when_to_come_back_is_obeyed(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.in_turn(answers.status(429, Retry_After="7"), answers.file(PEOPLE))
    home.fetch(home.files(site, x__json={}))
    assert home.waits == [7]


def test_a_server_that_says_a_date_to_come_back_is_obeyed(home: Home, site: Site) -> None:
    past = "Sun, 06 Nov 1994 08:49:37 GMT"
    site.answers["/x.json"] = answers.in_turn(answers.status(503, Retry_After=past), answers.file(PEOPLE))
    home.fetch(home.files(site, x__json={}))
    assert home.waits == [0]


def test_a_server_that_asks_for_an_hour_is_left_alone(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.status(429, Retry_After="3600")
    with raises("server-busy", match="429"):
        home.fetch(home.files(site, x__json={}))
    assert (len(site.asked), home.waits) == (1, [])


def test_a_refusal_is_not_asked_again(home: Home, site: Site) -> None:
    with raises("request-refused", match="404"):
        home.fetch(home.files(site, x__json={}))
    assert len(site.asked) == 1


def test_two_requests_to_one_host_keep_their_distance(home: Home, site: Site) -> None:
    site.answers |= dict.fromkeys(("/x.json", "/y.json"), answers.file(PEOPLE))
    files = {name: {"address": f"{site.address}/{name}"} for name in ("x.json", "y.json")}
    home.fetch(home.card({"pause": 60, "files": files}))
    assert len(home.waits) == 1
    assert 50 < home.waits[0] <= 60


def test_a_file_may_come_compressed(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.zipped(PEOPLE)
    fetched = home.fetch(home.files(site, x__json={}))
    assert (fetched.folder / "x.json").read_bytes() == PEOPLE
    assert fetched.files["x.json"].bytes == len(PEOPLE)


def test_a_compressed_file_is_kept_as_it_is(home: Home, site: Site) -> None:
    body = gzip.compress(b"id;name\n1;a\n2;b\n")
    site.answers["/x.csv.gz"] = answers.file(body)
    fetched = home.fetch(home.files(site, x__csv__gz={"fields": ["id", "name"]}))
    assert site.asked_for("Accept-Encoding") == ["identity"]
    assert fetched.files["x.csv.gz"].records == 2
    assert (fetched.folder / "x.csv.gz").read_bytes() == body


def test_a_bomb_of_2_gb_stops_at_the_limit(home: Home, site: Site, refused: Refused) -> None:
    site.answers["/x.json"] = answers.bomb(32)
    (said,) = refused(home.files(site, x__json={"most_bytes": 5_000_000}))
    assert "source/x.json: The file is over 5000000 bytes once read." in said
    assert _most_on_disk(home) <= 5_000_000


def test_a_table_that_is_a_bomb_stops_at_the_limit(home: Home, site: Site, refused: Refused) -> None:
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 16_000_000, 1)
    site.answers["/x.csv.gz"] = answers.file(packed)
    (said,) = refused(home.files(site, x__csv__gz={"most_bytes": 5_000_000}))
    assert "over 5000000 bytes once read" in said


def test_a_body_without_end_stops_at_the_limit(home: Home, site: Site, refused: Refused) -> None:
    def endless(request: answers.Handler) -> None:
        request.send_response(200)
        request.send_header("Connection", "close")
        request.end_headers()
        while not site.hung_up.is_set():
            request.send(bytes(100_000))

    site.answers["/x.json"] = endless
    (said,) = refused(home.files(site, x__json={"most_bytes": 1_000_000}))
    assert "over 1000000 bytes on the wire" in said


def test_a_length_over_the_limit_is_refused_before_the_body(home: Home, site: Site, refused: Refused) -> None:
    site.answers["/x.json"] = lambda request: request.reply(200, {"Content-Length": "999999999"})
    assert "on the wire" in refused(home.files(site, x__json={"most_bytes": 1000}))[0]


def test_a_file_that_takes_too_long_is_given_up(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.file(PEOPLE)
    with raises("too-slow"):
        home.fetch(home.files(site, x__json={}), total=-1.0)
    assert len(site.asked) == 1


def test_a_coding_that_nobody_asked_for_is_refused(home: Home, site: Site, refused: Refused) -> None:
    site.answers["/x.json"] = lambda request: request.reply(200, {"Content-Encoding": "br"}, b"x")
    assert "Content-Encoding: br" in refused(home.files(site, x__json={}))[0]


@pytest.mark.needs("shared")
def test_real_files_by_a_real_server(home: Home, site: Site, shared: Path, refused: Refused) -> None:
    """Compressed, broken off and resumed, unchanged, then with the quote that beta.gouv.fr does not escape."""
    startups = (shared / "data" / "betagouv" / "startups.json").read_bytes()
    epci = (shared / "data" / "cog_etalab" / "epci.json").read_bytes()
    site.answers |= {"/startups.json": answers.zipped(startups)}
    site.answers |= {"/epci.json": answers.in_turn(answers.cut(epci, 2_000_000), answers.file(epci))}
    fields = ["id", "type", "attributes.name", "relationships"]
    card = home.files(site, startups__json={"records": "data", "fields": fields, "least": 300}, epci__json={})
    fetched = home.fetch(card)
    assert {name: file.records for name, file in fetched.files.items()} == {"startups.json": 662, "epci.json": 1255}
    assert (fetched.folder / "startups.json").read_bytes() == startups
    assert home.fetch(card).unchanged == {"startups.json", "epci.json"}
    site.answers["/startups.json"] = answers.file(startups.replace(b'"name": "', b'"name": "a "quote" in ', 1))
    (said,) = refused(card)
    assert "source/startups.json:10: The JSON file cannot be read" in said
    assert (fetched.folder / "startups.json").read_bytes() == startups


def _most_on_disk(home: Home) -> int:
    return max(path.stat().st_size for path in Path(home.out).rglob("*") if path.is_file())
