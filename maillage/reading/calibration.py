"""How often each rule was right in the texts that people judged: `graph/reading/calibration.csv`."""

import csv
from functools import cache

from maillage.files import asset, read_text

LEAST, FEWEST = 0.9, 3  # the share that must have been right, of at least so many


@cache
def _shares() -> dict[str, tuple[int, int]]:
    path = asset("graph") / "reading" / "calibration.csv"
    rows = csv.DictReader(read_text(path).splitlines())
    return {row["rule"]: (int(row["right"]), int(row["n"])) for row in rows}


def is_sure(rule: str) -> bool:
    right, n = _shares().get(rule, (0, 0))
    return n >= FEWEST and right / n >= LEAST
