"""The labelled pairs of `graph/matching/pairs.csv`: real names, each pair decided by a person who read both.

The pairs of a cluster are all in one half. `learn` serves to fit and to choose the threshold; `test` only to measure.
`fresh.csv` holds pairs of later sources, judged before the model changed for them, and served for no number of it.
"""

from dataclasses import dataclass
from pathlib import Path

from maillage.errors import FindingsError, Phrase, SourceError
from maillage.files import short_path
from maillage.matching.lexicon import matching_folder
from maillage.sources.rows import read_rows

COLUMNS = ("a", "b", "decision", "reason", "cluster", "half")
_ALLOWED_VALUES = {"decision": ("same", "different", "unknown"), "half": ("learn", "test")}


@dataclass(frozen=True)
class LabelledPair:
    a: str
    b: str
    same: bool
    cluster: str
    half: str


def read_pairs(half: str = "", path: Path | None = None) -> list[LabelledPair]:
    """The pairs of one half, or all of them, but those that nobody can tell. Raises MissingFile or FindingsError."""
    place = path or matching_folder() / "pairs.csv"
    pairs = [(row, _pair(row, short_path(place), line)) for line, row in read_rows(place, COLUMNS)]
    return [pair for row, pair in pairs if half in ("", pair.half) and row["decision"] != "unknown"]


def fresh_pairs() -> list[LabelledPair]:
    return read_pairs(path=matching_folder() / "fresh.csv")


def _pair(row: dict[str, str], file: str, line: int) -> LabelledPair:
    for column, allowed in _ALLOWED_VALUES.items():
        if row[column] not in allowed:
            wanted = Phrase("cell-allowed", allowed=", ".join(allowed))
            raise FindingsError([SourceError("bad-cell", value=row[column], wanted=wanted).at(file, line, column)])
    return LabelledPair(row["a"], row["b"], row["decision"] == "same", row["cluster"], row["half"])
