"""`maillage ask` and `maillage query` as a person meets them: what is written where, and how it fails."""

import json
import shutil
from io import BytesIO, TextIOWrapper
from pathlib import Path

import polars as pl
import pytest

from maillage.cli import command_line
from maillage.queries import catalogue
from tests.canary import listening
from tests.queries.hostile import CALLS, DECODED


@pytest.fixture(scope="module")
def out(built_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built_out, tmp_path_factory.mktemp("asked") / "out", symlinks=True))


@pytest.fixture
def said(out: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> "Said":
    monkeypatch.setenv("MAILLAGE_OUT", str(out))
    monkeypatch.delenv("MAILLAGE_LANG", raising=False)
    return Said(capfdbinary)


class Said:
    """Runs a command line; keeps its exit code and what it wrote on each stream."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture
        self.code, self.body, self.stdout, self.stderr = 0, b"", "", ""

    def __call__(self, *words: str) -> "Said":
        self.code = command_line(words)
        self.body, errors = self._capture.readouterr()
        self.stderr = errors.decode()
        self.stdout = self.body.decode(errors="replace")
        return self


def test_the_list_is_by_theme_and_whole(said: Said) -> None:
    french, english = said("ask", "--list").stdout, said("--lang", "en", "ask", "--list").stdout
    assert french.startswith("Acteurs")
    assert english.startswith("Actors")
    for name, query in catalogue().items():
        assert f"  {name} " in french
        assert query.summary["en"].split()[0] in english
    assert said("ask").stdout == french


def test_help_describes_the_parameters_in_the_language(said: Said) -> None:
    french = said("ask", "partners-of", "--help").stdout
    assert "--body" in french
    assert "L'organisme (obligatoire)" in french
    assert "The body (required)" in said("--lang", "en", "ask", "partners-of", "--help").stdout


def test_a_table_for_people(said: Said) -> None:
    asked = said("ask", "partners-of", "--body", "grenoble alpes metropole")
    assert asked.code == 0
    for words in ("CCAS de Grenoble", "La Piste", "implicite", "Licence Ouverte 2.0", "Horizons publics"):
        assert words in asked.stdout


def test_an_answer_without_rows_says_what_this_means(said: Said) -> None:
    for form in ("table", "csv"):
        asked = said("ask", "organisers-of", "--event", "rencontre-serious-games", "--format", form)
        assert asked.code == 0
        assert "La source ne dit pas qui organise." in (asked.stdout if form == "table" else asked.stderr)
    english = said("ask", "organisers-of", "--event", "rencontre-serious-games", "--lang", "en")
    assert english.stdout.startswith("The source does not say who organises.")


def test_every_format(said: Said, tmp_path: Path) -> None:
    rows = json.loads(said("ask", "labs-by-territory", "--format", "json").body)["rows"]
    assert len(rows) == 4
    assert len(pl.read_csv(BytesIO(said("ask", "labs-by-territory", "--format", "csv").body))) == 4
    assert "Licence" in said("ask", "labs-by-territory", "--format", "tsv").stderr
    for suffix in ("csv", "tsv", "json", "xlsx", "parquet", "ttl", "jsonld"):
        file = tmp_path / f"labs.{suffix}"
        assert said("ask", "labs-by-territory", "-o", str(file)).code == 0
        assert file.stat().st_size > 100
        assert not said.stdout
    assert len(pl.read_parquet(tmp_path / "labs.parquet")) == 4
    assert (tmp_path / "labs.csv-metadata.json").exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("ask", "partner-of"), 2, "partners-of"),
        (("ask", "partners-of"), 2, "demande --body"),
        (("ask", "partners-of", "--body", "Grenoble"), 2, "Ville de Grenoble"),
        (("ask", "events-on-day", "--day", "31/11/2021"), 2, "n'est pas une date"),
        (("ask", "labs-by-territory", "--territory", "11"), 2, "Choisir parmi"),
        (("ask", "labs-by-territory", "--format", "docx"), 2, "Formats possibles"),
        (("ask", "labs-by-territory", "--nothing", "x"), 2, "--nothing"),
        (("query", "nowhere.rq"), 1, "nowhere.rq"),
    ],
)
def test_what_is_wrong_is_one_sentence(said: Said, words: tuple[str, ...], code: int, sentence: str) -> None:
    asked = said(*words)
    assert (asked.code, asked.stdout) == (code, "")
    assert sentence in asked.stderr
    assert "Traceback" not in asked.stderr


def test_no_graph_yet(said: Said, tmp_path: Path) -> None:
    assert said("ask", "sources", "--out", str(tmp_path)).code == 3
    assert "maillage build" in said.stderr


def test_a_query_of_ones_own(said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "labs.rq"
    file.write_text("SELECT ?lab { ?lab a <https://w3id.org/maillage/def#InnovationLab> }", encoding="utf-8")
    assert len(json.loads(said("query", str(file), "--format", "json").body)["rows"]) == 4
    monkeypatch.setattr(
        "sys.stdin", TextIOWrapper(BytesIO(b"DESCRIBE <https://w3id.org/maillage/id/organisation/ti-lab>"))
    )
    assert "Ti Lab" in said("query", "-").stdout
    assert "Licence" in said.stdout


@pytest.mark.parametrize("text", (CALLS | DECODED).values(), ids=(CALLS | DECODED).keys())
def test_a_query_calls_nobody(said: Said, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with listening() as canary:
        typed = BytesIO((text % canary.address).encode())
        monkeypatch.setattr("sys.stdin", TextIOWrapper(typed, "utf-8", newline=""))
        assert (said("query", "-").code, said.stdout, canary.calls) == (2, "", [])


@pytest.mark.parametrize("name", ["x.ods", "x.docx", "x.TTL", "x.Html", "x", "x.tar.gz"])
@pytest.mark.parametrize(
    ("words", "known"),
    [
        (("ask", "labs-by-territory"), ".xlsx, .parquet, .ttl"),
        (("query", "own.rq"), ".xlsx, .parquet, .ttl"),
        (("measures",), ".csv"),
        (("synergies",), ".ttl"),
        (("map", "co-organisation"), ".html"),
        (("figure", "co-organisation"), ".svg, .png, .pdf"),
        (("graph", "co-organisation"), ".gexf, .graphml, .json"),
        (("diff", "a.nq", "b.nq"), ".txt, .ttl, .json"),
        (("identity", "cluster", "own.csv", "--column", "a"), ".csv"),
        (("reconcile", "own.csv", "--column", "a"), ".csv"),
        (("template",), ".xlsx"),
    ],
)
def test_a_suffix_that_names_no_format_writes_nothing(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], known: str, name: str
) -> None:
    if (words, name) == (("template",), "x"):
        return  # a folder
    (tmp_path / "own.rq").write_text("ASK {}", encoding="utf-8")
    (tmp_path / "own.csv").write_text("a\nTi Lab\n", encoding="utf-8")
    for graph in ("a.nq", "b.nq"):
        (tmp_path / graph).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert said(*words, "-o", name).code == 2
    assert f"Le format « {Path(name).suffix or name} » n'existe pas ici." in said.stderr
    assert known in said.stderr.partition("Formats possibles : ")[2]
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("text", "words", "code", "sentence"),
    [
        ("SELECT ?s {\n ?s }", (), 1, "ne se lit pas"),
        ("DELETE WHERE { ?s ?p ?o }", (), 2, "elle modifie le graphe (DELETE)"),
        ("SELECT * { ?s ?p ?o }", ("--format", "ttl"), 2, "Formats possibles : table, csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ("--format", "csv"), 2, "Formats possibles : ttl"),
        ("ASK " + "{" * 5000 + "}" * 5000, (), 2, "plus de 400 niveaux"),
        ("ASK {}" + " " * 200_000, (), 2, "dépasse 200000 signes"),
        ("ASK { ?s ?p 'a }", (), 2, "ligne 1, signe 13"),
        ("SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f FILTER(?o != ?f) }", ("--timeout", "1"), 3, "après 1 s"),
    ],
)
def test_a_query_that_fails(
    said: Said, tmp_path: Path, text: str, words: tuple[str, ...], code: int, sentence: str
) -> None:
    file = tmp_path / "own.rq"
    file.write_text(text, encoding="utf-8")
    asked = said("query", str(file), *words)
    assert (asked.code, asked.stdout) == (code, "")
    assert sentence in asked.stderr
