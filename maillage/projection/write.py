"""The columns of a build, written from its dump.

`statements`: those of the merged graph and those about sources; `claims`: who makes which statement; `lineage`: the
sources behind each statement, made or derived. Terms are in N-Triples syntax.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from maillage.projection.lineage import WAS_DERIVED_FROM, derive, normal_sources
from maillage.terms import expand, graph_iri, iri

DIGEST = "digest"  # what the name of the graph is called in each file
LARGEST = 600_000_000  # octets of a dump of which the columns are drawn: three million statements, in four gigabytes
GROUP = 20_000  # rows of a file that are read together
FOLDER, TABLES = "columns", ("statements", "claims", "lineage")
PARTS = {"subject": "rdf:subject", "predicate": "rdf:predicate", "object": "rdf:object", "source": "dcterms:source"}
TRIPLE = ("subject", "predicate", "object")


def write_columns(dump: Path, folder: Path, digest: str, premises: Mapping[str, frozenset[str]]) -> None:
    """Writes `columns/` beside a dump. `premises`: for each property that a rule adds, those that it rests on.

    Of a dump larger than `LARGEST` it writes none: SPARQL answers in their place.
    """
    if dump.stat().st_size > LARGEST:
        return
    said = read_statements(dump, "evidence")
    claims = _read_claims(said)
    merged = read_statements(dump, "merged").collect(engine="streaming")
    others = said.filter(pl.col("predicate").is_in([*premises])).collect(engine="streaming")
    added = pl.concat([merged, others]).filter(pl.col("predicate").is_in([*premises, WAS_DERIVED_FROM]))
    added = added.join(claims, [*TRIPLE], "anti").join(claims, left_on="subject", right_on="claim", how="anti")
    rests = merged.filter(pl.col("predicate") == WAS_DERIVED_FROM)
    lineage = pl.concat([normal_sources(claims, [*TRIPLE]), derive(added, claims, rests, premises)])
    about = said.filter(pl.col("subject").str.starts_with(f"<{iri('source', '')}")).collect(engine="streaming")
    (folder / FOLDER).mkdir()
    tables = {
        "statements": pl.concat([merged, about]).sort("predicate", "subject", "object"),
        "claims": claims.sort("claim"),
        "lineage": lineage.sort("predicate", "subject", "object"),
    }
    for name, frame in tables.items():
        frame.write_parquet(folder / FOLDER / f"{name}.parquet", row_group_size=GROUP, metadata={DIGEST: digest})


def read_statements(dump: Path, graph: str) -> pl.LazyFrame:
    """The statements of a graph of a dump, their terms in N-Triples syntax."""
    end = f" <{graph_iri(graph)}> ."
    lines = pl.scan_csv(dump, has_header=False, separator="\x01", quote_char=None, schema={"line": pl.String})
    lines = lines.filter(pl.col("line").str.ends_with(end))
    cut = pl.col("line").str.strip_suffix(end).str.splitn(" ", 3).struct.rename_fields([*TRIPLE])
    return lines.select(cut.alias("cut")).unnest("cut")


def _read_claims(said: pl.LazyFrame) -> pl.DataFrame:
    names = {f"<{expand(prefixed)}>": name for name, prefixed in PARTS.items()}
    parts = said.filter(pl.col("predicate").is_in([*names])).collect(engine="streaming")
    claims = pl.DataFrame({"claim": []}, schema={"claim": pl.String})
    for prefixed, name in names.items():
        one = parts.filter(pl.col("predicate") == prefixed).select(claim="subject", **{name: pl.col("object")})
        claims = one if claims.is_empty() and name == "subject" else claims.join(one, "claim")
    return claims
