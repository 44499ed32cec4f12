"""`maillage map` and `maillage path` as a person meets them; what they draw and find has tests of its own."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import maillage.answer
from maillage.cli import command_line
from maillage.network.from_table import Row
from maillage.network.path import chains
from maillage.visualize.map.spec import map_names
from tests.visualize.sample import CREDIT

ROW: Row = {
    "a": "id/a", "b": "id/b", "aLabel": "Direction Alpha", "bLabel": "Association Bêta", "weak": False,
    "agentLabel": "Direction Alpha", "tie": "id/tie", "directed": False, "activity": "id/atelier",
    "partnershipKind": None, "dating": None, "occurrence": None, "tieCertainty": None,
    "activityLabel": "Atelier", "start": None, "roleLabel": "organise", "certainty": "certainty/stated",
    "certaintyLabel": "énoncé", "sourceTitle": "Article", "paragraph": 3, "pageLink": "https://a", "licenceLabel": "LO",
}  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What reaches `answer`, in place of a build."""
    found: list[Any] = []

    class Opened:
        def draw(self, name: str, lang: str, **values: str) -> bytes:
            found.append((name, values, lang))
            return b"<!doctype html>"

        def chains(self, start: str, goal: str, lang: str) -> Any:
            found.append((start, goal, lang))
            return chains([ROW], "id/a", "id/b"), CREDIT

    monkeypatch.setattr(maillage.answer, "open", lambda *_, **__: nullcontext(Opened()))
    return found


def test_a_map_is_written_where_asked(asked: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "ego.html"
    assert command_line(["map", "ego", "--body", "DITP", "--hops", "2", "-o", str(file), "--lang", "en"]) == 0
    assert asked == [("ego", {"body": "DITP", "hops": "2"}, "en")]
    assert file.read_bytes() == b"<!doctype html>"
    assert "Map: " in capsys.readouterr().out


def test_the_maps_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["map", "--list"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in map_names())
    assert "ego --body --hops" in said
    for words in (["--list", "--lang", "en"], ["--lang", "en", "--list"]):
        assert command_line(["map", *words]) == 0
        assert "Who works with whom : Partnerships derived from shared activities" in capsys.readouterr().out
    assert command_line(["map", "--help", "--lang", "en"]) == 0
    assert "Draw the map NAME" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shared-themes", "--body", "DITP"], "La carte shared-themes n'a pas de paramètre --body."),
        (["ego"], "La carte ego demande --body. Nommer un organisme."),
    ],
)
def test_a_map_is_called_a_map(
    words: list[str], said: str, built_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line(["map", *words, "--out", str(built_out)]) == 2
    assert said in capsys.readouterr().err


def test_a_chain_is_told(asked: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["path", "--from", "Alpha", "--to", "Bêta"]) == 0
    said = capsys.readouterr().out
    assert asked == [("Alpha", "Bêta", "fr")]
    assert "1. Direction Alpha → Association Bêta" in said
    assert "Licence Ouverte 2.0" in said
    assert CREDIT.lines[0] in said


def test_a_chain_for_machines(asked: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["path", "--from", "Alpha", "--to", "Bêta", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["chains"][0]["steps"][0]["ties"][0]["evidence"][0]["links"] == ["https://a"]
    assert said["credit"]["credits"] == list(CREDIT.lines)
