"""GEXF, GraphML and JSON read back by networkx and igraph: every node, edge, attribute and weight."""

import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest

from maillage.export import find_format, formats
from maillage.network.exchange import Attributes, NetworkFile
from maillage.terms import xml_text
from maillage.visualize.map.attributes import network_of
from maillage.visualize.map.drawing import draw, title_of
from maillage.visualize.map.spec import read_spec
from tests.cases import HERE
from tests.refusals import raises
from tests.visualize.golden import drawn
from tests.visualize.hostile import hostile_answers
from tests.visualize.sample import CREDIT, answers

FORBIDDEN = "a\x00b\x0bc\x1f\ufffe\ud800 d"
Edges = dict[frozenset[str], dict[str, Any]]


def _network(given: Any) -> NetworkFile:
    drawing = draw(given, read_spec("edition"))
    return network_of(drawing, title_of(drawing, None), CREDIT)


def _odd() -> NetworkFile:
    """Labels that XML cannot hold or that read as XML, line ends, and an edge of another type of weight."""
    nodes: dict[str, Attributes] = {f"urn:{place}": {"label": text, "neighbours": place} for place, text in enumerate(
        (FORBIDDEN, "<b>&amp;\"'", "deux\r\nlignes\ttab", "", " bord "))}  # fmt: skip
    return NetworkFile(
        {"title": "]]>", "credits": FORBIDDEN}, nodes, [("urn:0", "urn:1", {"weight": 2, "evidence": "é"})], {}
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("shared-themes", "nombre d'énoncés qui le disent"),
        ("territories", "nombre de partenariats"),
        ("co-organisation", "nombre d'activités"),
    ],
)
def test_a_weight_is_told_as_its_map_counts_it(name: str, said: str) -> None:
    drawing = drawn(HERE / "maps" / name)
    about = network_of(drawing, title_of(drawing, None), CREDIT).about
    assert about["weights"].replace("\xa0", " ") == (
        f"activities (et weight, que lisent les logiciels) : {said} ; newman : chaque unité y compte pour 1/(n-1), "
        "n étant ce qu'elle lie"
    )


NETWORKS = {"article": lambda: _network(answers()), "hostile": lambda: _network(hostile_answers()), "odd": _odd}


def write(network: NetworkFile, form: str) -> bytes:
    return find_format(form, "network").write(network, CREDIT, "network")


@cache
def network(name: str) -> NetworkFile:
    return NETWORKS[name]()


def _expected(network: NetworkFile) -> tuple[dict[str, Any], Edges]:
    nodes = {iri: _clean(said) for iri, said in network.nodes.items()}
    return nodes, {frozenset((start, goal)): _clean(said) for start, goal, said in network.edges}


def _clean(said: Any) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in said.items()}


def _without(said: Any, *names: str) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in names}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("form", formats("network"))
def test_networkx_reads_everything_back(form: str, name: str) -> None:
    given = network(name)
    body = write(given, form)
    nodes, edges = _expected(given)
    readers: dict[str, Any] = {
        "gexf": lambda: networkx.read_gexf(io.BytesIO(body)),
        "graphml": lambda: networkx.read_graphml(io.BytesIO(body)),
        "json": lambda: networkx.node_link_graph(json.loads(body), edges="edges"),
    }
    graph = readers[form]()
    assert {iri: _without(said, "viz") for iri, said in graph.nodes(data=True)} == nodes
    assert {frozenset(pair): _without(said, "id") for *pair, said in graph.edges(data=True)} == edges


@pytest.mark.parametrize("name", NETWORKS)
def test_igraph_reads_everything_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    path.write_bytes(write(network(name), "graphml"))
    graph = igraph.Graph.Read_GraphML(str(path))
    nodes, edges = _expected(network(name))
    assert {vertex["id"]: _without(vertex.attributes(), "id") for vertex in graph.vs} == nodes
    found = {
        frozenset((graph.vs[edge.source]["id"], graph.vs[edge.target]["id"])): edge.attributes() for edge in graph.es
    }
    assert {pair: _without(said, "id") for pair, said in found.items()} == edges
    assert {name: graph[name] for name in graph.attributes()} == _clean(network(name).about)


@pytest.mark.parametrize("form", formats("network"))
def test_licence_and_credits_are_inside_and_no_date_of_writing(form: str) -> None:
    body = write(network("article"), form)
    text = body.decode()
    assert CREDIT.licence_iri in text and all(xml_text(line) in text for line in CREDIT.lines)
    assert body == write(_network(answers()), form)
    assert not re.search("lastmodifieddate|NetworkX", text)


def test_each_line_has_its_evidence() -> None:
    for _, _, said in network("article").edges:
        assert said["evidence"] and said["sources"] and said["licences"] and said["links"]


def test_an_unknown_format_is_refused() -> None:
    with raises("unknown-format"):
        write(network("odd"), "pajek")
