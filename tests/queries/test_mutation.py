"""Taking any pattern, filter, binding, OPTIONAL or UNION branch out of a question must break a case of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pyoxigraph as ox
import pytest
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from maillage.queries.catalogue import Query, catalogue
from maillage.queries.run import bind
from maillage.store.local import DEFAULT_GRAPHS
from tests.cases import case_folders
from tests.queries.golden import Golden, golden, ox_store
from tests.queries.mutants import Mutant, mutants, patterns

SURVIVORS: dict[tuple[str, str], str] = {}  # (question, line removed) -> why no case can tell


def small_cases(name: str) -> list[Golden]:
    """The cases of a question that are asked of a small graph: a mutant may multiply rows."""
    found = [golden(folder) for folder in case_folders("queries")]
    return [case for case in found if case.query.name == name and case.graph != "article"]


def survives(mutant: Mutant, cases: list[Golden]) -> bool:
    return all(_same(mutant, case) for case in cases)


def _same(mutant: Mutant, case: Golden) -> bool:
    """Compares with the answer of the question itself, which test_golden proves to be the expected rows.

    The first row that is not expected tells a mutant apart: some would multiply rows for minutes.
    """
    left = Counter(expected_terms(case))
    try:
        for row in terms(case, mutant.text):
            left[row] -= 1
            if left[row] < 0:
                return False
    except SyntaxError:
        return False
    return not left.total()


@cache
def expected_terms(case: Golden) -> list[tuple[str, ...]]:
    return list(terms(case, case.query.text))


def terms(case: Golden, text: str) -> Iterator[tuple[str, ...]]:
    """The rows of a text as terms, in the columns of the case; thousands are asked, so Polars is left out."""
    asked = bind(replace(case.query, text=text), case.terms, case.lang)
    found = ox_store(case).query(asked, default_graph=DEFAULT_GRAPHS)
    assert isinstance(found, ox.QuerySolutions)
    yield from (tuple(str(row[name]) for name in case.columns) for row in found)


@pytest.mark.sample(8)
@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
def test_no_line_of_a_question_is_idle(query: Query) -> None:
    cases = small_cases(query.name)
    assert cases, f"no case on a small graph asks {query.name}"
    idle = [mutant for mutant in mutants(query.text) if survives(mutant, cases)]
    told = [f"{query.path}:{mutant.line}: {mutant.removed}" for mutant in idle]
    unexplained = [line for line, mutant in zip(told, idle, strict=True) if not _explained(query, mutant)]
    assert not unexplained, "\n".join(unexplained)


def _explained(query: Query, mutant: Mutant) -> bool:
    return (query.name, mutant.removed) in SURVIVORS


def test_each_explained_survivor_still_survives() -> None:
    for (name, removed), _ in SURVIVORS.items():
        query = catalogue()[name]
        left = [mutant for mutant in mutants(query.text) if mutant.removed == removed]
        assert left, f"{name} has no line {removed}"
        assert any(survives(mutant, small_cases(name)) for mutant in left), f"{name}: {removed} is told apart now"


@pytest.mark.sample(4)
@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
def test_the_mutator_sees_every_triple_pattern(query: Query) -> None:
    assert patterns(query.text) == triples(parseQuery(query.text))


def triples(node: object) -> int:
    """How many triple patterns a parsed query has, those inside filters included."""
    if isinstance(node, CompValue):
        own = sum(len(block) // 3 for block in node.triples) if node.name == "TriplesBlock" else 0
        return own + sum(triples(part) for name, part in node.items() if name != "triples")
    if isinstance(node, list | tuple | ParseResults):
        return sum(triples(part) for part in node)
    return 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE {\n ?a :p ?b .\n ?a :q ?c .\n ?a :q ?d .\n OPTIONAL { ?a :r ?e }\n}",
        "SELECT*{?a :p ?b;:q ?c,?d OPTIONAL{?a :r ?e}}",
        "SELECT * { ?a :p ?b ; :q ?c , ?d . OPTIONAL { ?a :r ?e . } }",
    ],
)
def test_the_mutants_of_a_question_do_not_hang_on_its_layout(text: str) -> None:
    named = f"PREFIX : <x:>\n{text}"
    left = [triples(parseQuery(mutant.text)) for mutant in mutants(named)]
    assert (patterns(named), left) == (4, [3, 3, 3, 3])
