"""Proposals beside what people judged: which are right, which are missing. The texts themselves are nowhere here."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from maillage.files import read_text
from maillage.reading.gazetteer import key_of
from maillage.reading.proposals import ACTIVITIES, BODIES, TextStatement
from maillage.reading.vocabulary import words

Row = dict[str, str]
ALIKE = 0.5  # of the words of two names, those that both have
FAMILIES = (BODIES, ACTIVITIES, ("participation",), ("fact",))


@dataclass(frozen=True)
class Score:
    """`right` proposals of `told`; `found` rows of `wanted`."""

    right: int = 0
    told: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(one + two for one, two in zip(vars(self).values(), vars(other).values(), strict=True)))


def read_judged(path: Path) -> dict[str, list[Row]]:
    """The rows of `proposals.csv` by text."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in csv.DictReader(read_text(path).splitlines()):
        rows[row["post"]].append(row)
    return rows


@dataclass
class JudgedText:
    """One text: each row with the proposal that says the same, and the other way."""

    rows: Sequence[Row]
    told: Sequence[TextStatement]
    of_row: dict[str, TextStatement] = field(default_factory=dict)
    of_told: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for family in FAMILIES:
            pairs = sorted(self._pairs(family), key=lambda pair: -pair[0])
            for _, row, one in pairs:
                if row["id"] not in self.of_row and one.id not in self.of_told:
                    self.of_row[row["id"]], self.of_told[one.id] = one, row

    def _pairs(self, family: Sequence[str]) -> Iterator[tuple[float, Row, TextStatement]]:
        rows = [row for row in self.rows if row["kind"] in family]
        for one in self.told:
            for row in rows if one.kind in family else ():
                if likeness := self._likeness(row, one):
                    yield likeness, row, one

    def _likeness(self, row: Row, one: TextStatement) -> float:
        if one.kind == "participation":
            same = self._is(row["activity"], one.said["activity"]) and self._is(row["body"], one.said["body"])
            return float(same and row["role"] == one.said["role"])
        if one.kind == "fact":
            same = self._is(row["subject"], one.said["subject"]) and row["predicate"] == one.said["predicate"]
            aim = one.said["object"]
            return float(same and (row["object"] == aim or self._is(row["object"], aim)))
        if one.kind in ACTIVITIES and not _dates_agree(row, one):
            return 0.0
        if one.said.get("iri") and one.said["iri"] == row["iri"]:
            return 3.0
        said = (one.said["label"], *([one.form] if one.kind in BODIES else []))
        names = max(_likeness(row["label"], label) for label in said)
        overlap = min(int(row["end"]), one.end) - max(int(row["start"]), one.start)
        if one.kind in BODIES:
            return names + 1 if names > ALIKE else float(overlap > 0 and names > 0)
        return 1.0 + names if names >= ALIKE or overlap > 0 else 0.0

    def _is(self, row: str, one: str) -> bool:
        return row in self.of_row and self.of_row[row].id == one

    def is_sure(self, one: TextStatement) -> bool:
        """Does a row that is sure say the same?"""
        return one.id in self.of_told and self.of_told[one.id]["status"] == "sure"

    def score(self, family: Sequence[str], *, sure: bool = False) -> Score:
        """`sure`: of proposals and rows that are sure alone; one that is sure on a row that is not is wrong."""
        told = [one for one in self.told if one.kind in family and (not sure or one.status == "sure")]
        rows = [row for row in self.rows if row["kind"] in family and (not sure or row["status"] == "sure")]
        kept = {row["id"] for row in rows}
        right = [one for one in told if one.id in self.of_told and self.of_told[one.id]["id"] in kept]
        return Score(len(right), len(told), len(right), len(rows))


def _dates_agree(row: Row, one: TextStatement) -> bool:
    mine, theirs = one.said.get("from", ""), row["from"]
    return not mine or not theirs or mine.startswith(theirs) or theirs.startswith(mine)


@cache
def empty_words() -> frozenset[str]:
    """Words that tell two names apart by nothing."""
    return frozenset(key for word in words("activities")["tails"] for key in key_of(f"x {word}")[1:])


def _likeness(one: str, other: str) -> float:
    """The share of their telling words that two names have together, of the shorter; an acronym counts as its name."""
    mine, theirs = set(key_of(one)) - empty_words(), set(key_of(other)) - empty_words()
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / max(1, (len(mine) + len(theirs)) / 2)


def total(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())
