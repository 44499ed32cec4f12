"""`maillage evaluate h2020|betagouv --data DIR --split YEAR`: how good suggestions are, on links that came later."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.build import Steps
from maillage.cli.lazy import Settings
from maillage.files import short_path, write_whole

if TYPE_CHECKING:
    from maillage.network.synergy.evaluate import Protocol

NETWORKS = ("h2020", "betagouv", "graph")
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("network", type=click.Choice(NETWORKS))
@click.option("--data", type=_FOLDER)
@click.option("--split", type=int)
@click.option("--until", type=int)
@click.option("--seed", type=click.IntRange(min=0), default=7, show_default=True)
@click.option("--queries", type=click.IntRange(min=10), default=2600, show_default=True)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--write", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def evaluate(
    settings: Settings,
    network: str,
    data: Path | None,
    split: int | None,
    until: int | None,
    seed: int,
    queries: int,
    file: Path | None,
    write: Path | None,
) -> None:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait must not take the core of one that works
    from maillage.cli.scoreboard import lines, write_scoreboard
    from maillage.errors import Phrase, QuestionError

    if network == "graph":
        _evaluate_graph(settings, seed, file)
        return
    if not data:
        hint = Phrase("give-data")
        raise QuestionError("missing-parameter", query=f"evaluate {network}", name="data", hint=hint)
    steps = Steps(settings.lang)
    result = _evaluate_history(network, data, _protocol(network, split, until, seed, queries), steps)
    steps.end()
    if file:
        write_whole(file.absolute(), f"{json.dumps(result, indent=1, ensure_ascii=False)}\n".encode())
    if write:
        for path in write_scoreboard(result, write.absolute()):
            click.echo(short_path(path))
    click.echo("\n".join(lines(result)))


def _evaluate_graph(settings: Settings, seed: int, file: Path | None) -> None:
    """Leave one event out (see `network.synergy.leave_out`)."""
    from maillage import answer
    from maillage.answer.synergies import Synergies
    from maillage.network.synergy.leave_out import leave_events_out
    from maillage.visualize.portal.suggestions import leave_out_lines

    with answer.open(settings.out, settings.allow, settings.endpoint, in_memory=True) as graph:
        result = leave_events_out(Synergies(graph).known, seed) | {"release": graph.release}
    if file:
        write_whole(file.absolute(), f"{json.dumps(result, indent=1, ensure_ascii=False)}\n".encode())
    click.echo("\n".join(leave_out_lines(result, settings.lang)))


def _protocol(network: str, split: int | None, until: int | None, seed: int, queries: int) -> "Protocol":
    """Lessons: the three years before the split, each with what was known when it began."""
    from maillage.network.synergy.evaluate import Protocol
    from maillage.network.synergy.sampling import REGIMES

    first = split or {"h2020": 2018, "betagouv": 2023}[network]
    lessons = ((first - 3, 4000, 12), (first - 2, 10_000, 16), (first - 1, 10_000, 16))
    scale = queries / 2600  # fewer queries, fewer lessons: a small run is small throughout
    some = tuple((year, max(50, int(most * scale)), against) for year, most, against in lessons)
    regimes = REGIMES if network == "h2020" else ("all", "newcomers", "no-common-partner")
    return Protocol(first, seed, regimes, some, until or float("inf"), queries)


def _evaluate_history(network: str, data: Path, protocol: "Protocol", steps: Steps) -> dict[str, Any]:
    from maillage.errors import FileError
    from maillage.network.synergy.evaluate import evaluate as run
    from maillage.network.synergy.registers import read_betagouv, read_h2020

    history = {"h2020": read_h2020, "betagouv": read_betagouv}[network](data)
    result = run(history, protocol, steps)
    if not result["regimes"]:
        raise FileError("nothing-to-test", folder=short_path(data), split=protocol.split)
    return {"network": network, "activities": len(history.start), "bodies": history.bodies} | result
