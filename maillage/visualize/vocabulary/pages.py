"""The documentation of the vocabulary: a page a language, from the same values; no script, nothing loaded.

Its classes are drawn as boxes and lines: where each stands is a card (`visualize/diagram.yml`), the rest follows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.credit.notice import Credit
from maillage.files import asset, parse_yaml, read_text
from maillage.locales import LANGUAGES
from maillage.terms import MAI, expand, fold
from maillage.visualize.locales import say, section
from maillage.visualize.shell import environment, shell, style_sheet
from maillage.visualize.vocabulary.terms import Term, Vocabulary, terms_of

WIDE, HIGH, COLUMN, ROW, MARGIN = 216.0, 50.0, 316.0, 134.0, 12.0
BESIDE = 9.0  # between two lines that join the same boxes
FILES = {lang: "index.html" if lang == LANGUAGES[0] else f"index.{lang}.html" for lang in LANGUAGES}


def ontology_pages(questions: Mapping[str, str]) -> dict[str, bytes]:
    """The pages by file name. `questions`: the text of each question by name, for the index of questions.

    >>> sorted(FILES.values())
    ['index.en.html', 'index.html']
    """
    read = Vocabulary()
    return {FILES[lang]: _page(read, questions, lang) for lang in LANGUAGES}


def _page(read: Vocabulary, questions: Mapping[str, str], lang: str) -> bytes:
    about = read.about
    licence = about["license"][lang]
    credit = Credit("", licence, about["rights"], ("Maillage",), about["versionInfo"][lang], "", lang)
    words = shell(lang, style_sheet("base", "ontology"), "", credit) | _values(read, questions, lang)
    return environment(words).get_template("ontology.html").render().lstrip().encode("utf-8")


def _values(read: Vocabulary, questions: Mapping[str, str], lang: str) -> dict[str, object]:
    classes, properties = _split((term for term in read.terms if term.own), lang)
    above = {
        term.name: {to for how, to in term.alignments if how in ("subclass", "subproperty")} for term in read.terms
    }
    counts = {"classes": len(classes), "properties": len(properties), "lists": len(read.schemes)}
    counts["concepts"] = sum(len(scheme.concepts) for scheme in read.schemes)
    standard_classes, standard_properties = _split((term for term in read.terms if not term.own), lang)
    return {
        "t": section(lang, "map"),
        "it": section(lang, "ontology"),
        "about": {name: said.get(lang, "") for name, said in read.about.items()},
        "intro": say(lang, "ontology.intro", base=MAI, questions=len(questions), **counts),
        "classes": classes,
        "properties": properties,
        "standard_classes": standard_classes,
        "standard_properties": standard_properties,
        "schemes": read.schemes,
        "drawn": diagram(read.terms),
        "anchors": {term.name: term.anchor for term in read.terms},
        "borne": {one.name: [term for term in read.terms if one.name in term.domain] for one in read.terms},
        "below": {one: [name for name, some in above.items() if one in some] for one in above},
        "files": FILES,
        "other": next(code for code in LANGUAGES if code != lang),
        "asked": _question_terms(read, questions),
        "address": address,
        "say": lambda key, **values: say(lang, f"ontology.{key}", **values),
    }


def _split(terms: Iterable[Term], lang: str) -> tuple[list[Term], list[Term]]:
    """Classes and properties, each in the order of their names."""
    kept = sorted(terms, key=lambda term: (fold(term.label[lang]), term.name))
    return [term for term in kept if term.is_class], [term for term in kept if not term.is_class]


def _question_terms(read: Vocabulary, questions: Mapping[str, str]) -> list[tuple[str, Mapping[str, str], list[str]]]:
    """Each question, what it asks, and the terms on the page that it reads."""
    known = {term.name for term in read.terms if term.own}
    summaries = {use.name: use.summary for term in read.terms for use in term.uses}
    return [
        (name, summaries.get(name, {}), [term for term in terms_of(text) if term in known])
        for name, text in sorted(questions.items())
    ]


def address(name: str) -> str:
    """Where a term of another vocabulary is defined: its IRI; "" for a name that is no known prefixed name."""
    try:
        return expand(name)
    except KeyError:
        return name if name.startswith("http") else ""


@dataclass(frozen=True)
class ClassBox:
    term: Term
    x: float
    y: float
    wide: float = WIDE
    high: float = HIGH


@dataclass(frozen=True)
class Arrow:
    """From box to box; `term` is the property, None for "is a kind of"; where the label stands."""

    start: ClassBox
    goal: ClassBox
    term: Term | None
    ends: tuple[float, float, float, float]
    label: tuple[float, float]


def card() -> dict[str, Any]:
    """`classes`: column and row of each; `links`: further lines, as start, property, goal."""
    found: dict[str, Any] = parse_yaml(read_text(asset("visualize") / "diagram.yml"))
    return found


def diagram(terms: Iterable[Term]) -> dict[str, Any]:
    """Boxes at their places, and a line for each link between two classes drawn."""
    known = {term.name: term for term in terms}
    drawn = card()
    boxes = {
        name: ClassBox(known[name], MARGIN + WIDE / 2 + column * COLUMN, MARGIN + HIGH / 2 + row * ROW)
        for name, (column, row) in drawn["classes"].items()
    }
    pairs = [*_links(known, boxes), *((one, other, known[name]) for one, name, other in drawn["links"])]
    width = max(box.x for box in boxes.values()) + WIDE / 2 + MARGIN
    height = max(box.y for box in boxes.values()) + HIGH / 2 + MARGIN
    return {"boxes": list(boxes.values()), "lines": list(_lines(pairs, boxes)), "width": width, "height": height}


def _links(known: Mapping[str, Term], boxes: Mapping[str, ClassBox]) -> Iterator[tuple[str, str, Term | None]]:
    for name in boxes:
        above = [other for word, other in known[name].alignments if word == "subclass"]
        yield from ((name, other, None) for other in above if other in boxes)
    for term in known.values():
        if not term.is_class:
            ends = ((one, other) for one in term.domain for other in term.range)
            yield from ((one, other, term) for one, other in ends if {one, other} <= boxes.keys() and one != other)


def _lines(pairs: Sequence[tuple[str, str, Term | None]], boxes: Mapping[str, ClassBox]) -> Iterator[Arrow]:
    joined = [frozenset(pair[:2]) for pair in pairs]
    for place, (one, other, term) in enumerate(pairs):
        same, before = joined.count(joined[place]), joined[:place].count(joined[place])
        yield _line(boxes[one], boxes[other], term, (before - (same - 1) / 2) * 2 * BESIDE)


def _line(start: ClassBox, goal: ClassBox, term: Term | None, aside: float) -> Arrow:
    """Cut at the edge of each box, moved `aside` where it shares its way."""
    dx, dy = goal.x - start.x, goal.y - start.y
    length = (dx * dx + dy * dy) ** 0.5
    px, py = -dy / length * aside, dx / length * aside
    share = min(WIDE / 2 / abs(dx) if dx else 1.0, HIGH / 2 / abs(dy) if dy else 1.0)  # of the way, inside each box
    x1, y1 = start.x + px + dx * share, start.y + py + dy * share
    x2, y2 = goal.x + px - dx * share, goal.y + py - dy * share
    at = 0.5 if dx == 0 or dy == 0 else 0.3 if abs(dy) <= ROW else 0.78
    ends = (round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1))
    return Arrow(start, goal, term, ends, (round(x1 + (x2 - x1) * at, 1), round(y1 + (y2 - y1) * at, 1)))
