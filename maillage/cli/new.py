"""`maillage new question|map|source|format|facet NAME`: the skeleton of a thing, its checks, and what remains to do."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from maillage.assets import shipped
from maillage.cli.lazy import Settings, in_language
from maillage.files import shown

if TYPE_CHECKING:
    from maillage.skeleton.kinds import Begun

_THEMES = sorted(path.name for path in shipped("queries").iterdir() if path.is_dir())
_SAYS = "Ce que disent les vérifications : || What the checks say:"
_NO_FAULT = "rien à redire. || nothing at fault."
_REMAINS = "Reste à faire : || What remains:"


def _begin(kind: str, name: str, lang: str, add: "Callable[[], Begun]") -> None:
    from maillage.skeleton.files import remains

    files, faults = add()
    for path in files:
        click.echo(f"-> {shown(path)}")
    click.echo("\n".join([in_language(_SAYS, lang), *(faults or [in_language(_NO_FAULT, lang)])]))
    click.echo(f"{in_language(_REMAINS, lang)}\n{remains(kind, name, lang).rstrip()}")


@click.command(
    help="Commencer la question NAME, avec son cas ; il échoue tant que ses lignes ne sont pas jugées. || "
    "Begin the question NAME, with its case, which fails as long as its rows are not judged."
)
@click.argument("name")
@click.option("--theme", type=click.Choice(_THEMES), required=True, help="Dossier de queries/ || Folder of queries/")
@click.option("--like", metavar="QUESTION", help="Partir d'une autre question || Begin from another question")
@click.pass_obj
def question(settings: Settings, name: str, theme: str, like: str | None) -> None:
    from maillage.skeleton.kinds import add_question

    _begin("question", name, settings.lang, lambda: add_question(name, theme, like))


@click.command(
    help="Commencer la carte NAME d'une question, avec son cas, qui reste à juger. || "
    "Begin the map NAME of a question, with its case, which is still to be judged."
)
@click.argument("name")
@click.option("--question", "asked", metavar="QUESTION", required=True, help="Sa question || Its question")
@click.pass_obj
def map_(settings: Settings, name: str, asked: str) -> None:
    from maillage.skeleton.kinds import add_map

    _begin("map", name, settings.lang, lambda: add_map(name, asked))


@click.command(
    help="Commencer la source NAME, lue par nous : sa fiche et ses tables, vides. || "
    "Begin the source NAME, read by us: its card and its tables, empty."
)
@click.argument("name")
@click.option("--title", required=True, help="Titre de la source || Title of the source")
@click.option("--publisher", required=True, help="Qui la publie || Who publishes it")
@click.option("--address", metavar="URL", required=True, help="Son adresse || Its address")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Parue le || Issued on")
@click.pass_obj
def source(settings: Settings, name: str, title: str, publisher: str, address: str, date: datetime) -> None:
    from maillage.skeleton.kinds import add_source

    facts = {"title": title, "publisher": publisher, "address": address}
    _begin("source", name, settings.lang, lambda: add_source(name, facts, date.date()))


@click.command(
    name="format",
    help="Commencer le format NAME, avec son test et sa ligne de FORMATS. || "
    "Begin the format NAME, with its test and its line of FORMATS.",
)
@click.argument("name")
@click.option("--suffix", metavar=".x", required=True, help="Suffixe de ses fichiers || Suffix of its files")
@click.pass_obj
def format_(settings: Settings, name: str, suffix: str) -> None:
    from maillage.skeleton.kinds import add_format

    _begin("format", name, settings.lang, lambda: add_format(name, suffix))


@click.command(
    help="Commencer la facette NAME de l'explorateur : sa ligne de visualize/facets.json. || "
    "Begin the facet NAME of the explorer: its line of visualize/facets.json."
)
@click.argument("name")
@click.pass_obj
def facet(settings: Settings, name: str) -> None:
    from maillage.skeleton.kinds import add_facet

    _begin("facet", name, settings.lang, lambda: add_facet(name))
