"""The explorer opened in the portal of the real graph."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def portal(ran: tuple[Path, str]) -> Path:
    """The folder of the portal, every source in it."""
    return ran[0] / "portal"


@pytest.fixture(scope="session")
def out(ran: tuple[Path, str]) -> Path:
    """The build that the portal was written from."""
    return ran[0]


@pytest.fixture(scope="session")
def world(portal: Path) -> Mapping[str, Any]:
    """What `data/world.js` holds; `rule` is a place in the list of rules there."""
    text = (portal / "data" / "world.js").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("window.maillageWorld="))
    found: Mapping[str, Any] = json.loads(line.partition("=")[2].rstrip(";"))
    return found


@pytest.fixture
def explorer(browser: Browser, portal: Path) -> Iterator[Open]:
    """Opens a page of the portal from disk: `explorer("?view=map", width=390, page="index.html", folder=other)`.

    What it asks of the network, writes to the console, throws or says in a dialog fails the test.
    """
    context = browser.new_context(locale="fr-FR", accept_downloads=True)
    complaints: list[str] = []

    def open_page(query: str = "", width: int = 1440, page: str = "index.html", folder: Path | None = None) -> Page:
        opened = context.new_page()
        opened.set_viewport_size({"width": width, "height": 900 if width > 900 else 844})
        opened.on("request", lambda asked: complaints.append(asked.url) if _outside(asked.url) else None)
        opened.on("console", lambda said: complaints.append(said.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("dialog", lambda dialog: complaints.append(dialog.message))
        opened.goto(((folder or portal) / page).as_uri() + query)
        opened.wait_for_selector("html.ready")
        return opened

    yield open_page
    context.close()
    assert complaints == []


def _outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:"))
