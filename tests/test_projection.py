"""The columns of a build: questions alone define what they give, and those of another graph are refused."""

import json
import shutil
from pathlib import Path

import pytest

from maillage.answer import open as open_graph
from maillage.credit.credits import Bearing, Credits
from maillage.errors import MachineError
from maillage.graph.report import read_report
from maillage.projection.columns import open_columns
from maillage.queries import catalogue
from maillage.queries.catalogue import Query
from maillage.queries.run import run
from maillage.store import open_store
from tests.conftest import ROOT
from tests.store.test_scenario import values_for

pytestmark = pytest.mark.sample(3)

QUICKER = sorted(path.stem for path in (ROOT / "queries").glob("*/*.sql"))
BEARING = Bearing("?", allow="private")
BODIES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?s a <http://www.w3.org/ns/org#Organization> }"


@pytest.fixture(scope="module")
def ways(built_out: Path) -> tuple[Credits, Credits]:
    """Crediting by columns, and by questions alone."""
    folder = built_out / "graph"
    columns = open_columns(folder, read_report(folder)["digest"])
    assert columns
    return Credits(open_store(folder), columns), Credits(open_store(folder))


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
def test_columns_and_questions_give_the_same_rows_and_credits(
    query: Query, built_out: Path, ways: tuple[Credits, Credits]
) -> None:
    store = open_store(built_out / "graph")
    here, there = (run(store, query.name, values_for(query, "article"), ask=one.ask) for one in ways)
    assert here.columns == there.columns
    assert here.frame.equals(there.frame)
    assert ways[0].credit([here], BEARING) == ways[1].credit([there], BEARING)


@pytest.mark.parametrize("name", QUICKER)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_question_on_the_columns_gives_the_rows_of_its_definition(name: str, lang: str, built_out: Path) -> None:
    with open_graph(built_out, endpoint="") as graph:
        here, there = graph.ask(name, lang), run(graph.store, name, {}, lang)
        assert here.columns == there.columns
        assert here.frame.equals(there.frame)
        assert here.query == there.query
        assert graph.credit([here]) == graph.credit([there])


def test_a_value_is_asked_of_the_store(built_out: Path) -> None:
    with open_graph(built_out, endpoint="") as graph:
        every, one = graph.ask("counts-by-source"), graph.ask("counts-by-source", source="insee-cog")
        assert {row["sayer"] for row in one.rows()} < {row["sayer"] for row in every.rows()}


def test_statements_are_credited_the_same(built_out: Path, ways: tuple[Credits, Credits]) -> None:
    statements = open_store(built_out / "graph").construct(BODIES)
    found = [one.credit([], BEARING, statements) for one in ways]
    assert found[0] == found[1]
    assert len(found[0].lines) > 1


def test_columns_of_another_graph_are_refused(built_out: Path, tmp_path: Path) -> None:
    shutil.copytree(built_out / "graph", tmp_path / "graph")
    report = tmp_path / "graph" / "report.json"
    report.write_text(json.dumps(json.loads(report.read_text("utf-8")) | {"digest": "0" * 16}), encoding="utf-8")
    with pytest.raises(MachineError, match="a graph other than its own"):
        open_graph(tmp_path, endpoint="")


def test_a_build_without_columns_is_credited_by_questions(built_out: Path, tmp_path: Path) -> None:
    shutil.copytree(built_out / "graph", tmp_path / "graph")
    with open_graph(tmp_path, endpoint="") as graph:
        expected = graph.credit([graph.ask("bodies")])
    shutil.rmtree(tmp_path / "graph" / "columns")
    with open_graph(tmp_path, endpoint="") as graph:
        assert graph.credit([graph.ask("bodies")]) == expected
