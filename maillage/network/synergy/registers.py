"""The registers that an evaluation reads, each as a `History`."""

import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from maillage.errors import FileError
from maillage.files import read_text, short_path
from maillage.network.participations import read_csv
from maillage.network.synergy.history import History, incidence, index_names, name_incidence
from maillage.network.synergy.scores import Network

LARGEST = 30  # bodies in a consortium; a larger one is no partnership of two
_SIZES, _MONTHS = [1, 2, 5, 9, 14, 20], [12, 24, 36, 48]  # upper bounds of the classes that make a form
_COLUMNS = ["rcn", "role", "pic", "type", "country", "start_date", "duration"]
_INCUBATOR = "incubator"
_OFTEN = 3  # a word that fewer products use says nothing of two
Product = dict[str, Any]


def read_h2020(folder: Path) -> History:
    """The projects of Horizon 2020: consortia, programmes, countries, kinds of body (CORDIS, by eunets).

    Raises MissingFile or `file-lacks-column` when a file of `folder` is absent or lacks a column.
    """
    rows = _participations(folder / "h2020.csv.gz")
    bodies = rows.group_by("pic").agg(pl.col("type", "country").first()).sort("pic").with_row_index("body")
    projects = rows.group_by("rcn").agg(pl.col("start", "size", "duration").first()).sort("rcn")
    projects = projects.with_row_index("project")
    rows = rows.join(bodies.select("pic", "body"), on="pic").join(projects.select("rcn", "project"), on="rcn")
    shape = (projects.height, bodies.height)
    led = rows.filter(pl.col("role") == "coordinator")
    topics, forms = _topics(folder / "programme_parts.csv.gz", projects)
    return History(
        members=incidence(rows["project"], rows["body"], shape),
        leads=incidence(led["project"], led["body"], shape),
        start=projects["start"].to_numpy(),
        topics=topics,
        forms=forms,
        **_labels(bodies["type"], bodies["country"]),
    )


def _labels(kinds: pl.Series, countries: pl.Series) -> dict[str, Any]:
    (kinds_, kind), (countries_, country) = index_names(kinds), index_names(countries)
    return {"kind": kind, "country": country, "kinds": kinds_, "countries": countries_}


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
    names = [f"({low}, {high}]" for low, high in pairwise(["-inf", *map(str, bounds), "inf"])]
    above = pl.sum_horizontal(*(value > bound for bound in bounds))
    return pl.when(value.is_not_null()).then(above.replace_strict(dict(enumerate(names)), return_dtype=pl.String))


def read_betagouv(folder: Path) -> History:
    """The products of beta.gouv.fr: a product is an activity of its incubators and its sponsors.

    Its date is the start of its first phase; topics are its themes, forms the words of its name and pitch, as they
    are written today. The kind of a body is its type in the directory, its "country" the ministry it belongs to.
    Raises MissingFile or `bad-json` when a file of `folder` is absent or is not what its name says.
    """
    file, directory = folder / "startups.json", _read_json(folder / "sponsors.json")
    try:
        products = [_product(entry) for entry in _read_json(file)["data"]]
        bodies = pl.DataFrame(sorted(_bodies(products, directory)), schema=["body", "kind", "group"], orient="row")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FileError("bad-json", file=short_path(file), reason=f"{type(error).__name__}: {error}") from None
    products = sorted((one for one in products if one["start"]), key=lambda one: one["id"])
    names = bodies["body"].to_list()
    topics, words = (Counter(name for one in products for name in one[key]) for key in ("topics", "words"))
    often = sorted(word for word, times in words.items() if times >= _OFTEN)
    return History(
        members=name_incidence([sorted(one["bodies"]) for one in products], names),
        leads=name_incidence([sorted(one["incubators"]) for one in products], names),
        start=pl.Series([one["start"] for one in products], dtype=pl.Float64).to_numpy(),
        topics=name_incidence([sorted(one["topics"]) for one in products], sorted(topics)),
        forms=name_incidence([sorted(one["words"]) for one in products], often),
        **_labels(bodies["kind"], bodies["group"]),
    )


def _read_json(file: Path) -> Any:
    """Raises MissingFile, `empty-file`, `not-utf8` or `bad-json`."""
    try:
        return json.loads(read_text(file))
    except json.JSONDecodeError as error:
        raise FileError("bad-json", file=short_path(file), reason=f"{error.msg} (ligne, line {error.lineno})") from None


def _product(entry: dict[str, Any]) -> Product:
    said, related = entry["attributes"], entry["relationships"]["incubators"]["data"]
    starts = sorted(phase["start"] for phase in said["phases"] if phase["start"])
    first = date.fromisoformat(starts[0][:10]) if starts else None
    incubators = {f"{_INCUBATOR}:{one['id']}" for one in related}
    return {
        "id": entry["id"],
        "start": first and first.year + (first.timetuple().tm_yday - 1) / 366,
        "incubators": incubators,
        "bodies": incubators | set(said["sponsors"]),
        "topics": {theme.strip().lower() for theme in said["thematiques"] or []},
        "words": set(re.findall(r"[^\W\d_]{4,}", f"{said['name']} {said['pitch']}".lower())),
    }


def _bodies(products: list[Product], directory: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Each body with its type and its ministry; an incubator is a type of its own."""
    found = set()
    for body in set().union(*(one["bodies"] for one in products)):
        card = directory.get(body, {})
        kind = _INCUBATOR if body.startswith(_INCUBATOR) else card.get("type") or ""
        found.add((body, kind, card.get("domaine_ministeriel") or ""))
    return found
