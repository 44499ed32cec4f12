"""`maillage release FOLDER`."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.files import out_folder
from maillage.locales import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]))
@click.pass_obj
def release(settings: Settings, folder: Path, date: object) -> None:
    from maillage.release.write import write_release

    day = None if date is None else str(date)[:10]
    done = write_release(out_folder(settings.out), folder.absolute(), day, settings.allow)
    count, size = len(done.files), f"{sum(done.files.values()) / 1_000_000:.1f}"
    for name in done.withheld:
        click.echo(say(settings.lang, "release.withheld", name=name))
    said = {"version": done.version, "date": done.date, "n": count, "size": size, "folder": folder}
    click.echo(say(settings.lang, "release.written", **said))
    click.echo(say(settings.lang, "release.first", file=folder / "CREDITS"))
