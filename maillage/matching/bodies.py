"""Bodies with several names each: the best pair of names stands for the pair of bodies.

Bodies of a list against those of the graph: candidates with what spoke for them, and a choice if it is safe.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from maillage.matching.engine import Engine
from maillage.matching.model import Level, model
from maillage.matching.score import NameEntry, between, within
from maillage.matching.spelling import read_name

MOST = 5  # candidates of a body


@dataclass(frozen=True)
class Body:
    """`key`: an IRI or `source:key`; `names`: the one shown first, then acronyms and former names."""

    key: str
    names: tuple[str, ...]
    territory: str = ""
    identifier: str = ""
    address: str = ""


@dataclass(frozen=True)
class Match:
    """Two bodies (places in the lists compared), how likely they are one, and the level each comparison reached."""

    a: int
    b: int
    score: float
    weight: float
    levels: dict[str, Level]


def matches_within(bodies: Sequence[Body], engine: Engine = "duckdb") -> list[Match]:
    """Candidate pairs of different bodies, `a` before `b`."""
    names = _Names(bodies)
    return [match for match in _best(within(names.named, engine), names, names) if match.a != match.b]


class _Names:
    """The names of bodies, one after the other, and whose each is; `whole`: bodies named by more than acronyms.

    `local`: bodies of which a name says where they are.
    """

    def __init__(self, bodies: Sequence[Body]) -> None:
        self.named = [
            NameEntry(name, body.territory, body.identifier, body.address) for body in bodies for name in body.names
        ]
        self.owners = [place for place, body in enumerate(bodies) for _ in body.names]
        read = [read_name(named.name) for named in self.named]
        self.bare = [one.bare for one in read]
        self.squeezed = [one.folded.replace(" ", "") for one in read]
        self.whole = {owner for owner, bare in zip(self.owners, self.bare, strict=True) if not bare}
        self.local = {owner for owner, one in zip(self.owners, read, strict=True) if one.places}


def _best(pairs: pl.DataFrame, left: _Names, right: _Names) -> list[Match]:
    """One row a pair of bodies. Two bodies that both have a whole name are judged by whole names, not by acronyms."""
    frame = pairs.filter([_speaks(left, right, a, b) for a, b in pairs.select("a", "b").iter_rows()])
    frame = frame.with_columns(
        a=pl.Series([left.owners[place] for place in frame["a"]], dtype=pl.Int64),
        b=pl.Series([right.owners[place] for place in frame["b"]], dtype=pl.Int64),
    )
    if left is right:
        frame = frame.with_columns(a=pl.min_horizontal("a", "b"), b=pl.max_horizontal("a", "b"))
    ordered = frame.sort("a", "score", "b", descending=[False, True, False], maintain_order=True)
    return [_match(row) for row in ordered.unique(["a", "b"], keep="first", maintain_order=True).iter_rows(named=True)]


def _speaks(left: _Names, right: _Names, a: int, b: int) -> bool:
    """One acronym may abbreviate two names, so it speaks only for a body that has no whole name to compare."""
    if not (left.bare[a] or right.bare[b]) or left.named[a].identifier == right.named[b].identifier != "":
        return True
    both = left.bare[a] and right.bare[b]
    if both and (left.owners[a] in left.local) != (right.owners[b] in right.local):
        return False  # "CAF", and the "CAF de Paris" that is also called so
    if left.squeezed[a] == right.squeezed[b] and not both:
        return True
    return not (left.owners[a] in left.whole and right.owners[b] in right.whole)


def _match(row: dict[str, object]) -> Match:
    reached = {one.name: one.level(int(str(row[f"gamma_{one.name}"]))) for one in model().comparisons}
    levels = {name: level for name, level in reached.items() if level}
    same = levels.get("identifier")
    score = 1.0 if same and same.name == "same" else float(str(row["score"]))
    return Match(int(str(row["a"])), int(str(row["b"])), score, float(str(row["weight"])), levels)


@dataclass(frozen=True)
class Reconciliation:
    """`candidates`: (body, match), the best first, at most five; `choice`: the first, where nothing rivals it."""

    candidates: tuple[tuple[Body, Match], ...]
    choice: Body | None


def reconcile(wanted: Sequence[Body], known: Sequence[Body], engine: Engine = "duckdb") -> list[Reconciliation]:
    """For each of `wanted`, in order: the candidates at least worth a look, and the one chosen or None.

    Chosen: its score is at the published threshold or above, and the second stands `margin` bits below.
    """
    one, other = _Names(wanted), _Names(known)
    found: dict[int, list[Match]] = defaultdict(list)
    for match in _best(between(one.named, other.named, engine), one, other):
        if match.score >= model().review:
            found[match.a].append(match)
    return [_rank_candidates(found[place], known) for place in range(len(wanted))]


def _rank_candidates(matches: Sequence[Match], known: Sequence[Body]) -> Reconciliation:
    ordered = sorted(matches, key=lambda match: (-match.score, -match.weight, known[match.b].key))[:MOST]
    candidates = tuple((known[match.b], match) for match in ordered)
    rivalled = len(ordered) > 1 and ordered[0].weight - ordered[1].weight < model().margin
    is_safe = ordered and ordered[0].score >= model().threshold and not rivalled
    return Reconciliation(candidates, candidates[0][0] if is_safe else None)
