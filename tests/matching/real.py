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


def known_names(shared: Path) -> set[str]:
    authorities = pl.read_csv(shared / "data/annuaire_authorities_2019/authorities.csv", infer_schema=False)
    return {*challenges(shared), *sponsors(shared), *authorities.get_column("name")}
