"""The portal: every page leads somewhere, says its evidence, holds its RDF, and is inert, accessible and quiet."""

import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from maillage import answer
from maillage.cli import command_line
from maillage.cli.portal import MAPS
from maillage.files import asset
from maillage.network.from_table import Row
from maillage.queries.catalogue import catalogue
from maillage.table import Cell
from maillage.terms import ID, LIST, expand
from maillage.visualize.locales import number
from maillage.visualize.portal.answer import MOST_ROWS
from maillage.visualize.portal.explorer import bundles
from maillage.visualize.portal.site import WAYS, Content, pages
from maillage.visualize.portal.thing import path_of
from maillage.visualize.portal.things import QUESTIONS as THINGS
from maillage.visualize.portal.things import Things
from maillage.visualize.portal.world import QUESTIONS, World
from tests.axe import axe_findings
from tests.visualize.conftest import BESIDE, Open
from tests.visualize.hostile import TEXTS
from tests.visualize.sample import CREDIT

LANGS, EVIL = ("fr", "en"), "javascript:alert(1)"
PICTURES = Path(__file__).parents[1] / "pictures"


@pytest.fixture(scope="module")
def folder(site: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("portal")
    for name, body in site.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(body)
    return root


def test_a_page_a_thing_and_a_question(site: dict[str, bytes], built_out: Path) -> None:
    with answer.open(built_out, endpoint="") as graph:
        bodies = {str(row["body"]) for row in graph.ask("bodies").rows()}
    assert {f"{path_of(body)}.html" for body in bodies} <= site.keys()
    assert {f"{name}.html" for name in (*WAYS, *(f"questions/{one}" for one in catalogue()))} <= site.keys()
    old, now = "id/organisation/bandits-manchots", "id/group/bandits-manchots.html"  # of a past release, of today
    assert f'href="../../{now}"'.encode() in site[f"{old}.html"] and b"isReplacedBy" in site[f"{old}.ttl"]
    assert now in site and "id/organisation/la-transfo-mulhouse.html" not in site  # no source of the article names it


def test_every_link_leads_somewhere(site: dict[str, bytes]) -> None:
    for name, body in site.items():
        if not name.endswith(".html"):
            continue
        here = Path("/", name).parent
        hrefs = re.findall(r'href="([^"#?]+)"', body.decode())
        local = [(here / href).resolve() for href in hrefs if not re.match(r"[a-z]+:", href)]
        lost = [str(path)[1:] for path in local if str(path)[1:] not in site and not str(path)[1:].startswith(BESIDE)]
        assert lost == [], name


def test_the_rdf_of_a_thing_lies_beside_its_page_which_links_it(site: dict[str, bytes]) -> None:
    name = "id/organisation/la-piste"
    turtle = rdflib.Graph().parse(data=site[f"{name}.ttl"], format="turtle")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, of its JSON-LD parser
        linked = rdflib.Graph().parse(data=site[f"{name}.jsonld"], format="json-ld")
    assert {*linked} == {*turtle}
    page = site[f"{name}.html"].decode()
    assert '<link rel="alternate" type="application/ld+json" href="la-piste.jsonld">' in page
    assert '<link rel="alternate" type="text/turtle" href="la-piste.ttl">' in page
    assert "ld+json" not in page.replace('type="application/ld+json" href', "")
    carrier = rdflib.URIRef("https://w3id.org/maillage/id/organisation/ccas-grenoble")
    assert (None, rdflib.URIRef("https://w3id.org/maillage/def#carriedBy"), carrier) in turtle


def test_a_partner_opens_the_passage_that_says_so(site: dict[str, bytes]) -> None:
    page = site["id/organisation/ti-lab.html"].decode()
    partner = page[page.index("<summary>Bordeaux Métropole") :].partition("</details>")[0]
    assert "La ronde des labos publics" in partner
    assert "paragraphe 14" in partner
    assert re.search(r'href="https://www\.horizonspublics\.fr/[^"]*#:~:text=', partner)
    assert "Département de l&#39;Isère" not in page.partition("<h2>Ce qui en est dit")[0]


def test_a_meeting_in_one_edition_makes_no_partner(site: dict[str, bytes]) -> None:
    page = site["id/organisation/cerema.html"].decode()
    assert "Avec qui" not in page
    assert "Ce à quoi il prend part" in page


def test_the_list_of_everything_leads_to_every_map(site: dict[str, bytes]) -> None:
    page = site["things.html"].decode()
    assert {f"maps/{name}.html" for name in MAPS} == set(re.findall(r'href="(maps/[^"]+)"', page))


def test_the_page_of_quality_shows_the_answers_of_its_questions(site: dict[str, bytes]) -> None:
    """Of 27 of the 33 events of the article, who organises is told."""
    page = site["quality.html"].decode().replace("\u00a0", " ")
    shares = re.findall(r"événement · organisateur</th>\s*<td>(.*?)<svg", page, re.DOTALL)
    assert shares == ["27 sur 33 (81 %)"]
    assert 'href="quality.html"' in site["sources.html"].decode()


def test_a_question_that_needs_a_value_says_how_to_ask_it(site: dict[str, bytes]) -> None:
    page = site["questions/partners-of.html"].decode()
    assert "maillage ask partners-of --body …" in page
    assert "<table>" not in page


def test_an_answer_links_to_what_it_names(site: dict[str, bytes]) -> None:
    page = site["questions/labs-and-carriers.html"].decode()
    assert 'href="../id/organisation/la-piste.html"' in page
    assert "SELECT DISTINCT ?lab" in page


def test_a_long_answer_says_that_it_is_cut(site: dict[str, bytes]) -> None:
    page = site["questions/evidence.html"].decode()
    assert f"les {number(MOST_ROWS, 'fr')} premières" in page
    assert page.count("<tr>") == 2 * (MOST_ROWS + 1)
    assert 'href="../release/tables/fr/evidence.csv.gz"' in page


def test_every_column_has_a_heading_in_french() -> None:
    names = {name for query in catalogue().values() for name in query.columns}
    words = yaml.safe_load((asset("visualize") / "locales" / "columns.fr.yml").read_text(encoding="utf-8"))
    assert {name.removesuffix("Label").removesuffix("Title") for name in names} <= words.keys()


def hostile(place: int, text: str) -> dict[str, list[Row]]:
    """A body and an event whose every text, and the address of whose proof, tries to be more than text."""
    body, event, part = (f"{ID}{name}-{place}" for name in ("organisation/x", "event/y", "participation/z"))
    proof = {
        "certainty": f"{LIST}certainty/stated",
        "source": event,
        "paragraph": text,
        "note": text,
        "pageLink": "javascript:alert(1)",
    }
    said = [(part, "mai:agent", body, None), (body, "schema:name", None, text)]
    taking = {"participation": part, "agent": body, "role": event, "activity": event, "note": text}
    taking["certainty"] = proof["certainty"]
    tie: dict[str, Cell] = dict.fromkeys(("start", "end", "pageYear", "dating", "occurrence"), "")
    tie |= {"tie": part, "a": body, "b": event, "directed": True, "partnershipKind": event, "activity": event}
    tie |= {"activityLabel": text, "participation": part, "tieCertainty": taking["certainty"]}
    return {
        "labels": [{"thing": one, "thingLabel": text} for one in (body, event)],
        "bodies": [{"body": body, "bodyKindLetter": text}],
        "evidence": [{**proof, "subject": s, "predicate": expand(p), "object": o, "value": v} for s, p, o, v in said],
        "participations": [taking | dict.fromkeys(("start", "end", "firstDay", "lastDay", "pageYear", "dating"), "")],
        "path-links": [tie],
    }


def hostile_content() -> Content:
    """A body and an event for each hostile text."""
    told = [hostile(place, text) for place, text in enumerate(TEXTS)]
    empty: dict[str, list[Row]] = {name: [] for name in THINGS}
    rows = empty | {name: [row for one in told for row in one[name]] for name in told[0]}
    things = Things({name: dict.fromkeys(LANGS, found) for name, found in rows.items()})
    label, described = ox.NamedNode(expand("rdfs:label")), {}
    for place, text in enumerate(TEXTS):
        body = f"{ID}organisation/x-{place}"
        triple = ox.Triple(ox.NamedNode(body), label, ox.Literal(text, language="fr"))
        described[body] = ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b""
    world = World(dict.fromkeys(QUESTIONS, dict.fromkeys(LANGS, ())), [], CREDIT)
    return Content(things, {"sources": None}, {}, described, {}, CREDIT, [], world)


@pytest.mark.needs("chromium")
def test_hostile_texts_are_inert(opened_at: Open, tmp_path: Path) -> None:
    files = dict([*pages(hostile_content()), *bundles()])
    for name in ("assets/portal.css", "assets/portal.js", "assets/search.js", "data/names.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(files[name])
    shown = {f"id/organisation/x-{place}": [text] for place, text in enumerate(TEXTS)} | {"things": list(TEXTS)}
    for name, texts in shown.items():
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[f"{name}.html"])
        page = opened_at(path)
        assert (page.evaluate("window.pwned"), page.locator("a[href^='javascript']").count()) == (None, 0)
        said = " ".join(page.locator("main:visible").inner_text().split())
        assert [text for text in texts if " ".join(text.split())[:20] not in said] == []


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "name",
    [
        "things",
        "sources",
        "quality",
        "id/organisation/ti-lab",
        "id/programme/plan-de-relance",
        "id/source/horizons-publics-2021",
        "questions/labs-and-carriers",
        "questions/amounts",
    ],
)
def test_it_opens_from_a_disk(name: str, width: int, folder: Path, opened_at: Open) -> None:
    for lang in LANGS:
        opened = opened_at(folder / f"{name}.html", f"?lang={lang}", width)
        assert opened.evaluate("document.documentElement.lang") == lang
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe_findings(opened) == []


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("view", ["network", "map", "timeline"])
def test_a_view_of_the_article_is_drawn_as_it_was(view: str, folder: Path, opened_at: Open, tmp_path: Path) -> None:
    """Against the picture kept in `pictures/`: less than two points in a hundred may differ, for another release of
    the browser smooths its edges otherwise. MAILLAGE_PICTURES=keep puts the new picture there, to be looked at.
    """
    page = opened_at(folder / "index.html", f"?view={view}", 390)
    page.wait_for_timeout(600)
    kept, drawn = PICTURES / f"{view}.png", tmp_path / f"{view}.png"
    page.locator(f"#panel-{view}").screenshot(path=kept if os.environ.get("MAILLAGE_PICTURES") == "keep" else drawn)
    if drawn.exists():
        assert differing(kept, drawn) < 0.02, f"{drawn} is not {kept}: look at both; MAILLAGE_PICTURES=keep to accept"


def differing(one: Path, other: Path) -> float:
    """The share of points whose grey differs by more than an eighth; 1 for pictures of other sizes."""
    with Image.open(one) as a, Image.open(other) as b:
        if a.size != b.size:
            return 1.0
        levels = ImageChops.difference(a.convert("L"), b.convert("L")).histogram()
    return sum(levels[32:]) / sum(levels)


def test_pictures_that_differ_are_told_apart(tmp_path: Path) -> None:
    Image.new("L", (10, 10), 255).save(tmp_path / "white.png")
    spotted = Image.new("L", (10, 10), 255)
    spotted.putpixel((3, 3), 0)
    spotted.save(tmp_path / "spotted.png")
    assert differing(tmp_path / "white.png", tmp_path / "spotted.png") == 0.01
    Image.new("L", (10, 11), 255).save(tmp_path / "taller.png")
    assert differing(tmp_path / "white.png", tmp_path / "taller.png") == 1


@pytest.mark.needs("chromium")
def test_the_keyboard_alone_reaches_the_evidence(folder: Path, opened_at: Open) -> None:
    opened = opened_at(folder / "things.html", "?lang=fr")
    opened.locator("#search-fr").focus()
    opened.keyboard.type("metropole")
    assert opened.locator("#found-fr [role=option]").count() > 1
    opened.keyboard.press("Control+A")
    opened.keyboard.type("tí LAB")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/id/organisation/ti-lab.html?lang=fr")
    opened.locator("summary", has_text="Bordeaux Métropole").first.focus()
    opened.keyboard.press("Enter")
    assert opened.locator("details[open] .proofs a").first.is_visible()
    opened.locator(".star a", has_text="Bordeaux Métropole").first.focus()
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/id/organisation/bordeaux-metropole.html?lang=fr")


@pytest.fixture
def opened_at(browser: Browser) -> Iterator[Open]:
    """Opens a file; what it asks of the network, writes to the console, throws or says in a dialog fails the test."""
    context = browser.new_context()
    complaints: list[str] = []

    def open_file(path: Path, query: str = "", width: int = 1440) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("request", lambda asked: complaints.extend([] if asked.url.startswith("file:") else [asked.url]))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(path.as_uri() + query)
        return page

    yield open_file
    context.close()
    assert complaints == []


def test_the_command_writes_it_whole(
    article_portal: Path, built_out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("index.html", "maps/edition.html", "release/dataset.ttl", "ontology/index.html", "search.json"):
        assert (article_portal / name).is_file(), name
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert command_line(["--lang", "en", "portal", str(tmp_path / "mine"), "--out", str(built_out)]) != 0
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"
