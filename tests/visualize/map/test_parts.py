"""What pages are made of: palette, texts, specifications, proofs, chains in words."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.files import asset
from maillage.network.from_table import Edge, Links, Node
from maillage.network.path import chains
from maillage.queries import catalogue
from maillage.table import Column, Table
from maillage.visualize.locales import number, say, when
from maillage.visualize.map.chains import chain_sentences, chain_values
from maillage.visualize.map.drawing import fold_links
from maillage.visualize.map.evidence import TieProof, align_rows, certainty_of, proof, proof_places
from maillage.visualize.map.page import Pool, pack
from maillage.visualize.map.spec import (
    EvidenceColumns,
    TieColumns,
    Visual,
    check_question,
    map_names,
    parse_spec,
    read_spec,
)
from maillage.visualize.palette import contrast, palette, polygon
from tests.refusals import raises


def test_symbols_are_seen_on_white_and_their_letters_on_them() -> None:
    for symbol in palette().symbols.values():
        if symbol.kind != "event":  # drawn with a dark rim
            assert contrast(symbol.colour, palette().tokens["card"]) >= 3, symbol.kind
        assert contrast(symbol.text, symbol.colour) >= 4.5 or symbol.kind == "unknown", symbol.kind
    assert len({symbol.letter for symbol in palette().symbols.values()}) == len(palette().symbols)
    assert palette().symbol("no such kind").kind == "unknown"


def test_polygons() -> None:
    assert polygon(0, 0) == ()
    assert polygon(4, 0) == ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))


def test_the_page_says_nothing_that_the_texts_lack() -> None:
    scripts = "".join(path.read_text() for path in (asset("visualize") / "templates/script").glob("*.js"))
    texts = yaml.safe_load((asset("visualize") / "locales/fr.yml").read_text())["map"]
    asked = set(re.findall(r'\bt\("(\w+)"', scripts)) | set(re.findall(r'labelled\("(\w+)"', scripts))
    assert asked - {"line_", "col_"} <= set(texts)


def test_plurals_numbers_and_spaces() -> None:
    assert [say("fr", "words.bodies", n=n) for n in (0, 1, 2)] == ["0 organisme", "1 organisme", "2 organismes"]
    assert [say("en", "words.bodies", n=n) for n in (0, 1, 2)] == ["0 bodies", "1 body", "2 bodies"]
    assert (number(12345, "fr"), number(12345, "en")) == ("12\u202f345", "12,345")
    assert say("fr", "map.labelled", name="Licence", value="x") == "Licence\u00a0: x"


@pytest.mark.parametrize(
    ("start", "end", "fr", "en"),
    [
        ("2021-11-01", "", "1er novembre 2021", "1 November 2021"),
        ("2021-11-02", "2021-11-30", "2 – 30 novembre 2021", "2 – 30 November 2021"),
        ("2021-10-30", "2021-11-02", "30 octobre – 2 novembre 2021", "30 October – 2 November 2021"),
        ("2020-12-30", "2021-01-02", "30 décembre 2020 – 2 janvier 2021", "30 December 2020 – 2 January 2021"),
        ("2019", "2021-11-30", "2019 – 30 novembre 2021", "2019 – 30 November 2021"),
        ("2021-11", "2021-11", "novembre 2021", "November 2021"),
        ("", "", "", ""),
    ],
)
def test_dates_in_words(start: str, end: str, fr: str, en: str) -> None:
    assert (when(start, end, "fr"), when(start, end, "en")) == (fr, en)


def test_every_map_asks_questions_that_exist() -> None:
    for name in map_names():
        check_question(read_spec(name), catalogue())


def test_a_map_that_does_not_hold_is_refused(tmp_path: Path) -> None:
    with raises("unknown-map") as unknown:
        read_spec("nowhere")
    assert "edition" in unknown.value.sentence("fr")
    with raises("unknown-question"):
        check_question(read_spec("edition"), {"something-else"})
    text = (asset("visualize") / "maps/edition.yml").read_text()
    for spoilt, error, said in (
        (text.replace("question: edition-links\n", ""), "findings", "question"),
        (text.replace("continuous: neighbours", "continuous: weather"), "findings", "weather"),
        (text.replace("label: bodyLabel", "labell: bodyLabel"), "findings", "labell"),
        (text + "\n: [", "bad-yaml", "spoilt.yml"),
    ):
        (tmp_path / "spoilt.yml").write_text(spoilt, encoding="utf-8")
        with raises(error) as refused:
            parse_spec(tmp_path / "spoilt.yml")
        assert said in refused.value.sentence("fr")


def test_a_fold_leaves_out_the_lightest_lines_and_what_only_they_join() -> None:
    ends = [("a", "t", 3), ("b", "t", 1), ("c", "t", 2), ("a", "alone", 9)]
    edges = tuple(Edge(start, goal, weight, "", "", ()) for start, goal, weight in ends)
    nodes = [Node(iri, iri, kind) for iri, kind in [*((iri, "company") for iri in "abcd"), ("alone", "theme")]]
    links, folded = fold_links(Links((*nodes, Node("t", "t", "theme")), edges), {"theme": 2}, 2)
    assert [(edge.start, edge.goal) for edge in links.edges] == [("a", "t"), ("c", "t")]
    assert [node.iri for node in links.nodes] == ["a", "c", "d", "t"]  # d had no line from the start
    assert ([node.iri for node in folded.points], folded.lines) == (["b", "alone"], 1)


def test_rows_say_each_thing_once() -> None:
    pool = Pool()
    rows = [{"size": 1, "name": "x", "kind": "k"}, {"size": 2, "name": {"fr": "y", "en": "z"}, "kind": "k"}]
    packed = pack([*rows, rows[0] | {"size": 3}], pool)
    assert packed["all"] == {"kind": "k"}
    assert (packed["fields"], packed["pooled"]) == (["size", "name"], ["name"])
    assert packed["rows"] == [[1, 0], [2, 1], [3, 0]]
    assert pool.rows == ["x", {"fr": "y", "en": "z"}]
    assert pack([]) == {"all": {}, "fields": [], "pooled": [], "rows": []}


def test_a_quantity_grows_by_its_root() -> None:
    size = Visual(continuous="weight", low=10, high=20)
    assert [size.of(value, [1, 5]) for value in (1, 2, 5)] == [10, 15, 20]
    assert size.of(3, [3, 3]) == 10
    assert Visual(constant=4.0).of(3, [1, 3]) == 4


COLUMNS = EvidenceColumns("what", "start")


def _row(**cells: object) -> dict[str, Any]:
    names = ("what", "start", "sourceTitle", "paragraph", "pageLink", "certainty", "certaintyLabel", "licenceLabel")
    return dict.fromkeys(names) | cells


def test_rows_that_differ_by_the_passage_are_one_proof() -> None:
    rows = [_row(what="x", pageLink="https://a#1"), _row(what="x", pageLink="https://a#2"), _row(what="x")]
    (places,) = proof_places(rows, range(3), COLUMNS)
    assert proof([rows[place] for place in places], COLUMNS, "fr").links == ("https://a#1", "https://a#2")


TIED = EvidenceColumns("what", "start", kind="kind", tie=TieColumns("a", "b", "directed"))


def _tie(**cells: object) -> TieProof:
    said = {
        "a": "Ecopass",
        "b": "Ecobalyse",
        "tieCertainty": "list/certainty/implied",
        "tieCertaintyLabel": "implicite",
    }
    row = _row(what="x", certainty="list/certainty/stated", certaintyLabel="énoncé", **said, **cells)
    names = ("kind", "directed", "datingLabel", "occurrence", "occurrenceLabel")
    found = proof([dict.fromkeys(names) | row], TIED, "fr")
    assert isinstance(found, TieProof)
    return found


def test_a_tie_tells_its_certainty_and_a_role_its_own() -> None:
    one = _tie(directed=True)
    assert (one.tie_certainty, one.tie_certainty_label) == ("implied", "implicite")
    assert (one.certainty, one.certainty_label) == ("stated", "énoncé")


def test_an_arrow_is_for_a_tie_that_is_directed() -> None:
    assert _tie(directed=True).reads == "Ecopass → Ecobalyse"
    assert _tie(directed=False).reads == "Ecopass et Ecobalyse"


def test_a_tie_tells_whose_its_days_are_and_that_it_is_planned() -> None:
    held = _tie(datingLabel="l'édition", occurrence="list/occurrence/held", occurrenceLabel="tenu")
    planned = _tie(datingLabel="l'activité", occurrence="list/occurrence/planned", occurrenceLabel="prévu")
    undated = _tie()
    assert [(one.dating, one.planned) for one in (held, planned, undated)] == [
        ("daté par l'édition", ""),
        ("daté par l'activité", "prévu"),
        ("", ""),
    ]


def test_a_link_that_leads_elsewhere_than_the_web_is_none() -> None:
    for link in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "HTTPS//x"):
        assert proof([_row(what="x", pageLink=link)], COLUMNS, "fr").links == ()


def test_ties_that_differ_are_two_proofs() -> None:
    names = ("kind", "datingLabel", "occurrence", "occurrenceLabel", "tieCertaintyLabel", "a", "b")
    row = dict.fromkeys(names) | _row(what="x", directed=True)
    rows = [row | {"tieCertainty": f"list/certainty/{sure}"} for sure in ("stated", "stated", "implied")]
    assert proof_places(rows, range(3), TIED) == [[0, 1], [2]]


def test_the_certainty_of_a_line_is_that_of_its_surest_tie() -> None:
    unsure, sure = _row(tie="list/certainty/ambiguous"), _row(tie="list/certainty/implied")
    assert certainty_of([unsure, sure], "tie") == "implied"
    assert certainty_of([unsure], "tie") == "ambiguous"
    assert certainty_of([_row(tie="list/certainty/no-such-thing"), unsure], "tie") == "ambiguous"
    assert certainty_of([_row(tie=None)], "tie") == "ambiguous"


def test_two_languages_are_brought_to_one_order() -> None:
    columns = [Column("thing", "iri"), Column("name", "label")]
    french = Table.from_rows([{"thing": "b", "name": "Bé"}, {"thing": "a", "name": "A"}], columns)
    english = Table.from_rows([{"thing": "a", "name": "Ay"}, {"thing": "c", "name": "Sea"}], columns)
    assert [row["name"] for row in align_rows(french, english)] == ["Bé", "Ay"]


def _step(a: str, b: str, weak: bool = False) -> dict[str, Any]:
    named = {"a": a, "b": b, "aLabel": a.upper(), "bLabel": b.upper(), "weak": weak, "agentLabel": a.upper()}
    named |= {"tie": None if weak else f"tie/{a}--{b}", "participation": f"p/{a}", "directed": not weak}
    named |= {
        "partnershipKind": None if weak else "list/contribution",
        "tieCertaintyLabel": None if weak else "implicite",
    }
    named |= dict.fromkeys(("activity", "dating", "occurrence", "tieCertainty"))
    said = {"activityLabel": "Atelier", "roleLabel": "organise", "paragraph": 3, "sourceTitle": "Article"}
    return _row(start="2021-11-04", certaintyLabel="énoncé", pageLink="https://a", **named, **said)


def test_chains_in_words() -> None:
    said = chain_sentences(chains([_step("a", "b"), _step("b", "c")], "a", "c"), "fr")
    assert said[0] == "1 chaîne de 2 maillons entre A et C."
    assert said[2:5] == [
        "1. A → B → C",
        "   A → B\u00a0: Atelier, 4 novembre 2021, implicite",
        "     - A\u00a0: organise ; énoncé ; source\u00a0: Article, paragraphe 3",
    ]
    weak = chain_sentences(chains([_step("a", "m", True), _step("b", "m", True)], "a", "b"), "en")
    assert weak[1].startswith("Every chain goes through an edition")
    assert "weak link" in weak[4]
    assert chain_sentences(chains([], "a", "b"), "en") == ["No known chain between a and b."]


def test_chains_as_values() -> None:
    values: Any = chain_values(chains([_step("a", "b")], "a", "b"), "fr")
    (step,) = values["chains"][0]["steps"]
    assert (step["from"], step["weak"]) == ({"iri": "a", "label": "A"}, False)
    (tie,) = step["ties"]
    assert (tie["id"], tie["kind"], tie["directed"], tie["from"]["iri"]) == ("tie/a--b", "contribution", True, "a")
    assert tie["evidence"][0]["what"] == "Atelier"
