"""`maillage run`: graph, maps, release and index page under the output folder, and a summary to read."""

import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.build import Steps, today_option
from maillage.cli.lazy import Settings
from maillage.cli.ontology import write_pages
from maillage.cli.portal import write_site
from maillage.files import folder_aside, out_folder, shown, write_whole

if TYPE_CHECKING:
    from maillage.answer import Graph

MAPS = ("edition", "co-organisation", "labs-and-carriers", "territories", "shared-themes", "shared-methods")
EGOS = 3


@dataclass(frozen=True)
class Drawn:
    """A map as written: its file under `maps/`, the name of the map, the body it is drawn around ("" for none)."""

    file: str
    name: str
    body: str = ""
    label: str = ""


@click.command(
    help="Tout faire : construire le graphe, dessiner les cartes, écrire la publication et la page d'accueil. || "
    "Do it all: build the graph, draw the maps, write the release and the index page."
)
@today_option
@click.pass_obj
def run(settings: Settings, today: datetime | None) -> None:
    from maillage import answer
    from maillage.graph.build import build
    from maillage.release.write import write_release

    steps, out, lang = Steps(settings.lang), out_folder(settings.out), settings.lang
    build(out, steps, today=today.date() if today else None)
    with answer.open(out, settings.allow, endpoint="", in_memory=True) as graph:  # whatever MAILLAGE_ENDPOINT says
        steps("Cartes", "Maps")
        drawn = draw_maps(graph, out / "maps", lang)
        steps("Publication", "Release")
        released = write_release(out, out / "release", allow=settings.allow)
        steps("Vocabulaire", "Vocabulary")
        pages = {code: f"ontology/{page.name}" for code, page in write_pages(out / "ontology").items()}
        steps("Page d'accueil", "Index page")
        write_whole(out / "index.html", graph.index([vars(one) for one in drawn], released.files, lang, pages))
        steps("Portail", "Portal")
        with folder_aside(out / "portal") as aside:
            write_site(graph, aside, lang)
            for name in ("maps", "ontology", "release"):
                shutil.copytree(out / name, aside / name)
        steps.end()
        show_summary(graph, lang)
    _say_what_to_open(out, drawn, lang)


def draw_maps(graph: "Graph", folder: Path, lang: str) -> list[Drawn]:
    """Every map of the whole graph, and one around each of the best connected bodies."""
    wanted = [Drawn(f"{name}.html", name) for name in MAPS]
    wanted += [
        Drawn(f"ego-{iri.rsplit('/', 1)[-1]}.html", "ego", iri, label) for iri, label in best_connected(graph, EGOS)
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


def show_summary(graph: "Graph", lang: str) -> None:
    """What the sources say and what they do not, a figure a line."""
    rows = graph.ask("counts", lang).rows()
    known = [row for row in rows if "-without-" not in str(row["what"])]
    unknown = [row for row in rows if "-without-" in str(row["what"])]
    heads = ("Ce que disent les sources", "Ce qu'elles ne disent pas")
    if lang == "en":
        heads = ("What the sources say", "What they do not say")
    for head, lines in zip(heads, (known, unknown), strict=True):
        click.echo(f"\n{head}")
        for row in lines:
            click.echo(f"{row['count']:>7}  {row['whatLabel']}")


def _say_what_to_open(out: Path, drawn: list[Drawn], lang: str) -> None:
    first, index = shown(out / "portal" / "index.html"), shown(out / "index.html")
    maps, release = shown(out / "maps"), shown(out / "release")
    if lang == "fr":
        click.echo(
            f"\nÀ ouvrir d'abord : {first}\nSommaire : {index}\nCartes : {maps} ({len(drawn)})\nPublication : {release}"
        )
        click.echo('Puis : maillage ask --list, maillage ask partners-of --body "Ti Lab"')
    else:
        click.echo(f"\nOpen first: {first}\nContents: {index}")
        click.echo(f"Maps: {maps} ({len(drawn)})\nRelease: {release}")
        click.echo('Then: maillage ask --list, maillage ask partners-of --body "Ti Lab"')
