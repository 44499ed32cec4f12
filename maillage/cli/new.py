"""`maillage new question|map|source|format|facet NAME`: the skeleton of a thing, its checks, and what remains to do."""

from datetime import datetime
from typing import Any

import click

from maillage.assets import bundled_folder
from maillage.cli.lazy import Settings
from maillage.files import short_path
from maillage.locales import say

_THEMES = sorted(path.name for path in bundled_folder("queries").iterdir() if path.is_dir())


def _begin(settings: Settings, kind: str, name: str, *given: Any) -> None:
    from maillage.skeleton.kinds import BEGIN, KINDS, fill

    lang, (files, faults) = settings.lang, BEGIN[kind](name, *given)
    for path in files:
        click.echo(f"-> {short_path(path)}")
    click.echo("\n".join([say(lang, "new.checks"), *(faults or [say(lang, "new.no_fault")])]))
    left = fill(KINDS / kind / f"remains.{lang}.txt", {"NAME": name})
    click.echo(f"{say(lang, 'new.remains')}\n{left.rstrip()}")


@click.command()
@click.argument("name")
@click.option("--theme", type=click.Choice(_THEMES), required=True)
@click.option("--like", metavar="QUESTION")
@click.pass_obj
def question(settings: Settings, name: str, theme: str, like: str | None) -> None:
    _begin(settings, "question", name, theme, like)


@click.command()
@click.argument("name")
@click.option("--question", "asked", metavar="QUESTION", required=True)
@click.pass_obj
def map_(settings: Settings, name: str, asked: str) -> None:
    _begin(settings, "map", name, asked)


@click.command()
@click.argument("name")
@click.option("--title", required=True)
@click.option("--publisher", required=True)
@click.option("--address", metavar="URL", required=True)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.pass_obj
def source(settings: Settings, name: str, title: str, publisher: str, address: str, date: datetime) -> None:
    facts = {"title": title, "publisher": publisher, "address": address}
    _begin(settings, "source", name, facts, date.date(), settings.lang)


@click.command("format")
@click.argument("name")
@click.option("--suffix", metavar=".x", required=True)
@click.pass_obj
def format_(settings: Settings, name: str, suffix: str) -> None:
    _begin(settings, "format", name, suffix)


@click.command()
@click.argument("name")
@click.pass_obj
def facet(settings: Settings, name: str) -> None:
    _begin(settings, "facet", name)
