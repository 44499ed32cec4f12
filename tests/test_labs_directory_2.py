"""The second directory of labs: each of the 18 entries is a lab that rests on its page; the labs known already are one.

The expectations on the graph were written by hand from the entries, before any query was asked.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import fold

ROOT = Path(__file__).parent.parent
ENTRIES = ROOT.parent / "shared" / "sources" / "labs-2.yml"
KINDS = {
    "inter-administration": "interadministration",
    "territorial-interministerial": "territorial",
    "university": "other",
}
# Which of their names is new to the graph, and which lab of another source the others are.
NEW = {"i-lab", "lab-06", "fabrique-espe", "labo-occitanie", "labo-paris", "lab-des-possibles", "labo-lille"} | {
    "public-factory",
    "w-inn",
    "hotel-dieu",
    "station-h",
}
KNOWN = {
    "la-piste": "horizons-publics-2021:la-piste",
    "lab-o-montpellier": "labs-directory:lab-o-herault-tribune",
    "lab-region-sud": "labs-directory:lab-region-sud",
    "le-labo-champagne-ardenne": "labs-directory:le-labo-champagne-ardenne",
    "siilab": "labs-directory:siilab",
    "ti-lab": "horizons-publics-2021:ti-lab",
}
Row = dict[str, str]


@cache
def rows(table: str, folder: str = "data/labs-directory-2") -> list[Row]:
    return list(csv.DictReader((ROOT / folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()))


@cache
def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(ENTRIES.read_text(encoding="utf-8"))
    return found


def row_of(entry: dict[str, Any]) -> Row:
    pages = {row["address"]: row["key"] for row in rows("pages")}
    forms = {(row["thing"], fold(row["form"])) for row in rows("names")}
    forms |= {(row["key"], fold(row["name"])) for row in rows("organisations")}
    page = pages[entry["source"]["address"]]
    found = [
        row
        for row in rows("organisations")
        if page in row["passages"].split("|") and (row["key"], fold(entry["lab"])) in forms
    ]
    assert len(found) == 1, entry["lab"]
    return found[0]


@pytest.mark.needs("shared")
def test_18_entries_are_17_labs_11_of_them_new() -> None:
    assert len(entries()) == 18
    keys = {row_of(entry)["key"] for entry in entries()}
    assert keys == NEW | KNOWN.keys()
    assert keys == {row["key"] for row in rows("organisations") if row["kind"] == "laboratory"}
    same = {row["a"].partition(":")[2]: row["b"] for row in rows("labs-directory-2", "graph/identity")}
    assert {key: same[key] for key in KNOWN} == KNOWN


@pytest.mark.needs("shared")
def test_each_row_says_what_its_entry_says() -> None:
    carried = [row["activity"] for row in rows("participations") if row["role"] == "carries"]
    for entry in entries():
        row = row_of(entry)
        assert row["lab_kind"] == KINDS.get(entry["kind"], entry["kind"]), row["key"]
        assert row["created"] == str(entry.get("created", ""))[:4], row["key"]
        assert bool(row["themes"]) == bool(entry.get("themes")), row["key"]
        assert carried.count(row["key"]) == len(entry["host_or_carriers"]), row["key"]
        assert (row["state"] == "in-preparation") == entry["state"].startswith("planned"), row["key"]


def test_labs_of_a_carrier(core: EmbeddedStore) -> None:
    found = {row["labLabel"]: str(row["carrierLabel"]) for row in run(core, "labs-directory").rows()}
    assert "Département des Alpes-Maritimes" in found["Lab 06"]
    assert "Sciences Po Lyon" in found["Public Factory"]
    assert "CHU de Brest" in found["W.Inn"]
    assert "Enedis" not in found["Public Factory"]  # a partner of a project
    assert {"La Piste", "Ti Lab", "SIILAB"} <= found.keys()


@pytest.mark.slow
def test_near_labs_stay_apart(default: EmbeddedStore) -> None:
    iris = {str(row["body"]).rpartition("/")[2] for row in run(default, "bodies").rows()}
    assert {"i-lab-loire-atlantique", "i-lab-sao-paulo", "labo-loire-atlantique"} <= iris
    assert {"labo-lille", "lab-metropole-europeenne-de-lille", "lab-o", "station-h", "station-f"} <= iris
