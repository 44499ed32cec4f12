"""`python docs/pictures/take.py OUT`: the pictures of the README, taken anew from the pages of a build.

Needs Playwright (a development dependency) and the machine's Chromium.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE = {"width": 1440, "height": 900}


def edition(page: Page) -> None:
    """The whole map, as it opens."""


def evidence(page: Page) -> None:
    """A body chosen, with the evidence of each of its links."""
    page.fill("#search", "DITP")
    page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")


def index(page: Page) -> None:
    """What is in the build and what is not."""


PICTURES = {
    "edition": ("maps/edition.html", edition),
    "evidence": ("maps/edition.html", evidence),
    "index": ("index.html", index),
}


def take(out: Path) -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        for name, (file, prepare) in PICTURES.items():
            page = browser.new_page(viewport=WIDE)
            page.goto((out / file).as_uri())
            page.wait_for_timeout(300)
            prepare(page)
            page.wait_for_timeout(300)
            page.screenshot(path=HERE / f"{name}.png")
            sys.stdout.write(f"docs/pictures/{name}.png\n")
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]).absolute())
