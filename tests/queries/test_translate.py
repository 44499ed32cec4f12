"""The rows of each question in English are the same whether it is asked again or its names are looked up."""

from maillage.queries import catalogue, run
from maillage.queries.translate import read_names, run_again
from maillage.store.base import Store
from maillage.store.local import load_store
from maillage.table import Table
from tests.shared_run import SharedRun


class Counted:
    """A store that counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self._store, self.asked = store, 0

    def ask(self, text: str) -> Table:
        self.asked += 1
        return self._store.ask(text)


def test_names_looked_up_are_those_of_the_question_asked_again(article_run: SharedRun) -> None:
    store = load_store(article_run.built / "graph")
    counted, names = Counted(store), read_names(store)
    names_by_query = [name for name, query in catalogue().items() if not any(one.required for one in query.parameters)]
    for name in names_by_query:
        again, found = run(store, name, {}, "en"), run_again(counted, run(store, name), name, "en", names)
        assert found.columns == again.columns, name
        assert found.rows() == again.rows(), name
        assert found.query == again.query, name
    assert counted.asked < len(names_by_query) / 3


def test_a_thing_without_a_name_in_one_language_makes_every_question_asked_again(article_run: SharedRun) -> None:
    store = load_store(article_run.built / "graph")
    counted = Counted(store)
    assert (
        run_again(counted, run(store, "labels"), "labels", "en", None).rows() == run(store, "labels", {}, "en").rows()
    )
    assert counted.asked == 1
