"""The stores behave the same: every question, the same rows, as multisets of typed terms. None is exempt."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage.answer.graph import describe
from maillage.queries.catalogue import Query, catalogue
from maillage.queries.run import run
from maillage.table import Column, Table
from tests.cases import case_folders
from tests.queries.golden import Golden, golden, paths_of
from tests.store.conftest import ENGINES, Data
from tests.store.generated import BODIES, PARTICIPATIONS

# A value for each type of parameter that a question cannot do without.
GIVEN = {
    "article": {
        "organisation": "DITP", "lab": "Ti Lab", "event": "Journée des labs", "territory": "Bretagne",
        "theme": "design", "thing": "Ti Lab", "source": "horizons-publics-2021", "date": "2021-11-04", "text": "ti lab",
    },
    "generated": {
        "organisation": "ville de dix", "lab": "Lab Un", "event": "Atelier", "territory": "Région Un",
        "theme": "co-conception", "thing": "ville de dix", "source": "bulk-one", "date": "2021-11-04",
        "text": "ville de dix",
    },
}  # fmt: skip
GIVEN["whole"] = GIVEN["article"]
Rows = tuple[tuple[Column, ...], Counter[tuple[object, ...]]]


def typed_rows(table: Table) -> Rows:
    return table.columns, Counter(table.frame.rows())


def differences(expected: Table, found: Table) -> list[object]:
    """What to read when two stores disagree: columns, then some rows of one alone and of the other alone."""
    (columns, rows), (others, other_rows) = typed_rows(expected), typed_rows(found)
    told: list[object] = [pair for pair in zip(columns, others, strict=True) if pair[0] != pair[1]]
    return told + list(rows - other_rows)[:3] + list(other_rows - rows)[:3]


def by_data() -> list[Path]:
    """The cases in an order that changes the data of an engine as seldom as can be; the test below goes on from it."""
    named = [(data_of(golden(case)), case) for case in case_folders("queries")]
    return [case for name, case in sorted(named, key=lambda one: (one[0] == "article", one[0], one[1].name))]


def data_of(case: Golden) -> str:
    return case.graph if case.graph == "article" else "+".join(path.parent.name for path in paths_of(case))


@pytest.mark.parametrize("engine_name", ENGINES)
@pytest.mark.parametrize("case", by_data())
def test_a_golden_case_everywhere(
    case: Path, engine_name: str, data: Data, stores_of: Callable[[Golden], Callable[[], ox.Store]]
) -> None:
    asked = golden(case)
    name = data_of(asked)
    here = data.embedded(name, stores_of(asked))
    there = data.remote(name, engine_name)
    given = (asked.query.name, asked.parameters, asked.lang)
    assert differences(run(here, *given), run(there, *given)) == []


def values_for(query: Query, name: str) -> dict[str, str]:
    return {parameter.name: GIVEN[name][parameter.type] for parameter in query.parameters if parameter.required}


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
@pytest.mark.parametrize("name", ["article", "whole", "generated"])
def test_every_question_everywhere(query: Query, name: str, engine_name: str, data: Data) -> None:
    here = data.embedded(name)
    there = data.remote(name, engine_name)
    values = values_for(query, name)
    assert differences(run(here, query.name, values), run(there, query.name, values)) == []


def test_an_answer_above_ten_thousand_rows_is_whole(engine_name: str, data: Data) -> None:
    data.embedded("generated")
    rows = run(data.remote("generated", engine_name), "participations").rows()
    assert len({row["participation"] for row in rows if "bulk" in str(row["participation"])}) == PARTICIPATIONS > 10_000


def test_a_statement_held_by_two_sources_counts_once(engine_name: str, data: Data) -> None:
    here = data.embedded("generated")
    there = data.remote("generated", engine_name)
    counts = [{row["what"]: int(str(row["count"])) for row in run(store, "counts").rows()} for store in (here, there)]
    assert counts[0] == counts[1]
    assert PARTICIPATIONS <= counts[1]["participations"] < PARTICIPATIONS + 100
    assert BODIES <= counts[1]["bodies"] < 2 * BODIES


def test_a_description_everywhere(engine_name: str, data: Data) -> None:
    things = ["https://w3id.org/maillage/id/organisation/bulk-7", "https://w3id.org/maillage/id/event/bulk-1"]
    here, there = data.embedded("generated"), data.remote("generated", engine_name)
    told = [sorted(describe(store, things).splitlines()) for store in (here, there)]
    assert told[0] == told[1]
    assert len(told[0]) > 10
