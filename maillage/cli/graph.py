"""`maillage graph NAME -o FILE.gexf|graphml|json`."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.cli.map_options import map_options, values_of
from maillage.files import by_suffix, shown, write_whole
from maillage.locales import say


@click.command()
@map_options
@click.pass_obj
def graph(settings: Settings, name: str, body: str | None, hops: str | None, file: Path | None) -> None:
    from maillage import answer
    from maillage.network.exchange import FORMATS

    target = (file or Path(f"{name}.gexf")).absolute()
    form = by_suffix(target, {known: known for known in FORMATS})
    with answer.open(settings.out, settings.allow, in_memory=True) as opened:
        write_whole(target, opened.network(name, settings.lang, form, **values_of(body, hops)))
    click.echo(say(settings.lang, "graph.written", file=shown(target)))
