"""The timeline: dots that open their evidence, years that are chosen by drag, slider or key, what no source dates."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.axe import axe_findings
from tests.explorer.conftest import Open

pytestmark = pytest.mark.needs("chromium")

World = Mapping[str, Any]


def dated(world: World) -> list[Mapping[str, Any]]:
    return [link for link in world["links"] if link.get("first") or link.get("last")]


def spot(page: Page, year: int) -> tuple[float, float]:
    box = page.locator(f"[data-at=year-{year}]").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] + 12


def test_a_dot_a_link_and_the_undated_counted_in_words(explorer: Open, world: World) -> None:
    page = explorer("?view=timeline")
    links = dated(world)
    expect(page.locator(".timeline h2")).to_contain_text(f"{len(links)} liens datés")
    assert page.locator(".timeline .dot").count() == sum(len(link["kinds"]) for link in links)
    assert f"{len(world['links']) - len(links)} liens sans date" in page.locator(".timeline").inner_text()
    colours = world["colours"]
    full = page.locator(f".dot circle:last-child[fill='{colours['accent']}']").count()
    assert full == sum(len(link["kinds"]) for link in links if link["certainty"] == 0)


def test_a_drag_chooses_years_and_shows_them_as_a_band(explorer: Open) -> None:
    page = explorer("?view=timeline")
    page.mouse.move(*spot(page, 2016))
    page.mouse.down()
    page.mouse.move(*spot(page, 2019), steps=4)
    page.mouse.up()
    assert "from=2016" in page.url
    assert "to=2019" in page.url
    assert page.locator(".timeline .band").count() == 1
    page.locator(".timeline").get_by_role("button", name="Toutes les années").click()
    assert "from" not in page.url
    assert page.locator(".timeline .band").count() == 0


def test_sliders_and_years_choose_without_dragging(explorer: Open) -> None:
    page = explorer("?view=timeline")
    slider = page.locator(".timeline .years input").first
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    low = int(slider.get_attribute("min") or 0)
    assert f"from={low + 3}" in page.url
    expect(page.locator(".timeline .years input").first).to_be_focused()
    page.locator("[data-at=year-2021]").focus()
    page.keyboard.press("Enter")
    assert "from=2021&to=2021" in page.url
    expect(page.locator("[data-at=year-2021]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Enter")
    assert "from=2021&to=2022" in page.url


def test_arrows_walk_the_dots_and_enter_opens_the_evidence(explorer: Open) -> None:
    page = explorer("?view=timeline")
    page.locator(".dot[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.dataset.at")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.at")
    page.keyboard.press("ArrowDown")
    third = page.evaluate("document.activeElement.dataset.at")
    assert len({first, second, third}) == 3
    assert page.locator(".dot[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    assert f"at={third.partition('-')[2]}" in page.url
    expect(page.locator("#sheet-title")).to_be_focused()


def test_how_long_a_link_lasts_shows_on_focus(explorer: Open) -> None:
    page = explorer("?view=timeline")
    dot = page.locator(".dot:has(.span)").first
    line = dot.locator(".span")
    expect(line).to_have_css("visibility", "hidden")
    dot.focus()
    expect(line).to_have_css("visibility", "visible")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("query", ["?view=timeline", "?view=timeline&lang=en&from=2017&to=2021"])
def test_the_timeline_is_accessible_and_fits(explorer: Open, query: str, width: int) -> None:
    page = explorer(query, width=width)
    assert axe_findings(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
