"""A table of participations read for the network: who took part in what, when, and on which themes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from maillage.errors import FileError, FindingsError, MissingFile, Phrase, SourceError
from maillage.files import short_path

REQUIRED, OPTIONAL = ("body", "activity"), ("start", "kind", "territory", "theme")
H2020 = "h2020.csv.gz"
_H2020 = {"pic": "body", "rcn": "activity", "start_date": "start", "type": "kind", "country": "territory"}
_DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"


@dataclass(frozen=True)
class Participations:
    """`rows`: `body`, `activity`, `start`, each pair once, sorted; `bodies`: `body`, `kind`, `territory`, sorted.

    `themes`: `activity`, `theme`, each pair once, sorted. `start` is a year, a month or a day; what nobody said is
    null. The territories of one table are of one level: all of them countries, or all of them regions.
    """

    rows: pl.DataFrame
    bodies: pl.DataFrame
    themes: pl.DataFrame

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.bodies["body"].to_list())

    def between(self, since: str = "", until: str = "") -> "Participations":
        """Those in a window (years or dates, both included), where what has no date is left out; all bodies stay."""
        if not (since or until):
            return self
        kept = pl.col("start").is_not_null() & (pl.col("start") >= since)
        if until:
            kept &= pl.col("start").str.head(len(until)) <= until
        rows = self.rows.filter(kept)
        return Participations(rows, self.bodies, self.themes.join(rows, on="activity", how="semi"))


def read_participations(source: Path) -> Participations:
    """From a CSV or Parquet file with the columns `body` and `activity`, and if known `start`, `kind`, `territory`
    and `theme` (several: parted by `;`); or from the folder of H2020 that `maillage evaluate h2020` reads.

    Raises MissingFile, `empty-file`, `not-text`, `file-lacks-column`, or FindingsError for an empty name or a date
    that is none.
    """
    if source.is_dir():
        return _h2020(source)
    table = _parquet(source) if source.suffix == ".parquet" else read_csv(source, REQUIRED, OPTIONAL)
    table = table.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))
    _refuse(table, source)
    themes = table.select("activity", theme=pl.col("theme").str.split(";")).explode("theme")
    return _of(table, themes.with_columns(pl.col("theme").str.strip_chars().replace("", None)))


def read_csv(file: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> pl.DataFrame:
    """The columns named, as text; null for those of `optional` that are not there.

    Raises MissingFile, `empty-file`, `not-text` or `file-lacks-column`.
    """
    if not file.is_file():
        raise MissingFile(file=short_path(file))
    try:
        table = pl.read_csv(file, infer_schema=False)
    except pl.exceptions.NoDataError:
        raise FileError("empty-file", file=short_path(file)) from None
    except (pl.exceptions.ComputeError, OSError):
        raise FileError("not-text", file=short_path(file)) from None
    return with_columns(table, file, columns, optional)


def with_columns(table: pl.DataFrame, file: Path, columns: Sequence[str], optional: Sequence[str]) -> pl.DataFrame:
    """The table with these columns only. Raises `file-lacks-column`."""
    for column in columns:
        if column not in table.columns:
            raise FileError("file-lacks-column", file=short_path(file), column=column)
    absent = [pl.lit(None, dtype=pl.String).alias(column) for column in optional if column not in table.columns]
    return table.with_columns(absent).select(*columns, *optional)


def _parquet(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise MissingFile(file=short_path(file))
    try:
        table = pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError):
        raise FileError("not-text", file=short_path(file)) from None
    return with_columns(table.cast(pl.String), file, REQUIRED, OPTIONAL)


def _h2020(folder: Path) -> Participations:
    """Every participation, whatever the size of the consortium; a date NA is not known."""
    file = folder / H2020
    table = read_csv(file, tuple(_H2020)).rename(_H2020)
    table = table.with_columns(pl.col("start").replace("NA", None))
    _refuse(table, file)
    parts = read_csv(folder / "programme_parts.csv.gz", ("rcn", "programme_part"))
    return _of(table, parts.rename({"rcn": "activity", "programme_part": "theme"}))


def _refuse(table: pl.DataFrame, file: Path) -> None:
    """The first row without a name, or with a date that is none, by its line in the file (the titles are line 1)."""
    if not table.height:
        raise FileError("empty-file", file=short_path(file))
    wrong = [(name, pl.col(name).is_null(), Phrase("cell-name")) for name in REQUIRED]
    wrong.append(("start", ~pl.col("start").str.contains(_DATE), Phrase("cell-period")))
    for column, test, wanted in wrong:
        found = table.with_row_index("line", 2).filter(test)
        if found.height:
            row = found.row(0, named=True)
            fault = SourceError("bad-cell", value=row[column] or "", wanted=wanted)
            raise FindingsError([fault.at(short_path(file), row["line"], column)])


def _of(table: pl.DataFrame, themes: pl.DataFrame) -> Participations:
    bodies = table.group_by("body").agg(pl.col("kind", "territory").drop_nulls().first()).sort("body")
    rows = table.group_by("body", "activity").agg(pl.col("start").min()).sort("body", "activity")
    known = themes.drop_nulls().unique().join(rows, on="activity", how="semi").sort("activity", "theme")
    return Participations(rows, bodies, known)
