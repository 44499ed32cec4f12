"""The projects of Horizon 2020 as a `History`: consortia, programmes, countries, kinds of body (CORDIS, by eunets)."""

from itertools import pairwise
from pathlib import Path

import polars as pl

from maillage.network.participations import read_csv
from maillage.network.synergy.history import History, incidence, index_names
from maillage.network.synergy.scores import Network

LARGEST = 30  # bodies in a consortium; a larger one is no partnership of two
_SIZES, _MONTHS = [1, 2, 5, 9, 14, 20], [12, 24, 36, 48]  # upper bounds of the classes that make a form
_COLUMNS = ["rcn", "role", "pic", "type", "country", "start_date", "duration"]


def read_h2020(folder: Path) -> History:
    """Raises MissingFile or `file-lacks-column` when a file of `folder` is absent or lacks a column."""
    rows = _participations(folder / "h2020.csv.gz")
    bodies = rows.group_by("pic").agg(pl.col("type", "country").first()).sort("pic").with_row_index("body")
    projects = rows.group_by("rcn").agg(pl.col("start", "size", "duration").first()).sort("rcn")
    projects = projects.with_row_index("project")
    rows = rows.join(bodies.select("pic", "body"), on="pic").join(projects.select("rcn", "project"), on="rcn")
    shape = (projects.height, bodies.height)
    kinds, kind = index_names(bodies["type"])
    led = rows.filter(pl.col("role") == "coordinator")
    countries, country = index_names(bodies["country"])
    topics, forms = _topics(folder / "programme_parts.csv.gz", projects)
    return History(
        members=incidence(rows["project"], rows["body"], shape),
        leads=incidence(led["project"], led["body"], shape),
        start=projects["start"].to_numpy(),
        topics=topics,
        forms=forms,
        kind=kind,
        country=country,
        kinds=kinds,
        countries=countries,
    )


def _participations(file: Path) -> pl.DataFrame:
    """Rows of projects that have a date of start and at most `LARGEST` bodies; `start` in years."""
    day = pl.col("start_date").str.to_date()
    rows = read_csv(file, _COLUMNS).filter(pl.col("start_date") != "NA")
    rows = rows.with_columns(start=day.dt.year() + (day.dt.ordinal_day() - 1) / 366, size=pl.len().over("rcn"))
    return rows.filter(pl.col("size") <= LARGEST).sort("rcn", "pic")


def _topics(file: Path, projects: pl.DataFrame) -> tuple[Network, Network]:
    """Parts of the programme a project, and its forms: part, class of size and class of length together."""
    rows = read_csv(file, ["rcn", "programme_part"]).join(projects, on="rcn").unique().sort("project", "programme_part")
    size = _class(pl.col("size"), _SIZES)
    months = _class(pl.col("duration").cast(pl.Float64, strict=False), _MONTHS)
    rows = rows.with_columns(form=pl.concat_str("programme_part", size, months, separator="|", ignore_nulls=True))
    found = []
    for column in ("programme_part", "form"):
        names, place = index_names(rows[column])
        found.append(incidence(rows["project"], pl.Series(place), (projects.height, len(names))))
    return found[0], found[1]


def _class(value: pl.Expr, bounds: list[int]) -> pl.Expr:
    """The interval that a value lies in, as text; nothing where there is no value."""
    edges = ["-inf", *map(str, bounds), "inf"]
    names = [f"({low}, {high}]" for low, high in pairwise(edges)]
    above = pl.sum_horizontal(*(value > bound for bound in bounds))
    return pl.when(value.is_not_null()).then(above.replace_strict(dict(enumerate(names)), return_dtype=pl.String))
