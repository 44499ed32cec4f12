"""The order of rows, the language of answers, and what two questions must say alike."""

import polars as pl
import pytest

from maillage.queries import catalogue
from maillage.queries.catalogue import question
from maillage.queries.run import run, sort_rows
from maillage.table import Column, Table
from tests.queries.golden import article
from tests.queries.shares import lacking

pytestmark = [pytest.mark.sample(3), pytest.mark.usefixtures("article_built")]

NEEDED = {
    "events-on-day": {"day": "2021-11-29"},
    "organisers-of": {"event": "rencontre-serious-games"},
    "partners-of": {"body": "DITP"},
    "evidence-of": {"thing": "La Piste"},
}


def table(rows: list[tuple[str | None, str | None]]) -> Table:
    frame = pl.DataFrame(rows, schema=["territoryLabel", "code"], orient="row")
    return Table(frame, (Column("territoryLabel", "label", "fr"), Column("code", "text")))


def test_names_sort_as_in_a_french_dictionary_and_what_is_missing_comes_last() -> None:
    given = table([("Été", "1"), (None, "2"), ("zoo", "3"), ("ete", "4"), ("Abeille", "5"), ("été", "6")])
    found = [row["territoryLabel"] for row in sort_rows(given, question("territories-without-labs")).rows()]
    assert found == ["Abeille", "ete", "Été", "été", "zoo", None]


def test_ties_are_broken_by_the_other_columns() -> None:
    given = table([("Ain", "2"), ("Ain", "1"), ("Ain", None)])
    found = [row["code"] for row in sort_rows(given, question("territories-without-labs")).rows()]
    assert found == ["1", "2", None]


def test_an_empty_answer_keeps_its_columns() -> None:
    found = run(article(), "organisers-of", NEEDED["organisers-of"])
    assert (len(found), tuple(found.names)) == (0, question("organisers-of").columns)


@pytest.mark.parametrize("name", catalogue())
def test_each_question_answers_alike_in_both_languages(name: str) -> None:
    french, english = (run(article(), name, NEEDED.get(name, {}), lang) for lang in ("fr", "en"))
    assert tuple(french.names) == question(name).columns
    assert len(french) == len(english)
    mixed = [column.name for column in (*french.columns, *english.columns) if column.kind == "term"]
    assert mixed == [], "a column holds terms of several kinds"


def test_every_label_is_in_the_language_asked() -> None:
    for name in catalogue():
        found = run(article(), name, NEEDED.get(name, {}), "en")
        labels = [column for column in found.columns if column.name.endswith("Label")]
        assert [column.name for column in labels if column.lang == "fr"] == [], name


def test_the_links_name_the_kinds_that_the_rule_gave() -> None:
    """partnership-links works the kind out of two roles, row by row; the rule did so for the whole partnership."""
    links, whole = (
        {(row["partnership"], row["partnershipKind"]) for row in run(article(), name).rows()}
        for name in ("partnership-links", "partnerships")
    )
    assert links == whole


def test_the_counts_agree_with_the_lists() -> None:
    counts = {row["what"]: row["count"] for row in run(article(), "counts").rows()}
    listed = {
        "labs": ("labs-and-carriers", "lab"),
        "bodies": ("bodies", "body"),
        "events": ("events", "event"),
        "participations": ("participations", "participation"),
        "partnerships": ("partnerships", "partnership"),
        "observations": ("observations", "observation"),
        "sources": ("sources", "source"),
        "claims": ("evidence", "claim"),
        "events-without-organiser": ("events-without-organiser", "event"),
    }
    for what, (name, column) in listed.items():
        assert counts[what] == len({row[column] for row in run(article(), name).rows()}), what


@pytest.mark.parametrize("source", ["", "horizons-publics-2021"])
def test_the_shares_agree_with_the_lists(source: str) -> None:
    shares = list(lacking(article(), source))
    assert len(shares) == 8
    assert [(share.name, share.counted) for share in shares] == [(share.name, share.listed) for share in shares]
