"""`maillage map`, `figure` and `graph`: a map as a page, for print, for other programs; the suffix gives the format."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from maillage.cli.lazy import Settings, endpoint_option
from maillage.export import suffixes
from maillage.files import by_suffix, short_path, write_whole
from maillage.locales import say

Function = Callable[..., Any]


def _map_options(command: Function) -> Function:
    """Gives a command `name`, `--body`, `--hops` and `-o`."""
    file = click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path))
    for option in (file, click.option("--hops"), click.option("--body"), click.argument("name")):
        command = option(command)
    return command


def _write(settings: Settings, command: str, name: str, file: Path | None, values: dict[str, str | None]) -> None:
    known = {"map": {"html": "html", "htm": "html"}, "figure": suffixes("figure"), "graph": suffixes("network")}
    ending = {"map": "html", "figure": "svg", "graph": "gexf"}[command]
    target = (file or Path(f"{name}.{ending}")).absolute()
    form = by_suffix(target, known[command])
    given = {key: value for key, value in values.items() if value is not None}
    with settings.open(in_memory=True) as opened:
        if command == "map":
            body: bytes = opened.draw(name, settings.lang, **given)
        else:
            draw = opened.figure if command == "figure" else opened.network
            body = draw(name, settings.lang, form, **given)
    write_whole(target, body)
    click.echo(say(settings.lang, f"{command}.written", file=short_path(target)))


def _list(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """The maps there are, a line each."""
    if not wanted or ctx.resilient_parsing:
        return
    from maillage.visualize.map.spec import map_names, read_spec

    lang = ctx.ensure_object(Settings).lang
    for name in map_names():
        spec = read_spec(name)
        options = "".join(f" --{parameter}" for parameter in spec.parameters)
        click.echo(f"{name + options:<24}{spec.title[lang].replace('{name}', '…')} : {spec.subtitle[lang]}")
    ctx.exit()


@click.command(params=[endpoint_option()])
@_map_options
@click.option("--list", is_flag=True, expose_value=False, callback=_list)
@click.pass_obj
def map_(settings: Settings, /, name: str, file: Path | None, **values: str | None) -> None:
    _write(settings, "map", name, file, values)


def _writing(command: str) -> click.Command:
    @click.command(command)
    @_map_options
    @click.pass_obj
    def write(settings: Settings, /, name: str, file: Path | None, **values: str | None) -> None:
        _write(settings, command, name, file, values)

    return write


figure, graph = _writing("figure"), _writing("graph")
