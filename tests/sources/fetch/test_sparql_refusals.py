"""A source that is asked: answers that will not do leave the last copy, and cards that will not do are said."""

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.errors import FindingsError, MissingFile
from maillage.sources.fetch.run import fetch
from tests.refusals import raises
from tests.sources.fetch import site as answers
from tests.sources.fetch.asking import PLAIN, answering, asked, asked_about, by_code, card_of, cells
from tests.sources.fetch.conftest import Home, Refused
from tests.sources.fetch.site import Site


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answers.bare(b"<!DOCTYPE html><html>error</html>", "text/html"), "This is an HTML page"),
        (answers.bare(b'{"head": {"vars": ["item", "code"]}, "results": {"bindings": [{"it'), "cannot be read"),
        (answers.bare(b'{"head": {"vars": null}, "results": {"bindings": []}}'), "nothing at “results.bind"),
        (answers.bare(b'{"error": "no"}'), "nothing at “results.bindings”"),
        (answers.bare(b'{"head": {"vars": ["item", "code"]}, "results": {"bindings": {}}}'), "nothing at “results.b"),
        (answers.bare(b'{"head": {"vars": ["item", "code"]}, "results": {"bindings": ["x"]}}'), "nothing at “results"),
        (answering({"item": "a", "code": "1"}, columns=("item",)), "lacks the column “code”"),
        (answering({"item": "a", "code": "8"}), "speaks of “8”"),
        (answering({"item": "a"}), "speaks of “”"),
        (answering(), "Only 0 record(s)"),
        (answers.bare(b" " * 3000), "is over 2000 bytes on the wire"),
    ],
)
def test_an_answer_that_will_not_do_leaves_the_last_copy(home: Home, site: Site, answer: Any, said: str) -> None:
    card = card_of(home, f"{site.address}/sparql", PLAIN, most_bytes=2000)
    site.answers["/sparql"] = answering({"item": "a", "code": "1"})
    before = cells(asked(home, card, ["1"]))
    site.answers["/sparql"] = answer
    with pytest.raises(FindingsError) as error:
        asked(home, card, ["1"])
    (finding,) = error.value.findings
    assert said in finding.sentence("en")
    assert finding.sentence("fr") != finding.sentence("en")
    assert finding.file == "source/bodies.json"
    site.answers["/sparql"] = answering({"item": "b", "code": "1"})
    assert (before, cells(asked(home, card, ["1"]))) == (
        [{"item": "a", "code": "1"}],
        [{"item": "b", "code": "1"}],
    )


def test_half_of_the_rows_is_asked_for_anew_and_taken_when_it_is_accepted(home: Home, site: Site) -> None:
    card = card_of(home, f"{site.address}/sparql", PLAIN)
    site.answers["/sparql"] = by_code()
    asked(home, card, ["1", "2", "3"])
    site.answers["/sparql"] = answering({"item": "a", "code": "1"})
    with pytest.raises(FindingsError, match="against 3"):
        asked(home, card, ["1"])
    del site.asked[:]
    assert asked(home, card, ["1"], accept=True).files["bodies.json"].records == 1
    assert len(site.asked) == 1


def test_an_answer_that_the_engine_cut_is_refused(home: Home, site: Site) -> None:
    body = json.dumps({"head": {"vars": ["item", "code"]}, "results": {"bindings": []}}).encode()
    site.answers["/sparql"] = lambda request: request.reply(200, {"X-SPARQL-MaxRows": "10000"}, body)
    with raises("answer-cut", match="X-SPARQL-MaxRows: 10000"):
        asked(home, card_of(home, f"{site.address}/sparql", PLAIN), ["1"])


def test_all_the_answers_together_are_limited(home: Home, site: Site) -> None:
    site.answers["/sparql"] = by_code()
    with pytest.raises(FindingsError, match="over 300 bytes over all answers"):
        asked(home, card_of(home, f"{site.address}/sparql", PLAIN, batch=1, most_bytes=300), ["1", "2", "3"])


@pytest.mark.parametrize(("code", "posted"), [(301, 1), (302, 1), (303, 1), (400, 1), (404, 1)])
def test_a_question_that_is_not_answered_there_is_not_asked_elsewhere(
    home: Home, site: Site, code: int, posted: int
) -> None:
    site.answers["/sparql"] = answers.status(code, Location="/other")
    site.answers["/other"] = answering({"item": "a", "code": "1"})
    with raises("request-refused", match=str(code)):
        asked(home, card_of(home, f"{site.address}/sparql", PLAIN), ["1"])
    assert len(site.asked) == posted


def test_a_redirect_that_keeps_the_question_is_followed(home: Home, site: Site) -> None:
    site.answers["/sparql"] = answers.status(307, Location="/other")
    site.answers["/other"] = answering({"item": "a", "code": "1"})
    assert cells(asked(home, card_of(home, f"{site.address}/sparql", PLAIN), ["1"])) == [{"item": "a", "code": "1"}]
    assert [request.path_asked for request in site.asked] == ["/sparql", "/other"]
    assert asked_about(site.asked[1]) == asked_about(site.asked[0])


def test_a_private_machine_is_refused_unless_it_is_allowed(home: Home, site: Site) -> None:
    with raises("address-refused", match="private network"):
        asked(home, card_of(home, f"{site.address}/sparql", PLAIN), ["1"], private=False)
    assert site.asked == []


def test_without_a_network_the_last_copy_serves(home: Home, site: Site) -> None:
    site.answers["/sparql"] = answering({"item": "a", "code": "1"})
    asked(home, card_of(home, f"{site.address}/sparql", PLAIN), ["1"])
    again = asked(home, card_of(home, "http://127.0.0.1:1/sparql", PLAIN), ["1"])
    assert again.unreachable
    assert cells(again) == [{"item": "a", "code": "1"}]


def test_answers_that_somebody_kept_need_neither_codes_nor_a_network(home: Home, tmp_path: Path) -> None:
    body = b'{"head": {"vars": ["item", "code"]}, "results": {"bindings": [{"code": {"value": "1"}}]}}'
    (tmp_path / "bodies.json").write_bytes(body)
    fetched = fetch(card_of(home, "https://example.org/"), home.out, str(tmp_path), home.client())
    assert (fetched.folder / "bodies.json").read_bytes() == body


def test_another_endpoint_takes_the_place_of_the_card_s(home: Home, site: Site) -> None:
    site.answers["/mine"] = answering({"item": "a", "code": "1"})
    card = card_of(home, "https://example.org/sparql", PLAIN)
    fetched = fetch(card, home.out, f"{site.address}/mine", home.client(), codes=lambda _: ["1"])
    assert fetched.files["bodies.json"].address == f"{site.address}/mine"


# --- what a card must say ------------------------------------------------------------------------------


def test_where_no_body_bears_a_code_there_is_nothing_to_ask(home: Home) -> None:
    with raises("no-codes", match="No body of the graph bears a SIREN code") as error:
        asked(home, card_of(home, "https://example.org/", PLAIN), [])
    assert "Aucun organisme" in error.value.sentence("fr")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?item ?code WHERE { ?item <urn:code> ?code }", "VALUES ?code { UNDEF }"),
        ("SELECT ?item WHERE { VALUES ?code { UNDEF } ?item <urn:code> ?code }", "VALUES ?code { UNDEF }"),
        ("ASK { VALUES ?code { UNDEF } ?item <urn:code> ?code }", "selects no column"),
        ("SELECT ?item WHERE { VALUES", "asked.rq"),
    ],
)
def test_a_question_that_will_not_do_is_said(home: Home, refused: Refused, text: str, said: str) -> None:
    (sentence,) = refused(card_of(home, "https://example.org/", text))
    assert sentence.startswith("data/source/asked.rq")
    assert said in sentence


def test_a_question_that_is_not_there_is_said(home: Home) -> None:
    card = card_of(home, "https://example.org/")
    (card.folder / "asked.rq").unlink()
    with pytest.raises(MissingFile, match=r"asked\.rq"):
        asked(home, card)
