"""What leaves a build: `maillage release`, `export` and `publish`; `maillage diff` compares two releases."""

from pathlib import Path

import click

from maillage.cli.build import Steps
from maillage.cli.lazy import Settings, endpoint_option
from maillage.errors import MachineError
from maillage.export import find_format
from maillage.files import by_suffix, out_folder, replace_folder, short_path, write_whole
from maillage.locales import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]))
@click.pass_obj
def release(settings: Settings, folder: Path, date: object) -> None:
    from maillage.release.write import write_release

    done = write_release(out_folder(settings.out), folder.absolute(), str(date)[:10] if date else None, settings.allow)
    count, size = len(done.files), f"{sum(done.files.values()) / 1_000_000:.1f}"
    for name in done.withheld:
        click.echo(say(settings.lang, "release.withheld", name=name))
    said = {"version": done.version, "date": done.date, "n": count, "size": size, "folder": folder}
    click.echo(say(settings.lang, "release.written", **said))
    click.echo(say(settings.lang, "release.first", file=folder / "CREDITS"))


@click.command()
@click.argument("form", metavar="FORMAT")
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path))
@click.pass_obj
def export(settings: Settings, form: str, target: Path) -> None:
    target = target.absolute()
    with settings.open() as graph:
        if find_format(form).carries("table"):
            _write_folder(target, find_format(form).extension, graph.tables(form, settings.lang))
        else:
            write_whole(target, graph.export(form, settings.lang))
    click.echo(say(settings.lang, "export.written", file=short_path(target)))


def _write_folder(folder: Path, suffix: str, files: dict[str, bytes]) -> None:
    """Replaces a folder that a former export wrote, never one that another hand filled."""
    ours = (f".{suffix}", f".{suffix}-metadata.json")
    if folder.exists() and (folder.is_file() or any(not path.name.endswith(ours) for path in folder.iterdir())):
        raise MachineError("foreign-folder", folder=short_path(folder))
    with replace_folder(folder) as aside:
        for name, body in files.items():
            (aside / name).write_bytes(body)


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


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "ttl", "json"]))
@click.option("--all", "everything", is_flag=True)
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def diff(
    settings: Settings, before: Path, after: Path, form: str | None, everything: bool, target: Path | None
) -> None:
    from maillage.release.changeset import as_json, change_sets
    from maillage.release.difference import compare
    from maillage.release.sentences import AT_MOST, sentences

    if target and not form:
        form = by_suffix(target, {"txt": "text", "ttl": "ttl", "json": "json"})
    with compare(before.absolute(), after.absolute()) as found:
        if form == "ttl":
            body = change_sets(found)
        elif form == "json":
            body = as_json(found, settings.lang)
        else:
            body = sentences(found, settings.lang, None if everything else AT_MOST).encode()
    if target is None:
        click.echo(body, nl=False)
        return
    write_whole(target.absolute(), body)
    click.echo(f"-> {short_path(target.absolute())}")
