"""`maillage portal FOLDER`: the whole static site, which opens from a disk with the network off."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.cli.ontology import write_pages
from maillage.errors import MachineError
from maillage.files import out_folder, replace_folder, short_path, write_whole
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.answer.graph import Graph

MAPS = ("edition", "co-organisation", "labs-and-carriers", "territories", "shared-themes", "shared-methods")
EGOS = 3
MARK = "search.json"  # what tells a portal from a folder of another hand


@dataclass(frozen=True)
class MapFile:
    """A map as written: its file under `maps/`, the name of the map, the body it is drawn around ("" for none)."""

    file: str
    name: str
    body: str = ""
    label: str = ""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def portal(settings: Settings, folder: Path) -> None:
    from maillage import answer
    from maillage.release.write import write_release

    target, out = folder.absolute(), out_folder(settings.out)
    if target.exists() and not (target / MARK).is_file() and any(target.iterdir()):
        raise MachineError("foreign-folder", folder=short_path(target))
    with replace_folder(target) as aside:
        with answer.open(out, settings.allow, endpoint="", in_memory=True) as graph:
            written = write_site(graph, aside, settings.lang)
            draw_maps(graph, aside / "maps", settings.lang)
        write_pages(aside / "ontology")
        write_release(out, aside / "release", allow=settings.allow)
    first = short_path(target / "index.html")
    click.echo(say(settings.lang, "portal.written", file=first, n=written))


def write_site(graph: "Graph", folder: Path, lang: str) -> int:
    """Writes every page of the portal but maps, vocabulary and release; how many pages there are."""
    from maillage.answer.portal import draw_portal

    written = 0
    for name, body in draw_portal(graph, lang):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        written += path.suffix == ".html"
    return written


def draw_maps(graph: "Graph", folder: Path, lang: str) -> list[MapFile]:
    """Every map of the whole graph, and one around each of the best connected bodies."""
    wanted = [MapFile(f"{name}.html", name) for name in MAPS]
    wanted += [
        MapFile(f"ego-{iri.rsplit('/', 1)[-1]}.html", "ego", iri, label) for iri, label in best_connected(graph, EGOS)
    ]
    for one in wanted:
        values = {"body": one.body} if one.body else {}
        write_whole(folder / one.file, graph.draw(one.name, lang, **values))
    return wanted


def best_connected(graph: "Graph", most: int) -> list[tuple[str, str]]:
    """The bodies with most partners, as (IRI, label), best first."""
    partners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in graph.ask("partnership-links").rows():
        partners[str(row["a"]), str(row["aLabel"])].add(str(row["b"]))
        partners[str(row["b"]), str(row["bLabel"])].add(str(row["a"]))
    return sorted(partners, key=lambda body: (-len(partners[body]), body))[:most]
