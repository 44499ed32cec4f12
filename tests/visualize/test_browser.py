"""The page in a browser: it asks nothing of anybody, opens its evidence by pointer and by keyboard."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.axe import axe_findings
from tests.visualize.conftest import Open

pytestmark = pytest.mark.needs("chromium")

SMALL = """() => [...document.querySelectorAll("button, a, input, [role=option]")]
  .filter((e) => e.checkVisibility() && !e.classList.contains("skip"))
  .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
OVERLAPS = """() => new Promise((done) => {
  document.getElementById("network").addEventListener("labelled", ({ detail }) => {
    const hit = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    const pairs = detail.flatMap((a, i) => detail.slice(i + 1).filter((b) => hit(a, b)).map((b) => [a.lines, b.lines]));
    done({ count: detail.length, pairs });
  });
  document.querySelector("a[data-speak=en]").click();
})"""


def data_of(page: Page) -> dict[str, Any]:
    """Points and lines as the page has them, each row whole."""
    placed, told = (json.loads(page.text_content(f"#{name}") or "") for name in ("pyvis", "data"))
    rows = {name: [rows_of(part[name], told["pool"]) for part in (placed, told)] for name in ("nodes", "edges")}
    return {name: [one | other for one, other in zip(*parts, strict=True)] for name, parts in rows.items()}


def rows_of(packed: dict[str, Any], pool: list[Any]) -> list[dict[str, Any]]:
    """What `pack` was given."""
    fields, pooled = packed["fields"], packed["pooled"]
    cells = ([pool[value] if name in pooled else value for name, value in zip(fields, row, strict=True)]
             for row in packed["rows"])  # fmt: skip
    return [packed["all"] | dict(zip(fields, row, strict=True)) for row in cells]


def spot(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place of the network is on the screen."""
    frame = page.locator("#network")
    box = frame.bounding_box()
    assert box
    scale, centre_x, centre_y = map(float, (frame.get_attribute("data-view") or "").split())
    return box["x"] + box["width"] / 2 + (x - centre_x) * scale, box["y"] + box["height"] / 2 + (y - centre_y) * scale


def node_named(page: Page, name: str) -> dict[str, Any]:
    return next(node for node in data_of(page)["nodes"] if node["name"] == name)


def heading(page: Page) -> str:
    return page.locator("#sheet h2").inner_text()


def test_a_click_on_a_point_opens_its_evidence(opened: Open) -> None:
    page = opened()
    node = node_named(page, "La Fabrique RH")
    page.mouse.click(*spot(page, node["x"], node["y"]))
    assert heading(page) == "La Fabrique RH"
    sheet = page.locator("#sheet").inner_text().replace("\u00a0", " ")
    for said in ("Île-de-France", "25 novembre 2021", "est partenaire", "explicite", "paragraphe 21", "Licence :"):
        assert said in sheet
    link = page.locator("#sheet .source a").first
    assert link.get_attribute("href") == "https://www.horizonspublics.fr/article#:~:text=p21"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "at=" in page.url


def test_a_click_on_a_line_opens_its_evidence(opened: Open) -> None:
    page = opened()
    one, other = (node_named(page, name) for name in ("Lab @RCHIPEL", "Gendarmerie nationale"))
    edge = next(edge for edge in data_of(page)["edges"] if one["id"] in (edge["from"], edge["to"]))
    ends = [node for node in data_of(page)["nodes"] if node["id"] in (edge["from"], edge["to"])]
    page.mouse.click(*spot(page, sum(n["x"] for n in ends) / 2, sum(n["y"] for n in ends) / 2))
    assert heading(page) == "Ce qui les relie"
    sheet = page.locator("#sheet").inner_text()
    assert "Lab @RCHIPEL" in sheet
    assert "24 novembre 2021" in sheet
    assert other["name"] not in sheet
    page.locator("#close").click()
    assert heading(page) == "Vue d'ensemble"


def test_what_is_implied_says_why(opened: Open) -> None:
    page = opened()
    page.locator("tr:visible", has_text="Journée des labs").locator(".open").click()
    assert page.locator("#sheet .badge").inner_text() == "implicite"
    assert "La phrase peut se lire" in page.locator("#sheet .note").inner_text()


def test_keyboard(opened: Open) -> None:
    page = opened()
    page.focus("#search")
    page.keyboard.type("transformation")
    page.keyboard.press("Enter")
    assert heading(page) == "Direction interministérielle de la transformation publique"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "network"
    page.keyboard.press("Home")
    first = page.locator("#live").inner_text()
    assert "6 voisins" in first.replace("\u00a0", " ")
    page.keyboard.press("ArrowDown")
    assert "1 sur 6 autour de" in page.locator("#live").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert "2 sur 6 autour de" in page.locator("#live").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === document.querySelector('#sheet h2')")
    assert page.locator("#sheet .proof").count() > 0
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "table-title"


def test_search_ignores_accents_and_knows_acronyms(opened: Open) -> None:
    page = opened()
    for typed in ("DITP", "prefecture ile de france", "@rchipel", "DTIP", "archipels"):
        page.fill("#search", typed)
        assert page.locator("#found [role=option]").count() == 1, typed
    page.fill("#search", "rien de tel")
    assert "Rien de ce nom" in page.locator("#found").inner_text()
    assert page.locator("#found [role=option]").count() == 0
    page.fill("#search", "DITP xyz")
    assert "Noms proches" in page.locator("#found").inner_text()
    assert "transformation publique" in page.locator("#found [role=option]").first.inner_text()


def test_both_languages(opened: Open) -> None:
    page = opened()
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.locator("a[data-speak=en]").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "lang=en" in page.url
    assert heading(page) == "Overview"
    assert page.locator("table.links:visible thead").inner_text().split()[:2] == ["Body", "Event"]
    english = opened(query="?lang=en")
    assert english.title() == "The Mois de l'innovation publique 2021 – Maillage"
    assert "This map shows" in english.locator(".lead:visible").inner_text()


def test_the_table_sorts(opened: Open) -> None:
    page = opened()
    cells = "table.links:visible tbody tr td:nth-child(4)"
    page.locator("table.links:visible [data-sort='3']").click()
    assert page.locator(cells).first.inner_text() == "4 novembre 2021"
    assert page.locator(cells).last.inner_text() == "non dite"
    page.locator("table.links:visible [data-sort='3']").click()
    assert page.locator(cells).first.inner_text() == "30 novembre 2021"
    assert page.locator("table.links:visible th[aria-sort=descending]").count() == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_axe_finds_nothing(opened: Open, lang: str) -> None:
    page = opened(query=f"?lang={lang}")
    page.locator("[data-edge]:visible" if lang == "fr" else "[data-node-button]:visible").first.click()
    assert axe_findings(page) == []


@pytest.mark.parametrize("name", ["edition", "hostile"])
def test_a_narrow_screen_scrolls_one_way(opened: Open, name: str) -> None:
    page = opened(name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("[data-edge]:visible").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    boxes = [page.locator(part).bounding_box() for part in ("#network", "#sheet")]
    assert boxes[0] and boxes[1] and boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]
    if name == "edition":
        page.locator("#close").click()
        assert axe_findings(page) == []
        assert page.evaluate(SMALL) == []


def test_targets_are_large_enough(opened: Open) -> None:
    assert opened().evaluate(SMALL) == []


def test_labels_do_not_overlap(opened: Open) -> None:
    found = opened().evaluate(OVERLAPS)
    assert found["pairs"] == []
    assert found["count"] >= 50  # of 57


def test_hostile_texts_stay_texts(opened: Open) -> None:
    page = opened("hostile")
    for lang in ("en", "fr"):
        page.locator(f"a[data-speak={lang}]").click()
        for edge in range(0, 45, 9):
            page.locator("[data-edge]:visible").nth(edge).click()
        page.fill("#search", "img onerror")
        page.fill("#search", "")
    assert page.evaluate("window.pwned") is None
    assert page.locator("img, b, script:not([type]), svg[onload]").count() == 1  # our own script
    assert page.locator("a[href^='javascript:']").count() == 0
    assert re.search("<img src=x onerror", page.locator("table.links:visible").inner_text())


def test_without_script_the_table_says_it_all(browser: Any, pages: dict[str, Any]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["edition"].as_uri())
    assert page.locator("table.links:visible tbody tr").count() == 45
    assert "le réseau ne se dessine pas" in page.locator(".picture").inner_text()
    context.close()
