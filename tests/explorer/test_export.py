"""What one sees, taken away: every file is opened by another program, and says its licence and whom to credit."""

import csv
import io
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fastexcel
import networkx
import pyoxigraph as ox
import pytest
from playwright.sync_api import Page, expect
from rdflib import Graph

from maillage.terms import ID, graph_iri
from tests.explorer.conftest import Open

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),  # in rdflib's own reader
]

World = Mapping[str, Any]
Take = Callable[[Page, str], Path]
LICENCE = "https://spdx.org/licenses/etalab-2.0"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Opens the menu where it is closed, presses a form, gives the file."""

    def taken(page: Page, form: str) -> Path:
        opener = page.get_by_role("button", name="Exporter")
        if opener.get_attribute("aria-expanded") == "false":
            opener.click()
        with page.expect_download() as download:
            page.locator(f"[data-form={form}]").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    return taken


def png_texts(body: bytes) -> dict[str, str]:
    """The international texts of a PNG whose checksums are right."""
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = {}, 8
    while at < len(body):
        (length,) = struct.unpack(">I", body[at : at + 4])
        chunk = body[at + 4 : at + 8 + length]
        assert zlib.crc32(chunk) == struct.unpack(">I", body[at + 8 + length : at + 12 + length])[0]
        if chunk.startswith(b"iTXt"):
            name, words = chunk[4:].split(b"\0\0\0\0\0")
            found[name.decode()] = words.decode()
        at += 12 + length
    return found


def pdf_text(body: bytes) -> str:
    """The properties of a PDF, which are written as they are."""
    return body.decode("latin-1")


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize("view", ["network", "map", "timeline"])
def test_svg_stands_alone_and_says_its_licence(explorer: Open, take: Take, world: World, view: str) -> None:
    page = explorer(f"?view={view}")
    page.wait_for_timeout(300)
    path = take(page, "svg")
    assert path.name == f"maillage-{view}-{world['release']}.svg"
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    metadata = root.findtext(f"{SVG}metadata") or ""
    assert LICENCE in metadata
    assert any(source["credit"] in metadata for source in world["sources"])
    shown = " ".join(root.itertext())
    assert "Licence Ouverte 2.0" in shown
    assert "Sources" in shown
    assert "href" not in text.replace("xmlns:xlink", "")
    assert not root.findall(f".//{SVG}foreignObject")


def test_a_picture_for_a_report_is_two_presses_away(explorer: Open) -> None:
    page = explorer("?view=network")
    page.get_by_role("button", name="Exporter").press("Enter")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".svg")


@pytest.mark.parametrize("view", ["network", "map", "timeline"])
def test_png_is_twice_the_picture_and_bears_its_credits(explorer: Open, take: Take, view: str) -> None:
    page = explorer(f"?view={view}")
    page.wait_for_timeout(300)
    body = take(page, "png").read_bytes()
    width, height = struct.unpack(">II", body[16:24])
    assert width >= 1200
    assert height >= 600
    said = png_texts(body)
    assert LICENCE in said["Copyright"]
    assert len(said["Copyright"].splitlines()) > 3


@pytest.mark.parametrize("view", ["network", "map", "timeline"])
def test_pdf_is_vectors_with_its_own_font(explorer: Open, take: Take, view: str) -> None:
    page = explorer(f"?view={view}")
    page.wait_for_timeout(300)
    body = take(page, "pdf").read_bytes()
    assert body.startswith(b"%PDF-1.")
    assert body.rstrip().endswith(b"%%EOF")
    said = pdf_text(body)
    assert "/FontFile2" in said
    assert "/Subject" in said
    assert "/DCTDecode" not in said
    assert body.count(b"/Type /Page\n") >= 2, "the credits have pages of their own"


# ---------------------------------------------------------------- data


def test_csv_has_a_row_a_link(explorer: Open, take: Take, world: World) -> None:
    page = explorer("?view=table")
    body = take(page, "csv").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) == len(world["links"])
    assert all("Licence Ouverte 2.0" in row["licence"] for row in rows)
    assert rows[0]["credits"]
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row.values() if cell and not cell[1:2].isdigit())


def test_csv_of_events_has_a_row_an_activity(explorer: Open, take: Take) -> None:
    page = explorer("?view=events")
    rows = list(csv.DictReader(io.StringIO(take(page, "csv").read_text(encoding="utf-8-sig"))))
    shown = int(page.locator("#counts").inner_text().split(", ")[2].split()[0])
    assert len(rows) == shown
    assert {"label", "type", "bodies", "licence"} <= rows[0].keys()


def test_xlsx_has_links_bodies_evidence_and_credits(explorer: Open, take: Take, world: World) -> None:
    page = explorer("?view=table")
    book = fastexcel.read_excel(take(page, "xlsx"))
    assert book.sheet_names == ["links", "bodies", "activities", "evidence", "credits"]
    rows = {name: book.load_sheet(name).to_polars() for name in book.sheet_names}
    assert rows["links"].height == len(world["links"])
    assert rows["bodies"].height == len(world["bodies"])
    assert rows["evidence"]["passage"].drop_nulls().len() > 0
    assert LICENCE in rows["credits"]["credits"][0]
    assert rows["credits"].height > 3


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_network_files_open_in_networkx(explorer: Open, take: Take, world: World, form: str) -> None:
    page = explorer("?view=network")
    path = take(page, form)
    found = networkx.read_gexf(path) if form == "gexf" else networkx.read_graphml(path)
    assert set(found) == {ID + body["id"] for body in world["bodies"]}
    ends = {frozenset((ID + world["bodies"][x["a"]]["id"], ID + world["bodies"][x["b"]]["id"])) for x in world["links"]}
    assert {frozenset(edge[:2]) for edge in found.edges} == ends
    assert found.nodes[f"{ID}organisation/ti-lab"]["label"] == "Ti Lab"
    text = path.read_text(encoding="utf-8")
    assert LICENCE in text
    credit = world["sources"][world["links"][0]["sources"][0]]["credit"]
    assert credit.replace("&", "&amp;") in text.replace("&quot;", '"').replace("&apos;", "'")


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_statements_are_those_of_the_graph(explorer: Open, take: Take, out: Path, world: World, form: str) -> None:
    page = explorer("?view=network")
    path = take(page, form)
    read = Graph().parse(path, format="turtle" if form == "ttl" else "json-ld")
    held = {
        tuple(map(str, quad.triple))
        for quad in ox.parse(path=str(out / "graph" / "graph.nq"), format=ox.RdfFormat.N_QUADS)
        if quad.graph_name == ox.NamedNode(graph_iri("merged"))
    }
    said = list(ox.parse(read.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))
    things = [quad.triple for quad in said if str(quad.subject).startswith(f"<{ID}")]
    assert [one for one in things if tuple(map(str, one)) not in held] == []
    assert sum("Partnership>" in str(one.object) for one in things) == sum("rule" in link for link in world["links"])
    file = [quad for quad in said if not str(quad.subject).startswith(f"<{ID}")]
    assert LICENCE in {one.object.value for one in file if one.predicate.value.endswith("/license")}
    assert sum(one.predicate.value.endswith("/rights") for one in file) > 3


def test_the_question_gives_the_links_that_are_shown(explorer: Open, take: Take, out: Path, world: World) -> None:
    page = explorer("?view=network&kind=L")
    query = take(page, "rq").read_text(encoding="utf-8")
    assert query.startswith("# Licence")
    store = ox.Store()
    store.bulk_load(path=str(out / "graph" / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
        ox.NamedNode(graph_iri(name)) for name in ("merged", "evidence")
    ]
    rows = store.query(query, default_graph=graphs)
    assert isinstance(rows, ox.QuerySolutions)
    found = {frozenset((row["a"].value, row["b"].value)) for row in rows}
    labs = {
        place
        for place, body in enumerate(world["bodies"])
        if body["kind"] >= 0 and world["concepts"][body["kind"]].get("letter") == "L"
    }
    shown = [link for link in world["links"] if {link["a"], link["b"]} <= labs]
    assert found == {frozenset(ID + world["bodies"][link[end]]["id"] for end in ("a", "b")) for link in shown}


# ---------------------------------------------------------------- shared, printed


def test_the_share_panel_gives_the_address_and_a_frame(explorer: Open, world: World) -> None:
    page = explorer("?view=map&territory=region-53")
    page.get_by_role("button", name="Partager la vue").click()
    address = page.locator("#share-address").input_value()
    assert "view=map" in address
    assert "territory=region-53" in address
    frame = page.locator("#share-embed").input_value()
    assert frame.startswith("<iframe ")
    assert "embed=1" in frame
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Partager la vue")).to_be_focused()
    assert page.locator("#share-menu").is_hidden()


def test_printed_the_view_has_its_table_address_and_credits(explorer: Open, world: World) -> None:
    page = explorer("?view=map")
    page.wait_for_selector(".france svg")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    said = page.locator("#printed").inner_text()
    assert "view=map" in said
    assert LICENCE in said
    assert page.locator("#below table").is_visible()
    assert page.locator(".france svg").is_visible()
    for hidden in ("#filters", "#actions", "#tabs", ".levels"):
        assert page.locator(hidden).is_hidden()
