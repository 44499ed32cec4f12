"""The commands on the network, on the graph of the article: what they write, and how they refuse."""

import json
from pathlib import Path

import pytest
import rdflib

from maillage.answer import open as open_graph
from maillage.answer.synergies import Synergies, for_explorer
from maillage.cli import command_line
from maillage.network.synergy.fidelity import faithful, fidelity


@pytest.fixture
def out(built_out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILLAGE_OUT", str(built_out))
    monkeypatch.delenv("MAILLAGE_LANG", raising=False)
    return built_out


def test_suggestions_as_json_have_reasons_and_evidence(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["synergies", "--top", "5", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["suggestions"]
    for one in said["suggestions"]:
        families = {reason["family"] for reason in one["reasons"]}
        assert one["weak"] == (len(families) < 2)
        assert one["score"] == pytest.approx(sum(reason["points"] for reason in one["reasons"]), abs=0.5)
        assert all(iri in said["evidence"] for reason in one["reasons"] for iri in reason["evidence"])


def test_suggestions_as_linked_data(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["synergies", "--top", "1", "--ttl"]) == 0
    graph = rdflib.Graph().parse(data=capsys.readouterr().out, format="turtle")
    (one,) = {s for s, _, o in graph if str(o).endswith("def#Suggestion")}
    said = [str(p).rsplit("#", 1)[-1].rsplit("/", 1)[-1] for p in graph.predicates(one)]
    assert said.count("suggests") == 2
    assert {"score", "suggestedBy", "wasDerivedFrom", "issued", "version", "comment"} <= set(said)


def test_why_not_in_both_languages(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, words in (("fr", "deux fois le même"), ("en", "twice the same")):
        assert command_line(["--lang", lang, "synergies", "--why", "La 27e Région", "La 27e Région"]) == 0
        assert words in capsys.readouterr().out


def test_three_territories_are_refused(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [word for place in ("Bretagne", "Normandie", "Occitanie") for word in ("--territory", place)]
    assert command_line(["synergies", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_suggestions_go_to_a_file_of_a_format_that_holds_them(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line(["synergies", "--top", "2", "-o", str(tmp_path / "x.json")]) == 0
    assert len(json.loads((tmp_path / "x.json").read_text("utf-8"))["suggestions"]) == 2
    assert command_line(["synergies", "--top", "2", "-o", str(tmp_path / "x.csv")]) == 2
    assert not (tmp_path / "x.csv").exists()
    assert "csv" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["measures"], ["communities"], ["gaps"], ["gaps", "--bridges"]])
def test_tables_as_json(words: list[str], out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line([*words, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_values_for_the_explorer_hold_together(out: Path) -> None:
    with open_graph(out) as graph:
        said = for_explorer(graph, 3)
    json.dumps(said)
    for body, numbers in said["bodies"].items():
        assert len(numbers) <= 3
        assert all(body in (said["suggestions"][n]["a"], said["suggestions"][n]["b"]) for n in numbers)
    used = {number for one in said["suggestions"] for reason in one["reasons"] for number in reason["evidence"]}
    assert used == set(range(len(said["evidence"])))
    assert not said["abstained"].keys() & said["bodies"].keys()


def test_scores_rest_on_what_they_cite(out: Path) -> None:
    """All 200 of the whole graph take thirty seconds; here, the best of the article's."""
    with open_graph(out) as graph:
        advice = Synergies(graph).advice
    assert faithful(fidelity(advice, advice.all[:20])) >= 0.9
