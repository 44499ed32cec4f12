"""A figure is the same bytes twice, says its sources and licence, keeps its text, and no name is markup or maths."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from maillage.export import formats
from maillage.visualize.map.drawing import Drawing, Fold, draw, title_of
from maillage.visualize.map.figure import figure
from maillage.visualize.map.spec import read_spec
from maillage.visualize.palette import palette
from tests.refusals import raises
from tests.visualize.hostile import hostile_answers
from tests.visualize.sample import CREDIT, answers

pytestmark = pytest.mark.sample(3)

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return draw(answers(), read_spec("edition"))


def _svg(drawing: Drawing, lang: str = "fr") -> str:
    return figure(drawing, title_of(drawing, None), replace(CREDIT, lang=lang)).decode()


def _texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("form", formats("figure"))
def test_the_same_map_gives_the_same_bytes(drawing: Drawing, form: str) -> None:
    title = title_of(drawing, None)
    body = figure(drawing, title, CREDIT, form)
    assert body == figure(drawing, title, CREDIT, form)
    assert not re.search(rb"CreationDate|dc:date|Matplotlib v", body)
    assert body.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[form])


def test_names_legend_sources_and_licence_are_text(drawing: Drawing) -> None:
    texts = _texts(_svg(drawing))
    for point in drawing.points:
        assert set(point.lines["fr"]) <= set(texts), point.name
    kinds = {point.symbol.kind for point in drawing.points}
    assert {palette().symbols[kind].letter for kind in kinds - {"event"}} <= set(texts)
    whole = " ".join(texts)
    assert CREDIT.release in whole and CREDIT.labels["fr"] in whole
    assert all(line in whole for line in CREDIT.lines)
    assert "lien ambigu" in whole


def test_what_a_map_leaves_out_is_printed(drawing: Drawing) -> None:
    said = (
        "Pour rester lisible, la carte laisse de côté 3 des liens les plus faibles ; la réponse à « edition-links » "
        "les donne tous, en CSV ou en JSON."
    )
    assert said in " ".join(_texts(_svg(replace(drawing, fold=Fold(lines=3))))).replace("\xa0", " ")
    assert "la carte laisse de côté" not in " ".join(_texts(_svg(drawing)))


def test_both_languages(drawing: Drawing) -> None:
    texts = _texts(_svg(drawing, "en"))
    assert "ambiguous link" in texts and "lien ambigu" not in texts
    assert any(text.startswith("Sources: ") for text in texts)


def test_an_svg_says_what_it_shows(drawing: Drawing) -> None:
    root = ElementTree.fromstring(_svg(drawing))
    assert root.get("role") == "img" and root.get("aria-labelledby") == "title desc"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "Le Mois de l'innovation publique 2021"
    assert description is not None and "organismes" in (description.text or "")


def test_no_name_leaves_the_sheet(drawing: Drawing) -> None:
    root = ElementTree.fromstring(_svg(drawing))
    width = float(str(root.get("viewBox")).split()[2])
    places = [
        float(found[1])
        for text in root.iter(f"{SVG}text")
        if (found := re.search(r"translate\(([\d.-]+)", _moves(text)))
    ]
    assert all(0 < place < width for place in places)


def _moves(text: ElementTree.Element) -> str:
    return str(text.get("transform", ""))


def test_hostile_names_stay_names() -> None:
    drawing = draw(hostile_answers(), read_spec("edition"))
    svg = _svg(drawing)
    assert not {element.tag for element in ElementTree.fromstring(svg).iter()} & {f"{SVG}script", f"{SVG}image"}
    assert figure(drawing, title_of(drawing, None), CREDIT, "pdf").startswith(b"%PDF")


def test_an_unknown_format_is_refused(drawing: Drawing) -> None:
    with raises("unknown-format"):
        figure(drawing, title_of(drawing, None), CREDIT, "bmp")
