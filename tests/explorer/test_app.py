"""The shell of the explorer: search, filters, sheets and their evidence, the address."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.terms import fold
from tests.explorer.conftest import Open

pytestmark = pytest.mark.needs("chromium")

VIEWS = ("network", "map", "timeline", "table", "events", "synergies")
TI_LAB = "organisation/ti-lab"
World = Mapping[str, Any]


def title(page: Page) -> str:
    return page.locator("#sheet-title").inner_text()


def counted(page: Page) -> list[int]:
    """How many bodies, links and activities the line above the view says."""
    said = page.locator("#counts").inner_text()
    return [int("".join(c for c in part if c.isdigit())) for part in said.split(", ")]


def seek(page: Page, words: str) -> None:
    """Types into the search by keyboard alone, from the top of the page, and takes the first thing found."""
    page.evaluate("document.activeElement.blur()")
    reach(page, "input[role=combobox]")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def reach(page: Page, selector: str, most: int = 200) -> None:
    """Walks with Tab to the first element that fits."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by keyboard")


@pytest.mark.parametrize("typed", ["ti lab", "TI LAB", "tilab"])
def test_search_opens_a_body_by_keyboard(explorer: Open, typed: str) -> None:
    page = explorer()
    seek(page, typed)
    assert title(page) == "Ti Lab"
    assert page.evaluate("document.activeElement.id") == "sheet-title"
    assert f"at={TI_LAB}" in page.url


@pytest.mark.parametrize(
    ("typed", "name"),
    [("DTIP", "Direction interministérielle de la transformation publique (DITP)"), ("lba ti", "Ti Lab")],
)
def test_search_forgives_one_letter(explorer: Open, typed: str, name: str) -> None:
    page = explorer()
    seek(page, typed)
    assert title(page) == name


@pytest.mark.parametrize(("lang", "said"), [("fr", "Aucun nom ne répond"), ("en", "No name answers")])
def test_search_without_an_answer_says_what_is_near(explorer: Open, lang: str, said: str) -> None:
    """By keyboard alone, on a narrow screen."""
    page = explorer(f"?lang={lang}", width=390)
    reach(page, "input[role=combobox]")
    page.keyboard.type("Ti Lab xyz")
    box = page.get_by_role("combobox").first
    expect(page.locator("#search .found p")).to_contain_text(said)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert page.get_by_role("option").first.inner_text().startswith("Ti Lab")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("Escape")
    expect(page.locator("#search .found")).to_be_hidden()
    page.keyboard.type(" zzzz wwww")
    expect(page.locator("#search .found p")).to_contain_text(said)
    expect(box).to_have_attribute("aria-expanded", "false")
    assert page.get_by_role("option").count() == 0
    assert said in page.locator("#announce").inner_text()


def test_search_finds_no_letters_inside_words(explorer: Open) -> None:
    page = explorer()
    page.get_by_role("combobox", name="Rechercher").first.fill("IA")
    names = [one.partition("\n")[0] for one in page.get_by_role("option").all_inner_texts()]
    assert "intelligence artificielle" in names
    assert not [name for name in names if "ociation" in name or "social" in name]


def test_search_ignores_accents_and_is_a_combobox(explorer: Open) -> None:
    page = explorer()
    box = page.get_by_role("combobox", name="Rechercher").first
    box.fill("prefecture")
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("option")
    assert all("réfecture" in name for name in options.all_inner_texts()[:3])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(
    ("typed", "asked"), [("Occitanie", "territory=region-76"), ("intelligence artificielle", "theme=")]
)
def test_search_of_a_territory_or_theme_filters(explorer: Open, typed: str, asked: str) -> None:
    page = explorer()
    before = counted(page)[0]
    box = page.get_by_role("combobox", name="Rechercher").first
    box.fill(typed)
    words = "Thème" if asked.startswith("theme") else "Territoire"
    page.get_by_role("option").filter(has_text=words).first.click()
    assert asked in page.url
    assert 0 < counted(page)[0] < before
    assert page.locator("#chips .chip").count() == 1


def test_a_filter_shows_what_its_count_said(explorer: Open, world: World) -> None:
    page = explorer()
    everything = counted(page)
    assert everything[0] == len(world["bodies"])
    label = page.locator("#filters label.tick", has=page.locator("[data-keep=kind-U]"))
    count = int(label.locator(".count").inner_text())
    label.click()
    assert counted(page)[0] == count
    assert "kind=U" in page.url
    page.locator("#chips button").first.click()
    assert counted(page) == everything
    assert "kind" not in page.url


def test_all_filters_are_cleared_at_once(explorer: Open) -> None:
    page = explorer("?kind=L&territory=region-76&sources=several&from=2018&partners=1")
    assert page.locator("#chips button").count() >= 5
    page.get_by_role("button", name="Tout effacer").first.click()
    assert page.locator("#chips .chip").count() == 0
    assert page.evaluate("location.search") == ""


def test_a_body_of_no_known_territory_can_be_asked_for(explorer: Open, world: World) -> None:
    page = explorer()
    page.locator("#filters [data-keep=territory]").select_option("?")
    assert counted(page)[0] == sum(not body["territories"] for body in world["bodies"])


def test_the_period_moves_by_keyboard_and_says_what_is_undated(explorer: Open) -> None:
    page = explorer()
    assert "sans date" in page.locator("#filters").inner_text()
    page.locator("#filters [data-keep=from]").focus()
    page.keyboard.press("ArrowRight")
    assert "from=" in page.url
    assert page.evaluate("document.activeElement.dataset.keep") == "from"


def test_one_click_on_a_partner_opens_the_passage(explorer: Open) -> None:
    page = explorer(f"?at={TI_LAB}")
    page.locator("#sheet details[data-line] summary").first.click()
    proof = page.locator("#sheet details[data-line][open] .passages li").first
    expect(proof.locator("a").first).to_be_visible()
    for link in page.locator("#sheet .passages a[target=_blank]").all():
        assert (link.get_attribute("href") or "").startswith("http")
        assert "noopener" in (link.get_attribute("rel") or "")
    assert "Licence" in page.locator("#sheet details[open]").first.inner_text()


def test_a_line_of_the_table_opens_its_evidence_at_once(explorer: Open) -> None:
    page = explorer("?view=table")
    page.get_by_role("button", name="Ouvrir la preuve").first.click()
    assert "~" in page.url
    expect(page.locator("#sheet .passages li").first).not_to_contain_text("…en cours")
    assert page.locator("#sheet .ends li").count() == 2
    assert page.locator("#sheet .badge").count() >= 1


def test_a_derived_link_says_its_rule(explorer: Open, world: World) -> None:
    link = next(one for one in world["links"] if "rule" in one)
    ends = "~".join(world["bodies"][link[end]]["id"] for end in ("a", "b"))
    page = explorer(f"?at={ends}")
    assert "règle" in page.locator("#sheet .rule").first.inner_text()


def test_either_order_of_a_line_opens_it_and_what_is_not_known_is_said(explorer: Open, world: World) -> None:
    link = world["links"][0]
    page = explorer("?at=" + "~".join(world["bodies"][link[end]]["id"] for end in ("b", "a")))
    assert page.locator("#sheet .ends li").count() == 2
    page = explorer("?at=organisation/no-such-body")
    assert "no-such-body" in page.locator("#sheet .lost").inner_text()
    assert page.locator("#sheet-title").inner_text() == "Vue d'ensemble"


def test_a_chain_to_another_body_shows_each_step(explorer: Open, world: World) -> None:
    links = world["links"]
    first = next(one for one in links if any(two["a"] == one["b"] and two["b"] != one["a"] for two in links))
    start, goal = (world["bodies"][first[end]] for end in ("a", "b"))
    page = explorer(f"?at={start['id']}&path={goal['id']}")
    assert page.locator("#sheet .steps > li").count() == 1
    expect(page.locator("#sheet .steps .passages li").first).to_be_visible()


def test_escape_closes_a_sheet_and_focus_goes_back(explorer: Open) -> None:
    page = explorer("?view=table")
    button = page.get_by_role("button", name="Ouvrir la preuve").nth(2)
    kept = button.get_attribute("data-keep")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sheet-title"
    page.keyboard.press("Escape")
    assert "at=" not in page.url
    assert page.evaluate("document.activeElement.dataset.keep") == kept


QUERIES = (
    *(f"view={name}" for name in VIEWS[1:]), "kind=L,C", "territory=region-76", "theme=digital", "method=design",
    "role=organises", "evidence=stated,derived", "sources=several", "from=2019", "to=2021", "partners=1",
    f"at={TI_LAB}", f"at={TI_LAB}&ego=1", f"at={TI_LAB}&path=organisation/la-27e-region", "open=1", "all=1",
    "view=table&sort=-since",
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_every_parameter_survives_a_change(explorer: Open, query: str) -> None:
    page = explorer(f"?{query}")
    before = counted(page)
    page.locator("[data-speak=en]").click()
    kept = dict(part.split("=") for part in page.evaluate("location.search")[1:].split("&"))
    assert kept == dict(part.split("=") for part in query.split("&")) | {"lang": "en"}
    page.reload()
    page.wait_for_selector("html.ready")
    assert counted(page) == before


def test_back_returns_to_what_was_shown(explorer: Open) -> None:
    page = explorer()
    seek(page, "ti lab")
    page.get_by_role("tab", name="Tableau").click()
    page.go_back()
    assert page.get_by_role("tab", name="Réseau").get_attribute("aria-selected") == "true"
    assert title(page) == "Ti Lab"
    page.go_back()
    assert title(page) == "Vue d'ensemble"


def test_arrows_walk_along_the_tabs(explorer: Open) -> None:
    page = explorer("?view=network")
    reach(page, "[role=tab]")
    for name in (*VIEWS[1:], VIEWS[0]):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == f"tab-{name}"
        expect(page.locator(f"#panel-{name}")).to_be_visible()


def test_the_table_is_sorted_by_its_headings(explorer: Open) -> None:
    page = explorer("?view=table")
    head = page.get_by_role("columnheader", name="Partenaire")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    names = page.locator("#panel-table tbody tr td:nth-child(2) .linkish").all_inner_texts()
    page.get_by_role("columnheader", name="Partenaire").get_by_role("button").click()
    turned = page.locator("#panel-table tbody tr td:nth-child(2) .linkish").all_inner_texts()
    assert fold(turned[0]) >= fold(names[-1]) > fold(names[0])  # a page of each end
    assert fold(turned[0]) > fold(turned[-1])
    assert "sort=-b" in page.url
