"""On which side of its symbol each name is printed: where the layout kept room, or across where fewer lines pass."""

from collections.abc import Sequence

from maillage.network.boxes import text_width
from maillage.visualize.map.drawing import Line, Point

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in pixels of the layout
_ROW, _GAP = 14.5, 3.0


def sides(points: Sequence[Point], lines: Sequence[Line], lang: str) -> dict[str, str]:
    """`left` or `right`, by point: the other side than the layout's when it is free and crossed by fewer lines."""
    chosen = {point.id: point.place.side for point in points}
    symbols = {point.id: _symbol(point) for point in points}
    names = {point.id: _name(point, point.place.side, lang) for point in points}
    for point in sorted(points, key=lambda point: point.rank):
        across = "right" if chosen[point.id] == "left" else "left"
        box = _name(point, across, lang)
        taken = [other for id_, other in [*symbols.items(), *names.items()] if id_ != point.id]
        if _crossings(box, lines) < _crossings(names[point.id], lines) and not any(_meet(box, one) for one in taken):
            chosen[point.id], names[point.id] = across, box
    return chosen


def _symbol(point: Point) -> Rectangle:
    x, y, radius = point.place.x, point.place.y, point.symbol.size * point.radius
    return x - radius, y - radius, x + radius, y + radius


def _name(point: Point, side: str, lang: str) -> Rectangle:
    rows = point.lines[lang]
    wide, high = max(map(text_width, rows)), _ROW * len(rows) / 2
    left, _, right, _ = _symbol(point)
    start = left - _GAP - wide if side == "left" else right + _GAP
    return start, point.place.y - high, start + wide, point.place.y + high


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crossings(box: Rectangle, lines: Sequence[Line]) -> int:
    return sum(_passes(box, line) for line in lines)


def _passes(box: Rectangle, line: Line) -> bool:
    """Whether a line goes through a rectangle: what of it lies within each pair of sides, in turn (Liang-Barsky)."""
    low, high = 0.0, 1.0
    start, goal = line.start.place, line.goal.place
    for at, way, least, most in (
        (start.x, goal.x - start.x, box[0], box[2]),
        (start.y, goal.y - start.y, box[1], box[3]),
    ):
        if not way:
            if not least <= at <= most:
                return False
            continue
        first, last = sorted(((least - at) / way, (most - at) / way))
        low, high = max(low, first), min(high, last)
    return low < high
