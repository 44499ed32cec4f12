"""`maillage release FOLDER`."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.files import out_folder


@click.command(
    help="Écrire la publication du dernier graphe dans FOLDER : N-Quads, TriG, Turtle, JSON-LD, tables CSV, "
    "description DCAT et VoID, sommes de contrôle, crédits. || "
    "Write the release of the last graph in FOLDER: N-Quads, TriG, Turtle, JSON-LD, CSV tables, "
    "DCAT and VoID description, checksums, credits."
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date de la publication (sinon, le dernier jour où une source a été lue) || "
    "Date of the release (else the last day on which a source was read)",
)
@click.pass_obj
def release(settings: Settings, folder: Path, date: object) -> None:
    from maillage.release.write import write_release

    day = None if date is None else str(date)[:10]
    done = write_release(out_folder(settings.out), folder.absolute(), day, settings.allow)
    count, size = len(done.files), f"{sum(done.files.values()) / 1_000_000:.1f}"
    said = {
        "fr": f"Publication {done.version} du {done.date} : {count} fichiers, {size} Mo, dans {folder}",
        "en": f"Release {done.version} of {done.date}: {count} files, {size} MB, in {folder}",
    }
    for name in done.withheld:
        fr = f"Source non publiée : {name}, sa fiche ne le permet pas."
        click.echo(fr if settings.lang == "fr" else f"Source not published: {name}, its card does not allow it.")
    first = {"fr": "À lire d'abord :", "en": "Read first:"}
    click.echo(f"{said[settings.lang]}\n{first[settings.lang]} {folder / 'CREDITS'}")
