"""The explorer as files: its data as scripts, since a page opened from a disk may read nothing else; its bundles.

`data/world.js` is the world, `data/evidence-N.js` the proofs of `CHUNK` participations each, asked for when a link is
opened, `data/synergies.js` the suggestions, when their view is; `data/texts.js` the words in both languages and the
formats; `data/queries.js` the questions of the SPARQL page and `data/graph.js` what they are asked of;
`data/served.js` is empty on a disk, and says where the server answers. Where the bodies stand, communities packed side
by side, is laid out here and never in the browser.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import sqrt
from pathlib import Path
from typing import Any

from jinja2 import Environment

from maillage.errors import MissingFile
from maillage.export import FORMATS
from maillage.files import asset, read_bytes, read_text, short_path
from maillage.locales import LANGUAGES
from maillage.network.boxes import Box, hull
from maillage.network.from_table import Edge, Links, Node, communities
from maillage.network.layout import Place, layout
from maillage.queries.catalogue import Query, themes
from maillage.terms import ID, graph_iri, thing_iri
from maillage.visualize.locales import explorer_texts, say
from maillage.visualize.map.drawing import cut, label_lines, short_name
from maillage.visualize.portal.references import Entry
from maillage.visualize.portal.world import World, links
from maillage.visualize.shell import own_scripts, style_sheet

BUNDLES = (
    "explorer.js", "explorer.css", "search.js", "export.js", "france.js", "sparql.js", "sparql.css", "oxigraph.js",
    "third-party.txt",
)  # fmt: skip
# The page of each application, and what else its policy must let it do.
APPLICATIONS = {
    "index": "",
    "sparql": "script-src 'wasm-unsafe-eval' blob:; worker-src blob:",  # WebAssembly, in a worker made of a blob
}
MOST = 300_000  # statements that the SPARQL page loads (`engine.ts` says the same): of more, those of merged alone
SEED = 1
MOST_LABELS = 1500  # above, positions make no room for labels: nobody reads them all at once
_TITLE_FROM = 4  # a community of so many bodies bears a name
_RADIUS = (6.0, 15.0)
_RULES = "for (const link of maillageWorld.links) if ('rule' in link) link.rule = maillageRules[link.rule];"


def data(world: World, queries: Mapping[str, Query], dump: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under `data/`; `dump` is the graph as canonical N-Quads."""
    yield "data/world.js", _world(place(world.value(links(world))))
    for number, proofs in enumerate(world.evidence()):
        yield f"data/evidence-{number}.js", f"maillageEvidence({number},{_script_value(proofs)});\n".encode()
    texts = set_value("maillageTexts", {code: explorer_texts(code) for code in LANGUAGES})
    forms = {
        name: {"label": form.label, "type": form.essence} | ({"page": form.extension} if form.carries("page") else {})
        for name, form in FORMATS.items()
    }
    yield "data/texts.js", texts + set_value("maillageFormats", forms)
    yield "data/queries.js", _questions(queries)
    yield "data/graph.js", set_value("maillageGraph", _graph(dump))
    yield "data/served.js", b"/* From a disk: nothing to say. */\n"


def suggestions_file(synergies: Mapping[str, Any]) -> tuple[str, bytes]:
    """What the view of suggestions asks for when it is opened."""
    return "data/synergies.js", set_value("maillageSynergies", synergies)


def read_world(path: Path) -> Mapping[str, Any]:
    """The world that a portal holds: `data/world.js` read back. Raises MissingFile."""
    said = {}
    for line in read_text(path).splitlines():
        if line.startswith("window."):
            name, _, value = line.removeprefix("window.").partition("=")
            said[name] = json.loads(value.rstrip().removesuffix(";"))
    world, rules = said["maillageWorld"], said["maillageRules"]
    links = [link | {"rule": rules[link["rule"]]} if "rule" in link else link for link in world["links"]]
    found: Mapping[str, Any] = {**world, "links": links}
    return found


def application(site: Environment, name: str, lang: str) -> bytes:
    """The page of an application: it runs scripts of its own folder and asks nobody but the server that gave it."""
    words = {code: explorer_texts(code) for code in LANGUAGES}
    style, app = style_sheet(), "explorer" if name == "index" else name
    titles = {code: words[code]["app" if name == "index" else "sparql"]["title"] for code in LANGUAGES}
    told = {"texts": words, "titles": titles, "here": name, "root": "", "lang": lang, "style": style}
    page = site.get_template(f"{app}.html").render(told, policy=own_scripts(style, APPLICATIONS[name]))
    return page.lstrip().encode("utf-8")


def bundles() -> Iterator[tuple[str, bytes]]:
    """The built front end, under `assets/`. Raises MissingFile where it was not built."""
    folder = asset("visualize") / "explorer" / "dist"
    for name in BUNDLES:
        if not (folder / name).is_file():
            raise MissingFile(file=short_path(folder / name))
        yield f"assets/{name}", read_bytes(folder / name)


def _world(placed: Mapping[str, Any]) -> bytes:
    """A rule is the same text on many links: it is written once."""
    rules: list[object] = []
    links = []
    for link in placed["links"]:
        if "rule" in link and link["rule"] not in rules:
            rules.append(link["rule"])
        links.append(link | {"rule": rules.index(link["rule"])} if "rule" in link else link)
    world = set_value("maillageWorld", {**placed, "links": links})
    return set_value("maillageRules", rules) + world + f"{_RULES}\n".encode()


def _questions(queries: Mapping[str, Query]) -> bytes:
    listed = [{"name": one.name, "summary": dict(one.summary), "theme": one.theme} for one in queries.values()]
    texts = {one.name: one.text for one in queries.values()}
    told = {"Queries": texts, "Questions": listed, "Themes": themes(), "Base": ID}
    return b"".join(set_value(f"maillage{name}", value) for name, value in told.items())


def _graph(dump: Path) -> dict[str, object]:
    """The two graphs that questions are asked of, as N-Quads compressed; the same bytes for the same build.

    Where both are too many, the merged one alone, with how many statements of the other are `missing`.
    """
    named = [graph_iri("merged"), graph_iri("evidence")]
    kept, more = _first(dump, named)
    missing = more
    if more:
        whole = len(kept) + more
        kept, more = _first(dump, named[:1])
        missing = whole - len(kept) - more
    packed = "" if more else b64encode(gzip.compress(b"".join(kept), mtime=0)).decode("ascii")
    said = {"format": "application/n-quads", "gzip": packed, "defaultGraphs": named}
    return {**said, "statements": len(kept) + more, "missing": missing}


def _first(dump: Path, graphs: Sequence[str]) -> tuple[list[bytes], int]:
    """The first `MOST` lines of these graphs, and how many come after."""
    ends = tuple(f" <{name}> .\n".encode() for name in graphs)
    with dump.open("rb") as lines:
        asked = (line for line in lines if line.endswith(ends))
        return list(islice(asked, MOST)), sum(1 for _ in asked)


def set_value(name: str, value: object) -> bytes:
    """A script that gives a value to the pages that load it: from a disk, nothing else may be read."""
    return f"window.{name}={_script_value(value)};\n".encode()


def _script_value(value: object) -> str:
    """JSON that is a script whatever its texts say, alone or inside a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


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
