"""Sheets written for a test: CSV text and workbooks, and what the graph is taken to hold."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from maillage.errors import Finding
from maillage.sources.sheet import intake
from maillage.sources.sheet.existing import ExistingThing, Registry, Territory
from maillage.sources.sheet.intake import SheetImport
from maillage.sources.sheet.plan import OwnCard

ORGANISATIONS = "nom;type;porté par;territoire;site web;SIREN;créé;thèmes;identifiant Maillage;clé"
THINGS = (
    ExistingThing(
        "central-bodies", "ditp", "organisation", "https://w3id.org/maillage/id/organisation/ditp", ("DITP", "La DITP")
    ),
    ExistingThing("labs", "ti-lab", "organisation", "https://w3id.org/maillage/id/organisation/ti-lab", ("Ti Lab",)),
    ExistingThing(
        "press", "mois", "event", "https://w3id.org/maillage/id/event/mois", ("Mois de l'innovation publique",)
    ),
)
TERRITORIES = (
    Territory("region-53", "53", ("Bretagne",), "region"),
    Territory("department-29", "29", ("Finistère",), "department", ("region-53",)),
    Territory("department-35", "35", ("Ille-et-Vilaine",), "department", ("region-53",)),
    Territory("department-53", "53", ("Mayenne",), "department"),
    Territory("department-75", "75", ("Paris",), "department"),
    Territory("commune-75056", "75056", ("Paris",), "commune", ("department-75",)),
    Territory("commune-35238", "35238", ("Rennes",), "commune", ("department-35",)),
)
HELD = Registry(THINGS, TERRITORIES)


def read(path: Path, card: str = "", kept: Path | None = None) -> SheetImport:
    """Reads a file as the sheet `essai`; `card`: the YAML of a card."""
    own = None
    if card:
        (path.parent / "carte.yml").write_text(card, encoding="utf-8")
        own = OwnCard(path.parent / "carte.yml")
    return intake.read(path, (kept or path.parent / "kept") / "essai", own, HELD)


def csv_file(folder: Path, *lines: str, name: str = "organisations.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return path


def workbook(path: Path, sheets: Mapping[str, Iterable[Any]], at: tuple[int, int] = (0, 0)) -> Path:
    """Each sheet's rows, from the cell `at` (row and column from 0); a text that begins with `=` is a formula."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for line, row in enumerate(rows, at[0]):
            for place, cell in enumerate(row, at[1]):
                if hasattr(cell, "year"):
                    sheet.write_datetime(line, place, cell, day)
                else:
                    sheet.write(line, place, cell)
    book.close()
    return path


def cells(found: SheetImport, table: str = "organisations") -> list[dict[str, str]]:
    """The filled cells of the rows of a table, in the order of the sheet, but for what every row says."""
    own = ("certainty",)
    return [
        {name: text for name, text in row.cells.items() if text and name not in own}
        for row in found.rows
        if row.table == table
    ]


def said(findings: Iterable[Finding], severity: str = "error") -> list[tuple[str, str]]:
    """Where each finding is, and what it says in French."""
    return [(finding.place, finding.words.message("fr")) for finding in findings if finding.severity == severity]
