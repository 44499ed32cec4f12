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
from maillage.visualize.portal.references import Entry

SEED = 1
MOST_LABELS = 1500  # above, positions make no room for labels: nobody reads them all at once
_TITLE_FROM = 4  # a community of so many bodies bears a name
_RADIUS = (6.0, 15.0)


def place(world: Entry) -> Entry:
    """The world with `x`, `y`, `radius` (pixels at the scale 1) and `community` on each body, and the communities."""
    nodes = {lang: [_node(world, body, lang) for body in world["bodies"]] for lang in LANGUAGES}
    iris = [node.iri for node in nodes["fr"]]
    edges = [Edge(iris[link["a"]], iris[link["b"]], link["weight"], "", "", ()) for link in world["links"]]
    links = Links(tuple(nodes["fr"]), tuple(edges))
    groups = communities(links, SEED)
    most = max((links.degree(iri) for iri in iris), default=0)
    low, high = _RADIUS
    radius = {iri: round(low + (high - low) * sqrt(links.degree(iri) / most), 1) if most else low for iri in iris}
    lines = {node.iri: label_lines(node) if len(iris) <= MOST_LABELS else () for node in links.nodes}
    places = layout(links, groups, {iri: Box(radius[iri] * 1.25, lines[iri]) for iri in iris}, SEED)
    home = {iri: number for number, group in enumerate(groups) for iri in group}
    bodies = [
        body | {"x": places[iri].x, "y": places[iri].y, "radius": radius[iri], "community": home[iri]}
        for body, iri in zip(world["bodies"], iris, strict=True)
    ]
    names = {lang: {node.iri: cut(short_name(node)) for node in some} for lang, some in nodes.items()}
    return world | {"bodies": bodies, "communities": [_community(group, links, names, places) for group in groups]}


def _node(world: Entry, body: Mapping[str, Any], lang: str) -> Node:
    name = body["name"] if isinstance(body["name"], str) else body["name"][lang]
    territory = str(world["territories"][body["territories"][0]]["id"]) if body["territories"] else ""
    return Node(thing_iri(body["id"]), name, territory=territory, short=body.get("short", ""))


def _community(
    group: Sequence[str], links: Links, names: Mapping[str, Mapping[str, str]], places: Mapping[str, Place]
) -> Entry:
    """Called after its most linked body; the hull is empty where it is too small to be drawn."""
    leader = min(group, key=lambda iri: (-links.degree(iri), iri))
    spots = [(float(places[iri].x), float(places[iri].y)) for iri in group]
    titles = {lang: say(lang, "map.group_around", name=named[leader]) for lang, named in names.items()}
    across, down = [x for x, _ in spots], [y for _, y in spots]
    return {
        "title": titles,
        "x": round((min(across) + max(across)) / 2),
        "y": round(min(down)),
        "hull": hull(spots) if len(group) >= _TITLE_FROM else [],
        "size": len(group),
    }
