"""The page as bytes: whole, the same each time, nothing asked of anybody, dates as strings."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from maillage.errors import FindingsError
from maillage.table import Table
from maillage.visualize.map.drawing import Answers
from maillage.visualize.map.page import page
from maillage.visualize.map.spec import Focus, read_spec
from tests.visualize.hostile import hostile_answers
from tests.visualize.sample import CREDIT, ID, answers

_SPEC = read_spec("edition")


@pytest.fixture(scope="module")
def html() -> str:
    return page(answers(), _SPEC, CREDIT).decode("utf-8")


def test_the_same_bytes_twice(html: str) -> None:
    assert page(answers(), _SPEC, CREDIT).decode("utf-8") == html


def test_it_begins_as_a_page_and_is_light(html: str) -> None:
    assert html.startswith('<!doctype html>\n<html lang="fr">')
    assert "<title>Le Mois de l&#39;innovation publique 2021 – Maillage</title>" in html
    assert len(html.encode("utf-8")) < 1_200_000


def test_nothing_is_loaded(html: str) -> None:
    own = html.replace(script(html), "")
    assert re.findall(r"<(?:link|img|iframe|script[^>]*src|source|object|embed)\b", own) == []
    assert re.findall(r"url\(|@import", own) == []


def script(html: str) -> str:
    """What stands in the one element that runs; vis-network names `<script>` in a string of its own."""
    return html.split("</script>\n<script>", 1)[1].rsplit("</script>", 1)[0]


def test_the_policy_allows_that_script_and_that_style_only(html: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    said = policy[1].replace("&#39;", "'")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (script(html), style[1])]
    assert said.split("; ") == [
        "default-src 'none'",
        f"script-src 'sha256-{hashes[0]}'",
        f"style-src 'sha256-{hashes[1]}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    own = html.replace(script(html), "")
    assert own.count("<script>") == 1
    assert " style=" not in own
    assert "<!--" not in html


def test_licence_and_credits_are_stated(html: str) -> None:
    foot = html.split('<footer class="foot">', 1)[1]
    for said in ("Licence Ouverte 2.0", "Open Licence 2.0", CREDIT.licence_iri, CREDIT.lines[0], CREDIT.release):
        assert said.replace("+", "&#43;") in foot or said in foot


def test_hostile_texts_are_escaped() -> None:
    whole = page(hostile_answers(), _SPEC, CREDIT).decode("utf-8")
    own = whole.replace(script(whole), "")
    assert "<img src=x" not in own
    assert "<script>window" not in own
    assert "javascript:alert" not in "".join(re.findall(r'href="[^"]*"', own))


def test_a_missing_column_is_named() -> None:
    tables = answers()
    tables["edition-links"] = {
        lang: table.select([name for name in table.names if name != "roleLabel"])
        for lang, table in tables["edition-links"].items()
    }
    with pytest.raises(FindingsError) as refused:
        page(tables, _SPEC, CREDIT)
    assert "visualize/maps/edition.yml:evidence: La colonne « roleLabel » manque." in refused.value.sentence("fr")


def test_an_empty_answer_is_a_page_that_says_so() -> None:
    empty: Answers = {
        question: {lang: Table(table.frame.clear(), table.columns) for lang, table in tables.items()}
        for question, tables in answers().items()
    }
    assert "Aucun lien ne répond à cette question." in page(empty, _SPEC, CREDIT).decode("utf-8")


def test_a_map_of_too_many_lines_says_what_it_leaves_out() -> None:
    few = answers()["edition-links"]
    tables = answers() | {"edition-links": {lang: _many(table) for lang, table in few.items()}}
    whole = page(tables, _SPEC, CREDIT)
    told = whole.decode("utf-8")
    assert len(whole) < 1_500_000
    assert "la carte laisse de côté 200 des liens les plus faibles" in told.replace("\u00a0", " ")
    assert "la réponse à «\u00a0edition-links\u00a0»" in told
    assert told.count("<tr><th") == 250
    assert "les 250 premières lignes seulement" in told


def _many(table: Table) -> Table:
    """Twelve hundred bodies, a line each."""
    (row, *_) = table.rows()
    rows = [row | {"body": f"{ID}organisation/{n}", "bodyLabel": f"Organisme {n}"} for n in range(1200)]
    return Table.from_rows(rows, table.columns)


def test_a_map_around_one_body() -> None:
    near = page(answers(), _SPEC, CREDIT, focus=Focus(f"{ID}organisation/ti-lab")).decode("utf-8")
    assert "La ronde des labos publics" in near
    assert "Bordeaux Métropole" not in near
