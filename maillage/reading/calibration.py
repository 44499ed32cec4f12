"""How often each rule was right in the texts that people judged: `graph/reading/calibration.csv`."""

import csv
from collections.abc import Mapping
from functools import cache

from maillage.files import asset, read_text
from maillage.reading.vocabulary import words

Counts = Mapping[str, tuple[int, int, int]]  # of each rule, what it made, what of that is right, in how many texts
LEAST = 0.92  # the share that must be right
FEWEST = 5  # cases of a family, for it to teach anything
TEXTS = 2  # in which a rule itself was right
WEIGHT = 2  # cases that the rules of one family lend to each of them, at their own share


@cache
def _counts() -> Counts:
    rows = csv.DictReader(read_text(asset("graph") / "reading" / "calibration.csv").splitlines())
    return {row["rule"]: (int(row["n"]), int(row["right"]), int(row["texts"])) for row in rows}


def is_sure(rule: str) -> bool:
    return is_taught(rule, _counts())


def is_taught(rule: str, counts: Counts) -> bool:
    """Was a rule right often enough? What few cases tell of it is weighed with what its family was worth.

    >>> is_taught("body:a", {"body:a": (2, 2, 2), "body:b": (19, 18, 9)}), is_taught("body:b", {"body:b": (5, 4, 3)})
    (True, False)
    >>> is_taught("role:gather", {"role:gather": (12, 12, 1)})
    False
    """
    family = [counts[other] for other in counts if _family(other) == _family(rule)]
    made, good, _ = (sum(column) for column in zip(*family, strict=True)) if family else (0, 0, 0)
    n, right, texts = counts.get(rule, (0, 0, 0))
    return texts >= TEXTS and made >= FEWEST and (right + WEIGHT * good / made) / (n + WEIGHT) >= LEAST


def family_of(name: str) -> str:
    """What a pattern of roles is: of what the text says, or of what stands beside; the publisher's, for no pattern."""
    pattern = words("roles")["patterns"].get(name)
    return str(pattern.get("family", "said")) if pattern else "publisher"


def _family(rule: str) -> str:
    """What kind of evidence a rule is: a role that the text says, or one beside, in one sentence or across two."""
    kind, _, rest = rule.partition(":")
    if kind != "role":
        return rule.rpartition(":")[0]
    name, _, before = rest.partition("+")
    return f"role:{family_of(name)}:{before}"
