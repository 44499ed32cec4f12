"""`maillage export FORMAT -o FILE|FOLDER`: the whole graph, or its tables."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.errors import MachineError
from maillage.export import find_format
from maillage.files import replace_folder, short_path, write_whole
from maillage.locales import say


@click.command()
@click.argument("form", metavar="FORMAT")
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path))
@click.pass_obj
def export(settings: Settings, form: str, target: Path) -> None:
    from maillage import answer

    target = target.absolute()
    with answer.open(settings.out, settings.allow) as graph:
        if find_format(form).carries("table"):
            _write_folder(target, find_format(form).extension, graph.tables(form, settings.lang))
        else:
            write_whole(target, graph.export(form, settings.lang))
    click.echo(say(settings.lang, "export.written", file=short_path(target)))


def _write_folder(folder: Path, suffix: str, files: dict[str, bytes]) -> None:
    """Replaces a folder that a former export wrote, never one that another hand filled."""
    if folder.exists() and (folder.is_file() or any(_is_foreign(path, suffix) for path in folder.iterdir())):
        raise MachineError("foreign-folder", folder=short_path(folder))
    with replace_folder(folder) as aside:
        for name, body in files.items():
            (aside / name).write_bytes(body)


def _is_foreign(path: Path, suffix: str) -> bool:
    return not path.name.endswith((f".{suffix}", f".{suffix}-metadata.json"))
