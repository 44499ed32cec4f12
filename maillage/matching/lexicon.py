"""The words that say what a body is and where: `graph/matching/words.yml`, ready to be looked up."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from maillage.files import asset
from maillage.sources.card import read_yaml


def matching_folder() -> Path:
    """Where the model, its words and the labelled pairs lie."""
    return asset("graph") / "matching"


@dataclass(frozen=True)
class Lexicon:
    """`kinds`: folded form -> class of bodies; `rarity`: stem -> weight, from 0 (in every name) to 1 (in few)."""

    articles: frozenset[str]
    legal_forms: frozenset[str]
    kinds: dict[str, str]
    territorial: frozenset[str]
    umbrellas: frozenset[str]
    endings: dict[str, str]
    needs_place: frozenset[str]
    places: frozenset[str]
    rarity: dict[str, float]

    @property
    def beginnings(self) -> list[str]:
        """Forms of kinds, the longest first: `direction generale` before `direction`."""
        return sorted(self.kinds, key=lambda form: (-form.count(" "), form))


@cache
def lexicon(folder: Path | None = None) -> Lexicon:
    """Read once a folder (that of the assets unless given). Raises BadYaml or MissingFile."""
    place = folder or matching_folder()
    said = read_yaml(place / "words.yml")
    rarity = pl.read_csv(place / "rarity.csv")
    return Lexicon(
        articles=frozenset(said["articles"]),
        legal_forms=frozenset(said["legal_forms"]),
        kinds={form: kind for kind, forms in said["kinds"].items() for form in forms},
        territorial=frozenset(said["territorial"]),
        umbrellas=frozenset(said["umbrellas"]),
        endings=said["endings"],
        needs_place=frozenset(said["needs_place"]),
        places=frozenset(said["places"]),
        rarity=dict(rarity.iter_rows()),
    )


def stem(word: str) -> str:
    """A word without the marks of French number and gender that spellings differ by.

    >>> [stem(word) for word in ("médicaments", "nationale", "généraux", "pays")]
    ['médicament', 'national', 'généraux', 'pay']
    """
    return re.sub(r"(?<=\w{3})e?s?$", "", word) or word
