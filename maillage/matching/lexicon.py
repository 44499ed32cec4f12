"""The words that say what a body is and where: `graph/matching/words.yml`, ready to be looked up."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import polars as pl

from maillage.files import asset
from maillage.sources.card import read_yaml

_LONGEST = 8  # words of the longest form of a kind


def matching_folder() -> Path:
    """Where the model, its words and the labelled pairs lie."""
    return asset("graph") / "matching"


@dataclass(frozen=True)
class Lexicon:
    """`kinds`: folded form -> class of bodies; `rarity`: stem -> weight, from 0 (in every name) to 1 (in few).

    `aliases`: a short form -> the full one; `empty`: class -> stems that say nothing behind it.
    """

    articles: frozenset[str]
    legal_forms: frozenset[str]
    kinds: dict[str, str]
    territorial: frozenset[str]
    joint: frozenset[str]
    umbrellas: frozenset[str]
    units: frozenset[str]
    endings: dict[str, str]
    needs_place: frozenset[str]
    places: frozenset[str]
    cities: frozenset[str]
    rarity: dict[str, float]
    aliases: dict[str, str]
    empty: dict[str, list[str]]

    @cached_property
    def longest_first(self) -> list[str]:
        """The places, "haute loire" before "loire"."""
        return sorted(self.places, key=lambda place: (-len(place), place))

    def kind(self, words: list[str]) -> tuple[str, int]:
        """The class that words begin with, and how many of them say it; "" and 0 when none does."""
        for count in range(min(len(words), _LONGEST), 0, -1):
            if found := self.kinds.get(" ".join(words[:count])):
                return found, count
        return "", 0


@cache
def lexicon() -> Lexicon:
    """Read once. Raises `bad-yaml` or MissingFile."""
    said = read_yaml(matching_folder() / "words.yml")
    sets = ("articles", "legal_forms", "territorial", "joint", "umbrellas", "units", "needs_place", "places", "cities")
    kinds = {form: kind for kind, forms in said["kinds"].items() for form in forms}
    rarity = dict(pl.read_csv(matching_folder() / "rarity.csv").iter_rows())
    words: dict[str, Any] = {name: frozenset(said[name]) for name in sets}
    words |= {name: said[name] for name in ("endings", "aliases", "empty")}
    return Lexicon(kinds=kinds, rarity=rarity, **words)


def stem(word: str) -> str:
    """A word without the marks of French number and gender that spellings differ by.

    >>> [stem(word) for word in ("médicaments", "nationale", "généraux", "pays")]
    ['médicament', 'national', 'généraux', 'pay']
    """
    return re.sub(r"(?<=\w{3})e?s?$", "", word) or word
