"""A source that is asked: batches of codes, whole answers kept until all have come."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from maillage.assets import CHECKOUT
from maillage.sources.card import Card
from maillage.sources.fetch.client import AGENT
from maillage.sources.fetch.run import fetch
from tests.conftest import ROOT
from tests.refusals import raises
from tests.sources.fetch import site as answers
from tests.sources.fetch.asking import HELD, PLAIN, answering, asked, asked_about, by_code, card_of, cells
from tests.sources.fetch.conftest import Home
from tests.sources.fetch.site import Handler, Site
from tests.sources.questions import answering_server


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with answering_server(tmp_path_factory.mktemp("wikidata")) as address:
        yield address


# --- a real server -------------------------------------------------------------------------------------


@pytest.mark.needs("oxigraph-server")
def test_bodies_are_asked_about_in_batches(home: Home, endpoint: str) -> None:
    steps: list[tuple[str, int, int | None]] = []
    card = card_of(home, endpoint, fields=["item", "code"])
    fetched = fetch(card, home.out, None, home.client(), told=lambda *step: steps.append(step), codes=lambda _: HELD)
    assert steps == [("bodies.json", 1, 2), ("bodies.json", 2, 2)]
    entity = "http://www.wikidata.org/entity/"
    assert {tuple(sorted(row.items())) for row in cells(fetched)} == {
        (("code", "213801855"), ("item", f"{entity}Q9001"), ("website", "https://ville.example.org/")),
        (("code", "213801855"), ("item", f"{entity}Q9001"), ("website", "https://ville.example.org/en")),
        (
            ("code", "213801855"),
            ("item", f"{entity}Q9001"),
            ("website", "http://www.wikidata.org/.well-known/genid/0a1b"),
        ),
        (("code", "213801855"), ("item", f"{entity}Q9001"), ("ror", "05abc1234")),
        (("code", "213801855"), ("item", f"{entity}Q9001"), ("pic", "999000111")),
        (("code", "213801855"), ("item", f"{entity}Q9001"), ("pic", "999000222")),
        (("code", "200040715"), ("item", f"{entity}Q9002"), ("ror", "05abc")),
        (
            ("code", "200040715"),
            ("coordinates", "Point(6.0 45.501234567890123456789)"),
            ("item", f"{entity}Q9002"),
        ),
        (("code", "200040715"), ("item", f"{entity}Q9002"), ("pic", "999000333")),
        (("code", "213801855"), ("coordinates", "Point(5.7243 45.1821)"), ("item", f"{entity}Q9001")),
        (("code", "213801855"), ("item", f"{entity}Q9001"), ("parentCode", "200040715")),
        (("code", "213801855"), ("item", f"{entity}Q9001"), ("parentCode", "111111111")),
        (("code", "200040715"), ("item", f"{entity}Q9002"), ("parentCode", "200040715")),
    }
    record = fetched.files["bodies.json"]
    assert (record.records, record.address) == (13, endpoint)
    assert record.fetched_at == record.first_fetched


@pytest.mark.needs("oxigraph-server")
def test_the_same_answers_are_the_same_bytes(home: Home, endpoint: str) -> None:
    first = asked(home, card_of(home, endpoint))
    again = asked(home, card_of(home, endpoint, batch=1), list(reversed(HELD)))
    assert again.unchanged == {"bodies.json"}
    assert again.files["bodies.json"].first_fetched == first.files["bodies.json"].first_fetched


@pytest.mark.needs("oxigraph-server")
def test_a_person_is_not_asked_for(home: Home, endpoint: str) -> None:
    fetched = asked(home, card_of(home, endpoint), ["219506078", "130025265"])
    assert {row["code"] for row in cells(fetched)} == {"130025265"}


@pytest.mark.needs("oxigraph-server")
def test_any_endpoint_is_asked_by_a_card(home: Home, endpoint: str) -> None:
    """Another vocabulary, and a question that asks about no code."""
    text = (CHECKOUT / "tests" / "sources" / "fetch" / "agencies.rq").read_text("utf-8")
    card = card_of(home, endpoint, text, codes=None, batch=None, fields=["agency", "name"])
    fetched = asked(home, card, [])
    assert [row["name"] for row in cells(fetched)] == ["Agence Un", "Agence Deux", "Agence du numérique"]


# --- how it is asked -----------------------------------------------------------------------------------


def test_the_request_is_the_protocol_s_and_says_who_asks(
    home: Home, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers["/sparql"] = answering({"item": "a", "code": "1"})
    monkeypatch.setenv("MAILLAGE_CONTACT", "lab@example.org\r\nX-Other: 1")
    asked(home, card_of(home, f"{site.address}/sparql", PLAIN), ["1"])
    (request,) = site.asked
    assert (request.command, list(request.form)) == ("POST", ["query"])
    assert asked_about(request) == PLAIN.replace("UNDEF", '"1"')
    assert request.headers["Accept"] == "application/sparql-results+json"
    assert request.headers["User-Agent"] == f"{AGENT[:-1]}; lab@example.orgX-Other: 1)"


def test_a_code_cannot_change_the_question(home: Home, site: Site) -> None:
    hostile = '1" } } # \\'
    site.answers["/sparql"] = answering({"item": "a", "code": hostile})
    asked(home, card_of(home, f"{site.address}/sparql", PLAIN), [hostile])
    assert asked_about(site.asked[0]) == PLAIN.replace("UNDEF", '"1\\" } } # \\\\"')


def test_a_busy_server_is_waited_for_as_long_as_it_says(home: Home, site: Site) -> None:
    site.answers["/sparql"] = answers.in_turn(
        answers.status(429, Retry_After="7"), answering({"item": "a", "code": "1"})
    )
    fetched = asked(home, card_of(home, f"{site.address}/sparql", PLAIN), ["1"])
    assert (len(site.asked), home.waits, fetched.files["bodies.json"].records) == (2, [7.0], 1)


def test_batches_keep_their_distance(home: Home, site: Site) -> None:
    site.answers["/sparql"] = by_code()
    spec = {"address": f"{site.address}/sparql", "question": "asked.rq", "codes": "SIREN", "batch": 1}
    card = home.card({"pause": 60, "files": {"bodies.json": spec}})
    (card.folder / "asked.rq").write_text(PLAIN, encoding="utf-8")
    asked(home, card, ["1", "2", "3"])
    assert [round(wait) for wait in home.waits] == [60, 60]


def cut_short(home: Home, site: Site, card: Card, codes: list[str], refused: str) -> list[Path]:
    """The answers kept of a fetch that the batch with a refused code ended; from now on the server answers all."""
    site.answers["/sparql"] = by_code(refused)
    with raises("server-busy"):
        asked(home, card, codes, attempts=1)
    site.answers["/sparql"] = by_code()
    del site.asked[:]
    return list((home.out / "fetched" / ".partial" / "source").glob("*.piece"))


def test_a_fetch_that_was_cut_short_goes_on_with_the_batches_left(home: Home, site: Site) -> None:
    card, codes = card_of(home, f"{site.address}/sparql", PLAIN), ["1", "2", "3", "4", "5"]
    cut_short(home, site, card, codes, refused="4")
    assert [row["code"] for row in cells(asked(home, card, codes))] == codes
    assert len(site.asked) == 2
    assert not any('"1"' in asked_about(request) for request in site.asked)


def test_a_fetch_that_was_killed_goes_on_with_the_batches_left(home: Home, site: Site) -> None:
    card, second = card_of(home, f"{site.address}/sparql", PLAIN), Event()

    def hang(request: Handler) -> None:
        second.set()
        site.hung_up.wait(20)

    site.answers["/sparql"] = answers.in_turn(by_code(), hang)
    code = (
        "import sys\nfrom pathlib import Path\nfrom maillage.sources.card import read_card\n"
        "from maillage.sources.fetch.client import Client\nfrom maillage.sources.fetch.run import fetch\n"
        "fetch(read_card('source'), Path(sys.argv[1]), client=Client(True), codes=lambda _: ['1', '2', '3'])"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(home.out)], cwd=ROOT) as process:
        assert second.wait(60)
        process.kill()
    site.hung_up.set()
    assert not (home.out / "fetched" / "source").exists()
    site.answers["/sparql"] = by_code()
    del site.asked[:]
    assert [row["code"] for row in cells(asked(home, card, ["1", "2", "3"]))] == ["1", "2", "3"]
    assert ['"3"' in asked_about(request) for request in site.asked] == [True]


def test_an_answer_of_another_day_is_asked_for_anew(home: Home, site: Site) -> None:
    card, codes = card_of(home, f"{site.address}/sparql", PLAIN), ["1", "2", "3"]
    (piece,) = cut_short(home, site, card, codes, refused="3")
    os.utime(piece, (time.time() - 90_000,) * 2)
    fetched = asked(home, card, codes)
    assert len(site.asked) == 2
    assert fetched.files["bodies.json"].fetched_at[:4] == time.strftime("%Y", time.gmtime())


def test_the_copy_is_as_old_as_its_oldest_answer(home: Home, site: Site) -> None:
    card, codes = card_of(home, f"{site.address}/sparql", PLAIN), ["1", "2", "3"]
    (piece,) = cut_short(home, site, card, codes, refused="3")
    before = time.time() - 7_200
    os.utime(piece, (before, before))
    said = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(before))
    assert asked(home, card, codes).files["bodies.json"].fetched_at == said
