"""The template is drawn from one table, and what it gives is read back: empty, or filled with its own examples."""

import csv
import io
from pathlib import Path

import polars
import pytest
import yaml

from maillage.files import asset
from maillage.sources.card import read_yaml
from maillage.sources.sheet import manual
from maillage.sources.sheet.intake import grids
from maillage.sources.sheet.plan import by_titles
from maillage.sources.sheet.template import SAME_AS, choices, template, workbook, write_blank
from tests.refusals import raises
from tests.sources.sheet import sheets
from tests.sources.sheet.sheets import cells, said

TABLES = template()


def test_every_column_is_of_the_standard_tables() -> None:
    standard = read_yaml(asset("data") / "tables.yml")
    for table in TABLES.values():
        for column in table.columns:
            mapping, name = (column.row.mapping, column.row.cell) if column.row else (table.mapping, column.name)
            assert name == SAME_AS or name in standard[mapping]["columns"], column.name
            assert set(column.about) == {"fr", "en"}


def test_no_title_names_two_columns_of_a_table() -> None:
    for table in TABLES.values():
        titles = [title for column in table.columns for title in column.titles]
        assert len(titles) == len(set(titles)), table.name


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["modele.xlsx", "modele"])
def test_the_empty_template_is_understood_and_says_nothing(name: str, lang: str, tmp_path: Path) -> None:
    write_blank(tmp_path / name, lang)
    plans, findings = by_titles(grids(tmp_path / name), TABLES)
    assert sorted(plan.table.name for plan in plans) == sorted(TABLES)
    for plan in plans:
        assert [column.name for column in plan.columns.values()] == [column.name for column in plan.table.columns]
    found = sheets.read(tmp_path / name)
    assert (findings, found.findings, found.rows) == ([], [], [])


def test_the_workbook_offers_the_words_of_the_lists(tmp_path: Path) -> None:
    write_blank(tmp_path / "modele.xlsx", "fr")
    book = polars.read_excel(tmp_path / "modele.xlsx", sheet_id=0, infer_schema_length=0)
    assert list(book) == ["Organisations", "Événements", "Participations", "Lisez-moi", "Listes"]
    kind = TABLES["organisations"].column_by_name("kind")
    assert kind is not None
    listed = [word for word in book["Listes"]["type"].to_list() if word]
    assert listed == choices(kind, "fr")
    assert "laboratoire d'innovation" in listed
    assert workbook("fr") == workbook("fr")


def test_what_may_be_filled_is_never_written_over(tmp_path: Path) -> None:
    for name in ("modele.xlsx", "modele"):
        write_blank(tmp_path / name, "fr")
        with raises("would-overwrite"):
            write_blank(tmp_path / name, "en")


def test_the_examples_are_right(tmp_path: Path) -> None:
    folder = tmp_path / "labo"
    folder.mkdir()
    for table in TABLES.values():
        lines = io.StringIO()
        writer = csv.writer(lines, delimiter=";")
        writer.writerow(column.words["fr"] for column in table.columns)
        writer.writerow(column.example for column in table.columns)
        if table.name == "organisations":
            writer.writerow(["Communauté des Abers", *[""] * (len(table.columns) - 1)])
        (folder / f"{table.name}.csv").write_text(lines.getvalue(), encoding="utf-8")
    found = sheets.read(folder)
    assert said(found.findings) == []
    roles = [(row["agent"], row["role"], row["activity"]) for row in cells(found, "participations")]
    assert sorted(roles) == [
        ("essai-communaute-des-abers", "carries", "essai-labo-des-abers"),
        ("essai-communaute-des-abers", "partners", "essai-journee-des-abers"),
        ("essai-labo-des-abers", "organises", "essai-journee-des-abers"),
    ]


def test_the_page_of_the_template_is_fresh() -> None:
    assert manual.PAGE.read_text(encoding="utf-8") == manual.page(), "run python -m maillage.sources.sheet.manual"


def test_the_table_is_yaml_that_a_person_can_read() -> None:
    said_ = yaml.safe_load((asset("data") / "sheet.yml").read_text(encoding="utf-8"))
    assert all({"fr", "en", "about"} <= set(column) for table in said_.values() for column in table["columns"].values())
