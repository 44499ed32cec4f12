"""The map: regions that filter, what is not known, arcs that open their links, who is off the map."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.axe import axe_findings
from tests.explorer.conftest import Open

pytestmark = pytest.mark.needs("chromium")

World = Mapping[str, Any]
OVERSEAS = ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte")


def placed(world: World, thing: Mapping[str, Any], level: str) -> set[int]:
    held = {place for own in thing["territories"] for place in (own, *world["territories"][own]["within"])}
    return {place for place in held if world["territories"][place]["level"] == level}


def drawn(page: Page) -> None:
    page.wait_for_selector(".france svg")


def shape(page: Page, name: str) -> Any:
    return page.locator(f".region[aria-label^='{name} ']").or_(page.locator(f".region[aria-label^='{name}\u00a0']"))


def test_the_title_counts_who_is_on_the_map_and_who_is_not(explorer: Open, world: World) -> None:
    page = explorer("?view=map")
    drawn(page)
    on = sum(bool(placed(world, body, "region")) for body in world["bodies"])
    off = len(world["bodies"]) - on
    expect(page.locator(".map h2")).to_have_text(f"{on} organismes placés, {off} hors carte")
    listed = page.locator(".beside details:not([data-list=arcs]) li").count()
    assert listed == off


def test_every_region_is_drawn_and_the_five_overseas_ones_are_framed(explorer: Open, world: World) -> None:
    page = explorer("?view=map")
    drawn(page)
    assert page.locator(".region").count() == 18
    assert page.locator(".region rect").count() == len(OVERSEAS)
    names = page.locator(".france svg > text[aria-hidden]").all_text_contents()
    assert set(OVERSEAS) <= set(names)
    boxes = page.evaluate(
        """names => [...document.querySelectorAll('.france svg > text')].filter(one => names.includes(one.textContent))
           .map(one => [one.textContent, one.getBoundingClientRect()])
           .map(([name, box]) => [name, box.left, box.right, box.top, box.bottom])""",
        list(OVERSEAS),
    )
    for one in boxes:
        for other in boxes:
            apart = one[2] <= other[1] or other[2] <= one[1] or one[4] <= other[3] or other[4] <= one[3]
            assert one[0] == other[0] or apart, (one, other)


def test_what_no_source_covers_is_hatched_and_zero_is_not(explorer: Open, world: World) -> None:
    page = explorer("?view=map&kind=U")
    drawn(page)
    known = {place for one in (*world["bodies"], *world["activities"]) for place in placed(world, one, "region")}
    unknown = {one["name"] for place, one in enumerate(world["territories"]) if one["level"] == "region"} - {
        world["territories"][place]["name"] for place in known
    }
    hatched = page.locator(".region[data-known=false]")
    assert unknown
    assert hatched.count() == len(unknown)
    for label in hatched.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))"):
        assert "non connu" in label
    assert hatched.first.locator(".shape").get_attribute("fill") == "url(#unknown)"
    none = page.locator(".region[data-known=true]").filter(has=page.locator("title", has_text=": 0 organisme"))
    assert none.or_(page.locator(".region[aria-label*=' 0 organisme']")).count() > 0
    assert page.get_by_text("non connu (aucune source)").is_visible()


def test_a_region_filters_and_its_departments_appear(explorer: Open, world: World) -> None:
    page = explorer("?view=map")
    drawn(page)
    bretagne = shape(page, "Bretagne")
    bretagne.locator(".shape").click()
    assert "territory=region-53" in page.url
    expect(page.get_by_role("button", name="Départements")).to_have_attribute("aria-pressed", "true")
    inside = sum(
        any(world["territories"][p]["id"] == "territory/region-53" for p in placed(world, body, "region"))
        for body in world["bodies"]
    )
    assert page.locator("#counts").inner_text().startswith(f"{inside} organisme")
    page.get_by_role("button", name="Régions").click()
    assert "level=region" in page.url
    expect(shape(page, "Bretagne")).to_have_attribute("aria-pressed", "true")
    shape(page, "Bretagne").locator(".shape").click()
    assert "territory" not in page.url


def test_the_keyboard_alone_chooses_a_region_and_opens_an_arc(explorer: Open) -> None:
    page = explorer("?view=map")
    drawn(page)
    shape(page, "Occitanie").focus()
    page.keyboard.press("Enter")
    assert "territory=region-76" in page.url
    page.go_back()
    drawn(page)
    page.locator(".link").first.focus()
    page.keyboard.press("Enter")
    first = page.locator(".map .arc li button").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    assert re.search(r"at=organisation/[\w-]+~organisation/", page.url)
    expect(page.locator("#sheet-title")).to_be_focused()
    assert page.locator(".map .arc li").count() > 0, "the list of the arc stays"


def test_an_arc_says_and_lists_its_links(explorer: Open) -> None:
    page = explorer("?view=map")
    drawn(page)
    page.locator(".beside summary").first.click()
    items = page.locator(".beside [data-list=arcs] li button")
    words = items.first.inner_text()
    items.first.click()
    expect(page.locator(".map .arc h3")).to_have_text(words)
    assert page.locator(".map .arc li").count() == int(words.rsplit(" ", 2)[-2])
    page.get_by_role("button", name="Fermer la liste").click()
    assert page.locator(".map .arc").inner_text() == ""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("query", ["?view=map", "?view=map&lang=en&territory=region-11", "?view=map&level=department"])
def test_the_map_is_accessible_and_fits(explorer: Open, query: str, width: int) -> None:
    page = explorer(query, width=width)
    drawn(page)
    page.locator(".beside summary").first.click()
    assert axe_findings(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
