"""Communities followed over time, on a story made by hand with each thing that can happen to one."""

from maillage.network.evolution import follow, jaccard, windows_of

STORY = [
    [frozenset("abcd"), frozenset("efgh"), frozenset("ij"), frozenset("kl"), frozenset("mn")],
    # abcd goes on with a new body; efgh splits; ij and kl merge; mn is gone
    [frozenset("abcdx"), frozenset("ef"), frozenset("gh"), frozenset("ijkl")],
    # abcdx shrinks and goes on; ef is gone; gh goes on; ijkl goes on; yz is born
    [frozenset("abc"), frozenset("ghw"), frozenset("ijkl"), frozenset("yz")],
]
STEPS = {(step.window, "".join(sorted(step.bodies))): step for step in follow(STORY)}


def test_every_community_is_told_once() -> None:
    assert len(STEPS) == sum(map(len, STORY)) == len(follow(STORY))


def test_what_becomes_of_each() -> None:
    assert {ends: step.fate for ends, step in STEPS.items()} == {
        (0, "abcd"): "continuation", (0, "efgh"): "split", (0, "ij"): "merge", (0, "kl"): "merge", (0, "mn"): "death",
        (1, "abcdx"): "continuation", (1, "ef"): "death", (1, "gh"): "continuation", (1, "ijkl"): "continuation",
        (2, "abc"): "", (2, "ghw"): "", (2, "ijkl"): "", (2, "yz"): "",
    }  # fmt: skip


def test_whence_each_comes() -> None:
    assert {ends: step.origin for ends, step in STEPS.items() if ends[0]} == {
        (1, "abcdx"): "continuation", (1, "ef"): "split", (1, "gh"): "split", (1, "ijkl"): "merge",
        (2, "abc"): "continuation", (2, "ghw"): "continuation", (2, "ijkl"): "continuation", (2, "yz"): "birth",
    }  # fmt: skip
    assert {step.origin for ends, step in STEPS.items() if not ends[0]} == {""}
    assert (STEPS[1, "ijkl"].before, STEPS[0, "efgh"].after, STEPS[2, "yz"].before) == ((2, 3), (1, 2), ())
    assert STEPS[1, "abcdx"].overlap == 4 / 5
    assert STEPS[2, "yz"].overlap == 0


def test_a_line_goes_on_with_the_nearest() -> None:
    line = {ends: step.line for ends, step in STEPS.items()}
    assert line[0, "abcd"] == line[1, "abcdx"] == line[2, "abc"]
    assert line[0, "efgh"] == line[1, "ef"]  # of two as near, the first
    assert line[1, "gh"] == line[2, "ghw"] != line[0, "efgh"]
    assert line[0, "ij"] == line[1, "ijkl"] == line[2, "ijkl"] != line[0, "kl"]
    assert len(set(line.values())) == 7  # five at first, gh, yz


def test_too_few_shared_bodies_make_no_match() -> None:
    (first, second) = follow([[frozenset("abcdefg")], [frozenset("abhijkl")]])
    assert (first.fate, second.origin) == ("death", "birth")  # 2 of 12
    (first, second) = follow([[frozenset("abcdefg")], [frozenset("abhijkl")]], match=0.1)
    assert (first.fate, second.origin) == ("continuation", "continuation")
    both = follow([[frozenset("abc"), frozenset("def")], [frozenset("abd"), frozenset("cef")]], match=0.1)
    assert {step.fate for step in both[:2]} == {"split merge"} == {step.origin for step in both[2:]}


def test_jaccard_and_windows() -> None:
    assert jaccard(frozenset("abc"), frozenset("bcd")) == 0.5
    assert jaccard(frozenset(), frozenset()) == 0
    assert windows_of([2016, 2021], 2, 2) == [(2016, 2017), (2018, 2019), (2020, 2021)]
    assert windows_of([2016, 2019], 3, 1) == [(2016, 2018), (2017, 2019), (2018, 2020), (2019, 2021)]
    assert windows_of([], 2, 2) == []
