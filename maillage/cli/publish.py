"""`maillage publish`: the last build into an endpoint."""

from pathlib import Path

import click

from maillage.cli.build import Steps
from maillage.cli.lazy import Settings, endpoint_option
from maillage.files import out_folder, short_path
from maillage.locales import say


@click.command(params=[endpoint_option()])
@click.option("--graph-store", metavar="URL")
@click.option("--files", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def publish(settings: Settings, graph_store: str | None, files: Path | None) -> None:
    from maillage.release.publish import publish as load
    from maillage.release.publish import write_files

    out = out_folder(settings.out)
    if files:
        done = write_files(out, files.absolute())
        click.echo(f"{done.version} -> {short_path(files.absolute())}")
        return
    from maillage.store.graphs import graph_store_of

    if not graph_store and not settings.endpoint:
        raise click.UsageError("--endpoint URL, --graph-store URL, --files DIR ?")
    steps = Steps(settings.lang)
    done = load(out, graph_store or graph_store_of(str(settings.endpoint)), steps)
    steps.end()
    click.echo(say(settings.lang, "publish.loaded", version=done.version, n=len(done.graphs)))
