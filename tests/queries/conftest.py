"""The graph of the article, for whatever asks it by `golden.article`."""

import pytest

from tests.cases import case_name
from tests.queries.golden import BUILDS, golden
from tests.shared_run import SharedRun


def pytest_itemcollected(item: pytest.Item) -> None:
    """A case that is asked of the article waits for its build; one of a small graph, run alone, needs none."""
    callspec = getattr(item, "callspec", None)
    cases = [value for value in (callspec.params.values() if callspec else ()) if case_name(value)]
    if isinstance(item, pytest.Function) and any(golden(case).graph == "article" for case in cases):
        item.fixturenames = [*item.fixturenames, "built_out", "article_built"]


@pytest.fixture(scope="session")
def article_built(article_run: SharedRun, built_out: object) -> None:
    assert built_out
    BUILDS["article"] = article_run
