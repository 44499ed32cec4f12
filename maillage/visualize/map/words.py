"""A map as words: what stands out in it, in sentences, so that nobody needs the picture to know."""

from collections.abc import Sequence

from maillage.network.from_table import to_igraph
from maillage.visualize.locales import say, when
from maillage.visualize.map.drawing import Drawing, Line, Point
from maillage.visualize.palette import EVENT, TERRITORY

_HUBS, _MOST_NAMES = 5, 4


def sentences(drawing: Drawing, lang: str) -> list[str]:
    """Size (the first), the most linked, certainty, dates, pieces, and what is linked to nothing."""
    if not drawing.points:
        return [say(lang, "words.empty")]
    found = [_size(drawing, lang)]
    if drawing.lines:
        found += [_hubs(drawing, lang), _certainty(drawing.lines, lang), *_dates(drawing.lines, lang)]
        found += [_pieces(drawing, lang)]
    return found + _alone(drawing, lang)


def _size(drawing: Drawing, lang: str) -> str:
    events = sum(point.symbol.kind == EVENT for point in drawing.points)
    lands = any(point.symbol.kind == TERRITORY for point in drawing.points)
    bodies = say(lang, "words.territories" if lands else "words.bodies", n=len(drawing.points) - events)
    and_events = say(lang, "words.and") + say(lang, "words.events", n=events) if events else ""
    if not drawing.lines:
        return say(lang, "words.nodes_alone", bodies=bodies, and_events=and_events)
    links = say(lang, "words.links", n=len(drawing.lines))
    return say(lang, "words.nodes", bodies=bodies, and_events=and_events, links=links)


def _hubs(drawing: Drawing, lang: str) -> str:
    ranked = [point for point in _rank(drawing) if point.symbol.kind != EVENT and _degree(drawing, point) > 1]
    shown = ranked[:_HUBS] or _rank(drawing)[:1]
    said = [say(lang, "words.hub", name=point.short[lang], n=_degree(drawing, point)) for point in shown]
    return say(lang, "words.hubs", list=", ".join(said))


def _rank(drawing: Drawing) -> list[Point]:
    return sorted(drawing.points, key=lambda point: point.rank)


def _degree(drawing: Drawing, point: Point) -> int:
    return drawing.links.degree(point.node.iri)


def _certainty(lines: Sequence[Line], lang: str) -> str:
    counts = {kind: sum(line.certainty == kind for line in lines) for kind in ("implied", "ambiguous")}
    said = [say(lang, f"words.{kind}", n=count) for kind, count in counts.items() if count]
    if not said:
        return say(lang, "words.certainty_all")
    return say(lang, "words.certainty", n=len(lines), list=say(lang, "words.and").join(said))


def _dates(lines: Sequence[Line], lang: str) -> list[str]:
    """When what is dated took place, and how many activities have no date in the sources."""
    dated: dict[str, str] = {one.what: one.start for line in lines for one in line.proofs[lang]}
    undated = sum(not start for start in dated.values())
    days = sorted({line.edge.first for line in lines if line.edge.first})
    if not days:
        return [say(lang, "words.undated_all")]
    last = max(line.edge.last for line in lines if line.edge.last)
    period = say(lang, "words.dates", period=when(days[0], last, lang))
    return [period + (say(lang, "words.undated", n=undated) if undated else ".")]


def _pieces(drawing: Drawing, lang: str) -> str:
    graph = to_igraph(drawing.links)
    pieces = [set(graph.vs[members]["name"]) for members in graph.connected_components() if len(members) > 1]
    if len(pieces) < 2:
        return say(lang, "words.one_part")
    largest = max(pieces, key=len)
    leader = next(point for point in _rank(drawing) if point.node.iri in largest)
    return say(lang, "words.parts", n=len(pieces), largest=len(largest), name=leader.short[lang])


def _alone(drawing: Drawing, lang: str) -> list[str]:
    names = [point.name[lang] for point in _rank(drawing) if not _degree(drawing, point)]
    if not names:
        return []
    listed = names if len(names) <= _MOST_NAMES + 1 else names[:_MOST_NAMES]
    more = len(names) - len(listed)
    said = ", ".join(listed) + (" " + say(lang, "words.more", n=more) if more else "")
    return [say(lang, "words.alone", n=len(names), list=said)]
