"""The authority file: joined by its crosswalk alone, each value with its own page, nothing that may not be shipped."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from maillage.queries.run import run
from maillage.sources.card import read_card
from maillage.sources.records import read_records
from maillage.sources.remake import remake
from maillage.store import EmbeddedStore
from maillage.terms import expand, iri

ROOT = Path(__file__).parent.parent
FILE = ROOT.parent / "shared" / "sources" / "authority"
DATA = ROOT / "data" / "authority"
JOINING = ("same", "successive-name")
# Sources under a licence that ours cannot carry, or none; ours itself, since nothing can be its own source.
REFUSED = {"aj", "bg", "blog", "cdc", "lst", "odf", "pdl", "c-cnf", "c-dgf", "c-ene", "c-gen", "w-dgf"}
# One prefecture for its department and for its region: the same services under one number.
SHARED_SIREN = {
    "172100018": {"ann-prefecture-21231-01", "prefecture-region-27"},
    "173300013": {"ann-prefecture-33063-01", "prefecture-region-75"},
}
POSTE = "356000000"  # whose SIRET do not follow Luhn
Row = dict[str, str]

# What authorities.csv says, read by hand: kind, territory, numbers; then what stands beside a body and is not it.
BODIES: dict[str, tuple[str, set[str], set[str]]] = {
    "banque-de-france": ("state-operator", {"country-fr"}, {"SIREN 572104891", "WIKIDATA Q806950"}),
    "caisse-des-depots": (
        "state-operator",
        {"country-fr"},
        {"SIREN 180020026", "WIKIDATA Q846484", "ROR 01set1758"},
    ),
    "cnaf": ("social-security-body", {"country-fr"}, {"SIREN 180035065"}),
    "commission-europeenne": (
        "european-or-international-institution",
        {"union-eu"},
        {"WIKIDATA Q8880", "ROR 00k4n6c32"},
    ),
    "compagnie-des-tiers-lieux": ("association", {"region-32"}, set()),
    "dgfip": ("directorate", {"country-fr"}, {"WIKIDATA Q3029562"}),
    "drieat": ("deconcentrated-service", {"region-11"}, {"SIREN 130012354"}),
    "ellyx": ("company", {"commune-33119"}, set()),
    "essec": ("university", {"commune-95127"}, {"SIREN 775663958", "WIKIDATA Q273642", "ROR 02dga6j42"}),
    "insee": (
        "directorate",
        {"country-fr"},
        {"SIREN 120027016", "SIRET 12002701600563", "WIKIDATA Q156616", "ROR 03v6yxf25"},
    ),
    "ministere-economie-finances-relance": (
        "ministry",
        {"country-fr"},
        {"SIREN 110020013", "SIRET 11002001300097", "ROR 04nx63b17"},
    ),
    "onf": ("state-operator", {"country-fr"}, {"SIREN 662043116", "WIKIDATA Q3260938", "ROR 01yekza56"}),
    "region-bretagne": ("region", {"region-53"}, {"ROR 05510z802"}),  # its SIREN is in aj alone
    "samoa": ("local-public-company", {"intercommunality-244400404"}, set()),
    # close: the group is not the establishment, and which CAF is not said
    "groupe-caisse-des-depots": ("", set(), set()),
    "caf": ("social-security-body", set(), set()),  # by the page of a lab, whichever it is
    # part-of: a service has not the number of its metropolis; attached-to: nor a social action centre that of its city
    "service-prospective-innovation-bordeaux-metropole": ("", {"intercommunality-243300316"}, set()),
    "ccas-grenoble": ("social-action-centre", {"commune-38185"}, set()),
}


@cache
def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def table(name: str) -> list[Row]:
    return rows(DATA / f"{name}.csv")


def authorities() -> list[Row]:
    return rows(FILE / "authorities.csv")


def numbers() -> list[tuple[str, str, str, str]]:
    """Each number of our rows: body, register, code, the page it was read in."""
    found = [(row["thing"], row["register"], row["code"], row["passages"]) for row in table("identifiers")]
    for row in table("organisations"):
        if row["siren"]:
            pages = [page for page in row["passages"].split("|") if page.startswith("siren=")]
            found.append((row["key"], "SIREN", row["siren"], "|".join(pages).removeprefix("siren=")))
    return found


def follows_luhn(code: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(code))]
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


# ---------------------------------------------------------------- the rows


@pytest.mark.needs("shared")
def test_the_rows_are_those_that_the_file_gives() -> None:
    made = remake(read_card("authority"), FILE)
    assert {file.stem for file in made} == {"organisations", "identifiers", "competences", "others", "other_names"}
    assert [file.name for file, body in made.items() if file.read_bytes() != body] == [], "run maillage.sources.remake"


def test_each_value_has_a_page_and_no_page_idles() -> None:
    pages = {row["key"] for row in table("pages")}
    said = [row for name in ("organisations", "identifiers", "competences") for row in table(name)]
    cited = {page.rpartition("=")[2] for row in said for page in row["passages"].split("|")}
    assert cited == pages
    for row in table("organisations"):
        named = {page.partition("=")[0] for page in row["passages"].split("|") if "=" in page}
        assert named == {name for name in ("kind", "territory", "parent", "siren") if row[name]}, row["key"]


def test_the_other_bodies_are_for_who_asks_alone() -> None:
    """No build reads them; each value has its page too, and each number follows Luhn."""
    others, pages = table("others"), {row["key"] for row in table("pages")}
    assert len(others) > 1_000
    assert {record.table for record in read_records(read_card("authority"))[0]}.isdisjoint({"others", "other_names"})
    assert {row["key"] for row in others}.isdisjoint(row["key"] for row in table("organisations"))
    assert {page.rpartition("=")[2] for row in others for page in row["passages"].split("|")} <= pages
    assert [row["key"] for row in others if row["siren"] and not follows_luhn(row["siren"])] == []
    assert read_records(read_card("authority").whole)[1] == []


@pytest.mark.needs("shared")
def test_no_page_is_one_that_we_may_not_hand_on() -> None:
    known = {row["ref"] for row in rows(FILE / "sources.csv")}
    refs = {row["key"].removeprefix("p-") for row in table("pages")}
    assert refs <= known - REFUSED
    assert known >= REFUSED


# ---------------------------------------------------------------- the join


@pytest.mark.needs("shared")
def test_only_the_relations_that_say_one_body_join() -> None:
    """By the crosswalk: what is close to a body, a part of it or attached to it is said to be another."""
    links = [row for row in rows(FILE / "links.csv") if row["list"] == "graph"]
    local = {(row["source"], row["key"]): row["iri"] for row in rows(ROOT / "graph" / "identifiers.csv")}
    ours = {row["key"] for row in table("organisations")}
    said = {
        (row["authority"].replace("_", "-"), iri("organisation", row["local_id"])): row["relation"] in JOINING
        for row in links
        if row["authority"].replace("_", "-") in ours
    }
    decided = {}
    for row in rows(ROOT / "graph" / "identity" / "authority.csv"):
        source, _, key = row["b"].partition(":")
        decided[row["a"].removeprefix("authority:"), local[source, key]] = row["decision"] == "same"
    assert decided == said
    assert {row["relation"] for row in links} - set(JOINING) == {"close", "part-of", "attached-to", "lab", "unresolved"}


@pytest.mark.needs("shared")
def test_every_body_of_ours_is_one_that_the_crosswalk_joins() -> None:
    joined = {
        row["authority"]
        for row in rows(FILE / "links.csv")
        if row["list"] in ("eig", "graph") and row["relation"] in JOINING
    } | {row["key"] for row in table("archive")}
    decided = {row["key"] for row in table("public")}
    assert not decided & joined
    for source in ("eig-defis", "public-pages"):
        decisions = rows(ROOT / "graph" / "identity" / f"{source}.csv")
        decided -= {row["b"].removeprefix("authority:") for row in decisions if row["decision"] == "same"}
    assert not decided
    joined |= {row["key"] for row in table("public")}
    assert {row["key"] for row in table("organisations")} < {key.replace("_", "-") for key in joined}


@pytest.mark.needs("shared")
def test_the_archive_is_joined_by_what_its_own_files_say() -> None:
    """By the crosswalk, or by the file of its bodies; a service that the file takes for its Département is not."""
    blog = [row for row in rows(FILE / "links.csv") if row["list"] == "blog"]
    linked = {row["authority"] for row in blog if row["relation"] in JOINING}
    bodies = {row["key"]: row["authority"] for row in rows(FILE.parent / "la27e_region_blog" / "bodies.csv")}
    for row in table("archive"):
        assert bodies[row["body"]] == row["key"], row["key"]
        assert (row["key"] in linked) == (row["said_by"] == "links"), row["key"]
    said = {row["key"] for row in table("archive")}
    assert set(filter(None, bodies.values())) - said == {"bd-bas-rhin"}
    ours = {row["key"] for row in table("organisations")}
    decided = {
        (row["a"].removeprefix("la27e-region:"), row["b"].removeprefix("authority:"), row["decision"])
        for row in rows(ROOT / "graph" / "identity" / "la27e-region.csv")
        if row["b"].startswith("authority:") and row["decision"] == "same"  # near names are said to be two
    }
    assert decided == {
        (row["body"], row["key"].replace("_", "-"), "same")
        for row in table("archive")
        if row["key"].replace("_", "-") in ours
    }


# ---------------------------------------------------------------- the numbers


def test_each_number_is_well_formed_and_has_its_page() -> None:
    pages = {row["key"] for row in table("pages")}
    assert len(numbers()) > 100
    for body, register, code, page in numbers():
        assert page in pages, (body, register)
        if register in ("SIREN", "SIRET"):
            assert len(code) == {"SIREN": 9, "SIRET": 14}[register] and follows_luhn(code), (body, code)
    siren = {body: code for body, register, code, _ in numbers() if register == "SIREN"}
    assert all(code.startswith(siren[body]) for body, register, code, _ in numbers() if register == "SIRET")
    assert follows_luhn("732829320") and not follows_luhn("732829321")


def test_one_number_names_one_body() -> None:
    codes = [(register, code) for _, register, code, _ in numbers()]
    assert len(codes) == len(set(codes))


@pytest.mark.needs("shared")
def test_the_file_holds_to_the_same() -> None:
    bearers: dict[str, set[str]] = {}
    for row in authorities():
        for code in filter(None, (row["siren"], row["siret"])):
            assert follows_luhn(code) or code.startswith(POSTE), row["key"]
        if row["siren"]:
            assert "siren=" in row["sources"], row["key"]
            bearers.setdefault(row["siren"], set()).add(row["key"])
        if row["kind"] == "department" and row["siren"]:
            assert row["siren"].startswith("22"), row["key"]
    assert {siren: keys for siren, keys in bearers.items() if len(keys) > 1} == SHARED_SIREN


# ---------------------------------------------------------------- the graph


def answers(core: EmbeddedStore, name: str, **values: str) -> list[dict[str, Any]]:
    return run(core, name, values).rows()


def tail(value: object) -> str:
    return str(value or "").rpartition("/")[2]


def test_bodies_are_what_the_file_says(core: EmbeddedStore) -> None:
    bodies = answers(core, "bodies")
    for name, expected in BODIES.items():
        told = [row for row in bodies if tail(row["body"]) == name]
        kinds = {tail(row["kind"]) for row in told}
        places = {tail(row["territory"]) for row in told if row["territory"]}
        codes = answers(core, "identifiers-of", thing=iri("organisation", name))
        found = kinds, places, {f"{row['scheme']} {row['code']}" for row in codes}
        assert found == ({expected[0]}, *expected[1:]), name


def test_each_value_has_its_own_source_and_certainty(core: EmbeddedStore) -> None:
    """A number, a kind and the country of one body come from three pages; the country is implied."""
    bank = iri("organisation", "banque-de-france")
    said = [row for row in answers(core, "evidence") if str(row["subject"]).startswith(bank)]
    found = {
        (row["predicate"], tail(row["source"]), tail(row["certainty"])): tail(row["object"] or row["value"])
        for row in said
        if "/authority/" in str(row["source"])
    }
    assert found[expand("skos:notation"), "p-sir5k", "stated"] == "572104891"
    assert found[expand("org:classification"), "p-njur", "stated"] == "state-operator"
    assert found[expand("mai:competence"), "p-ext", "implied"] == "country-fr"
    assert found[expand("mai:territory"), "p-ext", "implied"] == "country-fr"


def test_three_that_are_no_bodies_nor_labs(core: EmbeddedStore) -> None:
    """A word for people and a programme; the facts told of them stay."""
    bodies = {tail(row["body"]) for row in answers(core, "bodies")}
    assert not bodies & {"bandits-manchots", "pionniers-innovation-publique", "la-transfo-mulhouse"}
    taking = {(row["agent"], tail(row["role"]), tail(row["activity"])) for row in answers(core, "participations")}
    assert (iri("group", "bandits-manchots"), "contributes", "theatre-forum-cooperation-equipe") in taking
    assert (iri("organisation", "ville-de-mulhouse"), "carries", "la-transfo-mulhouse") in taking
