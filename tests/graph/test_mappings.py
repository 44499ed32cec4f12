"""Each mapping on a row written by hand gives exactly the statements written by hand, no more and no fewer."""

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from maillage.errors import FindingsError
from maillage.files import asset
from maillage.graph.mapping import Mapper
from maillage.sources.card import Card, read_yaml
from maillage.sources.card import _table as table_card
from maillage.sources.cells import Value
from maillage.sources.records import Record, read_records
from maillage.terms import iri
from tests.cases import case_folders


def record_of(mapping: str, row: dict[str, str], folder: Path) -> Record:
    """A row written to a CSV file and read back through the standard table of its mapping."""
    spec = read_yaml(asset("data") / "tables.yml")[mapping] | {"mapping": mapping}
    table = table_card("rows", spec, folder / "rows.csv")
    unknown = set(row) - set(table.names)
    assert not unknown, f"the standard table {mapping} has no column {unknown}"
    with table.file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, table.names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    facts = {"address": "https://example.org/page", "checksum": "abc", "licence": "etalab-2.0", "read_on": "2026-11-22"}
    records, findings = read_records(Card("press", folder, facts, (table,)))
    if findings:
        raise FindingsError(findings)
    return records[0]


def resolve(value: Value) -> str:
    return iri("territory", value.text) if value.kind == "territory" else iri(value.detail, value.text)


@pytest.mark.parametrize("case", case_folders("mappings"), ids=lambda folder: folder.name)
def test_mapping(case: Path, tmp_path: Path) -> None:
    said = yaml.safe_load((case / "case.yml").read_text(encoding="utf-8"))
    expected = {quad.triple for quad in ox.parse(path=str(case / "expected.ttl"))}
    mapper = Mapper(resolve)
    found = set(mapper.apply(record_of(said["mapping"], said["row"], tmp_path)))
    found = {_plain(triple) for triple in found}
    assert (found - expected, expected - found) == (set(), set())
    assert mapper.findings == []


def _plain(triple: ox.Triple) -> ox.Triple:
    """Decimals are compared by value: `300` of a cell is `300.0` of a Turtle file."""
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype.value.endswith("#decimal"):
        value = ox.Literal(f"{float(value.value):.1f}", datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, value)


def test_every_standard_table_has_a_case() -> None:
    standard = set(read_yaml(asset("data") / "tables.yml"))
    cases = {yaml.safe_load((case / "case.yml").read_text())["mapping"] for case in case_folders("mappings")}
    assert standard == cases
