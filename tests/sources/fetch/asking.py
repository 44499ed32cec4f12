"""The card of a source that is asked, made for a test, and what an endpoint may answer it."""

import json
from typing import Any

from maillage.assets import CHECKOUT
from maillage.sources.card import Card
from maillage.sources.fetch.run import FetchResult, fetch
from tests.sources.fetch import site as answers
from tests.sources.fetch.conftest import Home
from tests.sources.fetch.site import Handler

QUESTION = (CHECKOUT / "data" / "wikidata" / "bodies.rq").read_text("utf-8")
HELD = ["213801855", "200040715", "244400404"]
PLAIN = "SELECT ?item ?code WHERE { VALUES ?code { UNDEF } ?item <urn:code> ?code }"


def card_of(home: Home, address: str, text: str = QUESTION, **facts: Any) -> Card:
    spec = {"address": address, "question": "asked.rq", "codes": "SIREN", "batch": 2} | facts
    card = home.card({"pause": 0, "files": {"bodies.json": spec}})
    (card.folder / "asked.rq").write_text(text, encoding="utf-8")
    return card


def asked(home: Home, card: Card, held: list[str] | None = None, accept: bool = False, **client: Any) -> FetchResult:
    codes = HELD if held is None else held
    return fetch(card, home.out, None, home.client(**client), accept, codes=lambda _register: codes)


def cells(fetched: FetchResult) -> list[dict[str, str]]:
    """The rows of the copy, each column by its plain value."""
    said = json.loads((fetched.folder / "bodies.json").read_bytes())
    return [{name: cell["value"] for name, cell in row.items()} for row in said["results"]["bindings"]]


def answering(*rows: dict[str, str], columns: tuple[str, ...] = ("item", "code")) -> answers.Answer:
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return answers.bare(json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}).encode())


def asked_about(request: Handler) -> str:
    return request.form["query"][0]


def by_code(*refused: str) -> answers.Answer:
    """Answers about each code asked but those refused."""

    def answer(request: Handler) -> None:
        codes = [code for code in "123456" if f'"{code}"' in asked_about(request)]
        if set(codes) & set(refused):
            return answers.status(503)(request)
        return answering(*({"item": f"item {code}", "code": code} for code in codes))(request)

    return answer
