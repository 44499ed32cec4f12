"""The labelled pairs are what they say, and the published numbers are those the pairs give."""

from collections import defaultdict
from pathlib import Path

import pytest
from rapidfuzz.distance import JaroWinkler

from maillage.cli.identity import table
from maillage.errors import FindingsError
from maillage.matching.evaluate import evaluate, score_method, wilson
from maillage.matching.labels import LabelledPair, fresh_pairs, read_pairs
from maillage.matching.learn import fit, weights
from maillage.matching.lexicon import lexicon
from maillage.matching.model import model, model_of
from maillage.terms import fold
from tests.matching.real import known_names
from tests.refusals import raises

pytestmark = pytest.mark.sample(3)

PAIRS = read_pairs()


def hard(pair: LabelledPair) -> bool:
    return JaroWinkler.similarity(fold(pair.a), fold(pair.b)) >= 0.85


def test_there_are_enough_pairs_and_enough_hard_ones() -> None:
    different = [pair for pair in PAIRS if not pair.same]
    assert len(PAIRS) >= 300
    assert sum(hard(pair) for pair in different) >= 120


def test_a_cluster_is_in_one_half_and_so_is_each_name() -> None:
    halves: dict[str, set[str]] = defaultdict(set)
    for pair in PAIRS:
        for thing in (f"cluster {pair.cluster}", pair.a, pair.b):
            halves[thing].add(pair.half)
    assert {thing: found for thing, found in halves.items() if len(found) > 1} == {}


def test_no_pair_is_judged_twice() -> None:
    judged = [frozenset((pair.a, pair.b)) for pair in PAIRS]
    assert len(set(judged)) == len(judged)
    assert all(len(pair) == 2 for pair in judged)


@pytest.mark.needs("shared")
def test_every_name_is_a_real_one(shared: Path) -> None:
    named = {name for pair in PAIRS for name in (pair.a, pair.b)}
    assert named - known_names(shared) == set()


def test_the_published_numbers_are_those_of_the_learning_half() -> None:
    assert fit(model(), read_pairs("learn")) == model()


def test_learning_sees_no_test_pair() -> None:
    fewer = read_pairs("learn")[:150]
    assert fit(model(), fewer) != model()


def test_the_manual_shows_what_is_measured(root: Path) -> None:
    page = (root / "docs/how-to/identity.md").read_text(encoding="utf-8")
    for pairs in (read_pairs("test"), fresh_pairs()):
        measured = evaluate(pairs)
        assert table(measured, "fr") in page
        splink, _, *baselines = measured
        assert all(splink.f1 > other.f1 for other in baselines)


def test_an_interval_of_nothing_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_way_that_joins_nothing_has_no_precision() -> None:
    pairs = [pair for pair in read_pairs("test") if pair.same][:2]
    silent, one = score_method("silent", pairs, [False, False]), score_method("one", pairs, [True, False])
    assert table([silent, one], "fr").splitlines()[2:] == [
        "| silent | — | — | 0.000 | 0.000–0.658 | 0.000 |",
        "| one | 1.000 | 0.207–1.000 | 0.500 | 0.095–0.905 | 0.667 |",
    ]
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert wilson(9, 10) == (0.596, 0.982)  # Wilson (1927), by hand


def test_labels_at_fault_say_where(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("a,b,decision,reason,cluster,half\nx,y,perhaps,why,c,learn\n", encoding="utf-8")
    with pytest.raises(FindingsError, match=r"pairs\.csv:2:decision"):
        read_pairs(path=file)
    file.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="half"):
        read_pairs(path=file)


def test_a_model_at_fault_is_refused_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "graph" / "matching").mkdir(parents=True)
    (tmp_path / "graph" / "matching" / "model.yml").write_text("version: 1\n", encoding="utf-8")
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    model.cache_clear()
    try:
        with raises("bad-yaml", match=r"model\.yml"):
            model()
    finally:
        model.cache_clear()


def test_levels_not_learned_weigh_nothing() -> None:
    said = {"version": 1, "prior": 0.1, "threshold": 0.9, "review": 0.3, "margin": 3.0}
    level = {"name": "same", "fr": "même", "en": "same"}
    made = model_of(said | {"comparisons": {"name": {"unknown": "1 = 0", "levels": [level]}}})
    (found,) = made.comparisons[0].levels
    assert found.m == found.u


@pytest.mark.needs("shared")
def test_the_weights_of_words_are_those_of_the_real_names(shared: Path) -> None:
    assert weights(known_names(shared)) == lexicon().rarity


def test_rare_words_weigh_more() -> None:
    rarity = lexicon().rarity
    assert weights([]) == {}
    assert rarity["publiqu"] < rarity["numeriqu"] <= 1.0
