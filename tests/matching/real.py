"""Real names, read in place from the folder beside the repository."""

import html
import json
from pathlib import Path

import polars as pl


def challenges(shared: Path) -> list[str]:
    """The administrations of the challenges of Entrepreneurs d'intérêt général."""
    said = json.loads((shared / "data/eig_defis/defis.json").read_text(encoding="utf-8"))
    return [one["administration"] for one in said]


def sponsors(shared: Path) -> list[str]:
    """The organisations of beta.gouv.fr: names, then acronyms."""
    said = json.loads((shared / "data/betagouv/organisations.json").read_text(encoding="utf-8"))
    return [html.unescape(one[part]) for part in ("name", "acronym") for one in said if one[part].strip()]


LISTS = (
    "data/annuaire_authorities_2019/authorities.csv",
    "sources/authority/authorities.csv",
    "sources/la27e_region_blog/bodies.csv",
    "sources/la27e_region_blog/activities.csv",
)


def known_names(shared: Path) -> set[str]:
    """The names from which the weights of words are drawn."""
    listed = (pl.read_csv(shared / path, infer_schema=False).get_column("name") for path in LISTS)
    return {*challenges(shared), *sponsors(shared)}.union(*listed)
