"""The network has the same values for every library; what is measured on it is right on small networks."""

import numpy as np
import pytest

from maillage.network.from_table import Row
from maillage.network.measures import betweenness, measures
from maillage.network.mixing import brokers, missing_bridges, mixing
from maillage.network.model import Network, significant
from maillage.network.stability import stable_communities, top_marks


def meeting(activity: str, *bodies: str, start: str = "2020-01-01") -> list[Row]:
    ends = [(a, b) for a in bodies for b in bodies if a < b]
    return [{"a": a, "b": b, "activity": activity, "start": start, "partnershipKind": "k/joint"} for a, b in ends]


TWO_TRIANGLES = [*meeting("e1", "a", "b", "c"), *meeting("e2", "d", "e", "f"), *meeting("e3", "c", "d", start="2022")]


def test_weights_are_newman_s_and_the_same_everywhere() -> None:
    found = Network.of_ties(TWO_TRIANGLES, ["z"])
    weights = dict(zip(found.pairs(), found.ties["newman"], strict=True))
    assert weights["a", "b"] == 0.5
    assert weights["c", "d"] == 1
    graph, matrix = found.to_igraph(), found.to_scipy()
    for (a, b), newman in weights.items():
        i, j = found.bodies.index(a), found.bodies.index(b)
        assert {graph.es[graph.get_eid(i, j)]["newman"], matrix[i, j], matrix[j, i]} == {newman}
    assert graph.vcount() == matrix.shape[0] == 7


def test_a_window_keeps_what_is_dated_in_it() -> None:
    undated = meeting("e4", "a", "f", start="")
    assert list(Network.of_ties([*TWO_TRIANGLES, *undated], since="2021").pairs()) == [("c", "d")]
    assert len(Network.of_ties([*TWO_TRIANGLES, *undated], until="2020").ties) == 6
    assert len(Network.of_ties([*TWO_TRIANGLES, *undated]).ties) == 8


def test_measures_on_two_triangles_and_a_bridge() -> None:
    where = {"a": "r1", "b": "r1", "d": "r2"}
    rows = {row["body"]: row for row in measures(Network.of_ties(TWO_TRIANGLES, ["z"]), where)}
    assert (rows["c"]["degree"], rows["c"]["strength"], rows["c"]["core"]) == (3, 2, 2)
    assert (rows["c"]["betweenness"], rows["a"]["betweenness"]) == (6, 0)
    assert rows["c"]["effectiveSize"] == pytest.approx(3 - 2 / 3)
    assert rows["c"]["participation"] == pytest.approx(0.5)
    assert (rows["z"]["effectiveSize"], rows["z"]["participation"], rows["z"]["constraint"]) == (None, None, None)


def test_sampled_betweenness_of_all_is_exact_and_of_some_says_its_error() -> None:
    graph = Network.of_ties(TWO_TRIANGLES).to_igraph()
    exact, none = betweenness(graph, 7)
    whole, nothing = betweenness(graph, 7, exact=0, samples=6)
    assert whole == pytest.approx(exact)
    assert set(none) | set(nothing) == {0.0}
    assert max(betweenness(graph, 7, exact=0, samples=3)[1]) > 0


def test_communities_are_stable_and_named_for_what_they_share() -> None:
    closer = [*meeting("e5", "a", "b", "c"), *meeting("e6", "d", "e", "f")]
    found = stable_communities(Network.of_ties([*TWO_TRIANGLES, *closer], ["z"]), runs=5)
    assert [sorted(one.bodies) for one in found] == [["a", "b", "c"], ["d", "e", "f"]]
    assert found[0].stability == 1
    assert top_marks(found[0], {"a": ["x", "y"], "b": ["x", "y"], "c": ["x"], "d": ["y"], "e": ["y"]}) == ["x", "y"]


def test_mixing_brokers_and_missing_bridges() -> None:
    where = dict.fromkeys("abc", "r1") | dict.fromkeys("def", "r2")
    network = Network.of_ties(TWO_TRIANGLES)
    (within, between, _) = mixing(network, {body: [region] for body, region in where.items()})
    assert (within["ties"], between["ties"]) == (3, 1)
    assert between["ratio"] < 1 < within["ratio"]
    assert [row["body"] for row in brokers(network, where, "r1", "r2")] == ["c", "d"]
    (row,) = missing_bridges(network, where, {"a": frozenset("x"), "d": frozenset("x")}, draws=200)
    assert (row["ties"], row["themes"]) == (1, 1)
    assert row["p"] < 0.3
    assert row["expected"] > 3


def test_mixing_shares_a_tie_among_the_marks_of_its_ends() -> None:
    network = Network.of_ties(meeting("e1", "a", "b"))
    rows = {(row["a"], row["b"]): row for row in mixing(network, {"a": ["x", "y"], "b": ["x"], "z": ["y"]})}
    assert {ends: row["ties"] for ends, row in rows.items()} == {("x", "x"): 0.5, ("x", "y"): 0.5, ("y", "y"): 0}
    assert sum(row["expected"] for row in rows.values()) == pytest.approx(1)
    assert rows["x", "y"]["expected"] == pytest.approx(1.5 * 0.5 / 2)
    assert mixing(network, {"a": ["x"]}) == []


def test_a_projection_can_keep_what_is_significant_only() -> None:
    often = [row for number in range(8) for row in meeting(f"e{number}", "a", "b")]
    seldom = [row for number in range(8, 16) for row in meeting(f"e{number}", "c", f"d{number}")]
    rows = [*often, *seldom, *meeting("e16", "a", "c")]
    kept = Network.of_ties(rows).significant(rows)
    assert list(kept.pairs()) == [("a", "b")]
    assert kept.bodies == Network.of_ties(rows).bodies
    assert kept.ties["newman"].to_list() == [8]


def test_co_presence_beyond_chance_is_kept() -> None:
    attended = {"a": frozenset("1234"), "b": frozenset("1234"), "c": frozenset("456789"), "d": frozenset("0")}
    assert set(significant(attended)) == {("a", "b")}
    assert np.isclose(significant(attended)["a", "b"], 1 / 210)
