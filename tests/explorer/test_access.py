"""The explorer for everybody: both languages, both widths, embeds, axe, and a task by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.axe import axe_findings
from tests.explorer.conftest import Open
from tests.explorer.test_app import TI_LAB, VIEWS, reach, seek

pytestmark = pytest.mark.needs("chromium")

WIDTHS = (1440, 390)
WIDE = "() => document.documentElement.scrollWidth > innerWidth"
# A box and its label are one target.
SMALL = """() => [...document.querySelectorAll("button, a, input, select, summary, [role=option]")]
  .filter((e) => e.checkVisibility() && !e.classList.contains("skip"))
  .map((e) => [e.outerHTML.slice(0, 80), (e.closest("label") ?? e).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""


def test_the_language_changes_every_word_and_stays(explorer: Open) -> None:
    page = explorer(f"?at={TI_LAB}")
    page.locator("[data-speak=en]").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.get_by_role("tab", name="Network").is_visible()
    for french in ("Réseau", "Tableau", "Fiche complète", "Partager", "Territoire", "Thème"):
        assert french not in page.locator("body").inner_text()
    assert "lang=en" in (page.get_by_role("link", name="Method").first.get_attribute("href") or "")


def test_a_small_screen_opens_on_the_table_with_filters_behind_a_button(explorer: Open) -> None:
    page = explorer(width=390)
    expect(page.locator("#panel-table")).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()
    opener = page.get_by_role("button", name="Filtres", exact=True)
    opener.click()
    expect(page.locator("#filters")).to_be_visible()
    assert not page.evaluate(WIDE)
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(opener).to_be_focused()


def test_an_embed_keeps_the_view_and_its_credit(explorer: Open) -> None:
    page = explorer("?embed=1&view=table&kind=L")
    for part in ("#top", "#filters"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".credit")).to_be_visible()
    link = page.get_by_role("link", name="Ouvrir dans Maillage")
    href = link.get_attribute("href") or ""
    assert "embed" not in href
    assert "kind=L" in href


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_and_nothing_is_too_wide_or_small(explorer: Open, view: str, lang: str, width: int) -> None:
    page = explorer(f"?view={view}&lang={lang}&at={TI_LAB}", width=width)
    page.locator("#sheet details[data-line] summary").first.click()
    assert axe_findings(page) == []
    assert not page.evaluate(WIDE)
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_who_works_with_the_ti_lab_and_the_passage_that_says_so(explorer: Open, width: int) -> None:
    """By visible text and keyboard only, in two actions: a name typed and taken, a partner opened."""
    page = explorer(width=width)
    seek(page, "ti lab")
    partners = page.locator("#sheet details[data-line] summary")
    assert partners.count() > 0
    assert all(name.strip() for name in partners.locator(".who").all_inner_texts())
    reach(page, "details[data-line] summary")
    page.keyboard.press("Enter")
    passage = page.locator("#sheet details[data-line][open] .passages").first
    expect(passage).to_be_visible()
    expect(passage.get_by_role("link").first).to_be_visible()
    assert passage.evaluate("e => e.getBoundingClientRect().left < innerWidth")
