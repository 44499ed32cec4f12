"""`maillage measures`, `communities`, `gaps`, `roundtable` and `path`: the network of partnerships, computed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.ask import Target, format_options, pass_target
from maillage.cli.data_option import data_option, largest_option, refuse_largest, refuse_options, write_study
from maillage.cli.lazy import Settings, endpoint_option
from maillage.errors import Phrase, QuestionError
from maillage.terms import PARTIES

if TYPE_CHECKING:
    from maillage.answer.synergies import Synergies
    from maillage.table import Table

_significant = click.option("--significant", is_flag=True)


def _write(settings: Settings, aim: Target, make: "Callable[[Synergies], Table]") -> None:
    """A computed table in the format asked for, credited as all that it was computed from."""
    from maillage.answer.synergies import Synergies

    with settings.open(in_memory=True) as graph:
        made = Synergies(graph)
        table, credit = make(made), made.credit(settings.lang)
    aim.write(table, credit)


@click.command(params=[*format_options(), data_option(), largest_option(), endpoint_option()])
@click.option("--since", default="", metavar="DATE")
@click.option("--until", default="", metavar="DATE")
@click.option("--mixing", type=click.Choice(["kind", "territory", "theme"]))
@_significant
@click.pass_obj
@pass_target
def measures(
    settings: Settings, aim: Target, data: Path | None, largest: int | None, mixing: str | None, **asked: Any
) -> None:
    from maillage.answer.networks import TieFilter, measures_table, mixing_table

    if data:
        refuse_options("measures --data", "since, until, largest", mixing=mixing, significant=asked.pop("significant"))
        write_study(settings, aim, data, lambda studied: studied.measures(), largest=largest or PARTIES, **asked)
        return
    refuse_largest(largest)
    kept, lang = TieFilter(**asked), settings.lang
    if mixing:
        _write(settings, aim, lambda made: mixing_table(made, lang, mixing, kept))
    else:
        _write(settings, aim, lambda made: measures_table(made, lang, kept))


@click.command(params=[*format_options(), data_option(), largest_option(), endpoint_option()])
@click.option("--seed", type=click.IntRange(min=0), default=7, show_default=True)
@click.option("--over", type=click.IntRange(1, 100), metavar="YEARS")
@click.option("--step", type=click.IntRange(1, 100), metavar="YEARS")
@_significant
@click.pass_obj
@pass_target
def communities(
    settings: Settings, aim: Target, data: Path | None, largest: int | None, seed: int, **asked: Any
) -> None:
    from maillage.answer.networks import TieFilter, communities_table, evolution_table

    if data:
        refuse_options("communities --data", "seed, largest", **asked)
        write_study(settings, aim, data, lambda studied: studied.communities(seed), largest=largest or PARTIES)
        return
    refuse_largest(largest)
    over, step = asked["over"], asked["step"]
    if step and not over:
        raise QuestionError("bad-value", value=str(step), wanted=Phrase("value-step"))
    kept, lang = TieFilter(significant=asked["significant"]), settings.lang
    if over:
        _write(settings, aim, lambda made: evolution_table(made, lang, seed, (over, step or over), kept))
    else:
        _write(settings, aim, lambda made: communities_table(made, lang, seed, kept))


@click.command(params=[*format_options(), endpoint_option()])
@click.option("--bridges", is_flag=True)
@click.option("--brokers", nargs=2, metavar="A B")
@click.pass_obj
@pass_target
def gaps(settings: Settings, bridges: bool, brokers: tuple[str, str] | None, aim: Target) -> None:
    from maillage.answer.networks import bridges_table, brokers_table

    lang = settings.lang
    if not (bridges or brokers):
        with settings.open() as graph:
            table = graph.ask("gaps", lang)
            credit = graph.credit([table], lang)
        aim.write(table, credit)
        return
    if brokers:
        _write(
            settings, aim, lambda of: brokers_table(of, lang, *(of.resolve("territory", one, lang) for one in brokers))
        )
    else:
        _write(settings, aim, lambda made: bridges_table(made, lang))


@click.command(params=[endpoint_option()])
@click.option("--theme", "themes", multiple=True, required=True)
@click.option("--territory", "territories", multiple=True)
@click.option("--size", type=click.IntRange(2, 30), default=6, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def roundtable(
    settings: Settings, themes: tuple[str, ...], territories: tuple[str, ...], size: int, as_json: bool
) -> None:
    from maillage.answer.networks import invite
    from maillage.answer.synergies import Synergies
    from maillage.credit.notice import ON_SCREEN
    from maillage.visualize.portal.suggestions import roundtable_lines

    lang = settings.lang
    with settings.open(in_memory=True) as graph:
        made = Synergies(graph)
        asked = [made.resolve("theme", theme, lang) for theme in themes]
        found = invite(made, asked, [made.resolve("territory", place, lang) for place in territories], size)
        credit = made.credit(lang)
    if as_json:
        said = {**vars(found), "credit": credit.as_dict()}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    lines = roundtable_lines(found, made.names[lang], made.known.regions, lang)
    click.echo("\n".join([*lines, "", credit.text(ON_SCREEN).rstrip("\n")]))


@click.command(params=[endpoint_option()])
@click.option("--from", "start", required=True)
@click.option("--to", "goal", required=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.pass_obj
def path(settings: Settings, start: str, goal: str, form: str) -> None:
    from maillage.credit.notice import ON_SCREEN
    from maillage.visualize.map.chains import chain_sentences, chain_values

    with settings.open() as graph:
        found, credit = graph.chains(start, goal, settings.lang)
    if form == "json":
        values = chain_values(found, settings.lang) | {"credit": credit.as_dict()}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(chain_sentences(found, settings.lang)))
    click.echo(f"\n{credit.text(ON_SCREEN)}", nl=False)
