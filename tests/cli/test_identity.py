"""`maillage identity …` and `maillage reconcile` as a person meets them, on real names and on spoiled files."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from maillage.cli import command_line
from maillage.cli.identity import review
from maillage.cli.lazy import Settings
from maillage.graph.decide import next_batch
from maillage.graph.identity import published_iris
from maillage.graph.proposals import Proposal, write_proposals

pytestmark = pytest.mark.sample(2)

Capture = pytest.CaptureFixture[str]
Rows = list[dict[str, str]]


def run(*words: str) -> int:
    return command_line(["--lang", "en", *words])


def rows(path: Path, separator: str = ",") -> Rows:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""), delimiter=separator))


def listed(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_french_list_is_grouped_and_kept_whole(tmp_path: Path) -> None:
    text = '\ufeffNom;Note\nVille de Paris;"a;b"\n\nMairie de Paris;\n;vide\nMétropole - Nantes;"deux\nlignes"\n'
    assert (
        run("identity", "cluster", str(listed(tmp_path, text)), "--column", "Nom", "-o", str(tmp_path / "o.csv")) == 0
    )
    found = rows(tmp_path / "o.csv", ";")
    assert [row["Nom"] for row in found] == ["Ville de Paris", "Mairie de Paris", "", "Métropole - Nantes"]
    assert [row["Note"] for row in found] == ["a;b", "", "vide", "deux\nlignes"]
    city, town_hall, empty, metropole = (row["cluster"] for row in found)
    assert city == town_hall != metropole
    assert empty == ""


def test_a_bare_list_of_names_needs_no_quotes(tmp_path: Path) -> None:
    given = listed(tmp_path, "Nom\nMinistère de l'Intérieur, Mission des données\nDITP\n")
    assert run("identity", "cluster", str(given), "--column", "Nom", "-o", str(tmp_path / "o.csv")) == 0
    assert [row["Nom"] for row in rows(tmp_path / "o.csv")] == ["Ministère de l'Intérieur, Mission des données", "DITP"]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    given = listed(tmp_path, "name\nDITP\nDirection interministérielle de la transformation publique\nTi Lab\n")
    for name in ("a.csv", "b.csv"):
        assert run("identity", "cluster", str(given), "--column", "name", "-o", str(tmp_path / name)) == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_columns_beside_the_name_are_used(tmp_path: Path) -> None:
    communes = "Mairie - Montreuil,Vendée,\nMairie - Montreuil,Eure-et-Loir,\n"
    text = f"name,where,siren\n{communes}DINUM,,130 025 265 00013\nX,,130025265\n"
    wanted = ("--column", "name", "--territory", "where", "--identifier", "siren")
    assert run("identity", "cluster", str(listed(tmp_path, text)), *wanted, "-o", str(tmp_path / "o.csv")) == 0
    one, other, digital, same = (row["cluster"] for row in rows(tmp_path / "o.csv"))
    assert one != other
    assert digital == same


@pytest.mark.parametrize(
    ("body", "column", "said"),
    [
        (b"Nom;Note\nA;b\n", "Name", "has no column"),
        (b"", "Nom", "is empty"),
        (b"Nom\n\xe9t\xe9\n", "Nom", "is not UTF-8"),
        (b"Nom\0\n", "Nom", "does not hold text"),
        (b"Nom;Note\nA;b\nB\nC;d;e\n", "Nom", ":4:"),
        (b"Nom;Note\n" + b"x" * 200_000 + b";y\n", "Nom", "does not hold text"),
        (b"Nom;cluster\nA;1\n", "Nom", "already has a column"),
    ],
    ids=["column", "empty", "latin-1", "binary", "ragged", "huge", "taken"],
)
def test_a_spoiled_list_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: Capture, body: bytes, column: str, said: str
) -> None:
    given, target = tmp_path / "list.csv", tmp_path / "o.csv"
    given.write_bytes(body)
    target.write_text("before", encoding="utf-8")
    assert run("identity", "cluster", str(given), "--column", column, "-o", str(target)) in (1, 2)
    assert said in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "before"
    assert given.read_bytes() == body


def test_a_list_is_never_written_over(tmp_path: Path, capsys: Capture) -> None:
    given = listed(tmp_path, "Nom\nTi Lab\n")
    assert run("identity", "cluster", str(given), "--column", "Nom", "-o", str(given)) == 2
    assert "overwrite" in capsys.readouterr().err
    assert given.read_text(encoding="utf-8") == "Nom\nTi Lab\n"


def test_a_list_without_rows_gives_its_header(tmp_path: Path) -> None:
    given = listed(tmp_path, "Nom\n")
    assert run("identity", "cluster", str(given), "--column", "Nom", "-o", str(tmp_path / "o.csv")) == 0
    assert (tmp_path / "o.csv").read_text(encoding="utf-8") == "Nom,cluster,cluster_name,score\n"


def test_names_are_found_in_the_graph_of_the_article(tmp_path: Path, built_out: Path) -> None:
    names = [
        "Ti Lab",
        "DITP",
        "Direction interministérielle de la transformation publique",
        "Mairie de Grenoble",
        "Métropole de Grenoble",
        "Manufacture des tabacs bleus",
    ]
    given = listed(tmp_path, "\n".join(["name", *names, ""]))
    target = tmp_path / "found.csv"
    assert run("reconcile", str(given), "--column", "name", "-o", str(target), "--out", str(built_out)) == 0
    found = {row["name"]: row for row in rows(target)}
    iris = published_iris()
    assert found["Ti Lab"]["iri"] == iris["horizons-publics-2021", "ti-lab"]
    assert found["DITP"]["iri"] == found[names[2]]["iri"] == iris["central-bodies", "ditp"]
    assert found["DITP"]["candidate_why_1"] == "the acronym is that of the name"
    assert found["Mairie de Grenoble"]["iri"] == iris["local-authorities", "ville-de-grenoble"]
    doubtful, absent = found["Métropole de Grenoble"], found["Manufacture des tabacs bleus"]
    assert (doubtful["iri"], doubtful["status"]) == ("", "review")
    assert doubtful["candidate_1"] == iris["local-authorities", "grenoble-alpes-metropole"]
    assert (absent["iri"], absent["status"], absent["candidate_1"]) == ("", "review", "")


def test_reconciling_needs_a_build(tmp_path: Path, capsys: Capture) -> None:
    given = listed(tmp_path, "name\nTi Lab\n")
    assert (
        run("reconcile", str(given), "--column", "name", "-o", str(tmp_path / "o.csv"), "--out", str(tmp_path / "no"))
        == 3
    )
    assert "Run maillage build" in capsys.readouterr().err


def test_the_measures_are_written(tmp_path: Path, capsys: Capture) -> None:
    assert run("identity", "evaluate", "--json", str(tmp_path / "m.json")) == 0
    assert "| splink |" in capsys.readouterr().out
    for measures in json.loads((tmp_path / "m.json").read_text(encoding="utf-8")).values():
        assert [one["way"] for one in measures] == ["splink", "cluster", "folded", "token-sort"]


def test_half_a_command_names_the_others(capsys: Capture) -> None:
    assert run("identity") == 2
    assert "identity cluster" in capsys.readouterr().err
    assert run("identity", "clutser") == 2
    assert "identity cluster" in capsys.readouterr().err


# --- decisions ---------------------------------------------------------------------------------------


@pytest.fixture
def home(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real cards, to decide on without touching the project."""
    for folder in ("data", "graph", "ontology", "queries"):
        shutil.copytree(root / folder, tmp_path / folder)
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    monkeypatch.setenv("MAILLAGE_OUT", str(tmp_path / "out"))
    return tmp_path


def decisions(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "graph/identity").iterdir()}


def forget(home: Path, line: str) -> None:
    """Takes one decision of the project out of its file."""
    for path in (home / "graph/identity").iterdir():
        kept = [row for row in path.read_text("utf-8").splitlines(keepends=True) if not row.startswith(line)]
        path.write_text("".join(kept), encoding="utf-8")


@pytest.mark.slow
def test_what_is_sure_is_applied_and_taken_back(home: Path, capsys: Capture) -> None:
    forget(home, "ditp-reseau-labs-2024:ditp,")
    before, batch = decisions(home), next_batch()
    assert run("identity", "propose", "--with", "ditp-reseau-labs-2024") == 0
    proposed = rows(home / "out/identity/proposals.csv")
    (sure,) = [row for row in proposed if row["decision"] == "same"]
    assert "ditp-reseau-labs-2024:ditp" in (sure["a"], sure["b"])
    assert all("ditp-reseau-labs-2024:" in row["a"] + row["b"] for row in proposed)
    assert decisions(home) == before
    assert run("identity", "apply") == 0
    assert f"batch {batch}" in capsys.readouterr().out
    (written,) = (body for name, body in decisions(home).items() if body != before[name])
    assert b",same,splink," in written
    assert run("identity", "propose", "--with", "ditp-reseau-labs-2024") == 0
    assert "same" not in [row["decision"] for row in rows(home / "out/identity/proposals.csv")]
    sources = ",".join(sure[end].partition(":")[0] for end in "ab")
    assert run("build", "--only", f"{sources},insee-cog") == 0
    assert run("identity", "undo") == 0
    assert decisions(home) == before
    for _ in range(1, batch):
        assert run("identity", "undo") == 0
    assert run("identity", "undo") == 2


def proposal(a: str, b: str, decision: str = "review") -> Proposal:
    (left, one), (right, other) = a.split(":"), b.split(":")
    return Proposal((left, one), "A", (right, other), "B", 0.5, decision, "1", {"name": "part"})


DOUBTFUL = [
    proposal("labs-directory:fabrique-a-idees", "curious-lab-hauts-de-seine-2021:curious-lab"),
    proposal("labs-directory:bercy-lab", "horizons-publics-2021:ministere-economie-finances-relance"),
    proposal("labs-directory:pole-emploi", "labs-directory:lab-pole-emploi"),
]


def reviewed(home: Path, keys: str) -> str:
    write_proposals(home / "out/identity/proposals.csv", DOUBTFUL)
    done = CliRunner().invoke(review, ["--as", "archivist"], input=keys, obj=Settings(lang="en"))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.slow
def test_each_answer_is_written_at_once(home: Path) -> None:
    before = decisions(home)["labs-directory.csv"]
    said = reviewed(home, "d\nTwo labs.\nk\nq\n")
    assert "1 decision(s) written" in said
    (line,) = decisions(home)["labs-directory.csv"].removeprefix(before).decode().splitlines()
    assert line.startswith(
        "labs-directory:fabrique-a-idees,curious-lab-hauts-de-seine-2021:curious-lab,different,archivist,"
    )
    assert line.endswith(",Two labs.")
    assert "fabrique-a-idees" not in reviewed(home, "q\n")
    stopped = CliRunner().invoke(review, [], input="d\nDeux.\n", obj=Settings(lang="fr"))  # then Ctrl-C
    assert "\n1 décision(s) écrite(s)" in stopped.output


@pytest.mark.slow
def test_an_answer_settles_what_follows_from_it(home: Path) -> None:
    one = "transfo-27e-region-2020:metropole-de-lille"
    near = [
        proposal(one, "labs-directory:pole-emploi"),
        proposal("labs-directory:pole-emploi", "labs-directory:bercy-lab"),
    ]
    far = proposal("labs-directory:bercy-lab", "local-authorities:metropole-europeenne-de-lille")
    write_proposals(home / "out/identity/proposals.csv", [*near, far])
    forget(home, "labs-directory:pole-emploi,")
    with (home / "graph/identity/labs-directory.csv").open("a", encoding="utf-8") as file:
        file.write(f"labs-directory:bercy-lab,{one},different,curator,2026-11-24,Deux.\n")
    before = decisions(home)
    done = CliRunner().invoke(review, [], input="s\n\ns\n\n", obj=Settings(lang="en"))
    assert done.exit_code == 0, done.output
    written = {name: body for name, body in decisions(home).items() if body != before[name]}
    assert list(written) == ["transfo-27e-region-2020.csv"]
    assert "1 decision(s) written" in done.output


def test_a_batch_that_contradicts_a_decision_is_refused_with_its_chain(home: Path, capsys: Capture) -> None:
    before = decisions(home)
    ccas, city = "horizons-publics-2021:ccas-grenoble", "local-authorities:ville-de-grenoble"
    middle = "labs-directory:bercy-lab"
    chain = [proposal(ccas, middle, "same"), proposal(middle, city, "same")]
    write_proposals(home / "out/identity/proposals.csv", chain)
    assert run("identity", "apply") == 1
    said = capsys.readouterr().err
    assert f"{ccas} and {city} are said to differ" in said
    assert middle in said
    assert decisions(home) == before


def test_what_is_decided_is_not_asked_again(home: Path) -> None:
    known = proposal("horizons-publics-2021:ccas-grenoble", "local-authorities:ville-de-grenoble")
    write_proposals(home / "out/identity/proposals.csv", [known])
    done = CliRunner().invoke(review, [], input="", obj=Settings(lang="en"))
    assert "0 decision(s)" in done.output


def test_reviewing_before_proposing_says_what_to_do(home: Path, capsys: Capture) -> None:
    for command in ("review", "apply"):
        assert run("identity", command) == 2
        assert "maillage identity propose" in capsys.readouterr().err


def test_one_decision_is_taken_back(home: Path) -> None:
    before = decisions(home)
    assert run("identity", "undo", "horizons-publics-2021:ditp", "ditp-reseau-labs-2024:ditp") == 0
    assert b"same" in before["ditp-reseau-labs-2024.csv"]
    assert b"same" not in decisions(home)["ditp-reseau-labs-2024.csv"]


def test_an_unknown_source_is_refused(home: Path, capsys: Capture) -> None:
    assert run("identity", "propose", "--with", "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err
