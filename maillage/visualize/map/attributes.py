"""A map as the attributes that other programs read: what each point and each line says, evidence included."""

from collections.abc import Sequence

from maillage.credit.notice import Credit
from maillage.network.exchange import Look, NetworkFile, Value
from maillage.network.from_table import Row, local, slugs, text
from maillage.table import BETWEEN
from maillage.visualize.locales import say
from maillage.visualize.map.drawing import Drawing, Line, Point
from maillage.visualize.map.evidence import cite
from maillage.visualize.map.spec import MapSpec, Texts
from maillage.visualize.map.words import width_words

FIELDS = " ; "  # between the fields of one value


def network_of(drawing: Drawing, title: Texts, credit: Credit) -> NetworkFile:
    """The network of a map in the language of the credit."""
    lang = credit.lang
    about = {
        "title": title[lang],
        "subtitle": drawing.spec.subtitle[lang],
        "licence": credit.labels[lang],
        "licence_iri": credit.licence_iri,
        "credits": BETWEEN.join(credit.lines),
        "release": credit.release,
        "date": credit.date,
        "language": lang,
        **({"derived": drawing.spec.derived[lang]} if drawing.spec.derived else {}),
        "weights": say(lang, "map.weights", what=width_words(drawing.spec, lang).partition(": ")[2]),
        **({"ties": say(lang, "map.ties")} if drawing.spec.edges.kind else {}),
    }
    looks = {
        point.node.iri: Look(float(point.place.x), float(-point.place.y), point.symbol.colour, point.radius)
        for point in drawing.points
    }
    nodes = {point.node.iri: _point(point, drawing, lang) for point in drawing.points}
    edges = [(line.edge.start, line.edge.goal, _line(line, drawing.spec, lang)) for line in drawing.lines]
    return NetworkFile(about, nodes, edges, looks)


def _point(point: Point, drawing: Drawing, lang: str) -> dict[str, Value]:
    """`first` and `last` rather than `start` and `end`, which GEXF keeps for itself."""
    return {
        "label": point.name[lang],
        "short": point.short[lang],
        "kind": point.symbol.kind,
        "kind_label": point.kind_label[lang],
        "letter": point.symbol.letter,
        "territory": point.territory[lang],
        "first": point.node.start,
        "last": point.node.end,
        "neighbours": drawing.links.degree(point.node.iri),
        "community": point.group,
    }


def _line(line: Line, spec: MapSpec, lang: str) -> dict[str, Value]:
    """`weight`, which programs look for, is `activities`; `from`: the end from which it and its ties read, since a
    program that reads the file as an undirected graph forgets which of the two came first.
    """
    proofs, rows, columns = line.proofs[lang], line.rows[lang], spec.edges
    return {
        "weight": line.edge.weight,
        "activities": line.edge.weight,
        "newman": round(line.edge.newman, 6),
        "kinds": " ".join(line.edge.kinds),
        "directed": str(line.edge.directed).lower(),
        "from": line.edge.start,
        "first": line.edge.first,
        "last": line.edge.last,
        "dating": " ".join(slugs(rows, columns.dating)),
        "occurrence": " ".join(slugs(rows, columns.occurrence)),
        "certainty": line.certainty,
        "ties": _several([_tie(row, line, spec) for row in rows] if columns.kind else []),
        "names": _several([one.what for one in proofs]),
        "evidence": _several([FIELDS.join([*filter(None, (one.what, one.when)), *cite(one, lang)]) for one in proofs]),
        "sources": _several([one.source for one in proofs]),
        "licences": _several([one.licence for one in proofs]),
        "links": _several([link for one in proofs for link in one.links]),
    }


def _tie(row: Row, line: Line, spec: MapSpec) -> str:
    """One tie of a line: kind, direction, activity, first day, last day, dating, occurrence, certainty."""
    columns, way = spec.edges, "–"
    if columns.is_directed(row):
        way = "→" if row[columns.start] == line.edge.start else "←"
    days = (text(row, columns.first), text(row, columns.last))
    marks = (local(text(row, name)) for name in (columns.dating, columns.occurrence, columns.certainty))
    return FIELDS.join((local(row[columns.kind]), way, text(row, spec.evidence.what), *days, *marks))


def _several(values: Sequence[str]) -> str:
    return BETWEEN.join(dict.fromkeys(value for value in values if value))
