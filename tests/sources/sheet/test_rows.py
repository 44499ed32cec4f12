"""Rows: keys that do not move, references by name, doubts that are shown and never settled, faults all at once."""

from pathlib import Path

import pytest

from maillage.sources.sheet import intake
from tests.refusals import raises
from tests.sources.sheet.sheets import ORGANISATIONS, cells, csv_file, read, said, workbook


def test_every_fault_is_told_and_the_good_rows_enter(tmp_path: Path) -> None:
    found = read(
        csv_file(
            tmp_path,
            ORGANISATIONS,
            "Bon;association;;Bretagne;https://bon.example;130025265;2022;démocratie;;",
            "Faux;machin;Absent;Trifouillis;bon.example;130025266;demain;jardinage;lequel;",
            ";association;;;;;;;;",
        )
    )
    places = [place.rpartition(":")[2] for place, _ in said(found.findings) if ":3" in place]
    assert sorted(places) == sorted(ORGANISATIONS.split(";")[1:9])
    assert [place for place, _ in said(found.findings) if ":4" in place] == ["organisations.csv:4:nom"]
    assert [row.key for row in found.rows if row.table == "organisations"] == ["essai-bon"]


def test_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, "nom;organisé par;début", "Journée;;", name="événements.csv"))
    assert cells(found, "events") == [{"key": "essai-journee", "name": "Journée", "kind": "event", "named": "yes"}]
    assert cells(found, "participations") == []


def test_a_name_that_we_hold_is_a_doubt_and_a_row_of_its_own(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, ORGANISATIONS, "le TI-LAB", "TiLab", "Ti Labo", "Autre chose"))
    assert [place for place, _ in said(found.findings, "warning")] == [
        f"organisations.csv:{line}:nom" for line in (2, 3, 4)
    ]
    assert all("organisation/ti-lab" in words for _, words in said(found.findings, "warning"))
    assert (len(cells(found)), found.same) == (4, [])


def test_the_doubt_ends_when_the_sheet_says_what_it_is(tmp_path: Path) -> None:
    rows = ("Ti-Lab" + ";" * 8 + "nouveau", "La DITP" + ";" * 8 + "organisation/ditp", "Mois" + ";" * 8 + "event/mois")
    found = read(csv_file(tmp_path, ORGANISATIONS, *rows))
    assert said(found.findings, "warning") == []
    assert [(same.key, same.reference) for same in found.same] == [("essai-la-ditp", "central-bodies:ditp")]
    assert [place for place, _ in said(found.findings)] == ["organisations.csv:4:identifiant Maillage"]


def test_an_ambiguous_territory_stays_empty_and_is_told(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, "nom;territoire", "Labo;Paris"))
    assert cells(found) == [{"key": "essai-labo", "name": "Labo"}]
    assert [place for place, _ in said(found.findings, "warning")] == ["organisations.csv:2:territoire"]


def test_rows_are_named_by_name_acronym_key_or_identifier(tmp_path: Path) -> None:
    book = {
        "Organisations": [["nom", "sigle", "clé"], ["Labo des Abers", "LDA", ""], ["Autre", "", "un-autre"]],
        "Événements": [["nom"], ["Journée"]],
        "Participations": [
            ["organisation", "rôle", "activité"],
            ["labo des abers", "organise", "JOURNEE"],
            ["LDA", "finance", "journée"],
            ["un-autre", "accueille", "Journée"],
            ["id/organisation/ditp", "prend part", "https://w3id.org/maillage/id/event/mois"],
        ],
    }
    found = read(workbook(tmp_path / "labo.xlsx", book))
    assert said(found.findings) == []
    assert [(row["agent"], row["activity"]) for row in cells(found, "participations")] == [
        ("essai-labo-des-abers", "essai-journee"),
        ("essai-labo-des-abers", "essai-journee"),
        ("essai-un-autre", "essai-journee"),
        ("central-bodies:ditp", "press:mois"),
    ]


def test_a_held_name_in_a_reference_is_never_taken_for_it(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, "nom;porté par", "Labo;DITP", "Autre;Personne ici"))
    (known, unknown) = said(found.findings)
    assert known[0] == "organisations.csv:2:porté par"
    assert unknown[0] == "organisations.csv:3:porté par"
    assert [("organisation/ditp" in finding.words.cure("fr")) for finding in found.findings] == [True, False]
    assert found.rows == []


def test_a_row_that_names_a_refused_row_is_refused(tmp_path: Path) -> None:
    rows = ("A;B;", "B;C;", "C;;machin", "D;;")
    found = read(csv_file(tmp_path, "nom;rattaché à;type", *rows))
    assert [place for place, _ in said(found.findings)] == [
        "organisations.csv:2:rattaché à",
        "organisations.csv:3:rattaché à",
        "organisations.csv:4:type",
    ]
    assert [row["name"] for row in cells(found)] == ["D"]


def test_two_rows_of_one_name_need_a_key(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, "nom;clé", "Labo;", "labo !;", "Labo;labo-2", "🙂;", "🙂;emoji", "Ð;", "Bon;Ð"))
    assert [place for place, _ in said(found.findings)] == [
        "organisations.csv:3:nom",
        "organisations.csv:5:nom",
        "organisations.csv:7:nom",
        "organisations.csv:8:clé",
    ]
    assert [row["key"] for row in cells(found)] == ["essai-labo", "essai-labo-2", "essai-emoji"]


def test_what_two_cells_say_alike_is_said_once(tmp_path: Path) -> None:
    book = {
        "Organisations": [["nom"], ["Labo"]],
        "Événements": [["nom", "organisé par"], ["Journée", "Labo ; Labo"]],
        "Participations": [["organisation", "rôle", "activité", "début"], ["Labo", "organise", "Journée", ""]],
    }
    assert len(cells(read(workbook(tmp_path / "a.xlsx", book)), "participations")) == 1
    book["Participations"][1][3] = "2024"
    found = read(workbook(tmp_path / "b.xlsx", book))
    assert [place for place, _ in said(found.findings)] == ["b.xlsx, Participations:2"]


def test_columns_that_stay_out_are_told(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, "nom;budget;courriel;divers;", "Labo;12;;écrire à a@b.fr;x"))
    assert said(found.findings) == []
    assert said(found.findings, "info") == [("organisations.csv:1", "Ces colonnes ne sont pas lues : budget, E.")]
    assert ["divers" in words for _, words in said(found.findings, "warning")] == [True]
    found = read(csv_file(tmp_path, "nom;courriel", "Labo;a@b.fr"))
    assert cells(found) == [{"key": "essai-labo", "name": "Labo"}]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["nom;type;type", "Labo;association;association"], "Deux colonnes"),
        (["nom;type", "Labo;association;trop"], "3 cellules"),
        (["type;sigle", "association;L"], "« nom » manque"),
    ],
)
def test_titles_and_rows_that_do_not_fit(lines: list[str], words: str, tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, *lines))
    assert any(words in sentence for _, sentence in said(found.findings))


def test_a_file_of_no_table_or_of_two(tmp_path: Path) -> None:
    with raises("no-table", match="couleur"):
        read(csv_file(tmp_path, "couleur;taille", "x;y", name="labo.csv"))
    with raises("ambiguous-table", match="Organisations"):
        read(csv_file(tmp_path, "nom;type", "x;y", name="labo.csv"))
    for kind, table in (("association", "organisations"), ("série", "events")):
        assert read(csv_file(tmp_path, "nom;type", "x;y", f"z;{kind}", name="labo.csv")).plans[0].table.name == table
    assert read(csv_file(tmp_path, "nom;SIREN", "x;", name="labo.csv")).plans[0].table.name == "organisations"


CARD = """\
tables:
  organisations:
    header: 3
    columns: {Nom du labo: nom, Dépt: territoire, Sujets: thèmes, Ouvert: créé}
    constants: {type: laboratoire d'innovation}
    separator: ","
    dates: month-first
"""
OWN = ("Annuaire;;;", ";;;", "Nom du labo;Dépt;Sujets;Ouvert", "Labo;35;démocratie, culture;03/12/2024")


def test_a_card_says_which_column_is_which(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, *OWN), CARD)
    assert said(found.findings) == []
    assert cells(found) == [
        {
            "key": "essai-labo",
            "name": "Labo",
            "kind": "laboratory",
            "territory": "department-35",
            "themes": "democracy|culture",
            "created": "2024-03-12",
        }
    ]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("tables:", "table:", "bad-sheet-card"),
        ("  organisations:", "  labos:", "bad-sheet-card"),
        ("territoire", "couleur", "bad-sheet-card"),
        ("header: 3", "header: 30", "bad-sheet-card"),
        ("header: 3", "entete: 3", "bad-sheet-card"),
        ("header: 3", "sheet: Feuil2", "no-sheet"),
        ("month-first", "moon-first", "bad-sheet-card"),
        ("{type:", "{nom:", "bad-sheet-card"),
        ("{type: laboratoire d'innovation}", "[type]", "bad-sheet-card"),
        ("{Nom du labo: nom, Dépt: territoire, Sujets: thèmes, Ouvert: créé}", "nom", "bad-sheet-card"),
    ],
)
def test_a_card_that_does_not_fit(old: str, new: str, error: str, tmp_path: Path) -> None:
    assert old in CARD
    with raises(error):
        read(csv_file(tmp_path, *OWN), CARD.replace(old, new))


def test_a_column_of_the_card_that_the_file_lacks_or_that_names_a_person(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, *OWN), CARD.replace("Sujets", "Objets"))
    assert [place for place, _ in said(found.findings)] == ["organisations.csv:3"]
    own = [line.replace("Nom du labo", "Contact") for line in OWN]
    found = read(csv_file(tmp_path, *own), CARD.replace("Nom du labo", "Contact"))
    assert "données personnelles" in said(found.findings)[0][1]
    assert found.rows == []


def test_a_new_version_changes_cells_and_keeps_keys(tmp_path: Path) -> None:
    first = read(csv_file(tmp_path, "nom;territoire;clé", "Labo;35;", "Autre;;autre", "Vieux;;"))
    intake.keep(first, tmp_path / "kept" / "essai", {"read_on": "2026-11-25"})
    found = read(csv_file(tmp_path, "nom;territoire;clé", "Neuf;;", "Autre nom;;autre", "Labo;Bretagne;"))
    changes = found.changes
    assert [row.key for row in changes.added] == ["essai-neuf"]
    assert [(change.row.key, change.column, change.old, change.new) for change in changes.changed] == [
        ("essai-autre", "name", "Autre", "Autre nom"),
        ("essai-labo", "territory", "department-35", "region-53"),
    ]
    assert changes.gone == [("organisations", "essai-vieux", "Vieux")]
    assert read(csv_file(tmp_path, "nom;territoire;clé", "Vieux;;", "Labo;35;", "Autre;;autre")).changes.any is False
