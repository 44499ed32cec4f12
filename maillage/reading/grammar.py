"""The patterns of `graph/reading/roles.yml` and `facts.yml`, as regular expressions over a marked sentence.

In a marked sentence each thing that was found stands as one letter of its kind (see `Mark`), so that a pattern speaks
of bodies and activities as of words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from maillage.reading.verbs import verbs
from maillage.reading.vocabulary import longest_first, words


class Mark(StrEnum):
    """The letter of each kind of thing, of those that Unicode leaves to private use."""

    BODY = "\ue000"
    ACTIVITY = "\ue001"
    DATE = "\ue002"
    PLACE = "\ue003"
    PERSON = "\ue004"


SIGNS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|", " ": r"\s?", "^": r"^\W{0,3}"}
INSERTION = r"(?:, [^,.;:!?\n]{0,120},)?"  # what is said of a subject before its verb
ASIDE = r"(?:\s\([^()]{0,80}\))?"
PLAIN_GAP = rf"(?:\([^(){Mark.BODY}{Mark.ACTIVITY}]{{1,160}}\)|[^{Mark.BODY}{Mark.ACTIVITY}.!?;:\n]){{0,90}}?"
WIDE_GAP = rf"[^{Mark.ACTIVITY}.!?\n]{{0,400}}?"


@dataclass(frozen=True)
class Pattern:
    """A pattern of a file. `rule`: its name there; `said`: what else the file says of it."""

    rule: str
    said: dict[str, Any]
    expressions: tuple[re.Pattern[str], ...]


@cache
def patterns(file: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(rule, said, tuple(re.compile(_expression(one)) for one in said["fits"]))
        for rule, said in words(file)["patterns"].items()
    )


def _expression(pattern: str) -> str:
    return "".join(_piece(piece) for piece in re.split(r"(\{\w+\}|<[\w.]+>|[][()|^ ])", pattern) if piece)


def _piece(piece: str) -> str:
    if piece in SIGNS:
        return SIGNS[piece]
    if piece.startswith("{"):
        return _fields()[piece[1:-1]]
    if piece.startswith("<"):
        return verbs(*piece[1:-1].partition(".")[::2])
    before, after = (r"(?<!\w)" if piece[0].isalnum() else "", r"(?!\w)" if piece[-1].isalnum() else "")
    return before + re.escape(piece) + after


@cache
def list_of_bodies() -> re.Pattern[str]:
    return re.compile(_fields()["bodies"])


def _with_space(choices: Iterable[str]) -> str:
    """Words, each with the space behind it but where an apostrophe ends it."""
    return longest_first(word if word.endswith("'") else f"{word} " for word in choices)


@cache
def _fields() -> dict[str, str]:
    """What each field of a pattern stands for: lists of bodies first, since all others rest on them."""
    given = words("grammar")
    determiners = rf"(?:{_with_space(given['determiners'])}){{0,3}}"
    filler = rf"(?:(?!{_with_space(given['no_filler'])})[a-zà-ÿœ'-]+ )"
    comma = rf"\s?,\s*(?:(?:{longest_first(given['after_comma'])}) )?"
    join = rf"(?:{comma}|\s?;\s*(?:et )?|\s(?:{longest_first(given['joins'])}|&)\s|\s?[/+]\s?)"
    not_where = "".join(rf"(?<!{word} )" for word in given["where"])
    body = rf"(?:{determiners}{filler}{{0,4}}(?:[«“]\s?)?(?:{Mark.BODY}|{not_where}{Mark.PLACE})(?:\s?[»”])?{ASIDE})"
    alone = rf"{filler}{{0,4}}(?:[«“]\s?)?{Mark.BODY}(?:\s?[»”])?{ASIDE}(?:{join}{body})*"
    several = rf"{body}(?:{join}{body})+"
    no_subject = r"(?<!\w)" + "".join(
        rf"(?<!{word})" for word in _with_space(given["no_subject"]).replace("\\ ", " ").split("|")
    )
    one = rf"{no_subject}(?P<bodies>(?:{_with_space(given['subject_determiners'])})?{alone}|{no_subject}{several})"
    subject = one + INSERTION
    near = rf"(?:(?!{_with_space(given['no_near'])})[\w'-]+|[{Mark.DATE}{Mark.PLACE},«“‘(–-])"
    inside = rf"(?:(?! (?:{longest_first(given['no_employer'])}) )[^{Mark.PERSON}{Mark.ACTIVITY}.!?;\n"
    others = rf"(?:{Mark.PERSON}(?:,\s|\set\s))*"
    employer = rf"[(, ]{determiners}{filler}{{0,3}}{Mark.BODY}{inside}()]){{0,60}}?\)?"
    person = rf"(?:{others}{Mark.PERSON}{inside}]){{0,70}}?{employer})"
    return {
        "bodies": rf"(?P<bodies>{determiners}{alone}|{several})",
        "partners": rf"(?P<partners>{determiners}{alone}|{several})",
        "we": rf"(?P<bodies>{Mark.BODY})",
        "subject": subject,
        "speakers": rf"(?P<bodies>{person}(?:{join}{person})*)",
        "near": rf"(?:{near}\s?){{0,7}}?",
        "adjectives": r"(?:[a-zà-ÿ-]+ ){0,2}",
        "gap": PLAIN_GAP,
        "more": WIDE_GAP,
        "open": r"\(",
        "close": r"\)",
        "activity": rf"(?P<activity>{Mark.ACTIVITY})(?:\s?[»”’'])?",
        "body": rf"(?P<body>{Mark.BODY})",
        "other": rf"(?P<other>{Mark.BODY})",
        "date": rf"(?P<date>{Mark.DATE})",
        "place": rf"(?P<place>{Mark.PLACE})",
    }
