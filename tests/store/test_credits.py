"""The credits of an answer are the same whatever engine holds the graph."""

import pytest

from maillage.credit.credits import Credits
from maillage.queries.catalogue import Query, catalogue
from maillage.queries.run import run
from tests.store.conftest import Data
from tests.store.test_scenario import values_for


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
@pytest.mark.needs("virtuoso")
def test_the_same_sources_everywhere(query: Query, data: Data) -> None:
    values = values_for(query, "article")
    stores = (data.embedded("article"), data.remote("article", "virtuoso"))
    here, there = (Credits(store).sources(run(store, query.name, values)) for store in stores)
    assert here == there
