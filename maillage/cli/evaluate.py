"""`maillage evaluate h2020|betagouv --data DIR --split YEAR`: how good suggestions are, on links that came later."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.build import Steps
from maillage.cli.lazy import Settings
from maillage.files import short_path, write_whole

if TYPE_CHECKING:
    from maillage.network.synergy.evaluate import Protocol

GOALS = {  # of issue 6, on H2020: AUC, MRR, Hits@10
    "all": (0.72, 0.19, 0.33),
    "public": (0.76, 0.24, 0.42),
    "french-foreign": (0.74, 0.22, 0.37),
    "newcomers": (0.76, 0.25, 0.42),
    "no-common-partner": (0.74, 0.23, 0.41),
}
MEASURES = ("auc", "mrr", "hits")


@click.command()
@click.argument("network", type=click.Choice(["h2020", "betagouv", "graph"]))
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", type=int)
@click.option("--until", type=int)
@click.option("--seed", type=click.IntRange(min=0), default=7, show_default=True)
@click.option("--queries", type=click.IntRange(min=10), default=2600, show_default=True)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--write", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def evaluate(
    settings: Settings, /, network: str, data: Path | None, file: Path | None, write: Path | None, **asked: Any
) -> None:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait must not take the core of one that works
    from maillage.errors import Phrase, QuestionError

    if network == "graph":
        _evaluate_graph(settings, asked["seed"], file)
        return
    if not data:
        command = Phrase("the-command", name=f"evaluate {network}")
        raise QuestionError("missing-parameter", asked=command, name="data", hint=Phrase("give-data"))
    steps = Steps(settings.lang)
    result = _evaluate_history(network, data, _protocol(network, **asked), steps)
    steps.end()
    if file:
        write_whole(file.absolute(), f"{json.dumps(result, indent=1, ensure_ascii=False)}\n".encode())
    if write:
        for path in _write_scoreboard(result, write.absolute()):
            click.echo(short_path(path))
    click.echo("\n".join(_lines(result)))


def _evaluate_graph(settings: Settings, seed: int, file: Path | None) -> None:
    """Leave one event out (see `network.synergy.leave_out`)."""
    from maillage.answer.synergies import Synergies
    from maillage.network.synergy.leave_out import leave_events_out
    from maillage.visualize.portal.suggestions import leave_out_lines

    with settings.open(in_memory=True) as graph:
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


def _write_scoreboard(result: dict[str, Any], folder: Path) -> list[Path]:
    """Writes `scoreboard-<network>.md` and `.svg`; returns both paths."""
    from maillage.visualize.scoreboard import scoreboard_figure

    name = f"scoreboard-{result['network']}"
    page, figure = folder / f"{name}.md", folder / f"{name}.svg"
    goals = GOALS if result["network"] == "h2020" else {}
    write_whole(figure, scoreboard_figure(result, {regime: goal[0] for regime, goal in goals.items()}))
    write_whole(page, ("\n".join(_page(result, figure.name)) + "\n").encode())
    return [page, figure]


def _lines(result: dict[str, Any]) -> list[str]:
    """A line a regime and a method, for the terminal."""
    return [
        f"{regime:<18} {method:<16} {'  '.join(f'{found[name][0]:.3f}' for name in MEASURES)}"
        for regime, board in result["regimes"].items()
        for method, found in board["methods"].items()
    ]


def _page(result: dict[str, Any], figure: str) -> Iterator[str]:
    network, split = result["network"], result["split"]
    yield f"# {network}, {split}"
    yield ""
    yield f"Written by `maillage evaluate {network} --split {split} --seed {result['seed']} --write`; do not edit it."
    yield ""
    yield f"![AUC of each method, regime by regime, with intervals]({figure})"
    for title, rows in (
        ("Matched negatives (headline): mean, 95 % interval by body", _headline(result)),
        ("AUC against the negatives that are of the regime themselves", _within(result)),
        ("Random negatives", _random(result)),
        ("Calibration of the learned combination", _calibration(result)),
    ):
        yield from ("", f"## {title}", "", *rows)


def _headline(result: dict[str, Any]) -> Iterator[str]:
    yield "| regime | method | AUC | MRR | Hits@10 | first suggestions in the top 1 % by degree |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for regime, board in result["regimes"].items():
        for method, found in board["methods"].items():
            cells = " | ".join(_interval(found[name]) for name in MEASURES)
            yield f"| {regime} ({board['queries']}) | {method} | {cells} | {found['hubs']:.0%} |"
        if result["network"] == "h2020":
            yield f"| {regime} | *goal* | {' | '.join(f'*{goal}*' for goal in GOALS[regime])} | |"


def _within(result: dict[str, Any]) -> Iterator[str]:
    methods = list(next(iter(result["regimes"].values()))["methods"])
    yield f"| regime | negatives a query | {' | '.join(methods)} |"
    yield f"| --- | --- |{' --- |' * len(methods)}"
    for regime, board in result["regimes"].items():
        found = board["within"]
        if found["learned"]["queries"]:
            each = found["learned"]["negatives"] / found["learned"]["queries"]
            yield f"| {regime} | {each:.0f} | {' | '.join(_interval(found[name]['auc']) for name in methods)} |"


def _random(result: dict[str, Any]) -> Iterator[str]:
    yield "| regime | method | AUC | MRR | Hits@10 |"
    yield "| --- | --- | --- | --- | --- |"
    for regime, board in result["regimes"].items():
        for method, found in board["random"].items():
            yield f"| {regime} | {method} | {' | '.join(f'{found[name][0]:.3f}' for name in MEASURES)} |"


def _calibration(result: dict[str, Any]) -> Iterator[str]:
    yield f"| regime | expected error, 1 in {result['against'] + 1} | expected error at even odds |"
    yield "| --- | --- | --- |"
    for regime, board in result["regimes"].items():
        if board["calibration"]:
            yield f"| {regime} | {board['calibration']['error']:.4f} | {board['calibration']['even error']:.3f} |"


def _interval(found: list[float]) -> str:
    return f"{found[0]:.3f} ({found[1]:.3f}–{found[2]:.3f})"
