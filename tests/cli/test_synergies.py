"""The commands on the network, on the graph of the article: what they write, and how they refuse."""

import json
from pathlib import Path

import pytest
import rdflib
from pyshacl import validate
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SH, SKOS

from maillage.answer import open as open_graph
from maillage.answer.synergies import Synergies, for_explorer
from maillage.cli import command_line
from maillage.network.synergy.fidelity import faithful, fidelity
from maillage.network.synergy.weights import weights
from maillage.ontology import lists, shapes
from maillage.terms import MAI as OWN
from maillage.terms import STANDARD

MAI, SCHEMA = rdflib.Namespace(OWN), rdflib.Namespace(STANDARD["schema"])


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


def test_suggestions_as_linked_data(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["synergies", "--top", "3", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert command_line(["synergies", "--top", "3", "--ttl"]) == 0
    graph = rdflib.Graph().parse(data=capsys.readouterr().out, format="turtle")
    suggested = {frozenset(map(str, graph.objects(one, MAI.suggests))): one for one in graph.subjects(MAI.score)}
    assert suggested.keys() == {frozenset((one["a"], one["b"])) for one in values["suggestions"]}
    for said in values["suggestions"]:
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
