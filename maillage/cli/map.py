"""`maillage map NAME -o FILE.html`."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings, endpoint_option
from maillage.cli.map_options import map_options, values_of
from maillage.files import by_suffix, short_path, write_whole
from maillage.locales import say


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
@map_options
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list)
@click.pass_obj
def map_(settings: Settings, name: str, body: str | None, hops: str | None, file: Path | None) -> None:
    from maillage.answer import draw

    target = (file or Path(f"{name}.html")).absolute()
    by_suffix(target, {"html": "html", "htm": "html"})
    write_whole(
        target, draw(settings.out, name, values_of(body, hops), settings.lang, settings.allow, settings.endpoint)
    )
    click.echo(say(settings.lang, "map.written", file=short_path(target)))
