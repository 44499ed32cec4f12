"""Each mapping on a row written by hand gives exactly the statements written by hand, no more and no fewer."""

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from maillage.errors import FindingsError
from maillage.files import asset
from maillage.graph.facade import quads, record_node
from maillage.graph.functions import Functions
from maillage.graph.mapping import Mapper, Mapping
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
    """A reference as an IRI that says what it was: a territory, a thing of a source, a code of a register."""
    return iri(value.kind if value.kind in ("territory", "code") else value.source or value.key_kind, value.text)


@pytest.mark.parametrize("case", case_folders("mappings"), ids=lambda folder: folder.name)
def test_mapping(case: Path, tmp_path: Path) -> None:
    said = yaml.safe_load((case / "case.yml").read_text(encoding="utf-8"))
    expected = {quad.triple for quad in ox.parse(path=str(case / "expected.ttl"))}
    mapper = Mapper(resolve)
    record = record_of(said["mapping"], said["row"], tmp_path)
    found = set(mapper.apply(record))
    assert found == whole(record)
    found = {_plain(triple) for triple in found}
    assert (found - expected, expected - found) == (set(), set())
    assert mapper.findings == []


def whole(record: Record) -> set[ox.Triple]:
    """What the text of the mapping gives when nothing is taken out of it for the columns that a row leaves empty."""
    store = ox.Store()
    store.extend(quads(record, resolve))
    functions = Functions().registered
    found = store.query(Mapping(record.mapping).text, default_graph=record_node(record), custom_functions=functions)
    return set(found) if isinstance(found, ox.QueryTriples) else set()


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
