"""The scoreboard as a page: tables from the result of `maillage evaluate`, and their figure beside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maillage.files import write_whole

GOALS = {  # of issue 6, on H2020: AUC, MRR, Hits@10
    "all": (0.72, 0.19, 0.33),
    "public": (0.76, 0.24, 0.42),
    "french-foreign": (0.74, 0.22, 0.37),
    "newcomers": (0.76, 0.25, 0.42),
    "no-common-partner": (0.74, 0.23, 0.41),
}
MEASURES = ("auc", "mrr", "hits")


def write_scoreboard(result: dict[str, Any], folder: Path) -> list[Path]:
    """Writes `scoreboard-<network>.md` and `.svg`; returns both paths."""
    from maillage.visualize.scoreboard import scoreboard_figure

    name = f"scoreboard-{result['network']}"
    page, figure = folder / f"{name}.md", folder / f"{name}.svg"
    goals = GOALS if result["network"] == "h2020" else {}
    write_whole(figure, scoreboard_figure(result, {regime: goal[0] for regime, goal in goals.items()}))
    write_whole(page, ("\n".join(_page(result, figure.name)) + "\n").encode())
    return [page, figure]


def lines(result: dict[str, Any]) -> list[str]:
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
