"""`maillage diff BEFORE AFTER`: what changed from a release to a later one."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.files import by_suffix, short_path, write_whole


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
