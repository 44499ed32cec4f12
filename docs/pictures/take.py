"""`python docs/pictures/take.py OUT`: the pictures and the figures of the README, taken anew from a build.

Needs Playwright (a development dependency) and the machine's Chromium.
"""

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from maillage import answer
from maillage.locales import LANGUAGES

HERE = Path(__file__).parent
README = HERE.parent.parent / "README.md"
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


def count(out: Path) -> None:
    """Writes what the sources say, in figures, on the line below each mark of the README."""
    text = README.read_text(encoding="utf-8")
    with answer.open(out, endpoint="") as graph:
        for lang in LANGUAGES:
            rows = [row for row in graph.ask("counts", lang).rows() if "-without-" not in str(row["what"])]
            line = " · ".join(f"**{row['count']}** {_low(str(row['whatLabel']))}" for row in rows)
            text = re.sub(rf"(?<=<!-- counts {lang}: make pictures -->\n).*", line, text)
    README.write_text(text, encoding="utf-8")


def _low(label: str) -> str:
    return label[0].lower() + label[1:]


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
    count(Path(sys.argv[1]).absolute())
    take(Path(sys.argv[1]).absolute())
