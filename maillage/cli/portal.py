"""`maillage portal FOLDER`: the whole static site, which opens from a disk with the network off."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.cli.ontology import write_pages
from maillage.errors import MachineError
from maillage.files import folder_replaced, out_folder, shown
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.answer import Graph

MARK = "search.json"  # what tells a portal from a folder of another hand


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def portal(settings: Settings, folder: Path) -> None:
    from maillage import answer
    from maillage.answer import served
    from maillage.cli.run import draw_maps
    from maillage.release.write import write_release

    target, out = folder.absolute(), out_folder(settings.out)
    if target.exists() and not (target / MARK).is_file() and any(target.iterdir()):
        raise MachineError("foreign-folder", folder=shown(target))
    with folder_replaced(target) as aside:
        with answer.Graph(out, settings.allow, store=served.opened(out)) as graph:
            written = write_site(graph, aside, settings.lang)
            draw_maps(graph, aside / "maps", settings.lang)
        write_pages(aside / "ontology")
        write_release(out, aside / "release", allow=settings.allow)
    first = shown(target / "index.html")
    click.echo(say(settings.lang, "portal.written", file=first, n=written))


def write_site(graph: "Graph", folder: Path, lang: str) -> int:
    """Writes every page of the portal but maps, vocabulary and release; how many pages there are."""
    written = 0
    for name, body in graph.portal(lang):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        written += path.suffix == ".html"
    return written
