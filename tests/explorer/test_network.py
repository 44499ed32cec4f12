"""The network on its canvas: points and lines open their sheets, the keyboard walks, too many are grouped."""

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from tests.explorer.conftest import Open
from tests.visualize.hostile import TEXTS

pytestmark = pytest.mark.needs("chromium")
TI_LAB, BORDEAUX = "organisation/ti-lab", "organisation/bordeaux-metropole"


def body(world: Mapping[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in world["bodies"] if one["id"] == name)
    return found


def screen(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place of the network stands on the page, by the zoom in its address."""
    across, down, scale = (float(part) for part in page.url.partition("zoom=")[2].partition("&")[0].split(","))
    box = page.locator(".network .frame").bounding_box()
    assert box is not None
    return box["x"] + x * scale + across, box["y"] + y * scale + down


def zoomed(explorer: Open, x: float, y: float, width: int = 1440, more: str = "") -> Page:
    """The network with a place of it in the middle, large enough for points to stand apart."""
    middle = (340, 250) if width > 900 else (170, 230)
    return explorer(f"?view=network&zoom={middle[0] - round(2 * x)},{middle[1] - round(2 * y)},2.00{more}", width)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_point_opens_its_sheet_in_one_click(explorer: Open, world: Mapping[str, Any], width: int) -> None:
    one = body(world, TI_LAB)
    page = zoomed(explorer, one["x"], one["y"], width)
    page.mouse.click(*screen(page, one["x"], one["y"]))
    assert page.locator("#sheet-title").inner_text() == "Ti Lab"
    assert f"at={TI_LAB}" in page.url


def test_a_line_opens_its_evidence_in_one_click(explorer: Open, world: Mapping[str, Any]) -> None:
    """The line is clicked where no other line and no point is near."""
    spot, link = next(filter(None, (lonely(world, place) for place in range(len(world["links"])))))
    page = zoomed(explorer, *spot)
    page.mouse.click(*screen(page, *spot))
    ends = {world["bodies"][link[end]]["id"] for end in ("a", "b")}
    assert set(page.url.partition("at=")[2].partition("&")[0].split("~")) == ends
    page.locator("#sheet .evidence .passages a").first.wait_for()


def lonely(world: Mapping[str, Any], place: int) -> tuple[tuple[float, float], dict[str, Any]] | None:
    """The middle of a line, when everything else is at least 15 away from it."""
    link = world["links"][place]
    a, b = (world["bodies"][link[end]] for end in ("a", "b"))
    spot = ((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    if math.dist(spot, (a["x"], a["y"])) < 40:
        return None
    others = [other for number, other in enumerate(world["links"]) if number != place]
    clear = all(distance(spot, *(world["bodies"][other[end]] for end in ("a", "b"))) > 15 for other in others)
    free = all(math.dist(spot, (one["x"], one["y"])) > 30 for one in world["bodies"])
    return (spot, link) if clear and free else None


def distance(spot: tuple[float, float], a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    across, down = b["x"] - a["x"], b["y"] - a["y"]
    share = ((spot[0] - a["x"]) * across + (spot[1] - a["y"]) * down) / (across**2 + down**2 or 1)
    share = max(0.0, min(1.0, share))
    return math.dist(spot, (a["x"] + share * across, a["y"] + share * down))


def test_a_click_beside_everything_closes_the_sheet(explorer: Open) -> None:
    page = explorer(f"?at={TI_LAB}&zoom=0,0,0.10")
    box = page.locator(".network .frame").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 90, box["y"] + box["height"] - 20)
    assert "at=" not in page.url


def test_the_keyboard_walks_and_is_told(explorer: Open) -> None:
    page = explorer("?view=network")
    page.locator(".network .frame").focus()
    page.keyboard.press("Home")
    first = page.locator("#announce").inner_text()
    assert first.startswith("Direction interministérielle de la transformation publique")
    assert "11 partenaires" in first  # La 27e Région has ten: Les Labonautes are more than eight parties
    page.keyboard.press("ArrowDown")
    near = page.locator("#announce").inner_text()
    assert "1 sur 11 autour de Direction interministérielle" in near
    page.keyboard.press("ArrowRight")
    assert page.locator("#announce").inner_text() != near
    page.keyboard.press("ArrowLeft")
    assert page.locator("#announce").inner_text().startswith(near.partition(",")[0])
    page.keyboard.press("ArrowLeft")
    assert page.locator("#announce").inner_text() == first
    assert "Direction interministérielle" in page.locator(".tip").inner_text()
    page.keyboard.press("PageDown")
    second = page.locator("#announce").inner_text().partition(",")[0]
    assert second == "Ti Lab"  # eleven too, with its carriers, and after DITP by name
    page.keyboard.press("Enter")
    assert "at=organisation" in page.url
    assert page.locator("#sheet h2").first.inner_text().startswith(second)


def test_escape_leaves_the_network(explorer: Open) -> None:
    page = explorer("?view=network")
    page.locator(".network .frame").focus()
    page.keyboard.press("Escape")
    assert page.locator("#announce").inner_text() == "Sortie du réseau"
    assert page.evaluate("document.activeElement.closest('.frame')") is None


def test_zoom_is_in_the_address_and_fits_again(explorer: Open) -> None:
    page = explorer("?view=network")
    page.get_by_role("button", name="Agrandir").click()
    page.wait_for_url("**zoom=**")
    closer = page.url
    page.get_by_role("button", name="Vers la droite").click()
    page.wait_for_url(lambda url: url != closer)
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(400)
    seen = page.url
    again = explorer(seen.partition("index.html")[2])
    again.wait_for_timeout(400)
    assert again.url == seen
    again.get_by_role("button", name="Voir tout").click()
    again.wait_for_url(lambda url: "zoom=" not in url)
    assert again.get_by_role("button", name="Vers la droite").count() == 0


def test_nothing_is_painted_when_nothing_changes(explorer: Open) -> None:
    """Nor does anything move by itself, whatever the reader has asked of motion."""
    page = explorer("?view=network")
    count = "document.querySelector('.network').dataset.frames"
    page.wait_for_timeout(600)
    before = page.evaluate(count)
    page.wait_for_timeout(600)
    assert page.evaluate(count) == before
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Agrandir").click()
    page.wait_for_timeout(600)
    assert int(page.evaluate(count)) - int(before) <= 3
    assert page.evaluate("document.querySelector('.network').getAnimations({subtree: true}).length") == 0


def test_a_finger_opens_a_sheet(browser: Browser, portal: Path, world: Mapping[str, Any]) -> None:
    one = body(world, TI_LAB)
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    zoom = f"{170 - round(2 * one['x'])},{230 - round(2 * one['y'])},2"
    page.goto(f"{(portal / 'index.html').as_uri()}?view=network&zoom={zoom}")
    page.wait_for_selector("html.ready")
    page.touchscreen.tap(*screen(page, one["x"], one["y"]))
    page.wait_for_url(lambda url: f"at={TI_LAB}" in url)
    context.close()


def test_its_picture_has_shapes_letters_and_a_legend(explorer: Open, tmp_path: Path) -> None:
    """Each kind has its own shape where colours may be lost; nothing is asked of anyone."""
    page = explorer(f"?at={TI_LAB}")
    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as download:
        page.locator("[data-form=svg]").click()
    download.value.save_as(tmp_path / "picture.svg")
    picture = ElementTree.parse(tmp_path / "picture.svg")
    svg = "{http://www.w3.org/2000/svg}"
    corners = {
        len(str(one.get("points")).split())
        for one in picture.iter(f"{svg}polygon")
        if one.find(f"{svg}title") is not None
    }
    assert {4, 6} <= corners
    words = {one.text for one in picture.iter(f"{svg}text")}
    assert {"L", "C", "Ti Lab", "entre communautés", "laboratoire d’innovation"} <= {
        str(one).replace("'", "’") for one in words
    }
    assert not [name for one in picture.iter() for name in one.attrib if name.endswith("href")]


def test_around_and_a_path(explorer: Open, world: Mapping[str, Any]) -> None:
    page = explorer(f"?at={TI_LAB}")
    whole = page.locator("#counts").inner_text()
    page.get_by_role("button", name="Voir autour").click()
    assert "ego=1" in page.url
    assert page.locator("#counts").inner_text() != whole
    near = neighbours(world, {TI_LAB})
    far = sorted(neighbours(world, near) - near - {TI_LAB})[0]
    page = explorer(f"?at={TI_LAB}&path={far}")
    steps = page.locator(".steps > li")
    assert steps.count() == 2
    steps.first.locator(".passages a").first.wait_for()


def neighbours(world: Mapping[str, Any], of: set[str]) -> set[str]:
    pairs = [{world["bodies"][link[end]]["id"] for end in ("a", "b")} for link in world["links"]]
    return {one for pair in pairs if pair & of for one in pair} - of


# ---------------------------------------------------------------- made-up worlds


def made(portal: Path, folder: Path, change: Mapping[str, Any]) -> Path:
    """The pages of the portal with another world."""
    for name in ("assets", "data"):
        (folder / name).mkdir()
        for source in (portal / name).iterdir():
            (folder / name / source.name).symlink_to(source)
    (folder / "index.html").symlink_to(portal / "index.html")
    file = folder / "data" / "world.js"
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next(one for one in lines if one.startswith("window.maillageWorld="))
    real = json.loads(line.partition("=")[2].rstrip(";"))
    file.unlink()
    said = json.dumps(real | change, ensure_ascii=False).replace("<", "\\u003c")
    file.write_text(f"window.maillageWorld={said};\n", encoding="utf-8")
    return folder


def crowd(size: int, groups: int) -> dict[str, Any]:
    """A world of many bodies in rows of groups, linked in a ring in each group and from each group to the next."""
    bodies = [
        {
            "id": f"organisation/b{one}",
            "name": f"Organisme {one}",
            "sought": f"organisme {one}",
            "kind": -1,
            "territories": [],
            "themes": [],
            "methods": [],
            "sources": [],
            "radius": 6,
            "community": one % groups,
            "x": (one % groups) * 300 + (one // groups) % 12 * 20,
            "y": (one // groups) // 12 * 20,
        }
        for one in range(size)
    ]
    common = {"directed": False, "kinds": [0], "participations": [], "weight": 1, "certainty": 0, "sources": [0]}
    pairs = [(one, (one + groups) % size) for one in range(size)] + [(one, one + 1) for one in range(groups - 1)]
    titles = [
        {"title": f"Groupe {one}", "x": one * 300, "y": 0, "hull": [], "size": size // groups} for one in range(groups)
    ]
    return {
        "bodies": bodies,
        "links": [{"a": min(pair), "b": max(pair), **common} for pair in pairs],
        "communities": titles,
        "activities": [],
        "participations": [],
    }


def test_too_many_are_grouped_and_open(explorer: Open, portal: Path, tmp_path: Path) -> None:
    folder = made(portal, tmp_path, crowd(2000, 10))
    page = explorer("?view=network", folder=folder)
    assert "par communautés" in page.locator(".gathered").inner_text()
    page.locator(".network .frame").focus()
    page.keyboard.press("Home")
    assert "200 organismes" in page.locator("#announce").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"open=\d"))
    assert page.locator("#announce").inner_text().startswith("Organisme ")
    page.get_by_role("button", name="Tout montrer").click()
    assert "all=1" in page.url
    page.get_by_role("button", name="Regrouper").click()
    assert "open=" not in page.url


@pytest.mark.parametrize("view", ["network", "map", "timeline", "table", "events"])
def test_hostile_names_are_inert(explorer: Open, portal: Path, tmp_path: Path, view: str) -> None:
    change = crowd(len(TEXTS) * 2, 2)
    for place, one in enumerate(change["bodies"]):
        one["name"] = one["short"] = TEXTS[place % len(TEXTS)]
    for one in change["communities"]:
        one["title"] = TEXTS[0]
    page = explorer(f"?view={view}&at=organisation/b1", folder=made(portal, tmp_path, change))
    assert page.evaluate("window.pwned") is None
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("#sheet-title").inner_text() == " ".join(TEXTS[1].split())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
