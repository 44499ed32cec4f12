"""`--data PATH`: the same commands on a table of participations of one's own, or on H2020, without a graph built."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.ask import Target
from maillage.cli.lazy import Settings
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.answer.participations import Study
    from maillage.table import Table


def data_option() -> click.Option:
    """Made anew for each command: click parameters keep state."""
    return click.Option(["--data"], type=click.Path(exists=True, path_type=Path), metavar="PATH")


def largest_option() -> click.Option:
    """With `--data`: of a graph, the build decides which activities make ties."""
    return click.Option(["--largest"], type=click.IntRange(2))


def refuse_options(command: str, known: str, **given: object) -> None:
    """Raises `unknown-parameter` for what was given and has no sense here; `known`: what has."""
    from maillage.errors import Phrase, QuestionError

    for name, value in given.items():
        if value:
            asked = Phrase("the-command", name=command)
            raise QuestionError("unknown-parameter", asked=asked, name=name, known=known)


def refuse_largest(largest: int | None) -> None:
    """Raises `largest-of-build` where a graph is asked."""
    from maillage.errors import QuestionError

    if largest:
        raise QuestionError("largest-of-build", largest=largest)


def write_study(settings: Settings, aim: Target, data: Path, make: "Callable[[Study], Table]", **read: Any) -> None:
    """`read`: what else a Study is made with."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait must not take the core of one that works
    from maillage.answer.participations import Study

    studied = Study(data, **read)
    aim.write(make(studied), studied.credit(settings.lang))


def write_suggestions(settings: Settings, aim: Target, data: Path, most: int, body: str, kind: str) -> None:
    """The best strangers of the bodies asked; how many of them get none is told aside."""

    def make(studied: "Study") -> "Table":
        table = studied.suggestions(most, body, kind)
        asked, advised = studied.places_of(body, kind), table.frame["body"].n_unique()
        if advised < len(asked):
            click.echo(say(settings.lang, "synergies.advised", n=advised, asked=len(asked)), err=True)
        return table

    write_study(settings, aim, data, make)
