"""A network as a file that Gephi, igraph and networkx open: GEXF, GraphML, JSON. Licence and credits inside.

Attributes are texts and numbers, the same in the three formats; characters that XML 1.0 cannot hold are taken out
of all of them. No date of writing: the same network gives the same bytes.
"""

import io
import json
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from maillage.credit.notice import Credit
from maillage.terms import xml_text

if TYPE_CHECKING:
    import networkx

Value = str | int | float
Attributes = Mapping[str, Value]


@dataclass(frozen=True)
class Look:
    """How a program that draws may show a node: its place (y upwards), its colour and its size."""

    x: float
    y: float
    colour: str
    size: float


@dataclass(frozen=True)
class NetworkFile:
    """`about`: what the whole says of itself (title, licence, credits…), so that its writers ask no credit.

    `nodes`: by IRI. `edges`: by the IRIs of both ends; `weight` is a number. `looks`: by IRI, GEXF only.
    """

    about: Mapping[str, str]
    nodes: Mapping[str, Attributes]
    edges: Sequence[tuple[str, str, Attributes]]
    looks: Mapping[str, Look]


def graph_of(network: NetworkFile) -> "networkx.Graph[str]":
    """The network as networkx holds it, every text fit for XML."""
    import networkx

    graph: networkx.Graph[str] = networkx.Graph(**_clean(network.about))
    for iri, attributes in network.nodes.items():
        graph.add_node(xml_text(iri), **_clean(attributes))
    for start, goal, attributes in network.edges:
        graph.add_edge(xml_text(start), xml_text(goal), **_clean(attributes))
    return graph


def _clean(attributes: Attributes) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in attributes.items()}


def gexf(network: NetworkFile, credit: Credit) -> bytes:
    """GEXF 1.2, with the places and colours of the map, so that Gephi opens it as it is drawn."""
    from networkx.readwrite.gexf import GEXFWriter

    graph = graph_of(network)
    for iri, look in network.looks.items():
        red, green, blue = (int(look.colour[place : place + 2], 16) for place in (1, 3, 5))
        graph.nodes[xml_text(iri)]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "position": {"x": look.x, "y": look.y, "z": 0.0},
            "size": look.size,
        }
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    graph.graph.clear()  # its attributes go under `meta`: GEXF has no others for a whole graph
    writer.add_graph(graph)
    _turn([edge.attrib for edge in writer.xml.iter("edge")], network)
    _describe(writer.xml, network.about)
    body = io.BytesIO()
    writer.write(body)
    return body.getvalue()


def _describe(root: Element, about: Mapping[str, str]) -> None:
    """Puts what the file says of itself in place of the date and the software that networkx writes."""
    for old in root.findall("{*}meta"):
        root.remove(old)
    meta = Element("meta")
    lines = [f"{name}: {xml_text(value)}" for name, value in about.items()]
    for name, text in (("creator", "Maillage"), ("keywords", "maillage"), ("description", "\n".join(lines))):
        SubElement(meta, name).text = text
    root.insert(0, meta)


def _turn(edges: Iterable[MutableMapping[str, str]], network: NetworkFile) -> None:
    """Writes the ends of each line in their order, which an undirected graph of networkx does not keep."""
    ways = {(xml_text(start), xml_text(goal)) for start, goal, _ in network.edges}
    for edge in edges:
        if (edge["source"], edge["target"]) not in ways:
            edge["source"], edge["target"] = edge["target"], edge["source"]


def graphml(network: NetworkFile, credit: Credit) -> bytes:
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(graph=graph_of(network), encoding="utf-8", prettyprint=True)
    _turn([edge.attrib for edge in writer.xml.iter("edge")], network)
    body = io.BytesIO()
    writer.dump(body)
    return body.getvalue()


def node_link(network: NetworkFile, credit: Credit) -> bytes:
    """The node-link form of networkx (`networkx.node_link_graph`), what the file says of itself under `graph`."""
    import networkx

    content = networkx.node_link_data(graph_of(network), edges="edges")
    _turn(content["edges"], network)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
