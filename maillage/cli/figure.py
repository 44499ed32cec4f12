"""`maillage figure NAME -o FILE`: the format is that of the suffix."""

from pathlib import Path

import click

from maillage.cli.drawn import file_help, map_options, values_of
from maillage.cli.lazy import Settings
from maillage.export import formats, suffixes
from maillage.files import by_suffix, shown, write_whole

_FORMATS = ", ".join(formats("figure"))


@click.command(
    help=f"Dessiner la carte NAME pour l'impression ({_FORMATS}) : légende, sources et licence comprises. || "
    f"Draw the map NAME for print ({_FORMATS}): legend, sources and licence included."
)
@map_options(file_help("figure"))
@click.pass_obj
def figure(settings: Settings, name: str, body: str | None, hops: str | None, file: Path | None) -> None:
    from maillage import answer

    target = (file or Path(f"{name}.svg")).absolute()
    form = by_suffix(target, suffixes("figure"))
    with answer.open(settings.out, settings.allow, in_memory=True) as graph:
        write_whole(target, graph.figure(name, settings.lang, form, **values_of(body, hops)))
    said = {"fr": f"Figure : {shown(target)}", "en": f"Figure: {shown(target)}"}
    click.echo(said[settings.lang])
