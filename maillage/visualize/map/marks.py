"""What a printed map is made of: symbols, lines, names and communities, as matplotlib draws them.

Everything is in points (1/72 inch), the origin at the bottom left of the sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maillage.terms import xml_text
from maillage.visualize.map.drawing import Group, Line, Point
from maillage.visualize.palette import Symbol, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Spot = tuple[float, float]
To = Callable[[float, float], Spot]

SCALE = 0.62  # points for a pixel of the layout, so that its 12 px names are set in 7.4
NAME, LETTER, TITLE, GAP = 7.0, 0.95, 7.0, 3.0
DASHES: Mapping[str, object] = {"stated": "-", "implied": (0, (5, 2.5)), "ambiguous": (0, (1, 2.2))}
_AROUND = 52 * SCALE  # of a community, as the page draws it


def draw_groups(axes: "Axes", groups: Sequence[Group], to: To) -> None:
    from matplotlib.patches import Polygon

    colour = palette().tokens["group"]
    for group in groups:
        corners, look = [to(x, y) for x, y in group.hull], {"linewidth": _AROUND, "zorder": 0.5}
        axes.add_patch(Polygon(corners, closed=True, facecolor=colour, edgecolor=colour, joinstyle="round", **look))


def draw_titles(axes: "Axes", groups: Sequence[Group], lang: str, to: To) -> None:
    look: dict[str, Any] = {"fontsize": TITLE, "style": "italic", "color": palette().tokens["secondary"], "zorder": 4}
    for group in groups:
        axes.text(*to(group.x, group.y), group.title[lang], ha="center", va="center", **look)


def draw_line(axes: "Axes", start: Spot, goal: Spot, line: Line) -> None:
    look: dict[str, Any] = {"linestyle": DASHES[line.certainty], "color": palette().tokens["link"], "zorder": 1}
    axes.plot(*zip(start, goal, strict=True), linewidth=line.width * SCALE, solid_capstyle="round", **look)


def draw_symbol(axes: "Axes", symbol: Symbol, glyph: str, spot: Spot, radius: float) -> None:
    """The shape of the kind with its letter (for an event, its day): never the colour alone."""
    from matplotlib.patches import Circle, Polygon

    tokens = palette().tokens
    edge = tokens["secondary"] if symbol.colour == tokens["card"] else tokens["card"]
    look: dict[str, Any] = {"facecolor": symbol.colour, "edgecolor": edge, "linewidth": 0.7, "zorder": 2}
    x, y = spot
    corners = [(x + radius * dx, y - radius * dy) for dx, dy in symbol.points]
    axes.add_patch(Polygon(corners, closed=True, **look) if corners else Circle(spot, radius, **look))
    size = radius * (LETTER if len(glyph) == 1 else LETTER * 0.9)
    words: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": symbol.text, "zorder": 3}
    axes.text(x, y - symbol.drop * radius, glyph, fontsize=size, fontweight="bold", **words)


def draw_name(axes: "Axes", point: Point, lang: str, spot: Spot, side: str) -> None:
    """The name on one side of its symbol; the line that it crosses fades."""
    left = side == "left"
    away = (point.symbol.size * point.radius + GAP) * SCALE
    ground: dict[str, Any] = {"facecolor": palette().tokens["card"], "edgecolor": "none", "alpha": 0.72, "pad": 0.6}
    look: dict[str, Any] = {"color": palette().tokens["ink"], "linespacing": 1.05, "zorder": 2.5, "bbox": ground}
    place, align = (spot[0] - away, "right") if left else (spot[0] + away, "left")
    words = "\n".join(map(xml_text, point.lines[lang]))
    axes.text(place, spot[1], words, ha=align, va="center", fontsize=NAME, **look)
