"""What the portal's page of a thing is made of: statements, participations, partners; each with its proofs."""

import re
from dataclasses import dataclass, field

from maillage.locales import LANGUAGES
from maillage.terms import BASE, ID, LIST, MAI
from maillage.visualize.locales import when

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
Texts = dict[str, str]  # a text by language


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
