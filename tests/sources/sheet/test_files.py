"""The forms that spreadsheets write are read alike, cell by cell; what is none, or a trap, is refused in a sentence."""

import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from maillage.errors import MissingFile
from maillage.sources.sheet import grid
from maillage.sources.sheet.grid import delimiter, letters, number, read_workbook
from maillage.sources.sheet.intake import grids
from tests.refusals import raises
from tests.sources.sheet import sheets
from tests.sources.sheet.sheets import cells, csv_file, read, said

ROWS = [["nom", "type", "créé"], ["Labo de l’été", "association", "mars 2022"], ["Autre, labo", "", ""]]
EXPECTED = [
    {"key": "essai-labo-de-l-ete", "name": "Labo de l’été", "kind": "association", "created": "2022-03"},
    {"key": "essai-autre-labo", "name": "Autre, labo"},
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_every_form_says_the_same(delimiter: str, encoding: str, tmp_path: Path) -> None:
    lines = [delimiter.join(f'"{cell}"' if "," in cell else cell for cell in row) for row in ROWS]
    found = read(csv_file(tmp_path, *lines, encoding=encoding))
    assert (cells(found), said(found.findings)) == (EXPECTED, [])


@pytest.mark.parametrize("at", [(0, 0), (3, 2)])
def test_a_workbook_says_the_same_wherever_its_cells_lie(at: tuple[int, int], tmp_path: Path) -> None:
    found = read(sheets.workbook(tmp_path / "labo.xlsx", {"Organisations": ROWS}, at))
    assert (cells(found), said(found.findings)) == (EXPECTED, [])


def test_a_fault_is_named_by_its_cell(tmp_path: Path) -> None:
    rows = [["nom", "", "SIREN"], ["Labo", "", 123456789], [], ["Autre", "", "0"]]
    found = read(sheets.workbook(tmp_path / "labo.xlsx", {"Organisations": rows}, (1, 1)))
    assert [place for place, _ in said(found.findings)] == [
        "labo.xlsx, Organisations:D3",
        "labo.xlsx, Organisations:D5",
    ]
    found = read(csv_file(tmp_path, "nom;SIREN", '"Labo\nsur deux lignes";1', "Autre;2", "Bon;130025265"))
    assert [place for place, _ in said(found.findings)] == ["organisations.csv:2:SIREN", "organisations.csv:4:SIREN"]
    assert cells(found) == [{"key": "essai-bon", "name": "Bon", "siren": "130025265"}]


def test_a_number_and_a_day_of_a_workbook(tmp_path: Path) -> None:
    day = datetime(2024, 3, 12, tzinfo=UTC).replace(tzinfo=None)
    rows = [["nom", "SIREN", "créé"], ["Labo", 130025265, day], ["Autre", "", 2024]]
    found = read(sheets.workbook(tmp_path / "labo.xlsx", {"Organisations": rows}))
    assert [(row.get("siren"), row["created"]) for row in cells(found)] == [
        ("130025265", "2024-03-12"),
        (None, "2024"),
    ]


def test_a_formula_is_refused_and_its_last_value_not_taken(tmp_path: Path) -> None:
    rows = [["nom", "site web"], ["Labo", '=HYPERLINK("http://example.org","x")'], ["Autre", ""]]
    found = read(sheets.workbook(tmp_path / "labo.xlsx", {"Organisations": rows}))
    assert said(found.findings) == [("labo.xlsx, Organisations:B2", "La cellule tient une formule.")]
    assert [row["name"] for row in cells(found)] == ["Autre"]


def test_three_sheets_and_a_guide(tmp_path: Path) -> None:
    book = {
        "Organisations": [["nom"], ["Labo"]],
        "Événements": [["nom", "organisé par"], ["Journée", "Labo"]],
        "PARTICIPATIONS": [["organisation", "rôle", "activité"], ["Labo", "accueille", "Journée"]],
        "Lisez-moi": [["À lire"]],
        "Vide": [],
        "Budget": [["nom", "type"], ["x", "y"]],
    }
    found = read(sheets.workbook(tmp_path / "labo.xlsx", book))
    assert said(found.findings) == []
    assert [plan.grid.sheet for plan in found.plans] == list(book)[:3]
    assert said(found.findings, "info") == [
        ("labo.xlsx", "La feuille « Budget » n'est pas du modèle : elle n'est pas lue.")
    ]
    assert [(row["agent"], row["role"], row["activity"]) for row in cells(found, "participations")] == [
        ("essai-labo", "organises", "essai-journee"),
        ("essai-labo", "hosts", "essai-journee"),
    ]


def test_a_folder_of_csv_files_is_one_sheet(tmp_path: Path) -> None:
    folder = tmp_path / "labo"
    folder.mkdir()
    csv_file(folder, "nom", "Labo")
    csv_file(folder, "nom;organisé par", "Journée;Labo", name="Événements.csv")
    found = read(folder)
    assert [row.table for row in found.rows] == ["organisations", "events", "participations"]


@pytest.mark.parametrize(
    ("name", "body", "error"),
    [
        ("a.csv", b"", "empty-file"),
        ("a.csv", b" \n", "empty-file"),
        ("a.csv", bytes(range(256)), "not-text"),
        ("a.csv", b"nom\n" + b"x\n" * 50_001, "sheet-too-large"),
        ("a.csv", b";" * 300, "sheet-too-large"),
        ("a.csv", b'nom\n"' + b"x" * 200_000, "not-text"),
        ("a.xlsx", b"", "not-workbook"),
        ("a.xlsx", b"PK\x03\x04 nothing", "not-workbook"),
        ("a.xlsm", b"PK", "unknown-sheet-kind"),
        ("a.pdf", b"%PDF", "unknown-sheet-kind"),
    ],
)
def test_what_is_no_sheet_is_refused(name: str, body: bytes, error: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(body)
    with raises(error):
        grids(tmp_path / name)


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(MissingFile):
            grids(path)


def _repacked(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The same archive with a part changed."""
    target = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            body = archive.read(name)
            assert name != part or old in body
            changed.writestr(name, body.replace(old, new) if name == part else body)
    return target


SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return sheets.workbook(tmp_path / "labo.xlsx", {"Organisations": [["nom"], ["Labo"]]})


def test_a_lone_cell_in_the_last_corner_is_no_trap(small: Path) -> None:
    with raises("sheet-too-large", match="XFD1048576"):
        read_workbook(_repacked(small, SHEET, b'r="A2"', b'r="XFD1048576"'))


def test_a_workbook_that_swells_is_refused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_UNPACKED", 1 << 20)
    swollen = b"</sheetData>" + b" " * (1 << 20)
    with raises("sheet-too-large"):
        read_workbook(_repacked(small, SHEET, b"</sheetData>", swollen))


def test_a_workbook_that_lies_on_its_size_is_refused(small: Path) -> None:
    body = bytearray(small.read_bytes())
    at = body.rindex(b"PK\x01\x02", 0, body.rindex(SHEET.encode()))
    body[at + 24 : at + 28] = (10).to_bytes(4, "little")  # the size once unpacked, in the directory
    small.write_bytes(body)
    with raises("not-workbook"):
        read_workbook(small)


@pytest.mark.parametrize("new", [b"<worksheet><", b'<worksheet r="'])
def test_a_workbook_of_broken_parts_is_refused(new: bytes, small: Path) -> None:
    with raises("not-workbook"):
        read_workbook(_repacked(small, SHEET, b"<worksheet", new))


def test_entities_that_swell_are_refused(small: Path) -> None:
    names = "abcdefghij"
    nested = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    declared = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{nested}]><worksheet'.encode()
    laughing = _repacked(_repacked(small, SHEET, b"<worksheet", declared), SHEET, b"<sheetData>", b"<sheetData>&j;")
    with raises("not-workbook"):
        read_workbook(laughing)


def test_letters_of_columns() -> None:
    assert [letters(place) for place in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(number(letters(place)) == place for place in range(1, 1000))


def test_a_quoted_delimiter_does_not_count() -> None:
    assert delimiter('"nom, prénom, âge";type\n') == ";"
    assert delimiter("nom\n") == ","
