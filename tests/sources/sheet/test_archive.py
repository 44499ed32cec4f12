"""A sheet that is kept: whole or not at all, each version inside the next, undone byte for byte."""

from pathlib import Path

import pytest

from maillage.errors import CannotWrite
from maillage.sources.card import read_card
from maillage.sources.records import read_records
from maillage.sources.sheet import intake
from maillage.sources.sheet.intake import SheetImport
from tests.refusals import raises
from tests.sources.sheet.sheets import csv_file, read

FACTS = {"title": "Essai", "publisher": "Nous", "licence": "etalab-2.0", "address": "https://example.org/"} | {
    "kind": "spreadsheet",
    "issued": "2026-11-25",
    "read_on": "2026-11-25",
    "credit": "Nous, Essai",
    "rank": 80,
}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sheet(folder: Path, *lines: str) -> SheetImport:
    return read(csv_file(folder, "nom;sigle;site web;identifiant Maillage", *lines))


@pytest.fixture
def essai(tmp_path: Path) -> Path:
    """The folder of a sheet that was kept once."""
    folder = tmp_path / "kept" / "essai"
    intake.keep(sheet(tmp_path, "Labo;L;https://labo.example/;", "Ditp;;;organisation/ditp"), folder, FACTS)
    return folder


def test_what_is_kept_is_a_source_whose_rows_say_their_place(essai: Path) -> None:
    card = read_card(str(essai))
    records, findings = read_records(card)
    assert (card.name, findings) == ("essai", [])
    assert {(record.table, record.place) for record in records} == {
        ("organisations", "organisations.csv:2"),
        ("organisations", "organisations.csv:3"),
        ("names", "organisations.csv:2"),
        ("websites", "organisations.csv:2"),
    }
    assert "essai:essai-ditp,central-bodies:ditp," in (essai / "identity.csv").read_text(encoding="utf-8")


def test_a_place_of_its_own_is_not_where_an_event_is_held(tmp_path: Path) -> None:
    """A table of events has a column `place` too; a version that was kept before the two had names of their own."""
    folder = tmp_path / "kept" / "essai"
    intake.keep(read(csv_file(tmp_path, "nom;début", "Journée;2024-03-12", name="événements.csv")), folder, FACTS)
    events, rows = folder / "events.csv", intake.rows_of(folder)
    written = events.read_text(encoding="utf-8")
    assert written.startswith("_place,key,")
    for header in ("_place,", "place,"):
        events.write_text(header + written.partition(",")[2], encoding="utf-8")
        records, findings = read_records(read_card(str(folder)))
        assert (findings, [record.place for record in records]) == ([], ["événements.csv:2"])
        assert records[0].values["place"] == []
        assert intake.rows_of(folder) == rows


def test_undo_goes_back_version_by_version(essai: Path, tmp_path: Path) -> None:
    versions = [files(essai)]
    for name in ("Deux", "Trois"):
        intake.keep(sheet(tmp_path, name), essai, FACTS)
        versions.append(files(essai))
    for before in (versions[1], versions[0]):
        assert intake.undo(essai.parent, "essai") is False
        assert files(essai) == before
    assert intake.undo(essai.parent, "essai") is True
    assert list(essai.parent.iterdir()) == []
    with raises("no-such-import"):
        intake.undo(essai.parent, "essai")


def test_a_write_that_fails_loses_nothing(essai: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(essai.parent)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copytree", full)
    with pytest.raises(CannotWrite):
        intake.keep(sheet(tmp_path, "Deux"), essai, FACTS)
    assert files(essai.parent) == before


@pytest.mark.parametrize("name", ["..", "absent", "essai/.before", ""])
def test_undo_touches_nothing_but_a_sheet(name: str, essai: Path, tmp_path: Path) -> None:
    intake.keep(sheet(tmp_path, "Deux"), essai, FACTS)
    before = files(tmp_path)
    with raises("no-such-import"):
        intake.undo(essai.parent, name)
    assert files(tmp_path) == before
