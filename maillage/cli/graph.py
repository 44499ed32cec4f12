"""`maillage graph NAME -o FILE.gexf|graphml|json`."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.cli.map_options import map_options, values_of
from maillage.files import by_suffix, shown, write_whole


@click.command(
    help="Écrire le réseau de la carte NAME pour Gephi, igraph ou networkx : GEXF, GraphML ou JSON, "
    "avec sortes, dates, poids, preuves et licence. || "
    "Write the network of the map NAME for Gephi, igraph or networkx: GEXF, GraphML or JSON, "
    "with kinds, dates, weights, evidence and licence."
)
@map_options("Fichier à écrire : .gexf, .graphml ou .json || File to write: .gexf, .graphml or .json")
@click.pass_obj
def graph(settings: Settings, name: str, body: str | None, hops: str | None, file: Path | None) -> None:
    from maillage import answer
    from maillage.network.exchange import FORMATS

    target = (file or Path(f"{name}.gexf")).absolute()
    form = by_suffix(target, {known: known for known in FORMATS})
    with answer.open(settings.out, settings.allow, in_memory=True) as opened:
        write_whole(target, opened.network(name, settings.lang, form, **values_of(body, hops)))
    said = {"fr": f"Réseau : {shown(target)}", "en": f"Network: {shown(target)}"}
    click.echo(said[settings.lang])
