"""Whatever a file holds, the answer is rows and findings or a sentence, never another exception."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.errors import MaillageError
from maillage.sources.card import read_card
from maillage.sources.records import read_records
from maillage.sources.sheet import intake
from maillage.sources.sheet.plan import OwnCard
from tests.sources.sheet import sheets
from tests.sources.sheet.sheets import csv_file, read
from tests.sources.sheet.test_archive import FACTS

TITLES = ["nom", "sigle", "type", "porté par", "territoire", "site web", "SIREN", "créé", "thèmes", "clé"]
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["Labo", "labo", "35", "Paris", "2024", "31/02/2024", "https://a.example/", "association", "Ti Lab", ""]
    ),
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.slow
@QUICK
@given(st.lists(st.lists(CELL, max_size=12), max_size=6))
def test_any_cells_of_a_workbook(tmp_path: Path, rows: list[list[str]]) -> None:
    """What enters is read back as a source without a fault: what the preview lets through, the build takes."""
    typed = [[cell if not cell.startswith("=") else f"'{cell}" for cell in row] for row in rows]
    found = read(sheets.workbook(tmp_path / "labo.xlsx", {"Organisations": [TITLES, *typed]}))
    if found.rows:
        intake.keep(found, tmp_path / "kept" / "essai", FACTS)
        records, findings = read_records(read_card(str(tmp_path / "kept" / "essai")))
        assert findings == []
        assert len(records) == len(found.rows)


@QUICK
@given(st.binary(max_size=200), st.sampled_from([b"", b"nom;SIREN\n", b"\xff\xfe", b'"nom'.ljust(5)]))
def test_any_bytes_of_a_csv_file(tmp_path: Path, body: bytes, before: bytes) -> None:
    (tmp_path / "organisations.csv").write_bytes(before + body)
    with suppress(MaillageError):
        read(tmp_path / "organisations.csv")


@QUICK
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_some_bytes_changed(tmp_path: Path, at: int, new: bytes) -> None:
    path = sheets.workbook(tmp_path / "labo.xlsx", {"Organisations": [TITLES, ["Labo"]]})
    body = bytearray(path.read_bytes())
    at %= len(body)
    body[at : at + len(new)] = new
    path.write_bytes(body)
    with suppress(MaillageError):
        read(path)


@QUICK
@given(st.text(max_size=60))
def test_any_text_as_a_card(tmp_path: Path, text: str) -> None:
    with suppress(MaillageError):
        read(csv_file(tmp_path, "nom", "Labo"), f"tables: {text}\n")
    with suppress(MaillageError):
        read(csv_file(tmp_path, "nom", "Labo"), f"tables: {{organisations: {{columns: {{nom: nom}}, {text}}}}}\n")


@pytest.mark.needs("shared")
def test_a_real_file_by_a_card(shared: Path, tmp_path: Path) -> None:
    """A place of digital mediation as the national schema has it: its phone and e-mail stay out."""
    card = """
    tables:
      organisations:
        columns: {nom: nom, code_insee: territoire, id: clé}
        constants: {type: association}
    """
    (tmp_path / "carte.yml").write_text(card, encoding="utf-8")
    own = OwnCard(tmp_path / "carte.yml")
    path = shared / "data" / "mednum_schema" / "exemple-valide.csv"
    found = intake.read(path, tmp_path / "mediation", own, sheets.HELD)
    warned = [words for _, words in sheets.said(found.findings, "warning")]
    assert [any(title in words for words in warned) for title in ("telephone", "courriels")] == [True, True]
    assert sheets.said(found.findings) == [
        ("exemple-valide.csv:2:code_insee", "« 51454 » n'est pas un territoire connu.")
    ]
    assert not any("+33" in cell or "@" in cell for row in found.rows for cell in row.cells.values())
