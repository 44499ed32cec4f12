"""The palette: the only reader of `visualize/palette.yml`, and what derives from it (CSS, symbols)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

from maillage.files import asset, parse_yaml, read_text

Points = tuple[tuple[float, float], ...]
EVENT, TERRITORY, THEME, UNKNOWN = "event", "territory", "theme", "unknown"


@dataclass(frozen=True)
class Symbol:
    """The symbol of a kind. `points` are corners around (0, 0) for radius 1, none for a circle.

    `text` is the colour of the letter: the one of card and ink that reads better on the colour.
    """

    kind: str
    letter: str
    colour: str
    text: str
    shape: str
    size: float
    drop: float
    marker: str
    points: Points


@dataclass(frozen=True)
class Palette:
    symbols: Mapping[str, Symbol]
    tokens: Mapping[str, str]

    def symbol(self, kind: str) -> Symbol:
        """The symbol of a kind, or of "kind not known" for one that the palette does not have."""
        return self.symbols.get(kind, self.symbols[UNKNOWN])

    def css(self) -> str:
        """The tokens as custom properties, for the root of a style sheet."""
        return "\n".join([":root {", *(f"  --{name}: {colour};" for name, colour in self.tokens.items()), "}"])


@cache
def palette() -> Palette:
    card = parse_yaml(read_text(asset("visualize") / "palette.yml"))
    letters = (card["tokens"]["card"], card["tokens"]["ink"])
    kinds, shapes = card["kinds"], card["shapes"]
    symbols = {kind: _symbol(kind, row, shapes[row["shape"]], letters) for kind, row in kinds.items()}
    return Palette(symbols, card["tokens"])


def _symbol(kind: str, row: Mapping[str, str], shape: Mapping[str, float], letters: Sequence[str]) -> Symbol:
    colour, corners = row["colour"], polygon(int(shape["sides"]), shape["turn"])
    return Symbol(
        kind=kind,
        letter=row["letter"],
        colour=colour,
        text=max(letters, key=lambda text: contrast(text, colour)),
        shape=row["shape"],
        size=shape["size"],
        drop=shape["drop"],
        marker=str(shape["marker"]),
        points=tuple((x * shape["size"], y * shape["size"]) for x, y in corners),
    )


def polygon(sides: int, turn: float) -> Points:
    """Corners on the unit circle, the first on top, turned clockwise by `turn` degrees; y grows downwards."""
    angles = [radians(turn - 90 + 360 * corner / sides) for corner in range(sides)]
    return tuple((round(cos(angle), 4), round(sin(angle), 4)) for angle in angles)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
