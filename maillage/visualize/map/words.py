"""A map as words: what stands out in it, in sentences, so that nobody needs the picture to know."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from maillage.network.from_table import to_igraph
from maillage.visualize.locales import say, when
from maillage.visualize.map.drawing import Drawing, Line, Point
from maillage.visualize.map.spec import MapSpec
from maillage.visualize.palette import EVENT, TERRITORY, THEME

_HUBS, _MOST_NAMES = 5, 4
_COUNTED = {EVENT: "events", TERRITORY: "territories", THEME: "themes"}  # all others are bodies


def sentences(drawing: Drawing, lang: str) -> list[str]:
    """Size and what is folded (the first), the most linked, certainty, dates, pieces, what is linked to nothing."""
    if not drawing.points:
        return [" ".join([say(lang, "words.empty"), *fold_words(drawing, lang)])]
    found = [" ".join([_size(drawing, lang), *fold_words(drawing, lang)])]
    if drawing.lines:
        dates = _dates(drawing.lines, lang) if drawing.spec.evidence.start else []
        found += [*_hubs(drawing, lang), _certainty(drawing.lines, lang), *dates, _pieces(drawing, lang)]
    return found + _alone(drawing, lang)


def _size(drawing: Drawing, lang: str) -> str:
    things = say(lang, "words.and").join(_count((point.symbol.kind for point in drawing.points), lang))
    if not drawing.lines:
        return say(lang, "words.nodes_alone", things=things)
    return say(lang, "words.nodes", things=things, links=say(lang, "words.links", n=len(drawing.lines)))


def _count(kinds: Iterable[str], lang: str, names: Mapping[str, str] = _COUNTED, body: str = "bodies") -> list[str]:
    found = Counter(names.get(kind, body) for kind in kinds)
    return [say(lang, f"words.{name}", n=found[name]) for name in (body, *names.values()) if found[name]]


def width_words(spec: MapSpec, lang: str) -> str:
    """What the width of a line says."""
    return spec.width.get(lang) or say(lang, "map.legend_width")


def fold_words(drawing: Drawing, lang: str) -> list[str]:
    """What is left out for the map to be read, in a sentence; none where nothing is."""
    lines = [say(lang, "words.lightest", n=drawing.fold.lines)] if drawing.fold.lines else []
    kinds = (node.kind for node in drawing.fold.points)
    things = [*lines, *_count(kinds, lang, {**_COUNTED, THEME: "unshared"}, "unlinked")]
    said = say(lang, "words.folded", list=", ".join(things), question=drawing.spec.question)
    return [said] if things else []


def _hubs(drawing: Drawing, lang: str) -> list[str]:
    """The most linked bodies and, on a map of themes, the themes of most bodies."""
    linked = [point for point in _rank(drawing) if point.symbol.kind != EVENT and _degree(drawing, point) > 1]
    parts = {
        "hub": [point for point in linked if point.symbol.kind != THEME] or _rank(drawing)[:1],
        "theme": [point for point in linked if point.symbol.kind == THEME],
    }
    said = {
        name: [say(lang, f"words.{name}", name=point.short[lang], n=_degree(drawing, point)) for point in some[:_HUBS]]
        for name, some in parts.items()
    }
    return [say(lang, f"words.{name}s_most", list=", ".join(some)) for name, some in said.items() if some]


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
