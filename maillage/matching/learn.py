"""Fits the model on the learning half of the labelled pairs, and chooses its threshold there.

m is counted on the pairs said to be the same, u and the prior on all pairs of two names of the half: names of
different clusters are different bodies, as the person who made the clusters said. Half a pair is added to each level
(Jeffreys), so that a level never seen is unlikely rather than impossible; one never seen among the same does not
speak for them. Levels marked `by_hand` keep their numbers.

How much a word says is the inverse document frequency of its stem among the names of many bodies. Names that differ
only by what stands behind a dash (a place, mostly) count once, or a network of a thousand offices would make its words
look empty.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log

import polars as pl
import yaml

from maillage.files import read_text, write_whole
from maillage.matching.labels import LabelledPair, read_pairs
from maillage.matching.lexicon import matching_folder
from maillage.matching.model import Comparison, Level, Model, model, model_of
from maillage.matching.score import NameEntry, every
from maillage.matching.spelling import read_name
from maillage.sources.card import read_yaml
from maillage.sources.rows import to_csv

_PRECISION = 0.99  # of the pairs above the threshold, on the learning half
_DECIMALS = 5
_LEAST = 90  # hundredths: no lower threshold is published, however well it did on few pairs
_FEWEST = 3  # names that hold a word for it to be listed; all others weigh 1
_LIGHTEST = 0.25  # of any word: even the most frequent one says something


def learn() -> Model:
    """Writes the learned numbers into `graph/matching/model.yml`, its comments at the top kept. Raises CannotWrite."""
    known = fit(model(), read_pairs("learn"))
    path = matching_folder() / "model.yml"
    said = read_yaml(path) | {"prior": known.prior, "threshold": known.threshold}
    for comparison in known.comparisons:
        for level, entry in zip(comparison.levels, said["comparisons"][comparison.name]["levels"], strict=True):
            entry |= {"m": level.m, "u": level.u}
    head = [line for line in read_text(path).splitlines() if line.startswith("#")]
    body = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120)
    write_whole(path, ("\n".join(head) + "\n" + body).encode())
    return model_of(said)


def fit(known: Model, pairs: Sequence[LabelledPair]) -> Model:
    """The model with prior, m, u and threshold drawn from labelled pairs."""
    seen = score_pairs(pairs, known)
    prior = round(int(seen.get_column("same").sum()) / len(seen), _DECIMALS)
    counted = tuple(_fit_comparison(comparison, seen) for comparison in known.comparisons)
    known = replace(known, prior=prior, comparisons=counted)
    return replace(known, threshold=_threshold(score_pairs(pairs, known)))


def score_pairs(pairs: Sequence[LabelledPair], known: Model) -> pl.DataFrame:
    """Every pair of two names of labelled pairs, scored, with `same`: whether a person said so."""
    names = sorted({name for pair in pairs for name in (pair.a, pair.b)})
    place = {name: number for number, name in enumerate(names)}
    same = {tuple(sorted((place[pair.a], place[pair.b]))) for pair in pairs if pair.same}
    found = every([NameEntry(name) for name in names], known)
    return found.with_columns(same=pl.Series([pair in same for pair in found.select("a", "b").iter_rows()]))


def _fit_comparison(comparison: Comparison, seen: pl.DataFrame) -> Comparison:
    same, different = (_counts(comparison, seen.filter(pl.col("same") == label)) for label in (True, False))
    levels = zip(comparison.levels, same, different, strict=True)
    return replace(comparison, levels=tuple(_fit_level(*one, sum(same), sum(different)) for one in levels))


def _counts(comparison: Comparison, seen: pl.DataFrame) -> list[int]:
    reached = [comparison.level(gamma) for gamma in seen.get_column(f"gamma_{comparison.name}").to_list()]
    return [reached.count(level) for level in comparison.levels]


def _fit_level(level: Level, same: int, different: int, all_same: int, all_different: int) -> Level:
    if level.by_hand:
        return level
    m, u = ((count + 0.5) / (total + 1) for count, total in ((same, all_same), (different, all_different)))
    return replace(level, m=round(m if same else min(m, u), _DECIMALS), u=round(u, _DECIMALS))


def _threshold(seen: pl.DataFrame) -> float:
    """The lowest score (two decimals) above which 99 % of the learning pairs are the same body."""
    for cents in range(_LEAST, 100):
        above = seen.filter(pl.col("score") >= cents / 100).get_column("same")
        if len(above) and above.sum() / len(above) >= _PRECISION:
            return cents / 100
    return 0.99


def weights(names: Iterable[str]) -> dict[str, float]:
    """Stem -> weight, from 0.25 to 1, of the stems that at least three kinds of names hold; in alphabetical order."""
    heads = {(read.kind, read.words) for read in (read_name(name.split(" - ")[0]) for name in names)}
    counts = Counter(word for _, words in heads for word in words)
    most = log(len(heads) / 2) if len(heads) > 2 else 1.0
    found = {word: log(len(heads) / count) / most for word, count in counts.items() if count >= _FEWEST}
    return {word: round(min(1.0, max(_LIGHTEST, weight)), 2) for word, weight in sorted(found.items())}


def write_weights(found: dict[str, float]) -> None:
    """Writes `graph/matching/rarity.csv`. Raises CannotWrite."""
    write_whole(matching_folder() / "rarity.csv", to_csv([("word", "weight"), *found.items()]).encode())
