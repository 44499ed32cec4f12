"""`maillage run`: graph, maps, release and index page under the output folder, and a summary to read."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.build import Steps, today_option
from maillage.cli.lazy import Settings
from maillage.cli.ontology import write_pages
from maillage.cli.portal import MapFile, draw_maps, write_site
from maillage.files import folder_aside, out_folder, short_path, write_whole
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.answer.graph import Graph


@click.command()
@today_option
@click.pass_obj
def run(settings: Settings, today: datetime | None) -> None:
    from maillage import answer
    from maillage.graph.build import build
    from maillage.release.write import write_release

    steps, out, lang = Steps(settings.lang), out_folder(settings.out), settings.lang
    build(out, steps, today=today.date() if today else None)
    with answer.open(out, settings.allow, endpoint="", in_memory=True) as graph:  # whatever MAILLAGE_ENDPOINT says
        steps("maps")
        drawn = draw_maps(graph, out / "maps", lang)
        steps("release")
        released = write_release(out, out / "release", allow=settings.allow)
        steps("vocabulary")
        pages = {code: f"ontology/{page.name}" for code, page in write_pages(out / "ontology").items()}
        steps("index")
        write_whole(out / "index.html", graph.index([vars(one) for one in drawn], released.files, lang, pages))
        steps("portal")
        with folder_aside(out / "portal") as aside:
            write_site(graph, aside, lang)
            for name in ("maps", "ontology", "release"):
                shutil.copytree(out / name, aside / name)
        steps.end()
        show_summary(graph, lang)
    _say_what_to_open(out, drawn, lang)


def show_summary(graph: "Graph", lang: str) -> None:
    """What the sources say and what they do not, a figure a line."""
    rows = graph.ask("counts", lang).rows()
    known = [row for row in rows if "-without-" not in str(row["what"])]
    unknown = [row for row in rows if "-without-" in str(row["what"])]
    for key, lines in (("run.stated", known), ("run.unstated", unknown)):
        click.echo(f"\n{say(lang, key)}")
        for row in lines:
            click.echo(f"{row['count']:>7}  {row['whatLabel']}")


def _say_what_to_open(out: Path, drawn: list[MapFile], lang: str) -> None:
    first, index = short_path(out / "portal" / "index.html"), short_path(out / "index.html")
    maps, release = short_path(out / "maps"), short_path(out / "release")
    said = {"first": first, "index": index, "maps": maps, "n": len(drawn), "release": release}
    click.echo(f"\n{say(lang, 'run.to-open', **said)}")
