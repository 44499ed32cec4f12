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

from maillage.files import asset
from maillage.sources.card import read_yaml


class Mark(StrEnum):
    """The letter of each kind of thing, of those that Unicode leaves to private use."""

    BODY = "\ue000"
    ACTIVITY = "\ue001"
    DATE = "\ue002"
    PLACE = "\ue003"
    PERSON = "\ue004"
    AMOUNT = "\ue005"


SIGNS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|", " ": r"\s?", "^": r"^\W{0,3}"}
DETERMINER = r"(?:l['’]|d['’]|les? |la |des? |du |aux? |à |our |the |of |de la |de l['’]|par |avec |chez |pour |sur )"
JOIN = r"(?:\s?,\s*(?:et |ainsi que |puis |mais aussi |and |ou )?|\s?;\s*(?:et )?|\s(?:et|ou|and|&|ainsi que|puis|mais aussi|comme|ou encore)\s|\s?[/+]\s?)"
FILLER = r"(?:(?!qui |que |qu'|dont |où |est |a |ont |sont |avec |par |pour |et |ou |en |dans |lors |laquelle |lequel |auquel |auxquels |laquel )[a-zà-ÿœ'-]+ )"
NEAR = r"(?:(?:(?!dans |pour |sur |du |de la |avec |à |au |lors |par )[\w'-]+|[\ue002\ue003,«“‘(–-])\s?){0,7}?"
NOT_SUBJECT = "".join(rf"(?<!{word})" for word in (
    "de ", "d'", "à ", "a ", "avec ", "par ", "pour ", "chez ", "dans ", "sur ", "du ", "des ", "au ", "aux ", "la ", "le ", "l'", "les "
))
ASIDE = r"(?:\s\([^()]{0,80}\))?"
PLAIN_GAP = rf"[^{Mark.BODY}{Mark.ACTIVITY}.!?;:\n]{{0,90}}?"
WIDE_GAP = rf"[^{Mark.ACTIVITY}.!?\n]{{0,400}}?"
ENDINGS = ("e", "ent", "ait", "aient", "a", "èrent", "era", "eront", "erait", "eraient", "ant", "ons", "ions", "erons")
ENDINGS_IR = (
    "it",
    "issent",
    "issait",
    "issaient",
    "irent",
    "ira",
    "iront",
    "irait",
    "iraient",
    "issant",
    "issons",
    "irons",
)
HAVE = "a|ont|avait|avaient|aura|auront|aurait|auraient|vient d'|viennent de|venait de|va|vont|ayant|avons|avions|aurons|allons|venons de|avons pu|a pu|ont pu"
BETWEEN = r"(?: (?:ensuite|aussi|également|donc|ainsi|déjà|notamment|récemment|alors|d'ailleurs|par ailleurs|quant à (?:lui|elle)))?"


@cache
def words(name: str) -> Any:
    """A file of `graph/reading/`, read once. Raises `bad-yaml` or MissingFile."""
    return read_yaml(asset("graph") / "reading" / f"{name}.yml")


def one_of(choices: Iterable[str]) -> str:
    """One of some words, the longest first, as whole words."""
    found = "|".join(re.escape(word) for word in sorted(set(choices), key=lambda word: (-len(word), word)))
    return rf"(?<!\w)(?:{found})(?!(?<!')\w)" if found else r"(?!)"


@dataclass(frozen=True)
class Pattern:
    """A pattern of a file. `rule`: its name there; `said`: what else the file says of it."""

    rule: str
    said: dict[str, Any]
    expressions: tuple[re.Pattern[str], ...]


@cache
def patterns(file: str) -> tuple[Pattern, ...]:
    given = words(file)
    return tuple(
        Pattern(rule, said, tuple(re.compile(_expression(one)) for one in said["fits"]))
        for rule, said in given["patterns"].items()
    )


def _expression(pattern: str) -> str:
    return "".join(_piece(piece) for piece in re.split(r"(\{\w+\}|<[\w.]+>|[][()|^ ])", pattern) if piece)


def _piece(piece: str) -> str:
    if piece in SIGNS:
        return SIGNS[piece]
    if piece.startswith("{"):
        return _field(piece[1:-1])
    if piece.startswith("<"):
        return _verbs(*piece[1:-1].partition(".")[::2])
    before, after = (r"(?<!\w)" if piece[0].isalnum() else "", r"(?!\w)" if piece[-1].isalnum() else "")
    return before + re.escape(piece) + after


def all_verbs() -> list[str]:
    return [_verbs(group, "") for group in words("roles")["groups"]]


@cache
def list_of_bodies() -> re.Pattern[str]:
    return re.compile(_field("bodies"))


@cache
def _field(name: str) -> str:
    body = rf"(?:{DETERMINER}{{0,3}}{FILLER}{{0,4}}(?:{Mark.BODY}|(?<!à )(?<!a )(?<!en ){Mark.PLACE}){ASIDE})"
    person = rf"(?:(?:{Mark.PERSON}(?:,\s|\set\s))*{Mark.PERSON}[^{Mark.PERSON}{Mark.ACTIVITY}.!?;\n]{{0,70}}?[(, ]{DETERMINER}{{0,3}}{FILLER}{{0,3}}{Mark.BODY}[^{Mark.PERSON}{Mark.ACTIVITY}.!?;\n()]{{0,60}}?\)?)"
    listed = rf"{DETERMINER}{{0,3}}{FILLER}{{0,4}}{Mark.BODY}{ASIDE}(?:{JOIN}{body})*|{body}(?:{JOIN}{body})+"
    return {
        "partners": rf"(?P<partners>{listed})",
        "bodies": rf"(?P<bodies>{DETERMINER}{{0,3}}{FILLER}{{0,4}}{Mark.BODY}{ASIDE}(?:{JOIN}{body})*|{body}(?:{JOIN}{body})+)",
        "speakers": rf"(?P<bodies>{person}(?:{JOIN}{person})*)",
        "activity": rf"(?P<activity>{Mark.ACTIVITY})",
        "subject": rf"{NOT_SUBJECT}(?P<bodies>(?:l'|le |la |les |notre )?{FILLER}{{0,4}}{Mark.BODY}{ASIDE}(?:{JOIN}{body})*|{NOT_SUBJECT}{body}(?:{JOIN}{body})+)",
        "near": NEAR,
        "gap": PLAIN_GAP,
        "more": WIDE_GAP,
        "open": r"\(",
        "close": r"\)",
        "date": rf"(?P<date>{Mark.DATE})",
        "place": rf"(?P<place>{Mark.PLACE})",
        "amount": rf"(?P<amount>{Mark.AMOUNT})",
        "body": rf"(?P<body>{Mark.BODY})",
        "other": rf"(?P<other>{Mark.BODY})",
    }[name]


@cache
def _verbs(group: str, tense: str) -> str:
    given = words("roles")
    verbs, irregular = given["groups"][group], given["irregular"]
    active = {form for verb in verbs for form in _active(verb, irregular)}
    past = {form for verb in verbs for form in _past(verb, irregular)}
    ends = r"(?:e?s?)"
    passive = rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(past, key=len, reverse=True)))}){ends}(?!\w)"
    if tense == "past":
        return passive
    stems = "|".join(map(re.escape, sorted(active, key=len, reverse=True)))
    whole = "|".join(map(re.escape, sorted(verbs, key=len, reverse=True)))
    return rf"(?<!\w)(?:(?:{stems})|(?:{HAVE}){BETWEEN} ?(?:{passive}|(?:{whole})))(?!\w)"


def _active(verb: str, irregular: dict[str, Any]) -> list[str]:
    if verb in irregular:
        return list(irregular[verb]["active"])
    stem, endings = verb[:-2], ENDINGS if verb.endswith("er") else ENDINGS_IR
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    return [(soft if ending.startswith("a") else stem) + ending for ending in endings]


def _past(verb: str, irregular: dict[str, Any]) -> list[str]:
    return list(irregular[verb]["past"]) if verb in irregular else [verb[:-2] + ("é" if verb.endswith("er") else "i")]
