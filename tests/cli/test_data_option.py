"""`--data`: measures, communities and suggestions of a table of participations, and what is said when it cannot be."""

import json
from pathlib import Path

import pytest

from maillage.cli import command_line
from tests.network.test_participations import SMALL, table

# e was met by b alone, and has nobody in common with a, c, d but b
TEXT = f"{SMALL}b,p4,2020,HES,BE,roads\ne,p4,2020,PUB,DE,roads\nf,p5,2020,PUB,DE,\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("MAILLAGE_LANG", raising=False)
    return str(table(tmp_path, TEXT))


def test_measures_of_a_table(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["measures", "--data", data, "--format", "json"]) == 0
    rows = {row["body"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert [(rows[name]["degree"], rows[name]["kind"]) for name in "abf"] == [(2, "PUB"), (3, "HES"), (0, "PUB")]
    assert command_line(["measures", "--data", data, "--since", "2021", "--format", "json"]) == 0
    rows = {row["body"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert [rows[name]["degree"] for name in "abcd"] == [0, 0, 1, 1]


@pytest.mark.parametrize(("more", "degree"), [([], 1), (["--largest", "9"], 8)])
def test_an_activity_of_more_than_eight_makes_no_pairs_unless_asked(
    more: list[str], degree: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(table(tmp_path, "body,activity\n" + "".join(f"{one},nine\n" for one in "abcdefghi") + "a,two\nb,two\n"))
    assert command_line(["measures", "--data", data, "--format", "json", *more]) == 0
    rows = {row["body"]: row["degree"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert (rows["a"], rows["c"]) == (degree, 8 if more else 0)


def test_a_graph_was_built_with_its_largest(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("measures", "communities"):
        assert command_line([command, "--largest", "9"]) == 2
        assert capsys.readouterr().err == (
            "D'un graphe, c'est la construction qui dit quelles activités font des liens : --largest est à elle, ou à "
            "--data. Reconstruire (maillage build --largest 9), ou donner une table de participations "
            "(--data FICHIER).\n"
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--largest", "1"], "La valeur de --largest ne convient pas. Il faut un nombre entier, 2 ou plus."),
        (["roundtable", "--theme", "x", "--size", "31"], "Il faut un nombre entier, de 2 à 30."),
        (["serve", "--time-limit", "0"], "Il faut un nombre, de 0.1 à 600."),
    ],
)
def test_a_number_out_of_bounds_is_told_them(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(words) == 2
    assert said in capsys.readouterr().err


def test_communities_of_a_table(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["communities", "--data", data, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["body"] for row in rows} == set("abcde")
    assert all(0 <= row["stability"] <= 1 for row in rows)


def test_suggestions_of_a_table(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "suggestions.json"
    assert command_line(["synergies", "--data", data, "--kind", "PUB", "--top", "1", "-o", str(file)]) == 0
    said = capsys.readouterr()
    assert "2 organismes conseillés sur 3" in said.err  # f did all alone
    rows = {row["body"]: row for row in json.loads(file.read_text("utf-8"))["rows"]}
    assert {body: (row["partner"], row["introducer"]) for body, row in rows.items()} == {
        "a": ("e", "b"),
        "e": ("a", "b"),
    }
    assert (rows["a"]["sharedWithBody"], rows["a"]["sharedWithPartner"], rows["a"]["themes"]) == ("p1", "p4", "roads")
    points = sum(value for name, value in rows["a"].items() if name.endswith("Points"))
    assert rows["a"]["score"] == pytest.approx(points, abs=1e-3)


def test_a_table_of_one_s_own_has_no_licence_of_ours(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["--lang", "en", "synergies", "--data", data, "--body", "a"]) == 0
    said = capsys.readouterr().out
    assert "not stated" in said
    assert str(Path(data).parent) not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--territory", "FR"], "territory"), (["--theme", "roads"], "theme"), (["--why", "a", "b"], "why"),
        (["--kind", "XYZ"], "HES"), (["--body", "nobody"], "nobody"), (["--ttl"], "ttl"),
    ],
)  # fmt: skip
def test_what_a_table_cannot_be_asked(
    data: str, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line(["synergies", "--data", data, *words]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said


def test_a_kind_is_asked_of_a_table_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["synergies", "--kind", "PUB"]) == 2
    assert "--data" in capsys.readouterr().err


def test_a_bad_date_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = str(table(tmp_path, "body,activity,start\na,p,2020\nb,p,hier\n"))
    for command in ("measures", "communities", "synergies"):
        assert command_line([command, "--data", bad]) == 1
        assert "parts.csv:3:start" in capsys.readouterr().err


def test_a_table_without_a_pair_has_measures_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = str(table(tmp_path, "body,activity\na,p\nb,q\n"))
    found = {}
    for command in ("measures", "communities", "synergies"):
        file = tmp_path / f"{command}.json"
        assert command_line([command, "--data", alone, "-o", str(file)]) == 0
        found[command] = json.loads(file.read_text("utf-8"))["rows"]
    assert [(row["body"], row["degree"], row["constraint"]) for row in found["measures"]] == [
        ("a", 0, None),
        ("b", 0, None),
    ]
    assert found["communities"] == found["synergies"] == []
    assert "0 organismes conseillés sur 2" in capsys.readouterr().err
