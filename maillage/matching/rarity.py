"""How much a word says: the weight of each stem, from the names of many bodies (inverse document frequency).

Names that differ only by what stands behind a dash (a place, mostly) count once, or a network of a thousand offices
would make its words look empty.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from math import log

from maillage.files import write_whole
from maillage.matching.lexicon import matching_folder
from maillage.matching.spelling import read_name

_FEWEST = 3  # names that hold a word for it to be listed; all others weigh 1
_LEAST = 0.25  # of any word: even the most frequent one says something


def weights(names: Iterable[str]) -> dict[str, float]:
    """Stem -> weight, from 0.25 to 1, of the stems that at least three kinds of names hold; in alphabetical order."""
    heads = {(read.kind, read.words) for read in (read_name(name.split(" - ")[0]) for name in names)}
    counts = Counter(word for _, words in heads for word in words)
    most = log(len(heads) / 2) if len(heads) > 2 else 1.0
    found = {word: log(len(heads) / count) / most for word, count in counts.items() if count >= _FEWEST}
    return {word: round(min(1.0, max(_LEAST, weight)), 2) for word, weight in sorted(found.items())}


def write_weights(found: dict[str, float]) -> None:
    """Writes `graph/matching/rarity.csv`. Raises CannotWrite."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("word", "weight"), *found.items()])
    write_whole(matching_folder() / "rarity.csv", text.getvalue().encode())
