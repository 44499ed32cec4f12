"""A graph of one source, two lists, and the search API of companies as a server on this machine."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from maillage.assets import CHECKOUT
from maillage.cli import command_line
from tests.cli.enrich.lists import BODIES, DINUM, NAMES, OTHERS, PAGES, lay, lay_register
from tests.homes import home_without_sources
from tests.sources.fetch.site import Site, bare, site_at


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with site_at() as found:
        yield found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Path:
    """A graph of one source, two lists, and the search API at the site."""
    folder = tmp_path_factory.mktemp("enrich")
    home, out = folder / "home", folder / "out"
    home.mkdir()
    home_without_sources(home)
    for name in ("insee-cog", "macros.sql"):
        (home / "data" / name).symlink_to(CHECKOUT / "data" / name)
    (home / "graph" / "matching").symlink_to(CHECKOUT / "graph" / "matching")
    lay(home, "carnet", {}, organisations=BODIES, names=NAMES)
    lay(home, "autorite", {"title": "Une autorité", "kind": "reference"}, others=OTHERS, pages=PAGES)
    lay_register(home, out)
    (home / "data" / "enrichment").mkdir()
    for path in (CHECKOUT / "data" / "enrichment").iterdir():
        (home / "data" / "enrichment" / path.name).write_bytes(path.read_bytes())
    file = home / "data" / "enrichment" / "source.yml"
    card = yaml.safe_load(file.read_text("utf-8"))
    card["companies"] |= {
        "address": f"{site.address}/search?q={{words}}",
        "private": True,
        "pause": 0,
        "seconds": 1,
        "attempts": 2,
    }
    file.write_text(yaml.safe_dump(card), "utf-8")
    empty(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_HOME", str(home))
        assert command_line(["build", "--out", str(out)]) == 0
    return home


def empty(home: Path) -> None:
    """No answer yet."""
    for name in ("pages", "statements", "refusals"):
        file = home / "data" / "enrichment" / f"{name}.csv"
        file.write_text(file.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")


@pytest.fixture
def home(made: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILLAGE_HOME", str(made))
    monkeypatch.setenv("MAILLAGE_OUT", str(made.parent / "out"))
    site.answers["/search"] = bare(json.dumps(DINUM).encode())
    site.asked.clear()
    empty(made)
    shutil.rmtree(made.parent / "out" / "fetched" / "enrichment", ignore_errors=True)
    return made
