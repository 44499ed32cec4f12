"""`maillage new`: each kind begun in a copy of the checkout, where nothing passes as judged; and what is refused."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maillage.cli import command_line
from maillage.skeleton.kinds import KINDS, fill, lay
from tests.conftest import ROOT
from tests.refusals import raises

FACTS = {"title": "Une page : « A »", "publisher": 'La "Une"', "address": "https://a.fr", "date": "2024-05-06"}
SOURCE = [word for name, fact in FACTS.items() for word in (f"--{name}", fact)]
TO_WRITE = ("(à écrire)", "(to write)")  # what a skeleton leaves to write, until its author has


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git would hold of this checkout, copied: the commands write there."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def new(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "maillage", "new", *words, "--lang", "en"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


@pytest.mark.slow
def test_a_question_is_not_judged_until_its_author_has(checkout: Path) -> None:
    ended = new(checkout, "question", "labs-here", "--theme", "territories")
    assert ended.returncode == 0, ended.stderr
    case = checkout / "tests/cases/queries/labs-here"
    assert (case / "expected.csv").read_text("utf-8").startswith("labLabel,territoryLabel\nLab Deux,Région Deux\n")
    assert "### labs-here" in (checkout / "docs/reference/questions.md").read_text("utf-8")
    assert "test_golden[queries/labs-here] - AssertionError: labs-here: judge its rows" in ended.stdout
    assert "3 failed" in ended.stdout  # that, the near miss, and no case that gives a territory
    assert fill(KINDS / "question/remains.en.txt", {"NAME": "labs-here"}).rstrip() in ended.stdout

    judged = (case / "case.yml").read_text("utf-8").partition("to_judge")[0]
    (case / "case.yml").write_text(judged.replace("absent: []", "absent:\n- labLabel: Lab Trois"), encoding="utf-8")
    test = ["-m", "pytest", "-q", "-n", "0", "tests/queries/test_golden.py", "-k", "labs-here]"]
    assert subprocess.run([sys.executable, *test], cwd=checkout, capture_output=True, check=False).returncode == 0
    again = [sys.executable, "-m", "tests.queries.golden", "labs-here"]
    assert b"judged already" in subprocess.run(again, cwd=checkout, capture_output=True, check=False).stderr


@pytest.mark.slow
def test_a_question_takes_body_graph_and_values_of_another(checkout: Path) -> None:
    ended = new(checkout, "question", "my-sponsors", "--theme", "links", "--like", "sponsors-of-product")
    assert ended.returncode == 0, ended.stderr
    text, twin = (
        (checkout / "queries/links" / f"{name}.rq").read_text("utf-8")
        for name in ("my-sponsors", "sponsors-of-product")
    )
    assert text.partition("\n#+ parameters:")[2] == twin.partition("\n#+ parameters:")[2]
    assert text.startswith(f"#+ summary:\n#+   fr: {TO_WRITE[0]}")
    case = (checkout / "tests/cases/queries/my-sponsors/case.yml").read_text("utf-8")
    assert "graph_of: sponsors-of-product" in case
    assert "judge its rows" in ended.stdout


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["theme-links", "labs-by-method"])
def test_a_map_is_not_judged_until_its_author_has(checkout: Path, asked: str) -> None:
    name = f"map-of-{asked}"
    ended = new(checkout, "map", name, "--question", asked)
    assert ended.returncode == 0, ended.stderr
    assert f"test_golden[maps/{name}] - AssertionError: {name}: judge what is drawn" in ended.stdout
    assert "1 failed, 1 passed" in ended.stdout
    assert f"| `{name}` | {TO_WRITE[0]}" in (checkout / "docs/reference/maps.md").read_text("utf-8")
    assert "points:\n" in (checkout / f"tests/cases/maps/{name}/case.yml").read_text("utf-8")


@pytest.mark.slow
def test_a_source_is_checked_alone(checkout: Path) -> None:
    ended = new(checkout, "source", "one-page", *SOURCE)
    assert ended.returncode == 0, ended.stderr
    folder = checkout / "data/one-page"
    heads = [
        (place / "events.csv").read_text("utf-8").splitlines()
        for place in (folder, ROOT / "data/horizons-publics-2021")
    ]
    assert heads[0] == heads[1][:1]
    assert 'title: "Une page : « A »"' in (folder / "source.yml").read_text("utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "maillage", "check", "--only", "one-page", "--lang", "en"],
        cwd=checkout, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "0 error(s)" in checked.stdout, checked.stdout


@pytest.mark.slow
def test_a_format_is_one_of_the_list_and_not_judged(checkout: Path) -> None:
    ended = new(checkout, "format", "one-more", "--suffix", ".more")
    assert ended.returncode == 0, ended.stderr
    assert "one_more.py::test_one_more - AssertionError: one-more: read back" in ended.stdout
    assert "1 failed, 2 passed" in ended.stdout  # the tests of every format of tables
    assert '    Format("one-more", ' in (checkout / "maillage/export/__init__.py").read_text("utf-8")
    for again in (["one-more", "--suffix", ".other"], ["other", "--suffix", "more"]):
        assert "one-more (.more) exists already" in new(checkout, "format", *again).stderr
    test = checkout / "tests/export/test_one_more.py"
    test.write_text(test.read_text("utf-8").replace('TO_JUDGE = "', 'TO_JUDGE = ""  # "'), encoding="utf-8")
    run = [sys.executable, "-m", "pytest", "-q", "-n", "0", str(test)]
    assert subprocess.run(run, cwd=checkout, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_a_facet_is_one_of_the_list(checkout: Path) -> None:
    listed = checkout / "visualize/facets.json"
    before = json.loads(listed.read_text("utf-8")) if listed.exists() else {"kind": {"of": "bodies", "read": "letter"}}
    listed.write_text(json.dumps(before, indent=2), encoding="utf-8")
    assert new(checkout, "facet", "audience").returncode == 0
    after = json.loads(listed.read_text("utf-8"))
    assert after.pop("audience")["column"] == "audiences"
    assert after == before
    assert "audience exists already" in new(checkout, "facet", "audience").stderr


@pytest.mark.slow
def test_nothing_is_half_written(checkout: Path) -> None:
    before = files(checkout)
    ended = new(checkout, "map", "no-ends", "--question", "labs-by-kind")
    assert ended.returncode == 1
    assert "visualize/maps/no-ends.yml" in ended.stderr
    assert files(checkout) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["question", "partners-of", "--theme", "events"], "queries/links/partners-of.rq exists already."),
        (["map", "ego", "--question", "partnership-links"], "exists already."),
        (["source", "cordis", *SOURCE], "data/cordis/source.yml exists already."),
        (["question", "Labs_Here", "--theme", "events"], "“Labs_Here” is no name."),
        (["map", "../ego", "--question", "partnership-links"], "“../ego” is no name."),
        (["source", "a--b", *SOURCE], "“a--b” is no name."),
    ],
)
def test_what_is_there_and_what_is_no_name_are_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line(["new", *words, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err


def test_it_works_in_a_checkout_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    (tmp_path / "queries").mkdir()
    assert command_line(["new", "source", "one-page", *SOURCE, "--lang", "en"]) == 2
    assert "is no checkout" in capsys.readouterr().err


def test_files_are_laid_down_all_or_none(tmp_path: Path) -> None:
    there, new_file = tmp_path / "there.txt", tmp_path / "folder" / "new.txt"
    there.write_text("old", encoding="utf-8")
    with raises("name-taken"), lay({new_file: "new", there: "new"}):
        pass
    with pytest.raises(KeyboardInterrupt), lay({new_file: "new", tmp_path / "other.txt": "new"}):
        (new_file.parent / "beside.csv").touch()
        raise KeyboardInterrupt
    assert files(tmp_path) == {there}
    assert list(tmp_path.iterdir()) == [there]
    assert there.read_text("utf-8") == "old"


def test_each_kind_says_what_remains_in_every_language() -> None:
    kinds = [path for path in KINDS.iterdir() if path.is_dir() and path.name != "__pycache__"]
    for kind in kinds:
        said = {lang: fill(kind / f"remains.{lang}.txt", {"NAME": "my-name"}) for lang in ("fr", "en")}
        assert len({len(text.splitlines()) for text in said.values()}) == 1
        assert all("my-name" in text for text in said.values())


def test_nothing_is_left_to_write() -> None:
    """What a skeleton leaves to its author is found, wherever its files go."""
    cards = [path for folder in ("queries", "visualize", "data", "docs") for path in (ROOT / folder).rglob("*.*")]
    texts = [path for path in cards if path.suffix in {".rq", ".yml", ".md"} and "node_modules" not in path.parts]
    assert [path for path in texts if any(words in path.read_text("utf-8") for words in TO_WRITE)] == []
    assert all(words in (KINDS / "question/queries/THEME/NAME.rq").read_text("utf-8") for words in TO_WRITE)
