"""The drawing of a thing's partners on its page: itself in the middle, its first partners around it."""

from math import cos, pi, sin

from maillage.visualize.portal.thing import Partner, Thing

MOST_SPOKES = 24  # partners drawn around a thing
SIZE = WIDE, HIGH = 760, 400  # in the drawing's own units
_FAR = 150
_LONG = 26  # the longest name, in characters


def spokes(thing: Thing) -> list[dict[str, object]]:
    """The thing's first partners around it: where their point and their name stand; the list below says the same."""
    some = thing.partners[:MOST_SPOKES]
    angles = [2 * pi * place / len(some) - pi / 2 for place in range(len(some))]
    return [_spoke(partner, cos(angle), sin(angle)) for partner, angle in zip(some, angles, strict=True)]


def _spoke(partner: Partner, right: float, down: float) -> dict[str, object]:
    x, y = WIDE / 2 + _FAR * 1.2 * right, HIGH / 2 + _FAR * down
    beside = 0 if abs(right) < 0.2 else 12 if right > 0 else -12
    under = 4 if beside else 18 if down > 0 else -12
    names = {
        lang: name if len(name) <= _LONG else f"{name[: _LONG - 1].rstrip()}…" for lang, name in partner.name.items()
    }
    return {
        "x": round(x),
        "y": round(y),
        "text_x": round(x + beside),
        "text_y": round(y + under),
        "anchor": "start" if beside > 0 else "end" if beside else "middle",
        "names": names,
        "page": partner.page,
    }
