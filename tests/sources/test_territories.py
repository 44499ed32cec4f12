"""The one file of all the territories of France: whole, small, as the COG and BANATIC have them."""

import hashlib
import json
from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from maillage.sources.card import read_card
from maillage.sources.cells import Value
from maillage.sources.records import Record, read_referred
from maillage.sources.territories import FORMER, NAME, TerritoryRow, places, whole_file
from maillage.terms import slug
from tests.conftest import SHARED

shared = pytest.mark.needs("shared")


@cache
def french(name: str) -> list[Any]:
    """A file of the Code officiel géographique."""
    return list(json.loads((SHARED / "data" / "cog_etalab" / f"{name}.json").read_text("utf-8")))


@cache
def groupings() -> list[Any]:
    """With the territorial establishments of Greater Paris, which lie in its métropole."""
    return french("epci") + french("ept")


@cache
def current_communes() -> dict[str, Any]:
    return {one["code"]: one for one in french("communes") if one["type"] == "commune-actuelle"}


def whole(*levels: str) -> dict[str, TerritoryRow]:
    """The rows of the file of all territories, by code; `levels`: those of today when none is given."""
    return {one.code: one for one in places() if (one.level in levels if levels else one.level != FORMER)}


@shared
def test_all_territories_are_in_one_small_file() -> None:
    assert whole_file().stat().st_size < 1_000_000
    assert read_card("insee-cog").facts["made"] == {NAME: hashlib.sha256(whole_file().read_bytes()).hexdigest()}, (
        "write its checksum in the card"
    )
    keys = [one.key for one in places() if one.level != FORMER]
    assert len(set(keys)) == len(keys)
    departments = {f"department-{one['code'].lower()}" for one in french("departements")}
    assert {above for one in places() for above in one.within} <= {*keys, *departments, "country-fr"}


@shared
def test_communes_are_those_of_insee() -> None:
    groups = defaultdict(list)
    for group in groupings():
        for member in group["membres"]:
            groups[member["code"]].append(group["code"])
    wanted = {}
    for code, record in current_communes().items():
        within = [f"department-{record['departement'].lower()}"]
        within += [f"intercommunality-{group}" for group in sorted(groups[code])]
        within = [f"collectivity-{record['departement']}"] if record.get("zone") == "com" else within
        wanted[code] = (f"commune-{code.lower()}", record["nom"], tuple(within), tuple(record.get("codesPostaux", ())))
    assert len(wanted) == 34_969
    found = whole("commune")
    assert {code: (one.key, one.name, one.within, one.postcodes) for code, one in found.items()} == wanted


@shared
def test_intercommunalities_are_those_of_banatic() -> None:
    wanted = {}
    for code, group in ((group["code"], group) for group in groupings()):
        departments = {
            f"department-{current_communes()[one['code']]['departement'].lower()}" for one in group["membres"]
        }
        wanted[code] = (f"intercommunality-{code}", group["nom"], tuple(sorted(departments)))
    assert len(wanted) == 1266
    assert {code: (one.key, one.name, one.within) for code, one in whole("intercommunality").items()} == wanted


@shared
def test_delegated_communes_lead_to_the_whole_one() -> None:
    """What the file says of the names of before; those of former editions of the COG are in no file of ours."""
    named = {(one.key, slug(one.name)) for one in places()}
    records = french("communes")
    parts = {
        (f"commune-{one['chefLieu'].lower()}", slug(one["nom"]))
        for one in records
        if one["type"] != "commune-actuelle" and "chefLieu" in one
    }
    assert len(parts) > 2000
    assert parts <= named


@pytest.mark.parametrize(
    ("name", "key", "day"),
    [
        ("Évry", "commune-91228", "2019-01-01"),
        ("Courcouronnes", "commune-91228", "2019-01-01"),
        ("Pierrefitte-sur-Seine", "commune-93066", "2025-01-01"),
        ("Bellegarde-sur-Valserine", "commune-01033", "2019-01-01"),
        ("Charancin", "commune-01036", "2019-01-01"),  # went into Sutrieu, which went into Valromey-sur-Séran
    ],
)
def test_a_former_commune_is_under_the_key_of_today(name: str, key: str, day: str) -> None:
    assert [(one.key, one.gone_by) for one in places() if one.level == FORMER and one.name == name] == [(key, day)]


def place_named(kind: str, *texts: str) -> Record:
    values = {"territory": [Value("territory", text) for text in texts]}
    return Record("agenda", "rows", kind, "merged", kind, "e", "agenda/rows.csv", 7, values)


def test_a_graph_takes_the_territories_that_something_refers_to() -> None:
    cards = [read_card("insee-cog"), read_card("intercommunalities")]
    records = [
        place_named("event", "commune-91228", "93200 Saint-Denis", "01370", "commune-69383"),
        place_named("organisation", "intercommunality-200054781", "commune-00000"),
        place_named("point", "commune-48095"),
    ]
    found = {one.key: one for one in read_referred(cards, records, [("insee-cog", "commune-29019")])}
    assert {key: one.source for key, one in found.items()} == {
        "commune-29019": "insee-cog",  # published
        "commune-69123": "insee-cog",  # where the arrondissement lies
        "commune-69383": "insee-cog",
        "commune-91228": "insee-cog",
        "commune-93066": "insee-cog",
        "intercommunality-200054781": "intercommunalities",
    }
    assert found["commune-93066"].texts("within") == ["department-93", "intercommunality-200054781"]
    assert found["commune-91228"].texts("name") == ["Évry-Courcouronnes"]
    assert found["commune-69383"].texts("postcodes") == []
    assert list(read_referred(cards, [], [])) == []
    assert list(read_referred([read_card("cog")], records, [])) == []
