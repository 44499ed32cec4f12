"""`maillage figure NAME -o FILE.svg|png|pdf`."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.files import shown, write_whole


@click.command(
    help="Dessiner la carte NAME pour l'impression, en SVG, PNG ou PDF : légende, sources et licence comprises. || "
    "Draw the map NAME for print, as SVG, PNG or PDF: legend, sources and licence included."
)
@click.argument("name")
@click.option("--body", help="L'organisme au centre (carte ego) || The body in the middle (map ego)")
@click.option("--hops", help="1 ou 2 liens autour de lui || 1 or 2 links around it")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Fichier à écrire : .svg, .png ou .pdf || File to write: .svg, .png or .pdf",
)
@click.pass_obj
def figure(settings: Settings, name: str, body: str | None, hops: str | None, file: Path | None) -> None:
    from maillage import answer

    values = {key: value for key, value in {"body": body, "hops": hops}.items() if value is not None}
    target = (file or Path(f"{name}.svg")).absolute()
    with answer.open(settings.out, settings.allow) as graph:
        write_whole(target, graph.figure(name, settings.lang, target.suffix[1:].lower(), **values))
    said = {"fr": f"Figure : {shown(target)}", "en": f"Figure: {shown(target)}"}
    click.echo(said[settings.lang])
