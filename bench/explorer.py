"""`python bench/explorer.py PORTAL`: how soon the explorer shows a large network, and how smoothly it moves.

For 1,000 and 10,000 made-up bodies (two links a body) beside the pages of a written portal: the time from navigation
to the first picture, and the paints a second and the longest stop while the network is dragged far with the mouse,
every body drawn. Headless Chromium in software rendering, 1440 by 900. Medians of `--runs` runs, with least and most;
`--json FILE` keeps them.
"""

import argparse
import json
import math
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = (1_000, 10_000)
GROUP = 60  # bodies a community
SECONDS = 3.0  # of dragging
ACROSS, STEPS = 400, 40  # pixels of a drag, and moves of the mouse in it
LOOK = """() => {
  window.longest = 0;
  let last = performance.now();
  const look = (now) => {
    window.longest = Math.max(window.longest, now - last);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
NAMES = ("ready_ms", "paints_a_second", "longest_stop_ms")


def world(size: int, real: dict[str, Any]) -> dict[str, Any]:
    """A world of `size` bodies under the concepts, territories and sources of a real one, seeded."""
    chance = random.Random(size)
    groups = math.ceil(size / GROUP)
    kinds = [place for place, one in enumerate(real["concepts"]) if one.get("letter")]
    places = [place for place, one in enumerate(real["territories"]) if one["level"] == "region"]
    side = math.ceil(math.sqrt(groups))
    bodies = []
    for number in range(size):
        group = number % groups
        angle, far = chance.uniform(0, 2 * math.pi), 130 * math.sqrt(chance.random())
        bodies.append(
            {
                "id": f"organisation/b{number}",
                "name": f"Organisme {number}",
                "sought": f"organisme {number}",
                "kind": chance.choice(kinds),
                "territories": [chance.choice(places)],
                "themes": [],
                "methods": [],
                "sources": [0],
                "x": round((group % side) * 320 + far * math.cos(angle)),
                "y": round((group // side) * 320 + far * math.sin(angle)),
                "radius": 6 + chance.random() * 6,
                "community": group,
            }
        )
    return real | {
        "bodies": bodies,
        "links": links(size, groups, chance, real),
        "communities": [
            {
                "title": f"Groupe {group}",
                "x": (group % side) * 320,
                "y": (group // side) * 320 - 140,
                "hull": [],
                "size": GROUP,
            }
            for group in range(groups)
        ],
    }


def links(size: int, groups: int, chance: random.Random, real: dict[str, Any]) -> list[dict[str, Any]]:
    kind = next(place for place, one in enumerate(real["concepts"]) if one["scheme"] == "partnership-kind")
    found: set[tuple[int, int]] = set()
    while len(found) < 2 * size:
        one = chance.randrange(size)
        near = chance.random() < 0.85
        other = (one + groups * chance.randrange(1, GROUP)) % size if near else chance.randrange(size)
        if one != other:
            found.add((min(one, other), max(one, other)))
    common = {"kinds": [kind], "participations": [0], "weight": 1, "certainty": 0, "sources": [0], "rule": 0}
    return [{"a": one, "b": other, "first": str(2010 + one % 15), **common} for one, other in sorted(found)]


def measure(browser: Browser, page_file: Path) -> tuple[float, float, float]:
    """Milliseconds to the first picture; paints a second under drags, and the longest stop of the page meanwhile."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{page_file.as_uri()}?all=1")
    page.wait_for_selector("html.ready", timeout=60_000)
    ready = page.evaluate("performance.getEntriesByName('maillage:ready')[0].startTime")
    frame = page.locator(".network .frame").bounding_box()
    if frame is None:
        raise SystemExit("The page shows no network.")
    left, y = frame["x"] + frame["width"] / 2 - ACROSS / 2, frame["y"] + frame["height"] / 2
    count = "Number(document.querySelector('.network').dataset.frames)"
    page.evaluate(LOOK)
    before, begun, turn = page.evaluate(count), time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        drag(page, left, y, towards=1 if turn // 2 % 2 else -1)
        turn += 1
    painted = (page.evaluate(count) - before) / (time.perf_counter() - begun)
    longest = page.evaluate("longest")
    page.close()
    return float(ready), painted, float(longest)


def drag(page: Page, left: float, y: float, towards: int) -> None:
    """One drag over `ACROSS` pixels; two the same way leave behind what was on the screen at first."""
    begin = left if towards > 0 else left + ACROSS
    page.mouse.move(begin, y)
    page.mouse.down()
    for step in range(1, STEPS + 1):
        page.mouse.move(begin + towards * ACROSS * step / STEPS, y + 30 * math.sin(step / 8))
    page.mouse.up()


def assigned(text: str, name: str) -> Any:
    line = next(line for line in text.splitlines() if line.startswith(f"window.{name}="))
    return json.loads(line.partition("=")[2].rstrip(";"))


def prepared(portal: Path, folder: Path, size: int) -> Path:
    """The pages of a portal with a made-up world in place of its own."""
    for name in ("index.html", "assets", "data"):
        source = portal / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    file = folder / "data" / "world.js"
    text = file.read_text(encoding="utf-8")
    made = json.dumps(world(size, assigned(text, "maillageWorld")), ensure_ascii=False, separators=(",", ":"))
    rest = text[text.index("for (const link") :]
    rules = json.dumps(assigned(text, "maillageRules"))
    file.write_text(f"window.maillageRules={rules};\nwindow.maillageWorld={made};\n{rest}", encoding="utf-8")
    return folder / "index.html"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portal", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures: dict[str, dict[str, list[float]]] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as root:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        for size in SIZES:
            folder = Path(root, str(size))
            folder.mkdir()
            page = prepared(given.portal.resolve(), folder, size)
            runs = [measure(browser, page) for _ in range(given.runs + 1)][1:]  # the first warms up
            figures[str(size)] = dict(zip(NAMES, map(list, zip(*runs, strict=True)), strict=True))
        browser.close()
    for bodies, found in figures.items():
        for name, values in found.items():
            low, middle, high = min(values), statistics.median(values), max(values)
            sys.stdout.write(f"{bodies:>6} bodies  {name:16} median {middle:8.1f}  min {low:8.1f}  max {high:8.1f}\n")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
