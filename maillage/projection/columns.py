"""The columns of a build, open for reading: which sources stand behind statements."""

from pathlib import Path

import polars as pl

from maillage.errors import MachineError
from maillage.files import short_path
from maillage.projection.write import DIGEST, FOLDER, TABLES, TRIPLE
from maillage.terms import expand, iri

LABEL = f"<{expand('rdfs:label')}>"
SOURCES, CLAIMS = f"<{iri('source', '')}", f"<{iri('claim', '')}"


class Columns:
    """Terms are in N-Triples syntax."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def table(self, name: str) -> pl.LazyFrame:
        return pl.scan_parquet(self._folder / f"{name}.parquet")

    def ask(self, query: str, lang: str) -> pl.DataFrame:
        """The rows of a query in SQL on these tables, on `labels` (thing, label in this language) and `spoken` (it)."""
        named = (pl.col("predicate") == LABEL) & pl.col("object").str.ends_with(f'"@{lang}')
        labels = self.table("statements").filter(named).select(thing="subject", label="object")
        tables = {name: self.table(name) for name in TABLES}
        tables |= {"labels": labels, "spoken": pl.LazyFrame({"lang": [lang]})}
        return pl.SQLContext(tables).execute(query).collect(engine="streaming")

    def sources(self, statements: pl.DataFrame) -> set[str]:
        """The IRIs of the sources behind these statements (`subject`, `predicate`, `object`): that of a claim, those
        that a statement is about, else those that make it or lead to it.
        """
        of_claim = pl.col("subject").str.starts_with(CLAIMS)
        of_source = [pl.col(name).str.starts_with(SOURCES) for name in ("subject", "object")]
        about = statements.filter(~of_claim & (of_source[0] | of_source[1]))
        ends = {*about.get_column("subject"), *about.get_column("object")}
        found = {term.strip("<>") for term in ends if term.startswith(SOURCES)}
        claims = statements.lazy().filter(of_claim).select(claim="subject")
        others = statements.filter(~of_claim & ~of_source[0] & ~of_source[1])
        predicates = others.get_column("predicate").unique().to_list()
        lineage = self.table("lineage").filter(pl.col("predicate").is_in(predicates))
        said = pl.collect_all(
            [
                self.table("claims")
                .join(claims, "claim", "semi")
                .select(pl.col("source").str.strip_chars("<>").unique()),
                lineage.join(others.lazy(), [*TRIPLE], "semi").select(pl.col("sources").unique()),
            ]
        )
        return found.union(*(text.split(" ") for frame in said for text in frame.to_series()))


def open_columns(folder: Path, digest: str) -> Columns | None:
    """The columns beside a store; None where a build has none. Raises `other-columns` for those of another graph."""
    files = [folder / FOLDER / f"{name}.parquet" for name in TABLES]
    if not any(file.exists() for file in files):
        return None
    if {pl.read_parquet_metadata(file).get(DIGEST) if file.exists() else None for file in files} != {digest}:
        raise MachineError("other-columns", folder=short_path(folder))
    return Columns(folder / FOLDER)
