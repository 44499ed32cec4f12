"""`maillage new question|map|source|format|facet NAME`: the skeleton of a thing, its checks, and what remains to do."""

from datetime import datetime
from typing import Any

import click

from maillage.assets import shipped
from maillage.cli.lazy import Settings, in_language
from maillage.files import shown

_THEMES = sorted(path.name for path in shipped("queries").iterdir() if path.is_dir())
_SAYS = "Ce que disent les vérifications : || What the checks say:"
_NO_FAULT = "rien à redire. || nothing at fault."
_REMAINS = "Reste à faire : || What remains:"


def _begin(settings: Settings, kind: str, name: str, *given: Any) -> None:
    from maillage.skeleton.files import KINDS, fill
    from maillage.skeleton.kinds import BEGIN

    lang, (files, faults) = settings.lang, BEGIN[kind](name, *given)
    for path in files:
        click.echo(f"-> {shown(path)}")
    click.echo("\n".join([in_language(_SAYS, lang), *(faults or [in_language(_NO_FAULT, lang)])]))
    left = fill(KINDS / kind / f"remains.{lang}.txt", {"NAME": name})
    click.echo(f"{in_language(_REMAINS, lang)}\n{left.rstrip()}")


@click.command()
@click.argument("name")
@click.option("--theme", type=click.Choice(_THEMES), required=True, help="Dossier de queries/ || Folder of queries/")
@click.option("--like", metavar="QUESTION", help="Partir d'une autre question || Begin from another question")
@click.pass_obj
def question(settings: Settings, name: str, theme: str, like: str | None) -> None:
    _begin(settings, "question", name, theme, like)


@click.command()
@click.argument("name")
@click.option("--question", "asked", metavar="QUESTION", required=True, help="Sa question || Its question")
@click.pass_obj
def map_(settings: Settings, name: str, asked: str) -> None:
    _begin(settings, "map", name, asked)


@click.command()
@click.argument("name")
@click.option("--title", required=True, help="Titre de la source || Title of the source")
@click.option("--publisher", required=True, help="Qui la publie || Who publishes it")
@click.option("--address", metavar="URL", required=True, help="Son adresse || Its address")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Parue le || Issued on")
@click.pass_obj
def source(settings: Settings, name: str, title: str, publisher: str, address: str, date: datetime) -> None:
    facts = {"title": title, "publisher": publisher, "address": address}
    _begin(settings, "source", name, facts, date.date(), settings.lang)


@click.command("format")
@click.argument("name")
@click.option("--suffix", metavar=".x", required=True, help="Suffixe de ses fichiers || Suffix of its files")
@click.pass_obj
def format_(settings: Settings, name: str, suffix: str) -> None:
    _begin(settings, "format", name, suffix)


@click.command()
@click.argument("name")
@click.pass_obj
def facet(settings: Settings, name: str) -> None:
    _begin(settings, "facet", name)
