"""Bodies with several names each: the best pair of names stands for the pair of bodies."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from maillage.matching.model import Level, model
from maillage.matching.score import Named, between, within
from maillage.matching.spelling import read_name


@dataclass(frozen=True)
class Body:
    """`key`: an IRI or `source:key`; `names`: the one shown first, then acronyms and former names."""

    key: str
    names: tuple[str, ...]
    territory: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class Match:
    """Two bodies (places in the lists compared), how likely they are one, and the level each comparison reached."""

    a: int
    b: int
    score: float
    weight: float
    levels: dict[str, Level]


def matches_between(left: Sequence[Body], right: Sequence[Body]) -> list[Match]:
    """Candidates of each body of `left` among `right`, the best first."""
    named, owners = _named(left), _owners(left)
    others, other_owners = _named(right), _owners(right)
    return _best(between(named, others), (named, owners), (others, other_owners))


def matches_within(bodies: Sequence[Body]) -> list[Match]:
    """Candidate pairs of different bodies."""
    side = (_named(bodies), _owners(bodies))
    found = [match for match in _best(within(side[0]), side, side) if match.a != match.b]
    return [match for match in found if match.a < match.b]


def _named(bodies: Sequence[Body]) -> list[Named]:
    return [Named(name, body.territory, body.identifier) for body in bodies for name in body.names]


def _owners(bodies: Sequence[Body]) -> list[int]:
    return [place for place, body in enumerate(bodies) for _ in body.names]


Side = tuple[list[Named], list[int]]


def _best(pairs: pl.DataFrame, left: Side, right: Side) -> list[Match]:
    """One row a pair of bodies: whole names speak first, an acronym only where one body has no other name."""
    frame = pairs.with_columns(
        a=pl.Series([left[1][place] for place in pairs["a"]], dtype=pl.Int64),
        b=pl.Series([right[1][place] for place in pairs["b"]], dtype=pl.Int64),
        bare=pl.Series(
            [_bare(left, a) or _bare(right, b) for a, b in pairs.select("a", "b").iter_rows()], dtype=pl.Boolean
        ),
    )
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    frame = frame.with_columns(a=low, b=high) if left is right else frame
    order = ["a", "b", "bare", "score"]
    best = frame.sort(order, descending=[False, False, False, True], maintain_order=True).unique(
        ["a", "b"], keep="first", maintain_order=True
    )
    return [
        _match(row) for row in best.sort(["a", "score", "b"], descending=[False, True, False]).iter_rows(named=True)
    ]


def _bare(side: Side, place: int) -> bool:
    return read_name(side[0][place].name).bare


def _match(row: dict[str, object]) -> Match:
    reached = {one.name: one.level(int(str(row[f"gamma_{one.name}"]))) for one in model().comparisons}
    levels = {name: level for name, level in reached.items() if level}
    same = levels.get("identifier")
    score = 1.0 if same and same.name == "same" else float(str(row["score"]))
    return Match(int(str(row["a"])), int(str(row["b"])), score, float(str(row["weight"])), levels)
