"""Files of a world whose every name tries to be more than text, or whose sources may not be handed on."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fastexcel
import networkx
import pytest
from playwright.sync_api import expect
from rdflib import Graph

from tests.explorer.conftest import Open
from tests.explorer.test_export import SVG, Take, png_texts, take
from tests.visualize.hostile import TEXTS

__all__ = ["take"]  # a fixture
pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),  # in rdflib's own reader
]

NAMES = (*TEXTS, "=1+1 \u0001 ]]>")


def spoil(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Changes the world of an explorer on disk."""
    file = folder / "data" / "world.js"
    lines = file.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("window.maillageWorld="))
    world = json.loads(lines[place].partition("=")[2].rstrip(";"))
    change(world)
    lines[place] = f"window.maillageWorld={json.dumps(world)};".replace("<", "\\u003c")
    file.write_text("\n".join(lines), encoding="utf-8")


def named_badly(world: dict[str, Any]) -> None:
    for kind in ("bodies", "activities", "territories", "sources"):
        for number, one in enumerate(world[kind]):
            one["title" if kind == "sources" else "name"] = NAMES[number % len(NAMES)]
    for number, one in enumerate(world["sources"]):
        one["credit"] = one["publisher"] = NAMES[number % len(NAMES)]


@pytest.fixture(scope="module")
def hostile(portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The explorer over a world whose every name is a hostile text."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("assets", "data"):
        shutil.copytree(portal / name, folder / name)
    shutil.copy(portal / "index.html", folder)
    spoil(folder, named_badly)
    yield folder


def svg(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    assert not root.findall(f".//{SVG}script")
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]


def png(path: Path) -> None:
    assert png_texts(path.read_bytes())["Copyright"]


def pdf(path: Path) -> None:
    body = path.read_bytes()
    assert body.startswith(b"%PDF-1.")
    assert b"/JavaScript" not in body


def table(path: Path) -> None:
    cells = [cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) for cell in row]
    assert TEXTS[0] in cells
    assert not any(cell.startswith("=") for cell in cells)


def workbook(path: Path) -> None:
    assert TEXTS[0] in set(fastexcel.read_excel(path).load_sheet("bodies").to_polars()["label"])


def network(path: Path) -> None:
    found = networkx.read_gexf(path) if path.suffix == ".gexf" else networkx.read_graphml(path)
    assert TEXTS[0] in {data["label"] for _, data in found.nodes(data=True)}


def statements(path: Path) -> None:
    graph = Graph().parse(path, format="turtle" if path.suffix == ".ttl" else "json-ld")
    assert TEXTS[0] in {str(one) for one in graph.objects()}


def question(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    assert lines[first].startswith("PREFIX")


PICTURES = {"svg": svg, "png": png, "pdf": pdf}
FILES = {
    "csv": table,
    "xlsx": workbook,
    "gexf": network,
    "graphml": network,
    "jsonld": statements,
    "ttl": statements,
    "rq": question,
}
CASES = [(view, form) for view in ("network", "map", "timeline") for form in PICTURES] + [("table", f) for f in FILES]


@pytest.mark.parametrize(("view", "form"), CASES)
def test_hostile_names_are_inert_and_well_formed(
    explorer: Open, take: Take, hostile: Path, view: str, form: str
) -> None:
    page = explorer(f"?view={view}", folder=hostile)
    page.wait_for_timeout(300)
    (PICTURES | FILES)[form](take(page, form))
    assert page.evaluate("window.pwned") is None


def test_sources_at_odds_refuse_every_file(explorer: Open, hostile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "odds"
    shutil.copytree(hostile, folder)

    def silence(world: dict[str, Any]) -> None:
        none = next(number for number, one in enumerate(world["licences"]) if not one["under"])
        world["sources"][world["links"][0]["sources"][0]] |= {"licence": none, "title": "La source muette"}

    spoil(folder, silence)
    page = explorer("?view=network", folder=folder)
    page.get_by_role("button", name="Exporter").click()
    expect(page.locator("#export-menu [role=alert]")).to_contain_text("La source muette")
    assert page.locator("#export-menu [data-form]:not([data-form=print])").count() == 0
