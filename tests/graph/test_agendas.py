"""A calendar and a page in the graph: the DINUM's programme with its parts, and OpenAgenda's events where they are."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage import answer
from maillage.graph.build import build
from maillage.release.state import withheld_sources
from maillage.terms import expand, graph_iri, iri
from tests.sources.registers import take, trial

pytestmark = [pytest.mark.needs("shared"), pytest.mark.slow]

COMMUNES = """\
key,code,name,level,within,valid_from,valid_to,replaced_by,postcodes,passages,certainty,implied,ambiguous,note
commune-33063,33063,Bordeaux,commune,department-33,,,,33000|33800,,stated,,,
commune-29039,29039,Concarneau,commune,department-29,,,,29900,,stated,,,
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both agendas, with two communes that postcodes serve."""
    folder, out = tmp_path_factory.mktemp("communes"), tmp_path_factory.mktemp("agendas")
    (folder / "source.yml").write_text(trial("reference") + "tables:\n  communes: {mapping: territory}\n", "utf-8")
    (folder / "communes.csv").write_text(COMMUNES, "utf-8")
    for source in ("icalendar", "schema-org"):
        take(source, out)
    build(out, sources=["insee-cog", "icalendar", "schema-org", str(folder)])
    return out


@pytest.fixture(scope="module")
def graph(out: Path) -> ox.Store:
    return ox.Store.read_only(str(out / "graph" / "store"))


def said(graph: ox.Store, key: str, prop: str) -> set[str]:
    merged = ox.NamedNode(graph_iri("merged"))
    found = graph.quads_for_pattern(ox.NamedNode(iri("event", key)), ox.NamedNode(expand(prop)), None, merged)
    return {quad.object.value for quad in found if not isinstance(quad.object, ox.Triple)}


def test_an_event_stands_in_the_commune_of_its_postcode_and_name(graph: ox.Store, out: Path) -> None:
    """Read by hand: Mollat's, at 33000 Bordeaux; one in Le Mans, by its postcode; one whose address, in
    Concarneau, has none.
    """
    assert said(graph, "icalendar-event-43692627", "mai:territory") == {iri("territory", "commune-33063")}
    assert said(graph, "icalendar-event-61763667", "mai:territory") == {iri("territory", "commune-72181")}
    assert said(graph, "icalendar-event-20368810", "mai:territory") == set()
    report = json.loads((out / "graph" / "report.json").read_text("utf-8"))
    left = {(one["column"], one["value"]) for one in report["unresolved"] if one["file"] == "icalendar/events.ics"}
    assert ("territory", "72000 Le Mans") not in left
    assert ("territory", "33000 Bordeaux") not in left


def test_an_event_of_several_sessions_has_its_first_and_last_day(graph: ox.Store) -> None:
    assert said(graph, "icalendar-event-25604330", "schema:startDate") == {"2018-05-18"}
    assert said(graph, "icalendar-event-25604330", "schema:endDate") == {"2018-07-27"}


def test_the_parts_of_a_programme_are_its_events(graph: ox.Store, out: Path) -> None:
    with answer.open(out, endpoint="") as found:
        events = {str(row["event"]) for row in found.ask("events").rows()}
    whole = iri("event", "schema-org-event-numerique-gouv-fr-agenda-mois-de-linnovation-publique-edition-2020")
    parts = {f"{whole}-{number}" for number in range(1, 15)}
    assert {event for event in events if "/schema-org-" in event} > parts | {whole}
    assert all(said(graph, part.rpartition("/")[2], "schema:superEvent") == {whole} for part in parts)
    assert said(graph, whole.rpartition("/")[2], "rdf:type") >= {expand("mai:EventSet")}


def test_neither_enters_a_release(out: Path) -> None:
    report = json.loads((out / "graph" / "report.json").read_text("utf-8"))
    sources = [entry.get("folder", name) for name, entry in report["sources"].items()]
    assert withheld_sources(sources) == ("icalendar", "schema-org")
