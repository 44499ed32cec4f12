"""What the portal's page of a thing is made of: statements, participations, partners; each with its proofs."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, pi, sin

from maillage.locales import LANGUAGES
from maillage.network.from_table import Row
from maillage.terms import BASE, ID, LIST, MAI
from maillage.visualize.locales import say, when

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
Texts = dict[str, str]  # a text by language
Rows = Mapping[str, Sequence[Row]]  # the rows of a question by language
DISPUTED = 1  # the gravity of two values; another spelling of a name is none
MOST_LISTED = 100  # of each list of a thing on one page
MOST_SPOKES = 24  # partners drawn around a thing
SIZE = WIDE, HIGH = 760, 400  # of the drawing of its partners, in its own units
_FAR = 150
_LONG = 26  # the longest name there, in characters


@dataclass(frozen=True, order=True)
class Citation:
    """A source that says something, and where it says it: `address` opens the passage ("" where none is known).

    `note`: why it is read so, in French.
    """

    title: str
    page: str
    place: str
    address: str
    certainty: str
    note: str


@dataclass(frozen=True)
class Statement:
    """A property and its value, by language; `page`: the page of the value, for a thing that has one; `address`: where
    on the web it is, for a value that is there; `dispute`: the mark of values on which sources disagree.
    """

    name: Texts
    value: Texts
    page: str
    proofs: tuple[Citation, ...]
    address: str = ""
    dispute: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A participation seen from one side: as what, in what or who, when."""

    role: Texts
    other: Texts
    page: str
    dates: Texts
    proofs: tuple[Citation, ...]


@dataclass(frozen=True)
class Tie:
    """What ties the thing to a body in an activity: from whom to whom, where it reads one way, and who says so."""

    kind: Texts
    reads: Texts
    activity: Texts
    page: str
    dates: Texts
    certainty: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Partner:
    """A body that the thing is tied to, how and when."""

    name: Texts
    page: str
    kinds: Texts
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Thing:
    """A page of the portal: `parts` are what it takes part in, `members` who takes part in it; `path` is from the
    root, without suffix: `id/organisation/ti-lab`.
    """

    iri: str
    kind: str
    name: Texts
    letter: str = ""
    statements: tuple[Statement, ...] = ()
    parts: tuple[Part, ...] = ()
    members: tuple[Part, ...] = ()
    partners: tuple[Partner, ...] = ()
    sources: frozenset[str] = field(default=frozenset())

    @property
    def path(self) -> str:
        return path_of(self.iri)


def leaves(thing: Thing) -> list[Thing]:
    """The thing cut into pages: on each the next of each of its lists, on most things all on one."""
    lists = {name: getattr(thing, name) for name in ("partners", "parts", "members", "statements")}
    longest = max(map(len, lists.values()))
    starts = range(0, longest, MOST_LISTED) or range(1)
    return [
        replace(thing, **{name: some[start : start + MOST_LISTED] for name, some in lists.items()}) for start in starts
    ]


def path_of(iri: str) -> str:
    """Where the page of a thing lies: its IRI without the base, made safe for a file."""
    return "id/" + re.sub(r"[^\w/.-]", "-", iri.removeprefix(ID)).replace("..", "-")


def kind_of(iri: str) -> str:
    return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""


def is_web(text: str) -> bool:
    """Is it an address that a page may lead to, and no identifier of ours?"""
    return text.startswith(("https://", "http://")) and not text.startswith((BASE, LIST, MAI))


def literal_text(text: str) -> Texts:
    """A literal in words: a date is written out."""
    return {lang: when(text, "", lang) if _DATE.fullmatch(text) else text for lang in LANGUAGES}


def names_of(labels: Rows) -> dict[str, Texts]:
    """The name of each thing in every language that has one; `labels`: the rows of that question."""
    found: dict[str, Texts] = defaultdict(dict)
    for lang in LANGUAGES:
        for row in labels[lang]:
            found[str(row["thing"])][lang] = str(row["thingLabel"])
    return found


def disputes(rows: Rows) -> dict[tuple[str, str], Texts]:
    """Where sources disagree: by thing and property, the mark with every value; `rows`: those of `disagreements`."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lang in LANGUAGES:
        for row in rows[lang]:
            if row["gravity"] == DISPUTED:
                said = found[str(row["subject"]), str(row["predicate"])][lang]
                said |= {str(row["value"]), str(row["otherValue"])}
    return {key: {lang: _mark(values, lang) for lang, values in said.items()} for key, said in found.items()}


def _mark(values: set[str], lang: str) -> str:
    return say(lang, "sentences.disputed", values=", ".join(literal_text(value)[lang] for value in sorted(values)))


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
