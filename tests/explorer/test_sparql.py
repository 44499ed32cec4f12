"""The SPARQL page from a disk: answers as `maillage ask` gives them, reading only, stopped in time, for everybody."""

import csv
import gzip
import io
from base64 import b64decode
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from maillage import answer
from maillage.answer.graph import Answer
from maillage.terms import graph_iri
from maillage.visualize.portal.explorer import _graph
from tests.axe import axe_findings
from tests.explorer.conftest import Open
from tests.explorer.test_access import SMALL, WIDE
from tests.explorer.test_app import reach

pytestmark = pytest.mark.needs("chromium")

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\u202eto the left",
    "🧪" * 10,
    "x" * 300,
)


@pytest.fixture
def asking(explorer: Open) -> Page:
    return explorer("?lang=fr", page="sparql.html")


def begin(page: Page, query: str) -> None:
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", query)
    page.locator("#run").click()


def ended(page: Page) -> None:
    expect(page.locator("#run")).to_be_enabled(timeout=70_000)  # the engine starts with the first query


def run(page: Page, query: str) -> None:
    begin(page, query)
    ended(page)


def answered(page: Page, query: str) -> str:
    run(page, query)
    return page.locator("#answer").inner_text()


def rows_of(text: str) -> list[list[str]]:
    head, *rows = csv.reader(io.StringIO(text))
    return [head, *sorted(rows)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_example_answers_as_the_command_does(explorer: Open, out: Path, lang: str) -> None:
    page = explorer(f"?lang={lang}", page="sparql.html")
    with answer.open(out, endpoint="") as graph:
        for name in ("counts", "events-by-territory", "territories-without-labs"):
            page.locator("#examples").select_option(name)
            answers_alike(page, graph.answer(name, {}, form="csv", lang=lang))


def answers_alike(page: Page, said: Answer) -> None:
    page.locator("#run").click()
    ended(page)
    with page.expect_download(timeout=70_000) as kept:
        page.get_by_role("button", name="CSV").click()
    found = rows_of(kept.value.path().read_text(encoding="utf-8"))
    assert found == rows_of(said.body.decode("utf-8"))
    assert len(found) - 1 == said.rows > 0
    assert page.locator("#answer tbody tr").count() == said.rows


def test_a_page_that_holds_no_evidence_says_so(asking: Page) -> None:
    told = "énoncés de preuve ne tiennent pas dans cette page"
    assert told not in answered(asking, "ASK { ?s ?p ?o }")
    asking.evaluate("window.maillageGraph.missing = 2")
    assert f"2 {told}" in answered(asking, "ASK { ?s ?p ?o }")


def test_a_page_that_cannot_hold_the_evidence_holds_what_is_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage.visualize.portal.explorer.MOST", 2)
    lines = [f'<a:{n}> <a:p> "x" <{graph_iri(name)}> .\n' for n, name in enumerate(("evidence", "merged", "evidence"))]
    dump = tmp_path / "graph.nq"
    dump.write_text("".join(lines), encoding="utf-8")
    held = _graph(dump)
    assert (held["statements"], held["missing"]) == (1, 2)
    assert gzip.decompress(b64decode(str(held["gzip"]))).decode() == lines[1]
    dump.write_text("".join(lines[:2]), encoding="utf-8")
    assert (_graph(dump)["statements"], _graph(dump)["missing"]) == (2, 0)


def test_yes_no_and_triples_are_answers_too(asking: Page) -> None:
    assert "Oui" in answered(asking, "ASK { ?s ?p ?o }")
    assert "Non" in answered(asking, "ASK { ?s ?p 'nobody says this' }")
    said = answered(asking, "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3")
    assert "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in said
    assert "3 énoncés" in said


def test_a_statement_that_two_sources_make_counts_once(asking: Page) -> None:
    twice = "SELECT ?s WHERE { ?s a <http://www.w3.org/ns/org#Organization> } GROUP BY ?s HAVING (COUNT(*) > 1)"
    assert "0 ligne" in answered(asking, twice)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "lecture"),
        ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "lecture"),
        ("SELECT * { SERVICE <https://elsewhere.example/sparql> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * {", "comprise"),
    ],
)
def test_what_is_no_reading_is_refused_with_a_sentence(asking: Page, query: str, sentence: str) -> None:
    run(asking, query)
    expect(asking.get_by_role("alert")).to_contain_text(sentence)


def test_an_endless_query_is_stopped_in_time_and_the_next_answers(asking: Page) -> None:
    """By the clock of the page, which goes ten seconds forward at once."""
    answered(asking, "ASK {}")
    asking.clock.install(time=0)
    asking.clock.pause_at(1)
    begin(asking, ENDLESS)
    asking.clock.run_for(9_900)
    expect(asking.locator("#run")).to_be_disabled()
    asking.clock.run_for(200)
    expect(asking.get_by_role("alert")).to_contain_text("10")
    asking.clock.resume()
    assert "Oui" in answered(asking, "ASK { ?s ?p ?o }")


def test_a_graph_too_large_for_a_page_says_how_to_ask(asking: Page) -> None:
    asking.evaluate("window.maillageGraph = {statements: 300001}")
    run(asking, "ASK {}")
    expect(asking.get_by_role("alert")).to_contain_text("maillage query")


def test_hostile_terms_are_text_and_only_links_of_the_web_are_links(asking: Page) -> None:
    values = " ".join(f'"{text}"' for text in HOSTILE)
    addresses = (
        "<javascript:alert(1)> <data:text/html,x> <https://web.example/> <https://w3id.org/maillage/id/event/..%2Fx>"
    )
    run(asking, f"SELECT * {{ {{ VALUES ?x {{ {values} }} }} UNION {{ VALUES ?x {{ {addresses} }} }} }}")
    cells = asking.locator("#answer td").all_text_contents()
    assert set(HOSTILE) <= set(cells)
    assert "javascript:alert(1)" in cells
    assert asking.locator("#answer :is(img, script, iframe)").count() == 0
    links = [link.get_attribute("href") for link in asking.locator("#answer td a").all()]
    assert links == ["https://web.example/", "id/event/--2Fx.html?lang=fr"]


def test_a_thing_leads_to_its_page(asking: Page) -> None:
    run(asking, "SELECT ?lab WHERE { ?lab a <https://w3id.org/maillage/def#InnovationLab> } ORDER BY ?lab LIMIT 5")
    link = asking.locator("#answer td a").first
    name = link.inner_text()
    link.click()
    asking.wait_for_url(f"**/id/{name}.html?lang=fr")
    assert asking.locator("h1:visible").count() == 1


def test_keyboard_alone(asking: Page) -> None:
    """Into the editor and out of it with Tab, either way; Ctrl+Enter runs."""
    reach(asking, ".CodeMirror [role=textbox]")
    asking.keyboard.press("Tab")
    assert asking.evaluate("document.activeElement.id") == "run"
    asking.keyboard.press("Shift+Tab")
    asking.keyboard.press("Control+A")
    asking.keyboard.type("ASK {}")
    asking.keyboard.press("Control+Enter")
    expect(asking.locator(".verdict")).to_have_text("Oui", timeout=70_000)


def test_nothing_is_kept_in_the_browser(asking: Page) -> None:
    answered(asking, "ASK {}")
    assert asking.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_language_changes_and_stays(asking: Page) -> None:
    asking.locator("[data-speak=en]").click()
    asking.wait_for_selector("html.ready[lang=en]")
    assert "Ask in SPARQL" in asking.title()
    assert '?lang { "en" }' in asking.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "this query changes the graph" in answered(asking, "DROP ALL").lower()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_axe_finds_nothing_and_nothing_is_too_wide_or_small(explorer: Open, lang: str, width: int) -> None:
    page = explorer(f"?lang={lang}", width=width, page="sparql.html")
    assert axe_findings(page) == []
    page.locator("#run").click()
    expect(page.locator("#answer table")).to_be_visible(timeout=70_000)
    assert axe_findings(page) == []
    assert not page.evaluate(WIDE)
    assert page.evaluate(SMALL) == []
