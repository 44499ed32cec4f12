"""Sources apart, built only when they are asked for: their rows, and what of them may be released.

The rows below were written by hand from the files, before any query was asked.
"""

from functools import cache
from pathlib import Path

import pytest

from maillage.graph.build import read_all
from maillage.sources.card import read_card
from maillage.sources.records import Record, read_records
from maillage.sources.subset import choose_sources
from maillage.terms import concept_iri
from tests.cases import core_sources
from tests.sources.registers import take

pytestmark = pytest.mark.needs("shared")

APART = (
    "anct-avenir-montagnes", "anct-engagement", "anct-fabriques", "anct-places", "decider-ensemble", "odf-observatoire",
)  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("apart")


@cache
def rows(source: str, out: Path) -> dict[str, Record]:
    take(source, out)
    return {record.key: record for record in read_records(read_card(source), out)[0]}


def takers(source: str, out: Path, activity: str) -> set[str]:
    found = [record for record in rows(source, out).values() if record.texts("activity") == [activity]]
    return {record.texts("agent")[0] for record in found}


def test_they_are_not_in_the_default_build() -> None:
    assert not set(APART) & set(choose_sources(None))


def test_a_table_without_licence_is_not_for_release() -> None:
    closed = {name for name in APART if read_card(name).facts["licence"] == "none"}
    assert closed == {"anct-fabriques", "anct-places", "decider-ensemble", "odf-observatoire"}
    assert {name for name in APART if "publication" in read_card(name).facts["not_for"]} == closed
    for name in closed:  # not even a row of the file lies here
        assert [path.name for path in read_card(name).folder.glob("*.csv")] == []


def test_bodies_that_share_a_platform(out: Path) -> None:
    assert len(takers("odf-observatoire", out, "platform-data-montpellier3m")) == 33
    assert len(takers("odf-observatoire", out, "platform-data-sud")) == 28
    assert "siren-213500010" in takers("odf-observatoire", out, "platform-data-rennes-metropole")
    assert "platform-datagouv" not in rows("odf-observatoire", out)  # where anyone may publish


def test_who_carries_a_project_and_what_a_prize_dates(out: Path) -> None:
    found = rows("decider-ensemble", out)
    assert found["rte-carries-project-24"].texts("role") == [concept_iri("role", "carries")]
    assert found["rte-takes-part-trophees-2018"].texts("start") == ["2018"]
    assert found["project-24"].texts("name") == ["Tournée de la Concertation"]
    assert "trophees-2022" not in found
    assert found["rte"].texts("kind") == [concept_iri("organisation-kind", "company")]


def test_a_period_is_read_as_it_is_written(out: Path) -> None:
    found = rows("anct-engagement", out)
    assert found["commune-34164-takes-part-patde-1"].texts("start") == ["2021"]
    dated = {(*record.texts("start"), *record.texts("end")) for record in found.values() if record.texts("start")}
    assert dated == {("2021", "2025"), ("2024", "2025"), ("2021-09", "2022-12"), ("2022-09", "2023-12")}


def test_a_cell_of_several_labels_is_as_many_places(out: Path) -> None:
    found = rows("anct-places", out)
    assert found["fabt-52"].texts("name") == ["URBAN PROD"]
    assert found["fabt-52"].texts("territory") == ["commune-13055"]
    assert found["manuprox-1-36-manuprox-1-46"].texts("name") == ["Manufacture des Métiers d'Art"]  # two, of one place
    assert "manuprox-1-36" not in found


def test_a_member_without_a_name_is_its_number(out: Path) -> None:
    found = rows("anct-avenir-montagnes", out)
    unnamed = {key: record for key, record in found.items() if "Membre au SIREN " in "".join(record.texts("name"))}
    assert all(record.texts("name") == [f"Membre au SIREN {key[-9:]}"] for key, record in unnamed.items())
    assert len(unnamed) == len({one.texts("identifiers")[0] for one in unnamed.values()}) > 0
    assert takers("anct-avenir-montagnes", out, "fabp-08") == set()  # of another programme


@pytest.mark.slow
def test_what_only_completes_others_enters_with_them() -> None:
    """The archive alone names the Apur; a page of the core names the CNFPT."""
    core, default = (
        {row.key for row in read_all(names).index.records if row.source == "authority"}
        for names in (core_sources(), None)
    )
    assert "cnfpt" in core & default
    assert "apur" in default - core
