"""The scoreboard as a figure: AUC of each method by regime, with intervals, and the goal."""

import io
from collections.abc import Mapping
from typing import Any

from maillage.visualize.palette import palette

_SETTINGS: Any = {"font.family": "DejaVu Sans", "svg.fonttype": "none", "svg.hashsalt": "maillage"}
_MARKS = ("o", "s", "^", "v", "D", "*")


def scoreboard_figure(result: Mapping[str, Any], goals: Mapping[str, float]) -> bytes:
    """SVG; the same result, the same bytes. `result` as `network.synergy.evaluate` gives it; `goals`: AUC by regime."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    regimes, tokens, body = result["regimes"], palette().tokens, io.BytesIO()
    with rc_context(_SETTINGS):
        sheet = Figure(figsize=(9, 1.2 + 0.9 * len(regimes)), facecolor=tokens["card"], layout="constrained")
        FigureCanvasSVG(sheet)
        axes = sheet.add_subplot()
        for row, (regime, board) in enumerate(regimes.items()):
            _draw_row(axes, row, board["methods"])
            if regime in goals:
                axes.vlines(goals[regime], row - 0.4, row + 0.4, color=tokens["check"], linestyle=":")
        axes.axvline(0.5, color=tokens["line"])
        axes.set_yticks(range(len(regimes)), list(regimes))
        axes.invert_yaxis()
        axes.set_xlabel("AUC, matched negatives (95 % interval); dotted: goal")
        handles, labels = axes.get_legend_handles_labels()
        first = len(next(iter(regimes.values()))["methods"])
        axes.legend(handles[:first], labels[:first], loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
        sheet.savefig(body, format="svg", metadata={"Date": None, "Creator": "Maillage"})
    return body.getvalue()


def _draw_row(axes: Any, row: int, methods: Mapping[str, Any]) -> None:
    tokens = palette().tokens
    for place, (method, found) in enumerate(methods.items()):
        mean, low, high = found["auc"]
        y = row + (place - (len(methods) - 1) / 2) * 0.13
        colour = tokens["accent"] if method == "learned" else tokens["control"]
        axes.errorbar(mean, y, xerr=[[mean - low], [high - mean]], fmt=_MARKS[place % len(_MARKS)], color=colour,
                      label=method, markersize=5)  # fmt: skip
