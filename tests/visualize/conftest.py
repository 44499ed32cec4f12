"""One browser a session, and the pages that the tests of the interface open in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from maillage.visualize.map.page import page as write_page
from maillage.visualize.map.spec import read_spec
from tests.visualize.hostile import hostile_answers
from tests.visualize.sample import CREDIT, answers

Open = Callable[..., Page]
BESIDE = ("maps/", "ontology/", "release/")  # drawn apart, beside the pages of the portal


@pytest.fixture(scope="session")
def site(article_portal: Path) -> dict[str, bytes]:
    """The files by their paths, but for what is drawn apart."""
    files = {path.relative_to(article_portal).as_posix(): path for path in article_portal.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(BESIDE)}


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The map of the article, and the same with hostile texts in every field."""
    folder = tmp_path_factory.mktemp("pages")
    made = {"edition": answers(), "hostile": hostile_answers()}
    for name, tables in made.items():
        (folder / f"{name}.html").write_bytes(write_page(tables, read_spec("edition"), CREDIT))
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture
def opened(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    """Opens a page; whatever it asks of the network, writes to the console or throws fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []

    def open_page(name: str = "edition", query: str = "", width: int = 1440, ready: str = "html.ready") -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900 if width > 900 else 844})
        page.on("request", lambda request: complaints.append(request.url) if "file:" not in request.url else None)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(pages[name].as_uri() + query)
        page.wait_for_selector(ready)
        return page

    yield open_page
    context.close()
    assert complaints == []
