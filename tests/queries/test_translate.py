"""The rows of each question in English are the same whether it is asked again or its names are looked up."""

from collections.abc import Mapping

import pytest

from maillage.queries import catalogue, translate
from maillage.queries.run import run
from maillage.queries.translate import read_names, run_again
from maillage.store import Store
from maillage.store.local import load_store
from maillage.table import Table
from tests.shared_run import SharedRun


@pytest.mark.slow
def test_names_looked_up_are_those_of_the_question_asked_again(
    article_run: SharedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, again = load_store(article_run.built / "graph"), list[str]()

    def run_and_note(store: Store, name: str, values: Mapping[str, str], lang: str) -> Table:
        again.append(name)
        return run(store, name, values, lang)

    names, free = read_names(store), [name for name, one in catalogue().items() if not _needs_value(name)]
    monkeypatch.setattr(translate, "run", run_and_note)
    for name in free:
        wanted, found = run(store, name, {}, "en"), run_again(store, run(store, name), name, "en", names)
        assert (found.columns, found.rows(), found.query) == (wanted.columns, wanted.rows(), wanted.query), name
    assert len(again) < len(free) / 2
    assert {"counts", "disagreements", "labs-directory"} <= {*again}  # words of their own, lists
    assert not {"path-links", "acquaintances", "participations", "evidence"} & {*again}


def _needs_value(name: str) -> bool:
    return any(one.required for one in catalogue()[name].parameters)


def test_without_the_names_a_question_is_asked_again(article_run: SharedRun) -> None:
    store = load_store(article_run.built / "graph")
    found = run_again(store, run(store, "labels"), "labels", "en", None)
    assert found.rows() == run(store, "labels", {}, "en").rows()
