"""The published model: `graph/matching/model.yml`, as Splink takes it.

Fellegi and Sunter (1969): a comparison has levels; each level has `m`, its share among pairs that are one body, and
`u`, its share among candidate pairs that are not; log2(m/u) is its weight. Levels whose data is unknown weigh nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from maillage.errors import FileError
from maillage.files import short_path
from maillage.locales import in_every
from maillage.matching.lexicon import matching_folder
from maillage.sources.card import read_yaml

if TYPE_CHECKING:
    from splink import SettingsCreator

SCORES = 4  # decimals of a published probability


@dataclass(frozen=True)
class Level:
    """`when` is SQL on the two records (duckdb.sql, spark.sql), "" for all that is left.

    `words`: what a reader is told, by language.
    `by_hand`: m and u are stated, not learned.
    """

    name: str
    words: Mapping[str, str]
    m: float
    u: float
    when: str
    by_hand: bool


@dataclass(frozen=True)
class Comparison:
    """One thing compared; `levels` in the order they are tried; `unknown`: SQL that tells when it weighs nothing."""

    name: str
    unknown: str
    levels: tuple[Level, ...]

    def level(self, gamma: int) -> Level | None:
        """The level of one of Splink's comparison vector values; None when it was unknown."""
        return None if gamma < 0 else self.levels[len(self.levels) - 1 - gamma]


@dataclass(frozen=True)
class Model:
    """`threshold` and `review` are probabilities; `margin`, in bits, is how far the second candidate must stand."""

    version: int
    prior: float
    threshold: float
    review: float
    margin: float
    comparisons: tuple[Comparison, ...]


@cache
def model() -> Model:
    """The published model. Raises MissingFile or `bad-yaml`."""
    path = matching_folder() / "model.yml"
    try:
        return model_of(read_yaml(path))
    except (KeyError, TypeError, AttributeError) as error:
        raise FileError("bad-yaml", file=short_path(path), reason=str(error)) from error


def words_of(levels: Mapping[str, str], lang: str) -> list[str]:
    """What the levels reached (comparison -> name of level) say to a reader; those of another model are left out."""
    known = {(one.name, level.name): level for one in model().comparisons for level in one.levels}
    reached = [known[item] for item in levels.items() if item in known]
    return [level.words[lang] for level in reached]


def model_of(said: dict[str, Any]) -> Model:
    """A model from the content of its file; a level without `m` and `u` (not yet learned) weighs nothing."""
    numbers = {key: said[key] for key in ("version", "prior", "threshold", "review", "margin")}
    return Model(**numbers, comparisons=tuple(_comparison(*item) for item in said["comparisons"].items()))


def _comparison(name: str, said: dict[str, Any]) -> Comparison:
    levels = tuple(_level(**level) for level in said["levels"])
    return Comparison(name, said["unknown"], levels)


def _level(name: str, m: float = 0.5, u: float = 0.5, when: str = "ELSE", by_hand: bool = False, **words: str) -> Level:
    return Level(name, in_every(words), m, u, when, by_hand)


def settings(known: Model, link_type: Any, rules: list[Any]) -> "SettingsCreator":
    """The model as Splink takes it; `rules` say which pairs are candidates."""
    from splink import SettingsCreator

    return SettingsCreator(
        link_type=link_type,
        comparisons=[_splink(comparison) for comparison in known.comparisons],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=known.prior,
        retain_matching_columns=True,  # Splink then tells which level each comparison reached
        additional_columns_to_retain=["letters"],
    )


def _splink(comparison: Comparison) -> dict[str, Any]:
    unknown = {"sql_condition": comparison.unknown, "label_for_charts": "unknown", "is_null_level": True}
    levels = [
        {
            "sql_condition": level.when,
            "label_for_charts": level.name,
            "m_probability": level.m,
            "u_probability": level.u,
            "fix_m_probability": True,
            "fix_u_probability": True,
        }
        for level in comparison.levels
    ]
    return {"output_column_name": comparison.name, "comparison_levels": [unknown, *levels]}
