"""The view of suggestions: what is advised, why, what it rests on, and what is never advised."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import Open
from tests.explorer.test_app import TI_LAB, reach

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="session")
def advised(portal: Path) -> Mapping[str, Any]:
    text = (portal / "data" / "synergies.js").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text.partition("=")[2].rstrip().rstrip(";"))
    return found


def pairs(page: Page) -> list[set[str]]:
    expect(page.locator(".pair").first).to_be_visible()
    return [set(one.locator(".end .linkish").all_inner_texts()) for one in page.locator(".pair").all()]


def test_a_body_chosen_is_an_end_of_each_and_partners_are_none(explorer: Open) -> None:
    page = explorer(f"?view=synergies&at={TI_LAB}")
    found = pairs(page)
    assert len(found) > 3
    assert all("Ti Lab" in one for one in found)
    known = set(page.locator("#sheet details[data-line] .who").all_inner_texts())
    assert "Bordeaux Métropole" in known
    assert not known & set().union(*found)


def test_a_reason_opens_the_pages_it_rests_on(explorer: Open, advised: Mapping[str, Any]) -> None:
    page = explorer(f"?view=synergies&at={TI_LAB}")
    card = page.locator(".pair").first
    card.wait_for()
    reach(page, ".pair summary")
    page.keyboard.press("Enter")
    said = card.locator(".proof > p").all_inner_texts()
    assert said == card.locator(".reasons li").all_inner_texts()
    assert len(said) > 1
    best = next(one for one in advised["suggestions"] if one["a"].endswith("/ti-lab") or one["b"].endswith("/ti-lab"))
    rests = {advised["evidence"][place]["sourceTitle"] for place in best["reasons"][0]["evidence"]}
    shown = card.locator(".proof").first.locator("li").all_inner_texts()
    assert {one for one in rests if any(line.startswith(one) for line in shown)} == rests


def test_a_territory_keeps_pairs_with_an_end_there(explorer: Open, advised: Mapping[str, Any]) -> None:
    whole = explorer("?view=synergies")
    pairs(whole)
    page = explorer("?view=synergies&territory=region-53")
    found = pairs(page)
    shown = page.locator("#sheet .summary p").first.inner_text()
    assert 0 < len(found) < len(advised["suggestions"])
    assert shown != whole.locator("#sheet .summary p").first.inner_text()


def test_the_network_draws_the_way_between_the_two(explorer: Open) -> None:
    page = explorer(f"?view=synergies&at={TI_LAB}")
    page.locator(".pair").first.get_by_role("button", name="Sur le réseau").click()
    expect(page.locator("#panel-network")).to_be_visible()
    assert "path=organisation/" in page.url


def test_too_little_known_is_said_and_is_no_advice(explorer: Open, advised: Mapping[str, Any]) -> None:
    silent, statements = next(iter(advised["abstained"].items()))
    page = explorer(f"?view=synergies&at=organisation/{silent.rpartition('/')[2]}")
    said = page.locator(".synergies")
    expect(said).to_contain_text("Trop peu est connu")
    expect(said).to_contain_text(str(statements))
    assert page.locator(".pair").count() == 0


def test_more_are_shown_when_asked(explorer: Open) -> None:
    page = explorer("?view=synergies&lang=en")
    before = len(pairs(page))
    page.get_by_role("button", name="Show more").click()
    assert len(pairs(page)) == 2 * before
