"""The pages of the vocabulary: every term, concept and question on them, in both languages; links that resolve."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib
from playwright.sync_api import Browser

from maillage.cli import command_line
from maillage.locales import LANGUAGES
from maillage.ontology import concepts, examples, labels, lists, shapes, vocabulary
from maillage.queries import catalogue
from maillage.terms import LIST, MAI, compact, expand
from maillage.visualize.vocabulary.pages import FILES, card, diagram, ontology_pages
from maillage.visualize.vocabulary.terms import Vocabulary, terms_of
from tests.axe import axe_findings_of_a_long_page
from tests.visualize.conftest import Open
from tests.visualize.test_browser import SMALL

pytestmark = pytest.mark.sample(3)

QUESTIONS = {name: query.text for name, query in catalogue().items()}
READ = Vocabulary()
TERMS = {term.name: term for term in READ.terms}
PALE = """<!doctype html><html lang="fr"><head><title>Pâle</title><style>.pale, td { color: #ccc }</style></head>
<body><main><h1>Pâle</h1><p>noir</p><p class="pale">un</p><p class="pale">deux</p>
<table><tr><th scope="row">trois</th><td>quatre</td></tr></table></main></body></html>"""
OWN = [term for term in READ.terms if term.own]


class Reader(HTMLParser):
    """Anchors, links, and the text under each anchor of a card."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids += filter(None, [said.get("id")])
        self.links += filter(None, [said.get("href")])

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@cache
def all_pages() -> dict[str, bytes]:
    return ontology_pages(QUESTIONS)


@cache
def readers() -> dict[str, Reader]:
    return {lang: Reader(all_pages()[FILES[lang]].decode("utf-8")) for lang in LANGUAGES}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_same_bytes_twice() -> None:
    assert ontology_pages(QUESTIONS) == all_pages()
    assert set(all_pages()) == {"index.html", "index.en.html"}


def test_every_own_term_is_read() -> None:
    own = {str(term) for term in vocabulary().subjects(rdflib.RDFS.isDefinedBy, rdflib.URIRef(MAI.rstrip("#")))}
    assert {term.iri for term in OWN} == own


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_is_on_the_page_under_its_name(lang: str) -> None:
    reader = readers()[lang]
    assert [term.name for term in OWN if term.iri.removeprefix(MAI) not in reader.ids] == []
    for term in READ.terms:
        assert term.anchor in reader.ids, term.name
        assert flat(term.label[lang]) in reader.text
    for term in OWN:
        assert flat(term.definition[lang]) in reader.text, term.name
        assert all(flat(example) in reader.text for example in term.examples)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_list_and_concept_is_on_the_page(lang: str) -> None:
    reader = readers()[lang]
    schemes = [str(one).removeprefix(LIST) for one in lists().subjects(rdflib.RDF.type, rdflib.SKOS.ConceptScheme)]
    assert sorted(schemes) == [scheme.name for scheme in READ.schemes]
    for scheme in schemes:
        assert f"list-{scheme}" in reader.ids
        for slug, iri in concepts(scheme).items():
            assert f"list-{scheme}-{slug}" in reader.ids
            assert flat(labels(iri)[lang]) in reader.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_of_a_shape_is_on_the_page(lang: str) -> None:
    """But for the shapes that are for no class: those of periods and of persons, and of nested conditions."""
    targeted, graph = rdflib.URIRef(expand("sh:targetClass")), shapes()
    known = {term.iri for term in READ.terms if term.is_class}
    for shape, target in graph.subject_objects(targeted):
        if str(target) in known:
            parts = [shape, *graph.objects(shape, rdflib.URIRef(expand("sh:property")))]
            texts = [text for part in parts for text in graph.objects(part, rdflib.URIRef(expand("sh:message")))]
            said = [str(text) for text in texts if getattr(text, "language", "") == lang]
            assert said
            assert [text for text in said if flat(text) not in readers()[lang].text] == []


def test_every_use_by_a_question_is_said() -> None:
    uses = {(term.name, use.name) for term in READ.terms for use in term.uses}
    read = {(term, name) for name, text in QUESTIONS.items() for term in terms_of(text) if term in TERMS}
    assert uses == read
    assert ("mai:agent", "partners-of") in uses
    assert [name for name in QUESTIONS if f"question-{name}" not in readers()["fr"].ids] == []
    concept = {one.slug: one for scheme in READ.schemes if scheme.name == "role" for one in scheme.concepts}
    assert "programmes" in [use.name for use in concept["carries"].uses]


def test_terms_of_a_question_leave_comments_and_prefixes_aside() -> None:
    text = '#+ x: mai:Rule\nPREFIX mai: <x>\nSELECT ?a\nWHERE {\n  ?a a mai:Claim .\n  ?a mai:cell "mai:Source" .\n}\n'
    assert terms_of(text) == ["mai:Claim", "mai:cell"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_resolve_and_anchors_are_unique(lang: str) -> None:
    reader = readers()[lang]
    assert len(reader.ids) == len(set(reader.ids))
    for link in reader.links:
        file, _, anchor = link.partition("#")
        if not link.startswith("https://") and not link.startswith("http://"):
            there = readers()[next(code for code in LANGUAGES if FILES[code] == file)] if file else reader
            assert not anchor or anchor in there.ids, link


@pytest.mark.parametrize("name", FILES.values())
def test_nothing_is_loaded_and_nothing_runs(name: str) -> None:
    html = all_pages()[name].decode("utf-8")
    assert re.findall(r"<(?:script|link|img|iframe|source|object|embed)\b|url\((?!#)|@import|style=", html) == []
    assert "default-src &#39;none&#39;; style-src" in html
    assert "script-src" not in html


def test_every_class_has_an_example_escaped() -> None:
    assert [term.name for term in OWN if term.is_class and not term.turtle] == []
    assert all(any(term.turtle in text for text in examples().values()) for term in READ.terms)
    assert "&lt;" in all_pages()["index.html"].decode("utf-8")


def test_the_diagram_holds_every_own_class_and_only_links_that_are() -> None:
    drawn, read = diagram(READ.terms), card()
    assert {term.name for term in OWN if term.is_class} <= {box.term.name for box in drawn["boxes"]}
    assert len({tuple(place) for place in read["classes"].values()}) == len(read["classes"])
    told = set(example_links())
    assert [link for link in read["links"] if tuple(link) not in told] == []
    assert len(drawn["lines"]) > 20


def example_links() -> Iterator[tuple[str, str, str]]:
    """Class, property, class of every link between two things of the examples."""
    graph = rdflib.Graph()
    for text in examples().values():
        graph.parse(data=text, format="turtle")
    for one, name, other in graph:
        for start in graph.objects(one, rdflib.RDF.type):
            for goal in graph.objects(other, rdflib.RDF.type):
                yield compact(str(start)), compact(str(name)), compact(str(goal))


def test_the_command_writes_both_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["ontology", str(tmp_path), "--lang", "en"]) == 0
    assert "index.en.html" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == all_pages()


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_from_a_file_wide_and_narrow(lang: str, opened: Open, pages: dict[str, Path], tmp_path: Path) -> None:
    for name, body in all_pages().items():
        (tmp_path / name).write_bytes(body)
    pages["ontology"] = tmp_path / FILES[lang]
    page = opened("ontology", "#Participation", ready="body")
    assert page.evaluate("document.querySelector(':target').id") == "Participation"
    assert axe_findings_of_a_long_page(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(SMALL) == []
    assert axe_findings_of_a_long_page(page) == []
    other = next(code for code in LANGUAGES if code != lang)
    page.locator(f"nav.spoken a[hreflang={other}]").click()
    assert page.url.endswith(FILES[other])


@pytest.mark.needs("chromium")
def test_a_pale_text_of_a_long_page_is_found_once_a_class(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(PALE)
    assert [found.partition(":")[0] for found in axe_findings_of_a_long_page(page)] == ["color-contrast"] * 2
    page.close()
