"""Answers on the real graph: formats, credits, notes, maps and chains; each states licence and credit."""

import io
import json
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest

import maillage
from maillage.answer import draw
from maillage.answer.graph import Answer
from maillage.export import ANSWERS, FORMATS, formats
from tests.refusals import raises

ARTICLE = "Faits relevés dans Horizons publics, 2 novembre 2021"


def asked(out: Path, name: str, form: str = "table", **values: str) -> Answer:
    with maillage.open(out) as graph:
        return graph.answer(name, values, form, file=f"x.{form}")


@pytest.mark.parametrize("form", formats(*ANSWERS))
def test_every_format_holds_the_answer_its_licence_and_its_credits(form: str, built_out: Path) -> None:
    found = asked(built_out, "labs-and-carriers", form)
    said = b"".join([found.body, *found.beside.values()])
    assert found.media_type == FORMATS[form].media_type
    assert found.rows == 7
    if form not in ("xlsx", "parquet"):
        assert b"La Piste" in said
        assert b"Horizons publics, 2 novembre 2021" in said
        assert b"etalab-2.0" in said
    assert asked(built_out, "labs-and-carriers", form).body == found.body


def test_a_graph_format_tells_what_the_graph_says_of_the_things(built_out: Path) -> None:
    found = asked(built_out, "labs-and-carriers", "ttl")
    triples = {quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.TURTLE)}
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)}
    assert any(subject.endswith("/organisation/la-piste") for subject in subjects)
    assert not any(subject.endswith("/organisation/dgafp") for subject in subjects)


def test_an_empty_answer_says_what_this_means(built_out: Path) -> None:
    found = asked(built_out, "organisers-of", event="rencontre-serious-games")
    assert found.rows == 0
    assert found.note == "La source ne dit pas qui organise."


def test_only_the_sources_that_speak_are_credited(built_out: Path) -> None:
    with maillage.open(built_out) as graph:
        labs = graph.credit([graph.ask("labs-and-carriers")])
        everything = graph.credit([])
    assert ARTICLE in labs.lines
    assert len(labs.lines) < len(everything.lines)


def test_the_front_door(built_out: Path) -> None:
    graph = maillage.open(built_out)
    frame = graph.ask("labs-by-territory").to_polars()
    assert isinstance(frame, pl.DataFrame)
    assert "Ti Lab" in frame.get_column("labLabel").to_list()
    assert maillage.ask("labs-by-territory", built_out, lang="en").rows()


def test_answers_speak_english(built_out: Path) -> None:
    rows = maillage.ask("labs-and-carriers", built_out, lang="en").rows()
    assert {row["stateLabel"] for row in rows if row["labLabel"] == "La Piste"} == {"in preparation (2021-11-02)"}


def test_a_map_is_the_same_twice_and_names_its_sources(built_out: Path) -> None:
    page = draw(built_out, "co-organisation", {})
    assert page == draw(built_out, "co-organisation", {})
    assert ARTICLE.encode() in page


def test_what_a_map_asks_for_is_checked(built_out: Path) -> None:
    with raises("missing-parameter"):
        draw(built_out, "ego", {})
    with raises("unknown-parameter"):
        draw(built_out, "edition", {"body": "DITP"})
    with raises("bad-value"):
        draw(built_out, "ego", {"body": "DITP", "hops": "3"})


def test_a_chain_through_an_edition_is_weak_and_one_through_work_is_not(built_out: Path) -> None:
    with maillage.open(built_out) as graph:
        weak, _ = graph.chains("La 27e Région", "Département de l'Isère")
        strong, credit = graph.chains("ti lab", "BORDEAUX METROPOLE")
    assert [chain.weak for chain in weak.chains] == [True]
    assert [[step.weak for step in chain.steps] for chain in strong.chains] == [[False]]
    assert credit.lines == (ARTICLE,) or ARTICLE in credit.lines


def test_two_bodies_that_nothing_joins_keep_their_names(built_out: Path) -> None:
    with maillage.open(built_out) as graph:
        found, _ = graph.chains("ti lab", "préfecture de l'Ardèche")
    assert found.names[found.goal] == "Préfecture de l'Ardèche"


def test_bad_requests(built_out: Path, tmp_path: Path) -> None:
    with raises("unknown-format"):
        asked(built_out, "labs-and-carriers", "docx")
    with raises("no-build"):
        maillage.open(tmp_path)


def test_json_holds_rows_licence_and_credits(built_out: Path) -> None:
    said = json.loads(asked(built_out, "labs-and-carriers", "json").body)
    assert said["licence"]["id"] == "etalab-2.0"
    assert ARTICLE in said["credits"]
    parquet = pl.read_parquet(io.BytesIO(asked(built_out, "labs-and-carriers", "parquet").body))
    assert parquet.height == 7
