"""Where the bodies of the explorer stand: communities packed side by side, laid out here and never in the browser."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from maillage.locales import LANGUAGES
from maillage.network.boxes import Box, hull
from maillage.network.from_table import Edge, Links, Node, communities
from maillage.network.layout import Place, layout
from maillage.terms import thing_iri
from maillage.visualize.locales import say
from maillage.visualize.map.drawing import cut, label_lines, short_name

Entry = dict[str, Any]
SEED = 1
MOST_LABELS = 1500  # above, positions make no room for labels: nobody reads them all at once
_TITLE_FROM = 4  # a community of so many bodies bears a name
_RADIUS = (6.0, 15.0)


def place(world: Entry) -> Entry:
    """The world with `x`, `y`, `radius` (pixels at the scale 1) and `community` on each body, and the communities."""
    links = _network(world)
    groups = communities(links, SEED)
    most = max((links.degree(node.iri) for node in links.nodes), default=0)
    radius = {node.iri: _radius(links.degree(node.iri), most) for node in links.nodes}
    places = layout(links, groups, _boxes(links, radius), SEED)
    home = {iri: number for number, group in enumerate(groups) for iri in group}
    bodies = [
        body | {"x": at.x, "y": at.y, "radius": radius[iri], "community": home[iri]}
        for body in world["bodies"]
        for iri in [thing_iri(body["id"])]
        for at in [places[iri]]
    ]
    names = {thing_iri(body["id"]): body for body in world["bodies"]}
    found = [_community(group, links, names, places) for group in groups]
    return world | {"bodies": bodies, "communities": found}


def _network(world: Entry) -> Links:
    bodies, names = world["bodies"], [_fr(body["name"]) for body in world["bodies"]]
    nodes = [
        Node(thing_iri(body["id"]), name, territory=_first(world, body), short=body.get("short", ""))
        for body, name in zip(bodies, names, strict=True)
    ]
    edges = [Edge(nodes[link["a"]].iri, nodes[link["b"]].iri, link["weight"], "", "", ()) for link in world["links"]]
    return Links(tuple(nodes), tuple(edges))


def _first(world: Entry, body: Mapping[str, Any]) -> str:
    return str(world["territories"][body["territories"][0]]["id"]) if body["territories"] else ""


def _fr(name: str | Mapping[str, str]) -> str:
    return name if isinstance(name, str) else name["fr"]


def _radius(degree: int, most: int) -> float:
    low, high = _RADIUS
    return round(low + (high - low) * sqrt(degree / most), 1) if most else low


def _boxes(links: Links, radius: Mapping[str, float]) -> dict[str, Box]:
    few = len(links.nodes) <= MOST_LABELS
    return {node.iri: Box(radius[node.iri] * 1.25, label_lines(node) if few else ()) for node in links.nodes}


def _community(group: Sequence[str], links: Links, bodies: Mapping[str, Entry], places: Mapping[str, Place]) -> Entry:
    """Called after its most linked body; the hull is empty where it is too small to be drawn."""
    leader = min(group, key=lambda iri: (-links.degree(iri), iri))
    spots = [(float(places[iri].x), float(places[iri].y)) for iri in group]
    titles = {lang: say(lang, "map.group_around", name=_title(bodies[leader], lang)) for lang in LANGUAGES}
    across, down = [x for x, _ in spots], [y for _, y in spots]
    return {
        "title": titles,
        "x": round((min(across) + max(across)) / 2),
        "y": round(min(down)),
        "hull": hull(spots) if len(group) >= _TITLE_FROM else [],
        "size": len(group),
    }


def _title(body: Mapping[str, Any], lang: str) -> str:
    name = body["name"] if isinstance(body["name"], str) else body["name"][lang]
    return cut(short_name(Node(thing_iri(body["id"]), name, short=body.get("short", ""))))
