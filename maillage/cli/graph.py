"""`maillage graph NAME -o FILE`: the format is that of the suffix."""

from pathlib import Path

import click

from maillage.cli.drawn import file_help, map_options, values_of
from maillage.cli.lazy import Settings
from maillage.export import formats, suffixes
from maillage.files import by_suffix, shown, write_whole

_FORMATS = ", ".join(formats("network"))


@click.command(
    help=f"Écrire le réseau de la carte NAME pour Gephi, igraph ou networkx ({_FORMATS}), "
    "avec sortes, dates, poids, preuves et licence. || "
    f"Write the network of the map NAME for Gephi, igraph or networkx ({_FORMATS}), "
    "with kinds, dates, weights, evidence and licence."
)
@map_options(file_help("network"))
@click.pass_obj
def graph(settings: Settings, name: str, body: str | None, hops: str | None, file: Path | None) -> None:
    from maillage import answer

    target = (file or Path(f"{name}.gexf")).absolute()
    form = by_suffix(target, suffixes("network"))
    with answer.open(settings.out, settings.allow, in_memory=True) as opened:
        write_whole(target, opened.network(name, settings.lang, form, **values_of(body, hops)))
    said = {"fr": f"Réseau : {shown(target)}", "en": f"Network: {shown(target)}"}
    click.echo(said[settings.lang])
