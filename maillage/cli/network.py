"""`maillage measures`, `communities`, `gaps` and `roundtable`: the network of partnerships, computed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.ask import Target, aimed, format_options
from maillage.cli.data_option import data_option, only_without_data, write_studied, write_table
from maillage.cli.lazy import Settings, endpoint_option
from maillage.errors import Phrase, QuestionError

if TYPE_CHECKING:
    from maillage.answer.synergies import Synergies
    from maillage.table import Table

__all__ = ["communities", "gaps", "measures", "roundtable"]
_significant = click.option(
    "--significant",
    is_flag=True,
    help="Seulement les paires réunies plus que par hasard || Only the pairs brought together more than by chance",
)


def _write(settings: Settings, aim: Target, make: "Callable[[Synergies], Table]") -> None:
    """A computed table in the format asked for, credited as all that it was computed from."""
    from maillage import answer
    from maillage.answer.synergies import Synergies

    with answer.open(settings.out, settings.allow, settings.endpoint, in_memory=True) as graph:
        made = Synergies(graph)
        table, credit = make(made), made.credit(settings.lang)
    write_table(aim, table, credit)


@click.command(
    params=[*format_options(), data_option(), endpoint_option()],
    help="Mesurer la place de chaque organisme dans le réseau des partenariats. || "
    "Measure the place of each body in the network of partnerships.",
)
@click.option("--since", default="", metavar="DATE", help="Depuis cette date ou année || Since this date or year")
@click.option("--until", default="", metavar="DATE", help="Jusqu'à cette date ou année || Until this date or year")
@click.option(
    "--mixing", type=click.Choice(["kind", "territory", "theme"]),
    help="Qui travaille avec qui, par sorte, région ou thème, face au hasard || "
    "Who works with whom, by kind, region or theme, against chance",
)  # fmt: skip
@_significant
@click.pass_obj
@aimed
def measures(
    settings: Settings,
    since: str,
    until: str,
    mixing: str | None,
    significant: bool,
    aim: Target,
    data: Path | None,
) -> None:
    from maillage.answer.networks import Kept, measures_table, mixing_table

    if data:
        only_without_data("measures", "since, until", mixing=mixing, significant=significant)
        write_studied(settings, aim, data, lambda studied: studied.measures(), since, until)
        return
    kept, lang = Kept(since, until, significant), settings.lang

    def make(made: "Synergies") -> "Table":
        return mixing_table(made, lang, mixing, kept) if mixing else measures_table(made, lang, kept)

    _write(settings, aim, make)


@click.command(
    params=[*format_options(), data_option(), endpoint_option()],
    help="Trouver les communautés de partenaires, et dire combien chacune est stable. || "
    "Find the communities of partners, and say how stable each is.",
)
@click.option("--seed", type=click.IntRange(min=0), default=7, show_default=True, help="Graine || Seed")
@click.option(
    "--over", type=click.IntRange(1, 100), metavar="YEARS",
    help="Les suivre, par fenêtres de tant d'années || Follow them, by windows of so many years",
)  # fmt: skip
@click.option(
    "--step", type=click.IntRange(1, 100), metavar="YEARS",
    help="Une fenêtre toutes les tant d'années (défaut : bout à bout) || "
    "A window every so many years (default: end to end)",
)  # fmt: skip
@_significant
@click.pass_obj
@aimed
def communities(
    settings: Settings,
    seed: int,
    over: int | None,
    step: int | None,
    significant: bool,
    aim: Target,
    data: Path | None,
) -> None:
    from maillage.answer.networks import Kept, communities_table, evolution_table

    if data:
        only_without_data("communities", "seed", over=over, step=step, significant=significant)
        write_studied(settings, aim, data, lambda studied: studied.communities(seed))
        return
    if step and not over:
        raise QuestionError("bad-value", value=str(step), wanted=Phrase("value-step"))
    kept, lang = Kept(significant=significant), settings.lang

    def make(made: "Synergies") -> "Table":
        if not over:
            return communities_table(made, lang, seed, kept)
        return evolution_table(made, lang, seed, (over, step or over), kept)

    _write(settings, aim, make)


@click.command(
    params=[*format_options(), endpoint_option()],
    help="Voir où rien n'est connu : laboratoires, événements, partenariats par région et par thème. || "
    "See where nothing is known: labs, events, partnerships by region and theme.",
)
@click.option(
    "--bridges", is_flag=True,
    help="Les paires de régions qui coopèrent moins qu'attendu || Pairs of regions that co-operate less than expected",
)  # fmt: skip
@click.option(
    "--brokers", nargs=2, metavar="A B",
    help="Qui a des partenaires dans ces deux régions || Who has partners in these two regions",
)  # fmt: skip
@click.pass_obj
@aimed
def gaps(settings: Settings, bridges: bool, brokers: tuple[str, str] | None, aim: Target) -> None:
    from maillage import answer
    from maillage.answer.networks import bridges_table, brokers_table

    lang = settings.lang
    if not (bridges or brokers):
        with answer.open(settings.out, settings.allow, settings.endpoint) as graph:
            table = graph.ask("gaps", lang)
            credit = graph.credit([table], lang)
        write_table(aim, table, credit)
        return

    def make(made: "Synergies") -> "Table":
        if not brokers:
            return bridges_table(made, lang)
        one, other = (made.resolve("territory", place, lang) for place in brokers)
        return brokers_table(made, lang, one, other)

    _write(settings, aim, make)


@click.command(
    params=[endpoint_option()],
    help="Composer une table ronde : thèmes couverts, territoires réunis, un lien qui existe déjà. || "
    "Compose a round table: themes covered, territories gathered, one link that exists already.",
)
@click.option("--theme", "themes", multiple=True, required=True, help="Thème à couvrir || Theme to cover")
@click.option("--territory", "territories", multiple=True, help="Région où inviter || Region to invite from")
@click.option("--size", type=click.IntRange(2, 30), default=6, show_default=True, help="Combien || How many")
@click.option("--json", "as_json", is_flag=True, help="Pour une machine || For a machine")
@click.pass_obj
def roundtable(
    settings: Settings, themes: tuple[str, ...], territories: tuple[str, ...], size: int, as_json: bool
) -> None:
    from maillage import answer
    from maillage.answer.networks import invite
    from maillage.answer.synergies import Synergies
    from maillage.credit.notice import ON_SCREEN
    from maillage.visualize.suggestions import roundtable_lines

    lang = settings.lang
    with answer.open(settings.out, settings.allow, settings.endpoint, in_memory=True) as graph:
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
