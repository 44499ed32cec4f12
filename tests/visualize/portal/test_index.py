"""The index page: what is in the build and what is not, links that hold, both languages, no request."""

import re
from pathlib import Path
from typing import Any

import pytest

from maillage.locales import LANGUAGES
from maillage.visualize.locales import section
from maillage.visualize.portal.index import index
from tests.axe import axe_findings
from tests.visualize.conftest import Open
from tests.visualize.sample import CREDIT
from tests.visualize.test_browser import SMALL

COUNTS: list[dict[str, Any]] = [
    {"what": "labs", "whatLabel": "Laboratoires <b>", "count": 4},
    {"what": "events-without-date", "whatLabel": "Événements sans date", "count": 16},
    {"what": "labs-without-carrier", "whatLabel": "Laboratoires sans porteur", "count": 0},
]
MAPS = [{"file": "edition.html", "name": "edition"}, {"file": "ego-x.html", "name": "ego", "label": "Ti Lab"}]
FILES = {"maillage.nq": 8_200_000, "CREDITS": 900, "tables/bodies.csv": 4_000}


def made() -> bytes:
    return index(dict.fromkeys(LANGUAGES, COUNTS), MAPS, FILES, CREDIT)


def test_it_says_what_is_known_what_is_not_and_where_to_go() -> None:
    html = made().decode("utf-8")
    assert made().decode("utf-8") == html
    assert "Laboratoires &lt;b&gt;" in html
    assert "Événements sans date" in html
    assert "Laboratoires sans porteur" not in html  # nothing is unknown there
    links = re.findall(r'href="([^"#?]+)"', html)
    assert {"maps/edition.html", "maps/ego-x.html", "release/CREDITS", "release/tables/bodies.csv"} <= set(links)
    assert "Autour de «\u00a0Ti Lab\u00a0»" in html.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    assert "8\u202f200 ko" in html.replace("\u00a0", " ")


def test_its_examples_are_commands() -> None:
    for lang in LANGUAGES:
        examples: Any = section(lang, "examples")
        assert all(example["command"].startswith("maillage ") for example in examples)


@pytest.mark.needs("chromium")
def test_in_a_browser(opened: Open, pages: dict[str, Path], tmp_path: Path) -> None:
    pages["index"] = tmp_path / "index.html"
    pages["index"].write_bytes(made())
    page = opened("index", ready="body")
    assert axe_findings(page) == []
    page.locator("a[data-speak=en]").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    href = page.locator("a[data-map]:visible").first.get_attribute("href") or ""
    assert href.endswith("maps/edition.html?lang=en")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(SMALL) == []
    assert axe_findings(page) == []
