"""What can be checked of the first page without a network: its weight, its steadiness, its title and its language."""

from pathlib import Path

import pytest

from tests.explorer.conftest import Open
from tests.explorer.test_app import VIEWS

pytestmark = pytest.mark.needs("chromium")
FIRST = ("index.html", "assets/explorer.css", "assets/explorer.js", "data/served.js", "data/texts.js", "data/world.js")
SHIFT = """
() => new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => (shift += one.hadRecentInput ? 0 : one.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(shift), 500);
})
"""


def test_the_first_page_weighs_less_than_two_megabytes(portal: Path) -> None:
    """All of it, as it lies on a disk: what it asks for before anything is pressed."""
    assert sum((portal / name).stat().st_size for name in FIRST) < 2_000_000


def test_the_first_page_asks_for_nothing_else(explorer: Open, portal: Path) -> None:
    page = explorer("?view=network")
    said = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    asked = {
        Path(name.removeprefix("file://")).relative_to(portal).as_posix() for name in said if name.startswith("file:")
    }
    assert asked <= set(FIRST)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_under_the_reader(explorer: Open, view: str, width: int) -> None:
    """Cumulative layout shift stays under 0.1, the bound of "good" (web.dev, Core Web Vitals)."""
    page = explorer(f"?view={view}", width)
    assert page.evaluate(SHIFT) < 0.1


@pytest.mark.parametrize(("lang", "words"), [("fr", "qui travaille avec qui"), ("en", "who works with whom")])
def test_title_and_language_agree(explorer: Open, lang: str, words: str) -> None:
    page = explorer(f"?lang={lang}")
    assert page.evaluate("document.documentElement.lang") == lang
    assert words in page.title()
    assert page.locator("h1").count() == 1
