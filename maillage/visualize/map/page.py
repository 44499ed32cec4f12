"""A map as one HTML file that asks nothing of anybody: pyvis writes the network, our template the rest.

The template is our own because pyvis's asks a CDN for Bootstrap. Nothing of the data is ever markup: texts go
through Jinja's escaping or, in the script, through `textContent`; identifiers on the page are opaque.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from maillage.assets import bundled_folder
from maillage.credit.notice import Credit
from maillage.files import asset, read_text
from maillage.locales import LANGUAGES
from maillage.ontology import certainties
from maillage.terms import fold
from maillage.visualize.locales import both, say, section, unify
from maillage.visualize.map.drawing import MOST_LINES, Answers, Drawing, Line, Point, draw, title_of
from maillage.visualize.map.spec import Focus, MapSpec, check_columns
from maillage.visualize.map.words import sentences
from maillage.visualize.palette import EVENT, palette
from maillage.visualize.shell import environment, shell, style_sheet

_SCRIPTS = ("text", "model", "labels", "picture", "sheet", "search", "keyboard", "table", "main")
_COLUMNS = ("from", "to", "kind", "what", "role", "when", "certainty", "proof")
_PLAIN = 250  # rows that are there without a script too
_JSON = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
_DASHES: Mapping[str, list[int]] = {"stated": [], "implied": [9, 5], "ambiguous": [2, 5]}
_TOOLS = (
    ("zoom-in", "zoom_in", "M9 2v14M2 9h14"),
    ("zoom-out", "zoom_out", "M2 9h14"),
    ("fit", "fit", "M2 6V2h4M12 2h4v4M16 12v4h-4M6 16H2v-4"),
)
_PADS = (
    ("pan-up", "pan_up", "m4 11 5-5 5 5"),
    ("pan-left", "pan_left", "m11 4-5 5 5 5"),
    ("pan-right", "pan_right", "m7 4 5 5-5 5"),
    ("pan-down", "pan_down", "m4 7 5 5 5-5"),
)
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0.5},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "tooltipDelay": 0,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": False,
        "multiselect": False,
    },
}


def page(answers: Answers, spec: MapSpec, credit: Credit, lang: str = "fr", focus: Focus | None = None) -> bytes:
    """The page of a map, for the answers to its questions in every language (by question, then language).

    Raises FindingsError when an answer lacks a column that the map names.
    """
    check_columns(spec, {question: tables["fr"].names for question, tables in answers.items()})
    drawing = draw(answers, spec, focus)
    title = title_of(drawing, focus)
    network = _network(drawing)
    network.templateEnv = environment(_words(drawing, credit, lang, title))
    network.templateEnv.policies["json.dumps_kwargs"] = _JSON
    network.path = "map.html"
    return str(network.generate_html(notebook=False)).lstrip().encode("utf-8")


def _dashes(spec: MapSpec) -> dict[str, list[int]]:
    """How a line of each certainty is broken, on a map that shows certainty so."""
    shown = "edge_dash" in spec.visual and spec.visual["edge_dash"].category == "certainty"
    return {certainty: _DASHES[certainty] if shown else [] for certainty in certainties()}


def _network(drawing: Drawing) -> Any:
    """The points and lines as pyvis holds them: opaque ids, given places, no text."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    for point in drawing.points:
        network.add_node(point.id, label=" ", x=point.place.x, y=point.place.y, size=point.radius)
    colour, dashes = palette().tokens["link"], _dashes(drawing.spec)
    for line in drawing.lines:  # `add_edges` is quadratic
        ends = {"id": line.id, "from": line.start.id, "to": line.goal.id}
        look = {"width": line.width, "color": colour, "dashes": dashes[line.certainty] or False}
        network.edges.append(ends | look)
    return network


@cache
def _script() -> str:
    """vis-network as pyvis bundles it and our search, then our scripts in one function, so that nothing is global."""
    import pyvis

    sought = read_text(bundled_folder("visualize") / "explorer" / "dist" / "search.js")
    ours = [read_text(asset("visualize") / "templates" / "script" / f"{name}.js") for name in _SCRIPTS]
    vis = read_text(Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js")
    whole = [vis, sought, '(() => {\n"use strict";', *ours, "})();\n"]
    return "\n".join(whole).replace("\r\n", "\n").replace("</script", "<\\/script")


def _words(drawing: Drawing, credit: Credit, lang: str, title: Mapping[str, str]) -> dict[str, object]:
    """Everything the template says around what pyvis gives it."""
    spec, texts = drawing.spec, {code: _texts(drawing.spec, code) for code in LANGUAGES}
    brief = sum(len(line.proofs["fr"]) for line in drawing.lines) > MOST_LINES
    rows, sources = _rows(drawing, lang, brief), {one.source for line in drawing.lines for one in line.proofs["fr"]}
    source = sources.pop() if len(sources) == 1 else ""  # of every row: the table then says it once
    shared = {
        "title": title,
        "titles": {code: f"{title[code]} – {texts[code]['brand']}" for code in LANGUAGES},
        "texts": texts,
        "tied": bool(spec.evidence.tie),
        "joined": bool(spec.edges.kind),
        "columns": _columns(spec),
        "source": source,
    }
    return (
        shared
        | shell(lang, style_sheet("base", "map"), _script(), credit)
        | {
            "t": texts[lang],
            "subtitle": spec.subtitle,
            "network_label": say(lang, "map.network_label", title=title[lang]),
            "tools": _TOOLS,
            "pads": _PADS,
            "rows": rows[:_PLAIN],
            "plain": say(lang, "map.table_plain", n=_PLAIN, question=spec.question) if len(rows) > _PLAIN else "",
            "hints": {code: _hint(source, len(rows), brief, code) for code in LANGUAGES},
            "sentences": {code: sentences(drawing, code) for code in LANGUAGES},
            "legend": _legend(drawing),
            "strokes": [(name, " ".join(map(str, dashes))) for name, dashes in _dashes(spec).items()],
            "grouped": bool(drawing.groups),
            "pack": pack,
            "data": shared | {"brief": brief} | _data(drawing),
        }
    )


def _texts(spec: MapSpec, lang: str) -> Mapping[str, Any]:
    """The texts of a map; what the width of a line says and the titles of some columns may be its own."""
    found = {**section(lang, "map"), **({"legend_width": spec.width[lang]} if spec.width else {})}
    found["col_certainty"] = found["col_tie_certainty"] if spec.evidence.tie else found["col_certainty"]
    return found | dict(zip(("col_from", "col_to", "col_role"), spec.ends.get(lang, ()), strict=False))


def _columns(spec: MapSpec) -> list[str]:
    """The columns of the table; what is not known of any line, or is one of its ends, has none."""
    told = {"kind": spec.evidence.kind, "when": spec.evidence.start}
    idle = {name for name, column in told.items() if not column}
    idle |= {"what"} if spec.evidence.what in {columns.label for columns in spec.nodes} else set()
    return [name for name in _COLUMNS if name not in idle]


def _hint(source: str, rows: int, brief: bool, lang: str) -> str:
    said = [say(lang, "map.table_hint", n=rows)]
    said += [say(lang, "map.table_brief")] if brief else []
    return " ".join(said + ([say(lang, "map.table_source", source=source)] if source else []))


def _rows(drawing: Drawing, lang: str, brief: bool) -> list[dict[str, object]]:
    """A row a proof, by the names of the two ends and then by date; a tie reads from the first to the second.

    `brief`: the first proof of each line.
    """
    lines = sorted(drawing.lines, key=lambda line: (fold(line.start.name[lang]), line.edge.first or "9"))
    return [
        {"start": ends[one.reversed], "goal": ends[not one.reversed], "proof": one}
        for line in lines
        for ends in [(line.start, line.goal)]
        for one in line.proofs[lang][: 1 if brief else None]
    ]


def _legend(drawing: Drawing) -> list[dict[str, object]]:
    """The kinds that the map shows, in the palette's order, with how many points each has."""
    found = []
    for kind in _kinds(drawing):
        symbol = palette().symbols[kind]
        shown = [point for point in drawing.points if point.symbol.kind == kind]
        label = both("map.legend_event") if kind == EVENT else shown[0].kind_label
        letter = "24" if kind == EVENT else symbol.letter
        found.append({"symbol": symbol, "letter": letter, "label": label, "count": len(shown)})
    return found


def _data(drawing: Drawing) -> dict[str, object]:
    """What the script draws and lists; a proof that several lines have is there once."""
    symbols, shown = palette().symbols, ("colour", "text", "size", "drop", "points")
    pool, proofs = Pool(), Pool()
    joined = bool(drawing.spec.edges.kind)
    edges = [
        {"weight": line.edge.weight, "proofs": [proofs.place(one) for one in _proofs(line, joined)]}
        for line in drawing.lines
    ]
    return {
        "tokens": palette().tokens,
        "kinds": {kind: {name: getattr(symbols[kind], name) for name in shown} for kind in _kinds(drawing)},
        "nodes": pack([_node(point) for point in drawing.points], pool),
        "edges": pack(edges, pool),
        "proofs": pack(proofs.rows, pool),
        "groups": [vars(group) for group in drawing.groups],
        "derived": drawing.spec.derived or "",
        "counted": not drawing.spec.width,
        "pool": pool.rows,
    }


def _proofs(line: Line, joined: bool) -> Iterator[dict[str, object]]:
    """The proofs of a line, in every language; how a tie between the very ends of its line reads is not said again."""
    idle = {"rule", "reads"} if joined else {"rule"}
    for ones in zip(*line.proofs.values(), strict=True):
        said = {
            name: {lang: getattr(one, name) for lang, one in zip(line.proofs, ones, strict=True)}
            for name in vars(ones[0])
        }
        yield {name: unify(texts) for name, texts in said.items() if name not in idle}


def _kinds(drawing: Drawing) -> list[str]:
    """The kinds that the map shows, in the palette's order."""
    shown = {point.symbol.kind for point in drawing.points}
    return [kind for kind in palette().symbols if kind in shown]


def _node(point: Point) -> dict[str, object]:
    """What pyvis does not say of a point."""
    return {
        **{name: getattr(point, name) for name in ("rank", "glyph")},
        "side": point.place.side,
        "iri": point.node.iri,
        "kind": point.symbol.kind,
        "kindLabel": unify(point.kind_label),
        **{name: unify(getattr(point, name)) for name in ("name", "lines", "territory", "when")},
        "short": point.node.short,
    }


class Pool:
    """Values in the order in which they were first met."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._places: dict[str, int] = {}

    def place(self, value: object) -> int:
        key = json.dumps(value, sort_keys=True)
        if key not in self._places:
            self._places[key] = len(self.rows)
            self.rows.append(value)
        return self._places[key]


def pack(rows: Sequence[Mapping[str, object]], pool: Pool | None = None) -> dict[str, object]:
    """Rows that have the same fields. With a pool, a value that is no number is there by its place (`pooled`)."""
    fields = list(rows[0]) if rows else []
    same = {name: rows[0][name] for name in fields if all(row[name] == rows[0][name] for row in rows)}
    own = [name for name in fields if name not in same]
    pooled = [name for name in own if pool and not all(isinstance(row[name], int | float) for row in rows)]
    written = [[pool.place(row[name]) if pool and name in pooled else row[name] for name in own] for row in rows]
    return {"all": same, "fields": own, "pooled": pooled, "rows": written}
