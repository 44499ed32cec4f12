"""Groups a plain list of names: which rows name one body, and under which name to show it.

Links are taken from the strongest; two groups join only where every pair across them is at least worth a person's
time (complete linkage at the `review` score), so that a chain of near names never joins its two ends.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import product

from maillage.matching.engine import Engine
from maillage.matching.model import model
from maillage.matching.score import NameEntry, within
from maillage.matching.spelling import read_name
from maillage.terms import fold

Pair = tuple[int, int]


@dataclass(frozen=True)
class Membership:
    """`cluster` counts from 1 in the order of `name`; `score`: the strongest link of the row, 1 if it needed none."""

    cluster: int
    name: str
    score: float


def cluster(names: Sequence[NameEntry], engine: Engine = "duckdb") -> list[Membership | None]:
    """The group of each name, in the order given; None for an empty name. The order of rows changes nothing else."""
    # Two rows of the same folded name, territory, identifier and address are one before any model is asked.
    nodes = [replace(named, name=read_name(named.name).folded, address=fold(named.address)) for named in names]
    spellings: dict[NameEntry, Counter[str]] = defaultdict(Counter)
    for node, named in zip(nodes, names, strict=True):
        if node.name or node.identifier:
            spellings[node][named.name] += 1
    bodies = sorted(spellings, key=astuple)
    links = _links(bodies, [_main_spelling(spellings[node]) for node in bodies], engine)
    bare = {place for place, node in enumerate(bodies) if read_name(_main_spelling(spellings[node])).bare}
    groups = join(len(bodies), links, bare)
    numbered, best = _number_groups(groups, bodies, spellings), _best(groups, links)
    found = {bodies[member]: Membership(*numbered[group], best[member]) for member, group in enumerate(groups)}
    return [found.get(node) for node in nodes]


def _links(bodies: Sequence[NameEntry], shown: Sequence[str], engine: Engine) -> dict[Pair, float]:
    """The score of each candidate pair; one identifier is proof, and so are two that differ."""
    named = [replace(body, name=name) for name, body in zip(shown, bodies, strict=True)]
    links: dict[Pair, float] = {}
    for a, b, score in within(named, engine).select("a", "b", "score").iter_rows():
        known = bool(bodies[a].identifier and bodies[b].identifier)
        links[a, b] = float(bodies[a].identifier == bodies[b].identifier) if known else score
    return links


def join(count: int, links: dict[Pair, float], bare: Collection[int] = ()) -> list[int]:
    """The group of each of `count` members (the number of its first one), by complete linkage.

    `bare`: members that are acronyms, which need not spell every spelling of the group's name.
    """
    known = model()
    groups = list(range(count))
    members = {number: [number] for number in groups}
    for (a, b), score in sorted(links.items(), key=lambda link: (-link[1], link[0])):
        first, second = sorted((groups[a], groups[b]))
        if score < known.threshold or first == second:
            continue
        across = ((min(pair), max(pair)) for pair in product(members[first], members[second]))
        apart = (pair for pair in across if links.get(pair, 0.0) < known.review and not {*pair} & {*bare})
        if score == 1 or not any(apart):
            for member in members[second]:
                groups[member] = first
            members[first] += members.pop(second)
    return groups


def _best(groups: Sequence[int], links: dict[Pair, float]) -> list[float]:
    best = [0.0] * len(groups)
    for (a, b), score in links.items():
        if groups[a] == groups[b]:
            best[a], best[b] = max(best[a], score), max(best[b], score)
    return [score or 1.0 for score in best]


def _number_groups(
    groups: Sequence[int], bodies: Sequence[NameEntry], spellings: dict[NameEntry, Counter[str]]
) -> dict[int, tuple[int, str]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for member, group in enumerate(groups):
        counts[group].update(spellings[bodies[member]])
    names = {group: _main_spelling(count) for group, count in counts.items()}
    order = sorted(names, key=lambda group: (read_name(names[group]).folded, names[group], group))
    return {group: (number, names[group]) for number, group in enumerate(order, start=1)}


def _main_spelling(count: Counter[str]) -> str:
    """The spelling to show: a name rather than a bare acronym, the most frequent, the longest, the first."""
    return min(count, key=lambda name: (read_name(name).bare, -count[name], -len(name), name))
