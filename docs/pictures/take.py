"""`python docs/pictures/take.py OUT`: the pictures of the README, taken anew from the pages of a build.

Needs Playwright (a development dependency) and the machine's Chromium.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

HERE = Path(__file__).parent
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE: ViewportSize = {"width": 1440, "height": 900}


def explorer(page: Page) -> None:
    """The network, as it opens."""


def evidence(page: Page) -> None:
    """A body chosen, the evidence of one of its links open."""
    page.locator("#sheet summary", has_text="Bordeaux Métropole").first.click()
    page.locator("#sheet .passages a").first.scroll_into_view_if_needed()
    page.evaluate("document.activeElement.blur()")


def territories(page: Page) -> None:
    """The map: what is known where, and what is not."""


PICTURES = {
    "explorer": ("portal/index.html", "", explorer),
    "evidence": ("portal/index.html", "?at=organisation/ti-lab", evidence),
    "territories": ("portal/index.html", "?view=map", territories),
}


def take(out: Path) -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        for name, (file, state, prepare) in PICTURES.items():
            page = browser.new_page(viewport=WIDE)
            page.goto((out / file).as_uri() + state)
            page.wait_for_selector("html.ready")
            prepare(page)
            page.wait_for_timeout(300)
            page.screenshot(path=HERE / f"{name}.png")
            sys.stdout.write(f"docs/pictures/{name}.png\n")
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]).absolute())
