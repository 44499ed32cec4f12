"""The sources behind what rules added, of all statements at once: `maillage.credit.sources` says of one what it is.

A statement is followed to the claims that the rule could have read, from thing to thing along the properties that
the rules behind it name.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from maillage.terms import ID, expand

WAS_DERIVED_FROM = f"<{expand('prov:wasDerivedFrom')}>"
STEP = ["number", "thing"]
THINGS = f"<{ID}"  # a term of the vocabulary is named by very many


def normal_sources(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Sources of rows of some columns, gathered in one text, which few of them share."""
    found = frame.group_by(names).agg(pl.col("source").str.strip_chars("<>").unique().sort())
    return found.select(*names, sources=pl.col("source").list.join(" "))


def derive(
    added: pl.DataFrame, claims: pl.DataFrame, rests: pl.DataFrame, premises: Mapping[str, frozenset[str]]
) -> pl.DataFrame:
    """`added`: statements that no claim makes; `rests`: what things were derived from; the sources behind each."""
    through = pl.DataFrame(
        [(name, one) for name, behind in premises.items() for one in sorted(behind)],
        schema={"predicate": pl.String, "through": pl.String},
        orient="row",
    )
    added = added.with_row_index("number")
    derived = added.filter(pl.col("predicate") == WAS_DERIVED_FROM)
    sources = [derived.join(claims, left_on="object", right_on="subject").select("number", "source")]
    followed = added.filter(pl.col("predicate") != WAS_DERIVED_FROM).with_columns(text=_text("object"))
    told = claims.select(thing="subject", through="predicate", value="object", source="source", told=_text("object"))
    steps = _first_steps(followed, told, rests, through)
    seen = steps.clear()
    while steps.height:
        found = steps.join(followed.select("number", "predicate", "text"), "number").join(told, "thing")
        found = found.join(through, ["predicate", "through"], "semi")
        same = (pl.col("text") != "") & (pl.col("text") == pl.col("told"))
        found = found.filter(same | ~same.any().over("number"))
        sources.append(found.select("number", "source").unique())
        seen = pl.concat([seen, steps])
        steps = found.select("number", thing="value").filter(pl.col("thing").str.starts_with("<")).unique()
        steps = steps.join(told, "thing", "semi").join(seen, STEP, "anti")
    said = added.join(pl.concat(sources).unique(), "number")
    return normal_sources(said, ["subject", "predicate", "object"])


def _text(name: str) -> pl.Expr:
    """A literal without its language or datatype; nothing for an IRI."""
    return pl.col(name).str.extract(r'(?s)^(.*)"').fill_null("")


def _first_steps(
    followed: pl.DataFrame, told: pl.DataFrame, rests: pl.DataFrame, through: pl.DataFrame
) -> pl.DataFrame:
    """Where each statement is followed from: its subject, what that was derived from, and the things that a claim ties
    to the subject and, where its object is a thing, to that too.
    """
    own = followed.select("number", thing="subject")
    behind = followed.join(rests, "subject").select("number", thing="object_right")
    things = followed.filter(pl.col("subject").str.starts_with(THINGS)).join(through, "predicate")
    named = things.join(told, left_on=["subject", "through"], right_on=["value", "through"])
    named = named.filter(pl.col("thing").str.starts_with(THINGS))
    ends = told.join(through, "through").select("thing", "predicate", object="value")
    tied = named.join(ends, ["thing", "predicate", "object"], "semi")
    free = named.filter(~pl.col("object").str.starts_with("<") | (pl.col("object") == pl.col("thing")))
    return pl.concat([own, behind, tied.select(STEP), free.select(STEP)]).unique()
