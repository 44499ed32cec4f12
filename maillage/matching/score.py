"""Scores pairs of names with Splink, on DuckDB or Spark, under the published model.

A `NameEntry` is one name of one body; bodies with several names come as several. Candidates share a key (a rare word, a
place, an acronym, an identifier), or one is an acronym that the other's words spell.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import polars as pl

from maillage.matching.engine import Engine, open_engine
from maillage.matching.lexicon import lexicon
from maillage.matching.model import SCORES, Model, model, settings
from maillage.matching.spelling import Spelling, initials, pattern, read_name
from maillage.terms import fold

if TYPE_CHECKING:
    from splink import Linker

_KEYS = 4  # of the rarest words of a name
_RARE = 0.8  # the weight below which a word is a key only with another: "région", "lab", "institut", "métropole"
_APART = 0.25  # bits
_LONG = 7  # letters of a word that may be typed with one other: its end is a key too
_CROWD = 60  # a word or a place that more names of a list share is no key
_WORD = pl.Struct({"word": pl.String, "weight": pl.Float64})
_SCHEMA: dict[str, Any] = {
    "unique_id": pl.Int64,
    "pair": pl.Int64,
    "kind": pl.String,
    "words": pl.List(_WORD),
    "places": pl.List(pl.String),
    "numbers": pl.List(pl.String),
    "above": pl.List(pl.String),
    "acronym": pl.String,
    "pattern": pl.String,
    "initials": pl.String,
    "spoken": pl.String,
    "letter": pl.String,
    "letters": pl.String,
    "squeezed": pl.String,
    "short": pl.String,
    "core": pl.String,
    "aside": pl.String,
    "unit": pl.Boolean,
    "bare": pl.Boolean,
    "territory": pl.String,
    "identifier": pl.String,
    "address": pl.String,
    "keys": pl.List(pl.String),
}


@dataclass(frozen=True)
class NameEntry:
    """A name with what is known beside it; "" where nothing is. `identifier`: a SIREN (nine digits); `address`: of the
    post, compared letter by letter once folded.
    """

    name: str
    territory: str = ""
    identifier: str = ""
    address: str = ""


def within(names: Sequence[NameEntry], engine: Engine = "duckdb") -> pl.DataFrame:
    """The candidate pairs among `names`: `a` < `b` (places in the list), `score`, `weight`, a gamma a comparison."""
    return _predict(_drop_crowded_keys([_frame(names)]), _rules(), engine=engine)


def every(names: Sequence[NameEntry], known: Model | None = None) -> pl.DataFrame:
    """All pairs among `names`, candidates or not: for some hundreds of names, to learn from."""
    from splink.blocking_rule_library import CustomRule

    return _predict([_frame(names)], [CustomRule("1 = 1")], known)


def between(left: Sequence[NameEntry], right: Sequence[NameEntry], engine: Engine = "duckdb") -> pl.DataFrame:
    """The candidate pairs of a name of `left` and one of `right`: `a` and `b` are places in each list."""
    return _predict(_drop_crowded_keys([_frame(left), _frame(right, first=len(left))]), _rules(), engine=engine)


def each(left: Sequence[NameEntry], right: Sequence[NameEntry], known: Model | None = None) -> pl.DataFrame:
    """The pairs left[i], right[i], in order; a pair that shares no key is no candidate and has no row."""
    from splink.blocking_rule_library import CustomRule

    frames = [_frame(left), _frame(right, first=len(left))]
    return _predict(frames, [CustomRule(f"l.pair = r.pair and ({_CANDIDATES})")], known)


_SPELLS = "{a}.bare and not {b}.bare and spells({a}.pattern, {b}.spoken)"
_CANDIDATES = " or ".join(("share_one(l.keys, r.keys)", _SPELLS.format(a="l", b="r"), _SPELLS.format(a="r", b="l")))


def _rules() -> list[Any]:
    from splink.blocking_rule_library import CustomRule

    sides = (("l", "r"), ("r", "l"))
    spelled = [CustomRule(f"l.letter = r.letter and {_SPELLS.format(a=a, b=b)}") for a, b in sides]
    return [CustomRule("l.keys = r.keys", arrays_to_explode=["keys"]), *spelled]


def _predict(
    frames: list[pl.DataFrame], rules: list[Any], known: Model | None = None, engine: Engine = "duckdb"
) -> pl.DataFrame:
    """What the model says of the candidates among one list, or between two whose places follow on."""
    wanted = known or model()
    first = len(frames[0]) if len(frames) > 1 else 0
    with open_engine(engine) as api:
        return _round_scores(_query_predictions(_linker(api, frames, rules, wanted), wanted), first)


def _linker(api: Any, frames: list[pl.DataFrame], rules: list[Any], known: Model) -> "Linker":
    from splink import Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    tables = [
        api.register(frame.to_arrow(), dataset_display_name=f"names_{place}") for place, frame in enumerate(frames)
    ]
    link_type = "link_only" if len(tables) > 1 else "dedupe_only"
    return Linker(tables, settings(known, link_type, rules), log_level=None)


def _query_predictions(linker: "Linker", known: Model) -> pl.DataFrame:
    """Splink's predictions as the engine gives them: numbers only, not what was compared."""
    found = linker.inference.predict().physical_name
    gammas = [f"gamma_{comparison.name}" for comparison in known.comparisons]
    near = "nearness(bare_l or bare_r, letters_l, letters_r, words_l, words_r, core_l, core_r) as near"
    columns = ", ".join(("unique_id_l", "unique_id_r", "match_weight", near, *gammas))
    return pl.DataFrame(linker.misc.query_sql(f"select {columns} from {found}").as_pyarrow_table())


def _round_scores(found: pl.DataFrame, first: int) -> pl.DataFrame:
    """Rounded and in order: the same pairs give the same rows, whatever the engine and its threads.

    Of pairs at the same levels, the names that are less alike weigh up to a quarter of a bit less.
    """
    ids, weight = found.select("unique_id_l", "unique_id_r"), pl.col("match_weight") - _APART * (1 - pl.col("near"))
    pairs = found.with_columns(
        a=ids.min_horizontal(),
        b=ids.max_horizontal() - first,
        score=(1 / (1 + 2**-weight)).round(SCORES),
        weight=weight.round(SCORES),
    )
    return pairs.select("a", "b", "score", "weight", pl.col("^gamma_.*$")).sort("a", "b")


def _frame(names: Sequence[NameEntry], first: int = 0) -> pl.DataFrame:
    rows = [_row(named, place, first) for place, named in enumerate(names)]
    return pl.DataFrame(rows, schema=_SCHEMA)


def _row(named: NameEntry, place: int, first: int) -> dict[str, object]:
    read, rarity = read_name(named.name), lexicon().rarity
    said = [word for word in read.spoken.split() if word not in lexicon().articles]
    words = [{"word": word, "weight": rarity.get(word, 1.0)} for word in read.words]
    return {
        "unique_id": first + place,
        "pair": place,
        "kind": read.kind,
        "words": words,
        "places": list(read.places),
        "numbers": list(read.numbers),
        "above": list(read.above),
        "acronym": read.acronym,
        "pattern": pattern(read.acronym),
        "initials": initials(read.acronym),
        "spoken": read.spoken,
        "letter": (read.acronym if read.bare else read.spoken)[:1],
        "letters": read.acronym if read.bare else "".join(word[0] for word in said),
        "squeezed": (read.core if read.bare else read.folded).replace(" ", ""),
        "short": read.short.replace(" ", ""),
        "core": read.core.replace(" ", ""),
        "aside": read.aside,
        "unit": read.lab or read.kind in lexicon().units,
        "bare": read.bare,
        "territory": named.territory or read.code,
        "identifier": named.identifier,
        "address": fold(named.address),
        "keys": _keys(read, named, rarity),
    }


def _keys(read: Spelling, named: NameEntry, rarity: dict[str, float]) -> list[str]:
    """What two names must have one of in common to be compared at all; those that crowd is for are `w:` and `p:`."""
    ordered = sorted(read.words, key=lambda word: (-rarity.get(word, 1.0), word))[:_KEYS]
    rarest = [word for word in ordered if rarity.get(word, 1.0) >= _RARE]
    keys = {f"f:{read.folded.replace(' ', '')}", f"s:{' '.join((*read.words, *read.places))}"}
    keys |= {f"s:{read.core}", *(f"f:{name.replace(' ', '')}" for name in (read.core, read.short))}
    keys |= {f"w:{word[:6]}" for word in rarest} | {f"w:-{word[-6:]}" for word in rarest if len(word) > _LONG}
    keys |= {f"w:{'+'.join(word[:6] for word in sorted(pair))}" for pair in combinations(ordered, 2)}
    keys |= {f"p:{place}" for place in read.places if not read.words}
    keys |= {f"a:{read.acronym}"} if read.acronym else set()
    keys |= {f"i:{named.identifier}"} if named.identifier else set()
    return sorted(keys - {"f:", "s:"})


def _drop_crowded_keys(frames: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Without the keys of words and places that too many names of the list share, in whatever order they come."""
    counts = pl.concat([frame.get_column("keys").explode() for frame in frames]).value_counts()
    crowd = counts.filter((pl.col("count") > _CROWD) & pl.col("keys").str.contains("^[wp]:")).get_column("keys")
    kept = pl.col("keys").list.set_difference(crowd.to_list())
    return [frame.with_columns(keys=kept) for frame in frames]
