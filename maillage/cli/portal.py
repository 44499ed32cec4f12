"""`maillage run`: a build and all that is made of it. `portal`: the static site. `ontology`: the vocabulary's pages."""

import shutil
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from maillage.cli.build import Steps, only_option, today_option
from maillage.cli.lazy import Settings
from maillage.errors import MachineError
from maillage.files import folder_aside, out_folder, replace_folder, short_path, write_whole
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.answer.graph import Graph

MAPS = ("edition", "co-organisation", "labs-and-carriers", "territories", "shared-themes", "shared-methods")
EGOS = 3
MARK = "search.json"  # what tells a portal from a folder of another hand


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
        with TemporaryDirectory(prefix="maillage-") as plain:
            write_release(out, Path(plain) / "release", allow=settings.allow, packed=aside / "release")
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


def draw_maps(graph: "Graph", folder: Path, lang: str) -> list[dict[str, str]]:
    """Every map of the whole graph, and one around each of the best connected bodies; what `index` says of each."""
    wanted = [{"file": f"{name}.html", "name": name} for name in MAPS]
    for iri, label in best_connected(graph, EGOS):
        wanted.append({"file": f"ego-{iri.rsplit('/', 1)[-1]}.html", "name": "ego", "body": iri, "label": label})
    for one in wanted:
        values = {"body": one["body"]} if "body" in one else {}
        write_whole(folder / one["file"], graph.draw(one["name"], lang, **values))
    return wanted


def best_connected(graph: "Graph", most: int) -> list[tuple[str, str]]:
    """The bodies with most partners, as (IRI, label), best first."""
    partners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in graph.ask("partnership-links").rows():
        partners[str(row["a"]), str(row["aLabel"])].add(str(row["b"]))
        partners[str(row["b"]), str(row["bLabel"])].add(str(row["a"]))
    return sorted(partners, key=lambda body: (-len(partners[body]), body))[:most]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def ontology(settings: Settings, folder: Path) -> None:
    first = write_pages(folder.absolute())[settings.lang]
    click.echo(say(settings.lang, "ontology.written", file=short_path(first)))


def write_pages(folder: Path) -> dict[str, Path]:
    """Writes the pages; returns each by its language."""
    from maillage.queries import catalogue
    from maillage.visualize.vocabulary.pages import FILES, ontology_pages

    for name, body in ontology_pages({name: query.text for name, query in catalogue().items()}).items():
        write_whole(folder / name, body)
    return {lang: folder / name for lang, name in FILES.items()}


@click.command()
@only_option
@today_option
@click.pass_obj
def run(settings: Settings, only: Sequence[str], today: datetime | None) -> None:
    from maillage import answer
    from maillage.graph.build import build
    from maillage.release.write import write_release

    steps, out, lang = Steps(settings.lang), out_folder(settings.out), settings.lang
    build(out, steps, ",".join(only).split(",") if only else None, today.date() if today else None)
    with answer.open(out, settings.allow, endpoint="", in_memory=True) as graph:  # whatever MAILLAGE_ENDPOINT says
        with folder_aside(out / "portal") as aside:
            steps("maps")
            drawn = draw_maps(graph, out / "maps", lang)
            steps("release")
            released = write_release(out, out / "release", allow=settings.allow, packed=aside / "release")
            steps("vocabulary")
            pages = {code: f"ontology/{page.name}" for code, page in write_pages(out / "ontology").items()}
            steps("index")
            write_whole(out / "index.html", graph.index(drawn, released.files, lang, pages))
            steps("portal")
            write_site(graph, aside, lang)
            for name in ("maps", "ontology"):
                shutil.copytree(out / name, aside / name)
        steps.end()
        show_summary(graph, lang)
    first, index = short_path(out / "portal" / "index.html"), short_path(out / "index.html")
    maps, release = short_path(out / "maps"), short_path(out / "release")
    said = {"first": first, "index": index, "maps": maps, "n": len(drawn), "release": release}
    click.echo(f"\n{say(lang, 'run.to-open', **said)}")


def show_summary(graph: "Graph", lang: str) -> None:
    """What the sources say and what they do not, a figure a line."""
    rows = graph.ask("counts", lang).rows()
    for key, unknown in (("run.stated", False), ("run.unstated", True)):
        click.echo(f"\n{say(lang, key)}")
        for row in rows:
            if ("-without-" in str(row["what"])) is unknown:
                click.echo(f"{row['count']:>7}  {row['whatLabel']}")
