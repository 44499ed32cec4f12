"""The commands on the network, on the graph of the article: what they write, and how they refuse."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyshacl import validate
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SH, SKOS

from maillage.answer import open as open_graph
from maillage.answer.networks import TieFilter, measures_table, mixing_table, network_of
from maillage.answer.synergies import Synergies, for_explorer
from maillage.cli import command_line
from maillage.network.synergy.points import weights
from maillage.ontology import lists, shapes
from maillage.terms import MAI as OWN
from maillage.terms import STANDARD
from maillage.visualize.portal.suggestions import suggestion_values
from tests.network.synergy.fidelity import faithful, fidelity
from tests.shared_run import SharedRun

MAI, SCHEMA = rdflib.Namespace(OWN), rdflib.Namespace(STANDARD["schema"])


@pytest.fixture
def out(built_out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILLAGE_OUT", str(built_out))
    monkeypatch.delenv("MAILLAGE_LANG", raising=False)
    return built_out


@pytest.fixture(scope="module")
def made(built_out: Path) -> Iterator[Synergies]:
    with open_graph(built_out) as graph:
        yield Synergies(graph)


def test_suggestions_as_json_have_reasons_and_evidence(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["synergies", "--top", "5", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["suggestions"]
    for one in said["suggestions"]:
        families = {reason["family"] for reason in one["reasons"] if reason["name"] != "distance"}
        assert one["weak"] == (len(families) < 2)
        assert one["score"] == pytest.approx(sum(reason["points"] for reason in one["reasons"]), abs=0.5)
        assert all(iri in said["evidence"] for reason in one["reasons"] for iri in reason["evidence"])


def test_a_distance_is_said_in_kilometres(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bordeaux Métropole and Ti Lab (Bretagne) know each other: the distance is told by `--why` all the same."""
    assert command_line(["synergies", "--why", "Bordeaux Métropole", "Ti Lab", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["suggestions"]
    (told,) = (reason for reason in one["reasons"] if reason["name"] == "distance")
    assert told["points"] == 0
    assert told["kilometres"] == pytest.approx(372.7, abs=2)  # Bordeaux to Rennes, town hall to town hall
    assert told["text"]["fr"] == "À 372 km\u00a0: Bordeaux Métropole – Bretagne"


@pytest.mark.slow
def test_suggestions_as_linked_data(out: Path, made: Synergies, capsys: pytest.CaptureFixture[str]) -> None:
    values = [suggestion_values(one, made.names) for one in made.suggestions(most=3)]
    assert command_line(["synergies", "--top", "3", "--ttl"]) == 0
    graph = rdflib.Graph().parse(data=capsys.readouterr().out, format="turtle")
    suggested = {frozenset(map(str, graph.objects(one, MAI.suggests))): one for one in graph.subjects(MAI.score)}
    assert suggested.keys() == {frozenset((one["a"], one["b"])) for one in values}
    for said in values:
        one = suggested[frozenset((said["a"], said["b"]))]
        assert {graph.value(one, name) is None for name in (MAI.suggestedBy, DCTERMS.issued, SCHEMA.version)} == {False}
        reasons = {str(graph.value(reason, MAI.reasonKind)).rpartition("/")[2]: reason
                   for reason in graph.objects(one, MAI.reason)}  # fmt: skip
        assert reasons.keys() == {reason["name"] for reason in said["reasons"]}
        shares = [float(str(graph.value(reason, MAI.share))) for reason in reasons.values()]
        assert sum(shares) == pytest.approx(1, abs=0.01)
        for reason in said["reasons"]:
            told = reasons[reason["name"]]
            assert {str(claim) for claim in graph.objects(told, PROV.wasDerivedFrom)} == set(reason["evidence"])
            assert str(graph.value(told, MAI.reasonFamily)).endswith(f"/reason/{reason['family']}")
            assert {str(text) for text in graph.objects(told, RDFS.comment)} == set(reason["text"].values())
            assert [float(str(held)) for held in graph.objects(told, MAI.kilometres)] == [
                reason[name] for name in ("kilometres",) if name in reason
            ]
            things = {what for what in reason["about"] if what.startswith("http")}
            assert things <= {str(what) for what in graph.objects(told, SCHEMA.about)}
    assert faults(graph) == []


def faults(graph: rdflib.Graph) -> list[str]:
    """What the shapes say of an export; the bodies are described elsewhere."""
    for body in list(graph.objects(None, MAI.suggests)):
        graph.add((body, RDF.type, ORG.Organization))
    _, report, text = validate(graph + lists(), shacl_graph=shapes(), inference="none", advanced=False, inplace=True)
    named = set(graph.subjects(RDF.type, MAI.Suggestion)) | set(graph.subjects(RDF.type, MAI.Reason))
    return [text for focus in report.objects(None, SH.focusNode) if focus in named]


def test_the_list_of_reasons_is_that_of_the_weights() -> None:
    found = {
        str(reason).rpartition("/")[2]: str(family).rpartition("/")[2]
        for reason, family in lists().subject_objects(SKOS.broader)
        if "/list/reason/" in str(reason)
    }
    assert found == dict(weights().family)


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


@pytest.mark.parametrize("words", [["measures"], ["communities", "--significant"], ["gaps", "--bridges"]])
def test_tables_as_json(words: list[str], out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line([*words, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_gaps_are_the_answer_to_their_question(made: Synergies) -> None:
    rows = made.graph.ask("gaps").rows()
    assert rows == made.graph.ask("gaps", "fr").rows()
    assert {row["state"] for row in rows} == {"some", "unknown"}  # of each region, some body has no known theme


@pytest.mark.parametrize("by", ["kind", "territory", "theme"])
def test_mixing_is_that_of_the_network(by: str, made: Synergies) -> None:
    rows = mixing_table(made, "fr", by).rows()
    assert all(row["groupLabel"] and row["otherGroupLabel"] and row["groupLabel"] != row["group"] for row in rows)
    ties, expected = (sum(float(str(row[name])) for row in rows) for name in ("ties", "expected"))
    assert ties == pytest.approx(expected, rel=0.01)  # chance moves ties and makes none
    assert 0 < ties <= len(network_of(made).ties) + 0.01
    assert mixing_table(made, "fr", by, TieFilter(since="1900", until="1900")).rows() == []


def test_what_is_significant_is_some_of_what_is_known(made: Synergies) -> None:
    every, some = set(network_of(made).pairs()), set(network_of(made, TieFilter(significant=True)).pairs())
    assert some <= every
    told = {row["body"] for row in measures_table(made, "fr", TieFilter(significant=True)).rows() if row["degree"]}
    assert told == {end for ends in some for end in ends}


def test_communities_followed_over_time(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["--lang", "en", "communities", "--over", "2", "--step", "1", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {int(row["until"]) - int(row["since"]) for row in rows} == {1}
    assert {row["community"] for row in rows if row["since"] == rows[0]["since"]} >= {1, 2}
    first, last = min(row["since"] for row in rows), max(row["since"] for row in rows)
    assert all((not row["origin"]) == (row["since"] == first) for row in rows)
    assert all((not row["fate"]) == (row["since"] == last) for row in rows)
    assert all(len(row["members"].split(" ; ")) == row["size"] for row in rows)


def test_a_step_without_windows_is_refused(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["communities", "--step", "1"]) == 2
    assert "--over" in capsys.readouterr().err


@pytest.mark.slow
def test_a_round_table_bears_its_licence_and_credits(
    out: Path, made: Synergies, capsys: pytest.CaptureFixture[str]
) -> None:
    credit = made.credit("fr").as_dict()
    assert command_line(["roundtable", "--theme", "numérique", "--size", "3", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["credit"]
    assert said == credit
    assert command_line(["--lang", "en", "roundtable", "--theme", "numérique", "--size", "3"]) == 0
    assert said["licence"]["iri"] in capsys.readouterr().out


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
    assert faithful(fidelity(advice, advice.best(None)[:20])) >= 0.9


@pytest.mark.slow
def test_a_method_may_be_asked_for_as_a_theme(built: SharedRun, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["synergies", "--theme", "design", "--top", "3", "--json", "--out", str(built.built)]
    assert command_line(words) == 0
    found = json.loads(capsys.readouterr().out)["suggestions"]
    assert len(found) == 3
    for one in found:
        assert any("design" in str(reason) for reason in one["reasons"] if reason["name"] == "methods")
