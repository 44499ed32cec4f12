"""Spark runs the published model as DuckDB does: same pairs, same levels, same scores, on all the real names."""

import os
import subprocess
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

import polars as pl
import pytest

from maillage.cli import command_line
from maillage.graph.build import read_whole
from maillage.graph.proposals import bodies_of
from maillage.matching import score
from maillage.matching.labels import fresh_pairs, read_pairs
from maillage.matching.model import model
from maillage.matching.score import NameEntry, between, within
from tests.conftest import ROOT
from tests.matching.real import challenges, sponsors

NUMBERS = ("score", "weight")
# Names of the directory whose likeness is just below 0.92 where half a transposed letter counts, just above where not.
NEAR_A_BOUND = [
    "Bureau de douane - Nice - Port",
    "Bureau de douane - Marseille - Port",
    "Bureau de douane - Le Havre - Port",
    "Crédit municipal - Périgueux",
    "Crédit municipal - Poitiers",
    "Crédit municipal - Besançon",
    "Crédit municipal - Nevers",
    "Centre régional information jeunesse - Bourgogne-Franche-Comté - Dijon 21231-01",
    "Centre régional information jeunesse - Ajaccio",
]


@pytest.fixture
def unrounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "SCORES", 12)


class Without(MetaPathFinder):
    """An interpreter where this library is not installed."""

    def __init__(self, library: str) -> None:
        self.library = library

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == self.library:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def assert_same(spark: pl.DataFrame, duckdb: pl.DataFrame) -> None:
    """Same pairs, each at the same levels; scores and weights within a millionth, before they are rounded."""
    assert spark.drop(NUMBERS).equals(duckdb.drop(NUMBERS))
    for column in NUMBERS:
        assert spark.select((pl.col(column) - duckdb[column]).abs().max()).item() <= 1e-6


@pytest.mark.needs("shared", "spark")
def test_all_challenges_against_all_of_beta_gouv(shared: Path, unrounded: None) -> None:
    hosts, known = ([NameEntry(name) for name in names] for names in (challenges(shared), sponsors(shared)))
    found = between(hosts, known)
    assert (len(hosts), len(known)) == (71, 288)
    assert len(found) > 100
    assert_same(between(hosts, known, "spark"), found)


@pytest.mark.needs("shared", "spark")
def test_names_that_reach_every_level(unrounded: None) -> None:
    """Of our sources, with territory and identifier, of the judged pairs, and some near a bound."""
    bodies = bodies_of(read_whole(), "organisation")
    ours = [NameEntry(name, one.territory, one.identifier) for one in bodies for name in one.names]
    others = {name for pair in (*read_pairs(), *fresh_pairs()) for name in (pair.a, pair.b)}.union(NEAR_A_BOUND)
    judged = [NameEntry(name) for name in sorted(others)]
    judged += [
        NameEntry("Bureau de douane - Nice - Port", "", "", place) for place in ("1 quai A", "1, quai A", "2 quai B")
    ]
    found = within([*ours, *judged])
    assert levels(found) == {(one.name, level.name) for one in model().comparisons for level in one.levels}
    assert_same(within([*ours, *judged], "spark"), found)


def levels(found: pl.DataFrame) -> set[tuple[str, str]]:
    gammas = [(one, gamma) for one in model().comparisons for gamma in found[f"gamma_{one.name}"].unique().to_list()]
    return {(one.name, level.name) for one, gamma in gammas if (level := one.level(gamma))}


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`maillage identity cluster` of the names there, in a process of its own, as a person starts it."""
    wanted = ("identity", "cluster", "names.csv", "--column", "name", "-o", "out.csv", "--lang", "en", *words)
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    return subprocess.run(
        [sys.executable, "-m", "maillage", *wanted],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path, shared: Path) -> Path:
    names = pl.DataFrame({"name": [*challenges(shared), *sponsors(shared)]})
    names.write_csv(tmp_path / "names.csv")
    return tmp_path


@pytest.mark.needs("shared", "spark")
@pytest.mark.parametrize("master", ["", "local-cluster[2,1,1024]"], ids=["alone", "workers"])
def test_a_list_is_grouped_alike_and_nothing_else_is_said_or_left(folder: Path, master: str) -> None:
    """Alone, and on two workers that are processes of their own."""
    plain = run(folder)
    grouped = (folder / "out.csv").read_bytes()
    (folder / "out.csv").unlink()
    submitted = {"PYSPARK_SUBMIT_ARGS": f"--master {master} pyspark-shell"} if master else {}
    found = run(folder, "--engine", "spark", **submitted)
    assert (found.returncode, found.stdout, found.stderr) == (0, plain.stdout, "")
    assert (folder / "out.csv").read_bytes() == grouped
    assert {path.name for path in folder.iterdir()} == {"names.csv", "out.csv"}


@pytest.mark.needs("shared", "spark")
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"JAVA_HOME": "."}, "Spark needs Java, which this machine has not. Install Java 17"),
        ({"PYSPARK_SUBMIT_ARGS": "--no-such-option pyspark-shell"}, "Spark stopped: Error: Unrecognized option"),
        ({"PYSPARK_SUBMIT_ARGS": "--master nowhere pyspark-shell"}, "Spark stopped: "),
    ],
    ids=["java", "option", "master"],
)
def test_a_spark_that_cannot_run_is_a_sentence(folder: Path, environment: dict[str, str], said: str) -> None:
    found = run(folder, "--engine", "spark", **environment)
    assert (found.returncode, found.stdout) == (3, "")
    assert found.stderr.startswith(said)
    assert found.stderr.count("\n") == 1
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "Il manque la bibliothèque pyspark."), ("en", "The library pyspark is missing.")]
)
def test_without_the_library_the_extra_is_named(
    lang: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "meta_path", [Without("pyspark"), *sys.meta_path])
    given, target = tmp_path / "names.csv", tmp_path / "out.csv"
    given.write_text("name\nDITP\n", encoding="utf-8")
    words = ("identity", "cluster", str(given), "--column", "name", "-o", str(target), "--engine", "spark")
    assert command_line(["--lang", lang, *words]) == 3
    assert capsys.readouterr().err == f"{said} pip install 'maillage[spark]'\n"
    assert not target.exists()
