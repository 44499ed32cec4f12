"""Scores pairs of names with Splink on DuckDB, under the published model.

A `Named` is one name of one body; bodies with several names come as several. Candidates share a key (a rare word, a
place, an acronym, an identifier), or one is an acronym that the other's words spell.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from maillage.files import read_text
from maillage.matching.lexicon import lexicon
from maillage.matching.model import SCORES, Model, model, settings
from maillage.matching.spelling import Spelling, initials, pattern, read_name

if TYPE_CHECKING:
    from splink import Linker

_MACROS = Path(__file__).with_name("macros.sql")
_KEYS = 4  # of the rarest words of a name
_CROWD = 60  # a word or a place that more names of a list share is no key
_WORD = pl.Struct({"word": pl.String, "weight": pl.Float64})
_SCHEMA: dict[str, Any] = {
    "unique_id": pl.Int64,
    "pair": pl.Int64,
    "kind": pl.String,
    "words": pl.List(_WORD),
    "places": pl.List(pl.String),
    "above": pl.List(pl.String),
    "acronym": pl.String,
    "pattern": pl.String,
    "initials": pl.String,
    "spoken": pl.String,
    "letter": pl.String,
    "squeezed": pl.String,
    "bare": pl.Boolean,
    "territory": pl.String,
    "identifier": pl.String,
    "keys": pl.List(pl.String),
}


@dataclass(frozen=True)
class Named:
    """A name with what is known beside it; "" where nothing is. `identifier`: a SIREN (nine digits)."""

    name: str
    territory: str = ""
    identifier: str = ""


def within(names: Sequence[Named]) -> pl.DataFrame:
    """The candidate pairs among `names`: `a` < `b` (places in the list), `score`, `weight`, a gamma a comparison."""
    return _predicted(_linker(_uncrowded([_frame(names)]), "dedupe_only", _rules()), 0)


def every(names: Sequence[Named], known: Model | None = None) -> pl.DataFrame:
    """All pairs among `names`, candidates or not: for some hundreds of names, to learn from."""
    from splink.blocking_rule_library import CustomRule

    return _predicted(_linker([_frame(names)], "dedupe_only", [CustomRule("1 = 1")], known), 0)


def between(left: Sequence[Named], right: Sequence[Named]) -> pl.DataFrame:
    """The candidate pairs of a name of `left` and one of `right`: `a` and `b` are places in each list."""
    frames = _uncrowded([_frame(left), _frame(right, first=len(left))])
    return _predicted(_linker(frames, "link_only", _rules()), len(left))


def each(left: Sequence[Named], right: Sequence[Named], known: Model | None = None) -> pl.DataFrame:
    """The pairs left[i], right[i], in order; a pair that shares no key is no candidate and has no row."""
    from splink.blocking_rule_library import CustomRule

    frames = [_frame(left), _frame(right, first=len(left))]
    rules = [CustomRule(f"l.pair = r.pair and ({_CANDIDATES})")]
    return _predicted(_linker(frames, "link_only", rules, known), len(left))


_SPELLED = "{a}.bare and not {b}.bare and spells({a}.pattern, {b}.spoken)"
_CANDIDATES = " or ".join(
    ("list_has_any(l.keys, r.keys)", _SPELLED.format(a="l", b="r"), _SPELLED.format(a="r", b="l"))
)


def _rules() -> list[Any]:
    from splink.blocking_rule_library import CustomRule

    sides = (("l", "r"), ("r", "l"))
    spelled = [CustomRule(f"l.letter = r.letter and {_SPELLED.format(a=a, b=b)}") for a, b in sides]
    return [CustomRule("l.keys = r.keys", arrays_to_explode=["keys"]), *spelled]


def _linker(frames: list[pl.DataFrame], link_type: str, rules: list[Any], known: Model | None = None) -> "Linker":
    import duckdb
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    connection.execute(read_text(_MACROS))
    api = DuckDBAPI(connection)
    tables = [
        api.register(frame.to_arrow(), dataset_display_name=f"names_{place}") for place, frame in enumerate(frames)
    ]
    wanted = settings(known or model(), link_type, rules)
    return Linker(tables if len(tables) > 1 else tables[0], wanted, log_level=None)


def _predicted(linker: "Linker", first: int) -> pl.DataFrame:
    """Splink's predictions, rounded and in order: the same pairs give the same rows, whatever the engine's threads."""
    found = linker.inference.predict().as_duckdbpyrelation()
    wanted = [name for name in found.columns if name.startswith(("gamma_", "unique_id_", "match_"))]
    frame: Any = pl.from_arrow(found.select(*wanted).to_arrow_table())
    ids = frame.select("unique_id_l", "unique_id_r")
    pairs = frame.with_columns(
        a=ids.min_horizontal(),
        b=ids.max_horizontal() - first,
        score=pl.col("match_probability").round(SCORES),
        weight=pl.col("match_weight").round(SCORES),
    )
    ordered: pl.DataFrame = pairs.select("a", "b", "score", "weight", pl.col("^gamma_.*$")).sort("a", "b")
    return ordered


def _frame(names: Sequence[Named], first: int = 0) -> pl.DataFrame:
    rows = [_row(named, place, first) for place, named in enumerate(names)]
    return pl.DataFrame(rows, schema=_SCHEMA)


def _row(named: Named, place: int, first: int) -> dict[str, object]:
    read, rarity = read_name(named.name), lexicon().rarity
    words = [{"word": word, "weight": rarity.get(word, 1.0)} for word in read.words]
    return {
        "unique_id": first + place,
        "pair": place,
        "kind": read.kind,
        "words": words,
        "places": list(read.places),
        "above": list(read.above),
        "acronym": read.acronym,
        "pattern": pattern(read.acronym),
        "initials": initials(read.acronym),
        "spoken": read.spoken,
        "letter": (read.acronym if read.bare else read.spoken)[:1],
        "squeezed": read.folded.replace(" ", ""),
        "bare": read.bare,
        "territory": named.territory or read.code,
        "identifier": named.identifier,
        "keys": _keys(read, named, rarity),
    }


def _keys(read: Spelling, named: Named, rarity: dict[str, float]) -> list[str]:
    """What two names must have one of in common to be compared at all; those that crowd is for are `w:` and `p:`."""
    rarest = sorted(read.words, key=lambda word: (-rarity.get(word, 1.0), word))[:_KEYS]
    keys = {f"f:{read.folded.replace(' ', '')}", f"s:{' '.join((*read.words, *read.places))}"}
    keys |= {f"w:{word[:6]}" for word in rarest}
    keys |= {f"p:{place}" for place in read.places if not read.words}
    keys |= {f"a:{read.acronym}"} if read.acronym else set()
    keys |= {f"i:{named.identifier}"} if named.identifier else set()
    return sorted(keys - {"f:", "s:"})


def _uncrowded(frames: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Without the keys of words and places that too many names of the list share, in whatever order they come."""
    counts = pl.concat([frame.get_column("keys").explode() for frame in frames]).value_counts()
    crowd = counts.filter((pl.col("count") > _CROWD) & pl.col("keys").str.contains("^[wp]:")).get_column("keys")
    kept = pl.col("keys").list.set_difference(crowd.to_list())
    return [frame.with_columns(keys=kept) for frame in frames]
