"""`maillage publish`: the last build into an endpoint."""

from pathlib import Path

import click

from maillage.cli.build import Steps
from maillage.cli.lazy import Settings, endpoint_option
from maillage.files import out_folder, shown

_ABOUT = "L'adresse où ce serveur répond aux requêtes || The address where that endpoint answers queries"


@click.command(
    params=[endpoint_option(_ABOUT)],
    help="Charger le dernier graphe dans un serveur SPARQL (Graph Store HTTP Protocol), ou l'écrire en fichiers "
    "pour le chargeur du moteur. || "
    "Load the last graph into a SPARQL endpoint (Graph Store HTTP Protocol), or write it as files for the engine's "
    "own loader.",
)
@click.option(
    "--graph-store",
    metavar="URL",
    help="Où le serveur reçoit des graphes (deviné pour Oxigraph et Virtuoso) || "
    "Where the endpoint takes graphs (guessed for Oxigraph and Virtuoso)",
)
@click.option(
    "--files",
    type=click.Path(file_okay=False, path_type=Path),
    help="Plutôt écrire un fichier par graphe dans ce dossier || Write a file a graph in this folder instead",
)
@click.pass_obj
def publish(settings: Settings, graph_store: str | None, files: Path | None) -> None:
    from maillage.release.publish import publish as load
    from maillage.release.publish import write_files

    out = out_folder(settings.out)
    if files:
        done = write_files(out, files.absolute())
        click.echo(f"{done.version} -> {shown(files.absolute())}")
        return
    from maillage.store.graphs import graph_store_of

    if not graph_store and not settings.endpoint:
        raise click.UsageError("--endpoint URL, --graph-store URL, --files DIR ?")
    steps = Steps(settings.lang)
    done = load(out, graph_store or graph_store_of(str(settings.endpoint)), steps)
    steps.end()
    said = f"{done.version} : {len(done.graphs)} graphes" if settings.lang == "fr" else ""
    click.echo(said or f"{done.version}: {len(done.graphs)} graphs")
