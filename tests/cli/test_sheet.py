"""A sheet from the template to the graph and back, by the command line alone."""

from pathlib import Path

import fastexcel
import pytest

from maillage.cli import command_line
from maillage.graph.registry import read_registry
from maillage.sources.sheet.existing import Registry
from maillage.sources.sheet.template import template
from tests.sources.sheet.sheets import csv_file, workbook

SAID = ("--title", "Labos du Léon", "--publisher", "Pays de Léon", "--licence", "etalab-2.0")
LAB = {
    "nom": "Labo des Abers",
    "type": "laboratoire d'innovation",
    "porté par": "Communauté des Abers",
    "territoire": "Rennes (35)",
    "site web": "https://labo-abers.example/",
    "créé": "mars 2022",
    "thèmes": "démocratie",
}
DINUM = "https://w3id.org/maillage/id/organisation/dinum"
HOSTILE = "<img src=x onerror=alert(1)> 🙂"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry()


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, registry: Registry) -> Path:
    """The registry is read once: no test changes the sources."""
    monkeypatch.setattr("maillage.graph.registry.read_registry", lambda: registry)
    monkeypatch.setenv("MAILLAGE_OUT", str(tmp_path / "out"))
    monkeypatch.delenv("MAILLAGE_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "out"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code, and all that was said."""
    code = 0
    try:
        code = command_line(words)
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    return code, told.out + told.err


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} if folder.exists() else {}


def filled(path: Path) -> Path:
    """The template, with a lab, its carrier and a hostile name typed under its titles."""
    book = fastexcel.read_excel(path)
    titles = {name: book.load_sheet(name, header_row=None).to_polars().row(0) for name in book.sheet_names[:3]}
    rows = [LAB, {"nom": "Communauté des Abers", "type": "intercommunalité"}, {"nom": HOSTILE}]
    typed = [[row.get(str(title), "") for title in titles["Organisations"]] for row in rows]
    sheets = {name: [row, *(typed if name == "Organisations" else [])] for name, row in titles.items()}
    return workbook(path, sheets)


@pytest.mark.slow
def test_from_the_template_to_the_graph_and_back(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    only = ("--only", "central-bodies,insee-cog")
    assert run(capsys, "build", *only)[0] == 0
    first = (out / "graph" / "graph.nq").read_bytes()

    assert run(capsys, "template", "-o", "leon.xlsx")[0] == 0
    sheet = str(filled(tmp_path / "leon.xlsx"))
    code, told = run(capsys, "import", sheet)
    assert (code, (out / "sheets").exists()) == (0, False)
    assert "leon-labo-des-abers" in told
    assert "Rien n'est écrit" in told

    code, told = run(capsys, "import", sheet, "--apply", *SAID)
    assert (code, "maillage build --with leon" in told) == (0, True)
    assert run(capsys, "build", *only, "--with", "leon")[0] == 0
    code, told = run(capsys, "ask", "evidence-of", "--thing", "Labo des Abers", "--format", "csv")
    assert code == 0
    assert "leon.xlsx, Organisations:2:territory" in told
    assert "Communauté des Abers" in told
    assert HOSTILE in run(capsys, "ask", "bodies", "--format", "csv")[1]

    code, told = run(capsys, "import", sheet, "--apply")
    assert (code, "Tout est déjà gardé" in told) == (0, True)
    assert run(capsys, "import", "--undo", "leon")[0] == 0
    assert run(capsys, "build", *only)[0] == 0
    assert (out / "graph" / "graph.nq").read_bytes() == first
    assert run(capsys, "build", *only, "--with", "leon")[0] == 2


@pytest.mark.slow
def test_the_example_of_every_table_of_the_template_builds(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "abers"
    folder.mkdir()
    for table in template().values():
        rows = [[column.words["fr"] for column in table.columns], [column.example for column in table.columns]]
        if table.name == "organisations":  # the body that the examples speak of
            rows.append(["Communauté des Abers", *[""] * (len(table.columns) - 1)])
        csv_file(folder, *(";".join(f'"{cell}"' for cell in row) for row in rows), name=f"{table.words['fr']}.csv")
    code, told = run(capsys, "import", str(folder), "--apply", *SAID)
    assert (code, "0 erreur(s)" in told) == (0, True)
    assert {path.name for path in (out / "sheets" / "abers").glob("*.csv")} >= {f"{name}.csv" for name in template()}

    assert run(capsys, "build", "--only", "central-bodies", "--only", "insee-cog", "--with", "abers")[0] == 0
    code, told = run(capsys, "ask", "evidence-of", "--thing", "Journée des Abers", "--format", "csv")
    assert code == 0
    assert "Événements.csv:2:start" in told
    assert "_place" not in told
    code, told = run(capsys, "ask", "partners-of", "--body", "Communauté des Abers", "--format", "csv")
    assert (code, "Labo des Abers" in told) == (0, True)


@pytest.mark.slow  # two builds
def test_identifiers_do_not_move_with_a_new_version(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for territory in ("35", "Bretagne"):
        sheet = csv_file(tmp_path, "nom;type;territoire;SIREN", f"Ti Lab;laboratoire d'innovation;{territory};")
        assert run(capsys, "import", str(sheet), "--as", "leon", "--apply", *SAID)[0] == 0
        assert run(capsys, "build", "--only", "insee-cog", "--with", "leon")[0] == 0
        assert "id/organisation/leon-ti-lab," in run(capsys, "ask", "bodies", "--format", "csv")[1]
    _, told = run(capsys, "import", "--undo", "leon")
    assert "version d'avant" in told
    assert "department-35" in (out / "sheets" / "leon" / "organisations.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_body_that_the_sheet_says_is_known_is_that_body(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = csv_file(tmp_path, "nom;site web;identifiant Maillage", f"La Dinum;https://dinum.example/;{DINUM}")
    assert run(capsys, "import", str(sheet), "--as", "leon", "--apply", *SAID)[0] == 0
    assert run(capsys, "build", "--only", "central-bodies", "--with", "leon")[0] == 0
    told = run(capsys, "ask", "evidence-of", "--thing", DINUM, "--format", "csv")[1]
    assert "https://dinum.example/" in told
    assert "organisation/leon-la-dinum" not in run(capsys, "ask", "bodies", "--format", "csv")[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["import"], 2, "--undo"),
        (["import", "absent.csv"], 1, "n'existe pas"),
        (["import", "labo.csv", "--card", "absent.yml"], 1, "n'existe pas"),
        (["import", "labo.csv", "--as", "Mon Labo"], 2, "--as"),
        (["import", "labo.csv", "--as", "insee-cog"], 2, "une source le porte déjà"),
        (["import", "--undo", "absent"], 2, "Aucun tableau"),
        (["import", "labo.csv", "--apply"], 2, "--title"),
        (["import", "labo.csv", "--apply", "--title", "T", "--publisher", "P"], 2, "etalab-2.0"),
        (["import", "labo.csv", "--apply", *SAID[:-1], "gratuit"], 1, "gratuit"),
        (["import", "faux.csv", "--apply", *SAID], 1, "Aucune ligne de faux.csv"),
        (["import", "faux.csv"], 1, "faux.csv:2:SIREN"),
        (["import", "faux.csv", "--lang", "en"], 1, "is not a SIREN"),
        (["build", "--with", "absent"], 2, "absent"),
        (["template", "-o", "labo.csv"], 2, "existe déjà"),
    ],
)
def test_a_refusal_is_a_sentence_and_writes_nothing(
    words: list[str], code: int, told: str, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    csv_file(tmp_path, "nom;SIREN", "Labo;", name="labo.csv")
    csv_file(tmp_path, "nom;SIREN", "Labo;12", name="faux.csv")
    before = files(tmp_path)
    assert (found := run(capsys, *words))[0] == code, found[1]
    assert told in found[1]
    assert {name: body for name, body in files(tmp_path).items() if name != ".building"} == before


@pytest.mark.slow  # two builds
def test_a_sheet_without_licence_stays_out_of_the_release(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = csv_file(tmp_path, "nom;type", "Labo des Abers;laboratoire d'innovation")
    only = ("--only", "central-bodies,insee-cog")
    for licence, published in (("none", False), ("etalab-2.0", True)):
        said = (*SAID[:-1], licence)
        assert run(capsys, "import", str(sheet), "--as", "leon", "--apply", *said)[0] == 0
        assert run(capsys, "build", *only, "--with", "leon")[0] == 0
        code, told = run(capsys, "release", licence)
        assert (code, "Source non publiée : leon" in told) == (0, not published)
        statements = "".join(path.read_text("utf-8") for path in (tmp_path / licence).glob("*.nq"))
        assert statements
        assert ("Labo des Abers" in statements) == published
