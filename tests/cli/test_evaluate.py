"""`maillage evaluate` on a small cut of the data, and what it says when it cannot."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from maillage.cli import command_line
from maillage.visualize.scoreboard import scoreboard_figure
from tests.conftest import SHARED

H2020, BETA = SHARED / "data" / "cordis_h2020_eunets", SHARED / "data" / "betagouv"
SMALL = ["--queries", "40", "--seed", "3"]
FEW = ["--queries", "10", "--seed", "3"]


def _run(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = command_line(["evaluate", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def _cut(folder: Path) -> Path:
    """The rows of the projects whose number divides by 16, in a folder of their own."""
    folder.mkdir()
    for name in ("h2020.csv.gz", "programme_parts.csv.gz"):
        head, *rows = gzip.decompress((H2020 / name).read_bytes()).decode().splitlines()
        kept = [row for row in rows if int(row.split(",")[0]) % 16 == 0]
        (folder / name).write_bytes(gzip.compress("\n".join([head, *kept]).encode()))
    return folder


@pytest.mark.slow
@pytest.mark.needs("shared")
def test_h2020_twice_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, written = _cut(tmp_path / "cut"), []
    for turn in ("one", "two"):
        folder = tmp_path / turn
        words = [
            "h2020",
            "--data",
            str(data),
            "--split",
            "2018",
            "--json",
            str(folder / "x.json"),
            "--write",
            str(folder),
        ]
        code, out, _ = _run(*words, *FEW, capsys=capsys)
        assert code == 0
        written.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert written[0] == written[1]
    assert set(written[0]) == {"x.json", "scoreboard-h2020.md", "scoreboard-h2020.svg"}
    assert "newcomers" in out
    page = written[0]["scoreboard-h2020.md"].decode()
    found = json.loads(written[0]["x.json"])["regimes"]["all"]["methods"]["learned"]["auc"]
    assert f"{found[0]:.3f} ({found[1]:.3f}–{found[2]:.3f})" in page


@pytest.mark.slow
@pytest.mark.needs("shared")
def test_betagouv_runs_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "b.json"
    code, *_ = _run("betagouv", "--data", str(BETA), "--split", "2023", "--json", str(file), *SMALL, capsys=capsys)
    result = json.loads(file.read_text(encoding="utf-8"))
    assert (code, result["network"], result["split"], result["activities"]) == (0, "betagouv", 2023, 662)
    assert result["regimes"]["all"]["queries"] > 20


def test_a_file_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = _run("h2020", "--data", str(tmp_path), capsys=capsys)
    assert code == 1
    assert "h2020.csv.gz n'existe pas" in err


def test_a_column_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "h2020.csv.gz").write_bytes(gzip.compress(b"rcn,role\n1,x\n"))
    code, _, err = _run("h2020", "--data", str(tmp_path), "--lang", "en", capsys=capsys)
    assert (code, "has no column “pic”" in err) == (1, True)


@pytest.mark.parametrize("body", ["{", "{}", '{"data": [{"id": "x"}]}'])
def test_json_of_another_shape_is_refused(body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sponsors.json").write_text("{}", encoding="utf-8")
    (tmp_path / "startups.json").write_text(body, encoding="utf-8")
    code, _, err = _run("betagouv", "--data", str(tmp_path), capsys=capsys)
    assert code == 1
    assert "startups.json ne se lit pas" in err


@pytest.mark.needs("shared")
def test_a_split_without_a_future_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "b.json"
    code, _, err = _run("betagouv", "--data", str(BETA), "--split", "2040", "--json", str(file), *SMALL, capsys=capsys)
    assert (code, file.exists()) == (1, False)
    assert "aucun lien nouveau à partir de 2040" in err


def test_the_commands_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["h2021", "--data", str(tmp_path)], ["h2020"], ["h2020", "--data", str(tmp_path / "none")]):
        code, _, err = _run(*words, capsys=capsys)
        assert code == 2
        assert "Traceback" not in err


def test_the_figure_says_each_regime_and_repeats() -> None:
    methods = {"degree": {"auc": [0.5, 0.4, 0.6]}, "learned": {"auc": [0.7, 0.6, 0.8]}}
    result: dict[str, Any] = {"regimes": {"all": {"methods": methods}, "newcomers": {"methods": methods}}}
    body = scoreboard_figure(result, {"all": 0.72})
    assert body == scoreboard_figure(result, {"all": 0.72})
    assert b"newcomers" in body
    assert b"learned" in body
