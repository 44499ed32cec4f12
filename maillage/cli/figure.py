"""`maillage figure NAME -o FILE`: the format is that of the suffix."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.cli.map_options import map_options, values_of
from maillage.export import suffixes
from maillage.files import by_suffix, short_path, write_whole
from maillage.locales import say


@click.command()
@map_options
@click.pass_obj
def figure(settings: Settings, name: str, body: str | None, hops: str | None, file: Path | None) -> None:
    from maillage import answer

    target = (file or Path(f"{name}.svg")).absolute()
    form = by_suffix(target, suffixes("figure"))
    with answer.open(settings.out, settings.allow, in_memory=True) as graph:
        write_whole(target, graph.figure(name, settings.lang, form, **values_of(body, hops)))
    click.echo(say(settings.lang, "figure.written", file=short_path(target)))
