"""A second engine, written by others in another language, gives the same rows: the questions are plain SPARQL 1.1."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

from maillage.queries.run import bind
from tests.cases import case_folders
from tests.queries.golden import cells, golden, paths_of, store_of, written

# rdflib joins in the order of the text, without statistics: these take it from some seconds to minutes.
SLOW = {
    "bodies-of-ministry",
    "coverage-by-source",
    "cross-kind-co-organisers",
    "disagreements",
    "partners-of",
    "partnership-links",
    "path-links",
    "theme-links",
    "shared-themes-never-met",
    "territory-links",
    "theme-of-things",
}
WORLD_CASES = [
    folder
    for folder in case_folders("queries")
    if golden(folder).graph == "world" and golden(folder).query.name not in SLOW
]


@cache
def world(paths: tuple[Path, ...]) -> rdflib.Graph:
    """The default graph of a case: every statement of its files, whatever the graph."""
    files = [ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG) for path in paths]
    triples = [quad.triple for quads in files for quad in quads]
    body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=body, format="nt")


@pytest.mark.sample(6)
@pytest.mark.parametrize("folder", WORLD_CASES)
def test_rdflib_gives_the_same_rows(folder: Path) -> None:
    case = golden(folder)
    asked = bind(case.query, case.terms, case.lang)
    theirs = [tuple(plain(row, name) for name in case.columns) for row in world(paths_of(case)).query(asked)]
    ours = [tuple(row.values()) for row in cells(store_of(case).ask(asked), case.columns)]
    assert sorted(theirs) == sorted(ours)


def plain(row: object, name: str) -> str:
    assert isinstance(row, ResultRow)
    return "" if row[name] is None else written(str(row[name]))


def test_every_slow_question_is_one() -> None:
    assert {golden(folder).query.name for folder in case_folders("queries")} >= SLOW
