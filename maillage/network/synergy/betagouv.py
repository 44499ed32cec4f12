"""The products of beta.gouv.fr as a `History`: a product is an activity of its incubators and its sponsors.

Its date is the start of its first phase; topics are its themes, forms the words of its name and pitch, as they
are written today. The kind of a body is its type in the directory, its "country" the ministry it belongs to.
"""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from maillage.errors import FileError
from maillage.files import read_text, short_path
from maillage.network.synergy.history import History, index_names, name_incidence

_INCUBATOR = "incubator"
_OFTEN = 3  # a word that fewer products use says nothing of two
Product = dict[str, Any]


def read_betagouv(folder: Path) -> History:
    """Raises MissingFile or `bad-json` when a file of `folder` is absent or is not what its name says."""
    file, directory = folder / "startups.json", _read_json(folder / "sponsors.json")
    try:
        products = [_product(entry) for entry in _read_json(file)["data"]]
        bodies = pl.DataFrame(sorted(_bodies(products, directory)), schema=["body", "kind", "group"], orient="row")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FileError("bad-json", file=short_path(file), reason=f"{type(error).__name__}: {error}") from None
    products = sorted((one for one in products if one["start"]), key=lambda one: one["id"])
    kinds, kind = index_names(bodies["kind"])
    groups, group = index_names(bodies["group"])
    names = bodies["body"].to_list()
    topics, words = (Counter(name for one in products for name in one[key]) for key in ("topics", "words"))
    return History(
        members=name_incidence([sorted(one["bodies"]) for one in products], names),
        leads=name_incidence([sorted(one["incubators"]) for one in products], names),
        start=pl.Series([one["start"] for one in products], dtype=pl.Float64).to_numpy(),
        topics=name_incidence([sorted(one["topics"]) for one in products], sorted(topics)),
        forms=name_incidence(
            [sorted(one["words"]) for one in products], sorted(word for word, times in words.items() if times >= _OFTEN)
        ),
        kind=kind,
        country=group,
        kinds=kinds,
        countries=groups,
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
