"""Chains: all the shortest, plain ones before weak ones, each step with its rows."""

from maillage.network.from_table import Row
from maillage.network.path import Chains, chains


def row(a: str, b: str, weak: bool = False, what: str = "w") -> Row:
    return {"a": a, "b": b, "aLabel": a.upper(), "bLabel": b.upper(), "weak": weak, "activity": what}


def ways(found: Chains) -> list[str]:
    return ["".join([chain.steps[0].start, *(step.goal for step in chain.steps)]) for chain in found.chains]


def test_all_the_shortest_chains_and_no_longer_one() -> None:
    rows = [row("a", "b"), row("b", "d"), row("a", "c"), row("c", "d"), row("a", "x"), row("x", "y"), row("y", "d")]
    found = chains(rows, "a", "d")
    assert ways(found) == ["abd", "acd"]
    assert not found.cut
    assert ways(chains(rows, "d", "a")) == ["dba", "dca"]


def test_a_plain_chain_is_preferred_even_when_longer() -> None:
    rows = [row("a", "m", weak=True), row("z", "m", weak=True), *(row(*pair) for pair in ("ab", "bc", "cz"))]
    found = chains(rows, "a", "z")
    assert ways(found) == ["abcz"]
    assert not found.chains[0].weak


def test_a_weak_chain_is_said_to_be_weak() -> None:
    found = chains([row("a", "m", weak=True), row("z", "m", weak=True)], "a", "z")
    assert ways(found) == ["amz"]
    assert [step.weak for step in found.chains[0].steps] == [True, True]


def test_each_step_keeps_its_rows_and_plain_ones_make_it() -> None:
    rows = [row("a", "b", what="one"), row("b", "a", what="two"), row("a", "b", weak=True, what="three")]
    (step,) = chains(rows, "a", "b").chains[0].steps
    assert [one["activity"] for one in step.rows] == ["one", "two"]


def test_a_limit_is_said() -> None:
    rows = [row(*pair) for middle in "bcdefg" for pair in (f"a{middle}", f"{middle}z")]
    found = chains(rows, "a", "z", limit=4)
    assert len(found.chains) == 4
    assert found.cut


def test_nothing_between_strangers_nor_from_a_body_to_itself() -> None:
    rows = [row("a", "b"), row("c", "d")]
    assert chains(rows, "a", "d").chains == ()
    assert chains(rows, "a", "a").chains == ()
    assert chains(rows, "a", "nobody").chains == ()
    assert chains([], "a", "b").chains == ()
