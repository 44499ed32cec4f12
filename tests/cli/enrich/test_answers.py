"""What a person answers to `maillage enrich`: recorded keystrokes, a spreadsheet, rows written by hand."""

import csv
import shutil
from pathlib import Path

import click
import pytest

from maillage import answer
from maillage.cli import command_line
from maillage.terms import iri
from tests.cli.enrich.lists import ask, rows
from tests.sources.fetch.site import Site, bare, status

pytestmark = pytest.mark.sample(3)

Capture = pytest.CaptureFixture[str]


# --- what is answered ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_key_accepts_and_the_next_build_holds_it(home: Path, tmp_path: Path) -> None:
    result = ask("7\n1\n1\n", "--body", "Lab des idées", "--source", "registre")
    assert "Les touches sont : 1, n, p, q." in result.output
    assert "2 réponse(s) écrite(s)" in result.output
    assert ask("1\n", "--body", "DINUM", "--source", "companies", "--only", "identifier").exit_code == 0
    assert [(row["key"], row["thing"], row["certainty"]) for row in rows(home, "statements")] == [
        ("kind-carnet-lab-des-idees", "carnet:lab-des-idees", "stated"),
        ("siren-carnet-dinum", "carnet:dinum", "implied"),
        ("territory-carnet-lab-des-idees", "carnet:lab-des-idees", "stated"),
    ]
    assert [row["key"] for row in rows(home, "pages")] == ["p-registre", "p-siren-130025265"]
    assert command_line(["build", "--out", str(tmp_path / "out")]) == 0
    with answer.open(tmp_path / "out") as graph:
        numbers = {(row["thingLabel"], row["code"]) for row in graph.ask("identifiers-of").rows()}
        said = graph.ask("evidence-of", thing=iri("organisation", "lab-des-idees")).rows()
    assert ("Direction interministérielle du numérique", "130025265") in numbers
    cited = {str(row["object"]).rsplit("/", 1)[-1]: row["sourceTitle"] for row in said}
    assert (cited["laboratory"], cited["commune-38185"]) == ("Un registre", "Un registre")


def test_what_is_answered_is_not_asked_again(home: Path) -> None:
    first = ask("n\n", "--body", "Ville de Saint-Denis", "--only", "territory")
    assert "2 réponse(s)" in first.output
    assert [row["territory"] for row in rows(home, "refusals")] == ["commune-93066", "commune-97411"]
    assert rows(home, "statements") == rows(home, "pages") == []
    again = ask("", "--body", "Ville de Saint-Denis", "--only", "territory")
    written, stay = again.output.strip().splitlines()
    assert written.startswith("0 réponse(s)")
    assert stay == "2 réponse(s) étaient déjà écrites, et restent : refusals.csv:2, refusals.csv:3."


def test_rows_written_by_hand_stay_as_they_are(home: Path) -> None:
    """Two of one key, and the line ends of a spreadsheet: none is lost."""
    file = home / "data" / "enrichment" / "refusals.csv"
    own = [f'b,carnet:{thing},ministry,,,,curator,2026-11-30,,stated,,,"à, relire"' for thing in ("caf", "station")]
    file.write_text("\r\n".join([file.read_text("utf-8").strip(), *own, ""]), "utf-8", newline="")
    assert ask("n\n", "--body", "CAF", "--source", "registre").exit_code == 0
    found = [(row["key"], row["thing"], row["note"]) for row in rows(home, "refusals")]
    assert found[:2] == [("b", "carnet:caf", "à, relire"), ("b", "carnet:station", "à, relire")]
    assert [key for key, *_ in found[2:]] == ["territory-carnet-caf-department-38"]


def test_skipping_writes_nothing_and_stopping_keeps_what_was_accepted(home: Path) -> None:
    result = ask("p\n1\n", "--source", "registre")  # then the end of the input, as Ctrl-C
    assert isinstance(result.exception, (click.Abort, SystemExit))
    assert len(rows(home, "statements")) == 1
    assert "\n1 réponse(s) écrite(s) dans " in result.output


def test_a_list_is_answered_in_a_spreadsheet(home: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "list.csv"
    assert ask("", "-o", str(file), "--source", "registre", "--source", "autorite").exit_code == 0
    table = list(csv.reader(file.read_text("utf-8").splitlines()))
    answers = {"SIREN=443061841": "oui", "commune-93066": "NON", "laboratory": "yes"}
    value = table[0].index("value")
    for row in table[1:]:
        row[-1] = answers.get(row[value], "")
    file.write_text("\n".join(";".join(row) for row in table) + "\n", "utf-8")  # as a French spreadsheet saves it
    assert command_line(["enrich", "-o", str(file), "--source", "registre"]) != 0  # it holds answers
    assert f"{file.name} existe déjà" in capsys.readouterr().err
    words = ("--answers", str(file), "--source", "registre", "--source", "autorite")
    assert "3 réponse(s)" in ask("", *words).output
    assert {row["kind"] or row["code"] for row in rows(home, "statements")} == {"443061841", "laboratory"}
    assert [row["territory"] for row in rows(home, "refusals")] == ["commune-93066"]
    again = ask("", *words).output
    assert "0 réponse(s)" in again
    assert "3 réponse(s) étaient déjà écrites, et restent : " in again
    (line,) = (place for place, row in enumerate(table[1:], start=2) if row[value] == "commune-93066")
    assert f"list.csv:{line} (refusals.csv:2)" in again


def test_an_offer_that_was_not_looked_for_is_not_said_to_be_gone(
    home: Path, site: Site, tmp_path: Path, capsys: Capture
) -> None:
    """Its option left it out, or its source was not asked; what a source asked no longer says is gone."""
    file, found = tmp_path / "list.csv", ("--source", "registre", "--source", "companies")
    assert ask("", "-o", str(file), *found).exit_code == 0
    table = list(csv.DictReader(file.read_text("utf-8").splitlines()))

    def told(value: str, *words: str) -> str:
        write_rows(file, [row | {"answer": "oui" if row["value"] == value else ""} for row in table])
        assert command_line(["enrich", "--answers", str(file), *words]) == 1
        return capsys.readouterr().err

    said = "« laboratory » n'a pas été cherchée cette fois"
    assert f"{said} (--only)." in told("laboratory", *found, "--only", "identifier")
    assert f"{said} (--body)." in told("laboratory", *found, "--body", "CAF")
    assert "(Un registre, Licence Ouverte 2.0)." in told("laboratory", "--source", "autorite")
    shutil.rmtree(home.parent / "out" / "fetched" / "enrichment")
    site.answers["/search"] = status(404)
    assert "(Annuaire des entreprises (DINUM, d'après" in told("SIREN=130025265", *found)
    site.answers["/search"] = bare(b'{"results": []}')
    assert "Aucune proposition d'aujourd'hui ne dit « SIREN=130025265 »" in told("SIREN=130025265", *found)


@pytest.mark.parametrize(
    ("answers", "value", "said"),
    [
        ({"laboratory": "peut-être"}, "", "« peut-être » n'est pas une réponse"),
        ({"laboratory": "oui"}, "commune", "« commune » de cet organisme"),
        ({"commune-93066": "oui", "commune-97411": "oui"}, "", "est une seconde réponse"),
    ],
)
def test_a_list_with_a_mistake_is_refused_whole(
    home: Path, tmp_path: Path, capsys: Capture, answers: dict[str, str], value: str, said: str
) -> None:
    file, words = tmp_path / "list.csv", ("--source", "registre", "--source", "autorite")
    ask("", "-o", str(file), *words)
    table = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    for row in table:
        row["answer"] = answers.get(row["value"], "")
        row["value"] = value if value and row["answer"] else row["value"]
    write_rows(file, table)
    assert command_line(["enrich", "--answers", str(file), *words]) == 1
    assert said in capsys.readouterr().err
    assert rows(home, "statements") == rows(home, "refusals") == []


def write_rows(file: Path, table: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, table[0])
        writer.writeheader()
        writer.writerows(table)


# --- what is wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("statements", "x,carnet:dinum,ministere,,,,curator,2026-11-30,,stated,,,", "kind"),
        ("statements", "x,carnet:dinum,ministry,,,,curator,hier,,stated,,,", "date"),
        ("statements", "x,carnet:dinum,ministry", "statements.csv:2"),
        ("statements", "x,carnet:dinmu,ministry,,,,curator,2026-11-30,,stated,,,", "dinum"),
        ("refusals", "x,,ministry,,,,curator,2026-11-30,,stated,,,", "thing"),
    ],
)
def test_a_row_half_written_by_hand_is_told_and_stays(
    home: Path, capsys: Capture, name: str, line: str, said: str
) -> None:
    file = home / "data" / "enrichment" / f"{name}.csv"
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")
    before = file.read_bytes()
    assert command_line(["enrich", "--list", "--source", "registre"]) == 1
    err = capsys.readouterr().err
    assert f"{name}.csv:2" in err
    assert said in err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--source", "regitre"], 2, "registre, companies"),
        (["--source", "carnet"], 2, "La source « carnet » existe, mais ne fait pas de propositions."),
        (["--source", "loin"], 3, "« loin » n'ont pas encore été pris. Lancer maillage fetch loin."),
        (["--body", "Station des possible"], 2, "Station des possibles"),
        (["--only", "siren"], 2, "identifier"),
        (["--list", "-o", "list.csv"], 2, "un seul à la fois"),
        (["-o", "list.xls"], 2, ".csv"),
        (["--answers", "nothing.csv"], 1, "nothing.csv"),
        (["--out", "nowhere"], 3, "maillage build"),
    ],
)
def test_bad_words_are_a_sentence(home: Path, capsys: Capture, words: list[str], code: int, said: str) -> None:
    assert command_line(["enrich", "--source", "autorite", *words]) == code
    assert said in capsys.readouterr().err
