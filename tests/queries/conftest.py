"""The graph of the article, for whatever asks it by `golden.article`."""

from pathlib import Path

import pytest

from tests.queries.golden import BUILDS
from tests.shared_run import SharedRun


@pytest.fixture(scope="session", autouse=True)
def article_built(article_run: SharedRun, built_out: Path) -> None:
    assert built_out.is_dir()
    BUILDS["article"] = article_run
