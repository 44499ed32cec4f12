"""A map for print: SVG, PNG or PDF, with its legend, title, sources and licence; the same map, the same bytes."""

import io
import re
import textwrap
import warnings
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from maillage.credit.notice import Credit
from maillage.export import find_format
from maillage.network.boxes import text_width
from maillage.network.layout import Place
from maillage.ontology import certainties
from maillage.terms import xml_text
from maillage.visualize.locales import say
from maillage.visualize.map import marks
from maillage.visualize.map.drawing import Drawing, Line, Point
from maillage.visualize.map.spec import Texts
from maillage.visualize.map.words import fold_words, sentences, width_words
from maillage.visualize.palette import EVENT, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SETTINGS: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same on every machine
    "svg.fonttype": "none",
    "svg.hashsalt": "maillage",
    "pdf.fonttype": 42,
    "text.parse_math": False,  # a dollar in a name is a dollar
    "path.simplify": False,
}
_MARGIN, _NARROWEST, _PNG = 26.0, 540.0, 220
_TITLE, _SUBTITLE, _LEGEND, _SOURCES = 15.0, 9.0, 7.5, 6.5
_ROW, _KEY = 15.0, 22.0  # of the legend: height of a row, width of its symbol
_NAME_ROW, _NAME_GAP = 14.5, 3.0  # of a name, in pixels of the layout
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in pixels of the layout


def figure(drawing: Drawing, title: Texts, credit: Credit, form: str = "svg") -> bytes:
    """The map in the language of the credit. Raises `unknown-format`."""
    from matplotlib import rc_context

    with rc_context(_SETTINGS), warnings.catch_warnings():
        # A character that its font lacks is left to the reader's fonts.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        return find_format(form, "figure").write(Sheet(drawing, title, credit), credit, "figure")


class Sheet:
    """The parts of a figure, from top to bottom: title, map, legend, sources."""

    def __init__(self, drawing: Drawing, title: Texts, credit: Credit) -> None:
        self.drawing, self.credit, self.lang = drawing, credit, credit.lang
        self.title = xml_text(title[self.lang])
        # Licence and credits go inside the file; no date and no version of the software does.
        self.licence = f"{credit.labels[self.lang]} <{credit.licence_iri}>"
        self.credits = xml_text(" ; ".join(credit.lines))
        left, top, right, bottom = _frame(drawing.points)
        self.width = max(_NARROWEST, (right - left) * marks.SCALE + 2 * _MARGIN)
        self.inside = self.width - 2 * _MARGIN
        self.heading = textwrap.wrap(self.title, max(20, int(self.inside / (_TITLE * 0.6))))
        self.legend = _columns(_legend(drawing, self.lang), self.inside)
        self.sources = _last_lines(fold_words(drawing, self.lang), credit, self.inside)
        below = _ROW * len(self.legend) + _SOURCES * 1.45 * len(self.sources) + _MARGIN + 16
        above = _MARGIN + _TITLE * 1.25 * len(self.heading) + _SUBTITLE * 1.3 + 14
        self.height = above + (bottom - top) * marks.SCALE + below
        self.shift = (self.width / 2 - (left + right) / 2 * marks.SCALE, self.height - above + top * marks.SCALE)

    def to(self, x: float, y: float) -> marks.Spot:
        """Where a place of the layout, whose y grows downwards, lies on the sheet."""
        return x * marks.SCALE + self.shift[0], self.shift[1] - y * marks.SCALE

    def draw(self) -> "Figure":
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        sheet = Figure(figsize=(self.width / 72, self.height / 72), dpi=72, facecolor=palette().tokens["card"])
        FigureCanvasAgg(sheet)
        axes = sheet.add_axes((0, 0, 1, 1), xlim=(0, self.width), ylim=(0, self.height))
        axes.set_axis_off()
        for part in (self._draw_map, self._draw_heading, self._draw_legend, self._draw_sources):
            part(axes)
        return sheet

    def _draw_map(self, axes: "Axes") -> None:
        groups, points = self.drawing.groups, self.drawing.points
        side = _sides(points, self.drawing.lines, self.lang)
        marks.draw_groups(axes, groups, self.to)
        for line in self.drawing.lines:
            start, goal = line.start.place, line.goal.place
            marks.draw_line(axes, self.to(start.x, start.y), self.to(goal.x, goal.y), line)
        for point in points:
            spot = self.to(point.place.x, point.place.y)
            marks.draw_symbol(axes, point.symbol, point.glyph, spot, point.radius * marks.SCALE)
            marks.draw_name(axes, point, self.lang, spot, side[point.id])
        marks.draw_titles(axes, groups, self.lang, self.to)

    def _draw_heading(self, axes: "Axes") -> None:
        tokens, y = palette().tokens, self.height - _MARGIN - _TITLE * 0.8
        for row in self.heading:
            axes.text(_MARGIN, y, row, fontsize=_TITLE, fontweight="bold", color=tokens["ink"])
            y -= _TITLE * 1.25
        subtitle = self.drawing.spec.subtitle[self.lang]
        axes.text(_MARGIN, y + _TITLE * 1.25 - _SUBTITLE * 1.7, subtitle, fontsize=_SUBTITLE, color=tokens["secondary"])

    def _draw_legend(self, axes: "Axes") -> None:
        top = _MARGIN + _SOURCES * 1.45 * len(self.sources) + _ROW * len(self.legend)
        for row, entries in enumerate(self.legend):
            for x, (key, words) in entries:
                spot = _MARGIN + x + _KEY / 2, top - row * _ROW
                _draw_key(axes, key, spot)
                look: dict[str, Any] = {"fontsize": _LEGEND, "va": "center", "color": palette().tokens["ink"]}
                axes.text(spot[0] + (_KEY / 2 + 2 if key else -_KEY / 2), spot[1], words, **look)

    def _draw_sources(self, axes: "Axes") -> None:
        tokens, top = palette().tokens, _MARGIN + _SOURCES * 1.45 * (len(self.sources) - 1)
        rule = top + _SOURCES * 1.45 + 1
        axes.plot([_MARGIN, self.width - _MARGIN], [rule, rule], color=tokens["line"], linewidth=0.6)
        for row, text in enumerate(self.sources):
            axes.text(_MARGIN, top - row * _SOURCES * 1.45, text, fontsize=_SOURCES, color=tokens["secondary"])


Key = tuple[str, str]
Entry = tuple[Key | None, str]


def _frame(points: Sequence[Point]) -> Rectangle:
    """Left, top, right and bottom of what the points and their names take."""
    left, top, right, bottom = zip(*(map(_corners, points) if points else [(0.0,) * 4]), strict=True)
    return min(left) - 30, min(top) - 40, max(right) + 30, max(bottom) + 30


def _corners(point: Point) -> Rectangle:
    words = max(text_width(line) for lines in point.lines.values() for line in lines) + 6
    x, y, radius = point.place.x, point.place.y, point.radius
    left, right = (words, 0.0) if point.place.side == "left" else (0.0, words)
    return x - radius - left, y - radius, x + radius + right, y + radius


def _sides(points: Sequence[Point], lines: Sequence[Line], lang: str) -> dict[str, str]:
    """`left` or `right`, by point: the other side than the layout's when it is free and crossed by fewer lines."""
    chosen = {point.id: point.place.side for point in points}
    symbols = {point.id: _symbol_box(point) for point in points}
    names = {point.id: _name_box(point, point.place.side, lang) for point in points}
    for point in sorted(points, key=lambda point: point.rank):
        across = "right" if chosen[point.id] == "left" else "left"
        box = _name_box(point, across, lang)
        taken = [other for id_, other in [*symbols.items(), *names.items()] if id_ != point.id]
        if _crossings(box, lines) < _crossings(names[point.id], lines) and not any(_meet(box, one) for one in taken):
            chosen[point.id], names[point.id] = across, box
    return chosen


def _symbol_box(point: Point) -> Rectangle:
    x, y, radius = point.place.x, point.place.y, point.symbol.size * point.radius
    return x - radius, y - radius, x + radius, y + radius


def _name_box(point: Point, side: str, lang: str) -> Rectangle:
    rows = point.lines[lang]
    wide, high = max(map(text_width, rows)), _NAME_ROW * len(rows) / 2
    left, _, right, _ = _symbol_box(point)
    start = left - _NAME_GAP - wide if side == "left" else right + _NAME_GAP
    return start, point.place.y - high, start + wide, point.place.y + high


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crossings(box: Rectangle, lines: Sequence[Line]) -> int:
    return sum(_passes(box, line.start.place, line.goal.place) for line in lines)


def _passes(box: Rectangle, start: Place, goal: Place) -> bool:
    """Whether a line goes through a rectangle: what of it lies within each pair of sides, in turn (Liang-Barsky)."""
    low, high = 0.0, 1.0
    for at, end, least, most in ((start.x, goal.x, box[0], box[2]), (start.y, goal.y, box[1], box[3])):
        way = end - at
        if not way:
            if not least <= at <= most:
                return False
            continue
        first, last = sorted(((least - at) / way, (most - at) / way))
        low, high = max(low, first), min(high, last)
    return low < high


def _legend(drawing: Drawing, lang: str) -> list[Entry]:
    """What each symbol and each sort of line means, for those that the map shows."""
    shown = {point.symbol.kind: point for point in drawing.points}
    found: list[Entry] = [
        (("symbol", kind), say(lang, "map.legend_event") if kind == EVENT else shown[kind].kind_label[lang])
        for kind in palette().symbols if kind in shown
    ]  # fmt: skip
    drawn = {line.certainty for line in drawing.lines}
    found += [(("line", name), say(lang, "figure.line", what=say(lang, f"map.line_{name}"))) for name in certainties()
              if name in drawn]  # fmt: skip
    if len({line.edge.weight for line in drawing.lines}) > 1:
        found.append((None, width_words(drawing.spec, lang)))
    return [*found, (None, say(lang, "map.legend_size"))]


def _columns(entries: Sequence[Entry], width: float) -> list[list[tuple[float, Entry]]]:
    """The entries row by row, each with how far it begins from the left, in columns of one width."""
    across = max(1, int(width / max(_KEY + text_width(words, _LEGEND) + 14 for _, words in entries)))
    rows = [entries[place : place + across] for place in range(0, len(entries), across)]
    return [[(column * width / across, entry) for column, entry in enumerate(row)] for row in rows]


def _draw_key(axes: "Axes", key: Key | None, spot: marks.Spot) -> None:
    if key and key[0] == "symbol":
        symbol = palette().symbols[key[1]]
        marks.draw_symbol(axes, symbol, "24" if key[1] == EVENT else symbol.letter, spot, 5.6)
    elif key:
        look: dict[str, Any] = {"color": palette().tokens["link"], "linewidth": 1.6}
        ends = [spot[0] - _KEY / 2, spot[0] + _KEY / 2 - 3], [spot[1], spot[1]]
        axes.plot(*ends, linestyle=marks.DASHES[key[1]], **look)


def _last_lines(folded: Sequence[str], credit: Credit, width: float) -> list[str]:
    """What the map leaves out, sources, licence and release, cut to the width of the sheet."""
    licence = f"{credit.labels[credit.lang]} ({credit.licence_iri})"
    values = {"licence": licence, "release": credit.release, "date": credit.date}
    sources = say(credit.lang, "figure.sources", list=" ; ".join(credit.lines))
    said = (*folded, sources, say(credit.lang, "figure.licence", **values))
    most = max(40, int(width / (_SOURCES * 0.58)))
    return [row for text in said for row in textwrap.wrap(xml_text(text), most)]


def svg(sheet: Sheet, credit: Credit) -> bytes:
    said = {"Title": sheet.title, "Rights": sheet.licence, "Source": sheet.credits, "Language": credit.lang}
    return _describe(_save(sheet, "svg", said | {"Date": None, "Creator": "Maillage"}), sheet)


def png(sheet: Sheet, credit: Credit) -> bytes:
    said = {"Title": sheet.title, "Copyright": sheet.licence, "Source": sheet.credits, "Software": None}
    return _save(sheet, "png", said, _PNG)


def pdf(sheet: Sheet, credit: Credit) -> bytes:
    said = {"Title": sheet.title, "Author": "Maillage", "Subject": sheet.licence, "Keywords": sheet.credits}
    return _save(sheet, "pdf", said | {"Creator": None, "Producer": None, "CreationDate": None})


def _save(sheet: Sheet, form: str, said: Mapping[str, str | None], dots: int = 72) -> bytes:
    body = io.BytesIO()
    sheet.draw().savefig(body, format=form, dpi=dots, metadata=said)
    return body.getvalue()


def _describe(body: bytes, sheet: Sheet) -> bytes:
    """The SVG with a title and a text that says what it shows, for those who do not see it."""
    words = " ".join(sentences(sheet.drawing, sheet.lang))
    inside = f'<title id="title">{escape(sheet.title)}</title>\n <desc id="desc">{escape(xml_text(words))}</desc>\n'
    opened = re.compile(r"<svg [^>]*?(?=>)", re.DOTALL)
    role = f' role="img" aria-labelledby="title desc" xml:lang="{sheet.lang}"'
    text = opened.sub(lambda found: found[0] + role, body.decode("utf-8"), count=1)
    head, mark, rest = text.partition(role + ">")
    return f"{head}{mark}\n {inside}{rest.lstrip(chr(10))}".encode()
