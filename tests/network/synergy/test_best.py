"""Suggestions found by their bounds are those found by scoring every pair, on small worlds and on the real graph."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest

from maillage.answer import open as open_graph
from maillage.answer.synergies import Synergies, for_explorer
from maillage.network.from_table import Row
from maillage.network.synergy import nearness
from maillage.network.synergy.bounds import MARGIN
from maillage.network.synergy.evidence_base import EvidenceBase, gather_evidence
from maillage.network.synergy.points import blocks, points
from maillage.network.synergy.suggest import Advice, Suggestion, rank_suggestions
from tests.network.synergy.test_suggest import DEF, aspect, body, link, world


def every_pair(advice: Advice) -> list[Suggestion]:
    """The slow way: each pair scored."""
    pairs = [(a, b) for place, a in enumerate(advice.names) for b in advice.names[place + 1 :] if advice.eligible(a, b)]
    return rank_suggestions(found for found in (advice.suggestion(*ends) for ends in pairs) if advice.worthy(found))


def drawn(seed: int) -> EvidenceBase:
    """Bodies, some hardly known, with meetings, themes of their own and of what they did together, and dates."""
    draw = Random(seed)
    names = [f"b{number:02}" for number in range(26)]
    abouts = [(who, about) for who in names for about in ("theme", "method", "audience")]
    aspects = [aspect(*ends, f"{ends[1]}-{draw.randrange(6)}") for ends in abouts for _ in range(draw.randrange(3))]
    links, met = [], []
    for number in range(18):
        some = sorted(draw.sample(names, draw.randint(2, 4)))
        aspects += [aspect(who, "theme", f"theme-{number % 6}", f"e{number}") for who in draw.sample(names, 2)]
        ends = [(a, b) for a in some for b in some if a < b]
        links += [row for a, b in ends for row in link(a, b, f"e{number}", str(draw.choice(["", 2015, 2021])))]
        met += [{"a": a, "b": b, "how": DEF + "met"} for a, b in ends]
    aspects += [aspect(who, "territory", f"r{place % 4}") for place, who in enumerate(names) if place % 5]
    deeds = [
        {**row, "agent": row["a"], "activityLabel": draw.choice(["Atelier roads", "Atelier water"])}
        for row in links[:14]
    ]
    answers: Mapping[str, Sequence[Row]] = {
        "bodies": [body(who, f"r{place % 4}") for place, who in enumerate(names)],
        "aspects-of-bodies": aspects,
        "path-links": links,
        "participations": deeds,
        "acquaintances": met,
        "territories": [{"territory": f"r{number}", "level": f"level/{number % 2}"} for number in range(4)],
    }
    return gather_evidence(answers)


@pytest.mark.parametrize("what", [world(), drawn(1), drawn(2)], ids=["world", "1", "2"])
def test_all_and_the_best_are_those_of_every_pair(what: EvidenceBase) -> None:
    advice = Advice(what)
    slow = every_pair(advice)
    assert slow
    assert list(advice.best(None)) == slow
    for one in advice.names:
        own = [found for found in slow if one in (found.a, found.b)]
        assert list(advice.for_body(one, 3)) == own[:3]
        assert list(advice.for_body(one, None)) == own
    assert list(advice.best(4)) == slow[:4]
    assert (
        list(advice.best(4, pairs=lambda a, _: a > slow[0].a)) == [found for found in slow if found.a > slow[0].a][:4]
    )
    assert list(advice.best(2, asked=lambda found: found.weak)) == [found for found in slow if found.weak][:2]


def test_a_bound_is_never_under_the_score_and_is_the_score_where_nothing_is_held_through_one_thing() -> None:
    advice, tight = Advice(drawn(4)), 0
    found = points(advice.matrices, advice.by, np.arange(len(advice.names)))
    for i, a in enumerate(advice.names):
        for j, b in enumerate(advice.names[:i]):
            score, bound = advice.suggestion(a, b).score, sum(value[i, j] for value in found.values())
            assert score <= bound + MARGIN
            tight += abs(score - bound) < MARGIN
    assert tight > 240  # of 325


def test_walks_led_one_at_a_time_give_the_same_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = Advice(drawn(5)).best(None)
    monkeypatch.setattr(nearness, "WHOLE", 0)
    one_by_one = Advice(drawn(5)).best(None)
    assert [(one.a, one.b) for one in at_once] == [(one.a, one.b) for one in one_by_one]
    assert [one.score for one in at_once] == pytest.approx([one.score for one in one_by_one])


def test_blocks_are_all_places_in_order() -> None:
    places = np.arange(7, dtype=np.int64)
    assert np.concatenate(list(blocks(places, 500_000))).tolist() == places.tolist()
    assert [len(some) for some in blocks(places, 500_000)] == [3, 3, 1]
    assert [len(some) for some in blocks(places, 10**9)] == [1] * 7


def test_the_real_graph_gets_the_suggestions_of_every_pair(built_out: Path) -> None:
    with open_graph(built_out) as graph:
        advice = Synergies(graph).advice
        said = for_explorer(graph, 3)
    slow = every_pair(advice)
    assert list(advice.best(None)) == slow
    own = {one: [found for found in slow if one in (found.a, found.b)][:3] for one in advice.names}
    told = {one: [said["suggestions"][number] for number in numbers] for one, numbers in said["bodies"].items()}
    assert {one: [(found["a"], found["b"]) for found in some] for one, some in told.items()} == {
        one: [(found.a, found.b) for found in some] for one, some in own.items() if some
    }
