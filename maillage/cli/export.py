"""`maillage export FORMAT -o FILE|FOLDER`: the whole graph, or its tables."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.errors import MachineError
from maillage.files import folder_replaced, shown, write_whole
from maillage.locales import say

GRAPHS = ("turtle", "trig", "nquads", "jsonld", "rdfxml")
TABLES = ("csv", "parquet")


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice([*GRAPHS, *TABLES]))
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path))
@click.pass_obj
def export(settings: Settings, form: str, target: Path) -> None:
    from maillage import answer

    target = target.absolute()
    with answer.open(settings.out, settings.allow) as graph:
        if form in TABLES:
            _write_folder(target, form, graph.tables(form, settings.lang))
        else:
            write_whole(target, graph.export(form, settings.lang))
    click.echo(say(settings.lang, "export.written", file=shown(target)))


def _write_folder(folder: Path, form: str, files: dict[str, bytes]) -> None:
    """Replaces a folder that a former export wrote, never one that another hand filled."""
    if folder.exists() and (folder.is_file() or any(_is_foreign(path, form) for path in folder.iterdir())):
        raise MachineError("foreign-folder", folder=shown(folder))
    with folder_replaced(folder) as aside:
        for name, body in files.items():
            (aside / name).write_bytes(body)


def _is_foreign(path: Path, form: str) -> bool:
    return not path.name.endswith((f".{form}", f".{form}-metadata.json"))
