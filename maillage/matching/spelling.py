"""What the spelling of a name says: class of body, words, places, acronym, code.

A name is cut into parts at dashes and commas ("Ministère des Armées, Service hydrographique… (Shom)"); a part that is
only a ministry says above whom the body stands, unless it is the only one. Two parts of which neither stands above
the other, joined by "et", name two bodies: class `several`.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from maillage.matching.lexicon import Lexicon, lexicon, stem
from maillage.terms import fold

SEVERAL = "several"
_LONG = 6  # letters of an acronym that few other names spell by chance
# The annuaire ends homonyms with INSEE code and rank: "Parisot 82137-01".
_CODE = re.compile(r"\s(\d[\dAB]\d{3}-\d{2})$")
_NUMBER = re.compile(r"\b(\d+)(?:er|ere|e|eme|nd|nde)?\b")
_OF = {"du": "le", "des": "les", "de la": "la", "de l": "l", "de": "", "d": ""}  # "Ville du Havre": Le Havre
_BETWEEN = re.compile(r"\s+[-–—]+\s+|\s*[,;/|]\s*")
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_SHORT = re.compile(r"[\w.&'-]{2,12}")
_LAB = re.compile(r"\w*lab|labs|labos?|laboratoires?|laboratory")
_WINDOWS = str.maketrans({"\x92": "’", "\x91": "‘", "\x9c": "œ", "\x8c": "Œ", "\x96": "–"})


@dataclass(frozen=True)
class Spelling:
    """`words`: stems; `spoken`: the folded name an acronym may spell; `acronym`: folded, "" when none is written.

    `above`: stems of the ministry that the name says the body stands under. `bare`: the name is nothing but an
    acronym. `code`: the INSEE code and rank that the name ends with. `numbers`: the others, without "e" or "er".
    `core`: what is left without article or legal form before it, nor brackets; of a territorial body, its place.
    `aside`: what the brackets say, but an acronym. `lab`: the name says that the body is a laboratory. `short`: the
    name where its acronym stands for what is before it: "DRJSCS Hauts-de-France".
    """

    folded: str
    kind: str
    words: tuple[str, ...]
    places: tuple[str, ...]
    above: tuple[str, ...]
    acronym: str
    bare: bool
    spoken: str
    code: str
    numbers: tuple[str, ...] = ()
    core: str = ""
    aside: str = ""
    lab: bool = False
    short: str = ""


@lru_cache(maxsize=2**17)
def read_name(name: str) -> Spelling:
    """Reads one name, however typed: HTML entities and Windows-1252 remains are mended first."""
    known = lexicon()
    mended = " ".join(html.unescape(name).translate(_WINDOWS).split())
    code = _CODE.search(mended)
    bare, acronym, short, asides = _brackets(_CODE.sub("", mended), known)
    plain = " - ".join((bare, *asides)).strip(" -")
    ending = code[1] if code else ""
    numbers = tuple(sorted({number.lstrip("0") for number in _NUMBER.findall(fold(plain))}))
    opened = _without_opening(plain, known)
    aside, lab = fold(" ".join(asides)), any(_LAB.fullmatch(word) for word in fold(mended).split())
    if _is_acronym(opened):
        said = fold(opened)
        return Spelling(fold(mended), "", (), (), (), acronym or said, True, "", ending, numbers, said, aside, lab)
    parts = _parts(plain, known)
    kind, chosen = _body(parts, known)
    words, places = _split_places(kind, chosen, known)
    spoken = " ".join(chosen) if kind != SEVERAL else ""
    above = _stems((_kind_of(part, known)[1] for part in parts if part not in chosen), known)
    core = " ".join(places if kind in known.territorial else _parts(_without_opening(bare, known), known))
    return Spelling(
        fold(mended), kind, words, places, above, acronym, False, spoken, ending, numbers, core, aside, lab, short
    )


def _without_opening(text: str, known: Lexicon) -> str:
    """A name without the articles and the legal forms that it begins with: "collectif ECHO" is "ECHO"."""
    while (said := text.partition(" "))[2] and fold(said[0]) in known.articles | known.legal_forms:
        text = said[2]
    return text


def _stems(texts: Iterable[str], known: Lexicon) -> tuple[str, ...]:
    return tuple(sorted({stem(word) for text in texts for word in _content(text, known)}))


def _is_acronym(text: str) -> bool:
    """At least two capitals, the first letter one; "Saint-Denis" is none: only all-capitals may have a hyphen."""
    capitals = sum(letter.isupper() for letter in text)
    return bool(_SHORT.fullmatch(text)) and capitals >= 2 and text[0].isupper() and ("-" not in text or text.isupper())


def _brackets(text: str, known: Lexicon) -> tuple[str, str, str, list[str]]:
    """The name without its brackets, the acronym that stands in them, with what follows, and what else they say.

    A class of bodies stays at the end of the name: "Mouans-Sartoux (commune)".
    """
    found, short, asides, last = "", "", list[str](), ""

    def take(match: re.Match[str]) -> str:
        nonlocal found, short, last
        inside = match[1].strip()
        if not found and _SHORT.fullmatch(inside) and _may_abbreviate(inside, text[: match.start()]):
            found, short = fold(inside).replace(" ", ""), fold(inside + text[match.end() :])
        elif fold(inside) in known.endings:
            last = f" {inside}"
        elif inside:
            asides.append(inside)
        return " "

    return " ".join(_BRACKETS.sub(take, text).split()).strip(" ,;-–") + last, found, short, asides


def _may_abbreviate(text: str, name: str) -> bool:
    return (len(text) > 2 and _is_acronym(text)) or re.search(pattern(fold(text)), fold(name)) is not None


def pattern(acronym: str) -> str:
    """The folded names that an acronym may abbreviate, as a regular expression (RE2, as DuckDB reads it).

    Each letter goes on in the same word or begins a later one. A short acronym must be the `initials`, or "DGE" would
    be any general directorate of education; a long one may leave words out ("cerema" leaves out "expertise").
    """
    return _join_letters(acronym, r"(?:\w* (?:\w+ )*?)?", "") if len(acronym) >= _LONG else initials(acronym)


def initials(acronym: str) -> str:
    """The same where every word but articles gives a letter or more: "dinum" is that of the "direction
    interministerielle du numerique".
    """
    articles = "|".join(sorted(lexicon().articles))
    return _join_letters(acronym, rf"(?:\w* (?:(?:{articles}) )*)?", r"\w*$")


def _join_letters(acronym: str, between: str, end: str) -> str:
    letters = [re.escape(letter) for letter in acronym if letter.isalnum()]
    return "^" + between.join(letters) + end if letters else ""


def _parts(text: str, known: Lexicon) -> list[str]:
    """Folded parts; one that begins with an article continues the one before ("… , des études, de l'évaluation")."""
    parts: list[str] = []
    for piece in _BETWEEN.split(text):
        folded = _in_full(fold(piece), known)
        if parts and _goes_on(folded, known):
            parts[-1] += f" {folded}"
        elif folded:
            parts.append(folded)
    return parts


def _in_full(text: str, known: Lexicon) -> str:
    """A folded text with the short forms of places in full: "region paca"."""
    for short, full in known.aliases.items():
        if _holds(text, short) and not _holds(text, full):
            text = f" {text} ".replace(f" {short} ", f" {full} ").strip()
    return text


def _goes_on(part: str, known: Lexicon) -> bool:
    """Whether a part continues the one before: "des études", "l'environnement"; not "La Réunion", "la direction…"."""
    first = part.split(" ", 1)[0]
    if first in ("la", "le", "les"):
        return not _kind_of(part, known)[0] and part.split(" ", 1)[-1] not in known.places
    return first in known.articles


def _kind_of(part: str, known: Lexicon) -> tuple[str, str]:
    """The class that a part begins with (its articles and legal forms left out), and the rest of the part."""
    words = part.split()
    while words and (words[0] in known.articles or words[0] in known.legal_forms):
        words = words[1:]
    kind, count = known.kind(words)
    rest = " ".join(words[count:])
    for ending, same in known.endings.items():
        rest = rest.removesuffix(f" {ending}") if same == kind else rest
    if kind and (kind not in known.needs_place or not rest or any(_holds(rest, place) for place in known.places)):
        return kind, rest
    text = " ".join(words)
    for ending, kind in known.endings.items():
        if text.endswith(f" {ending}"):
            return kind, text.removesuffix(ending).strip()
    return "", text


def _holds(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {text} "


def _body(parts: list[str], known: Lexicon) -> tuple[str, list[str]]:
    """The class of the body that the parts name, and the parts that say which it is (its own first)."""
    if not parts:
        return "", []
    kinds = [_kind_of(part, known)[0] for part in parts]
    below = [part for part, kind in zip(parts, kinds, strict=True) if kind not in known.umbrellas]
    if any(_joins_two(part, known) for part in parts) or (len(kinds) > 1 and not below):
        return SEVERAL, parts
    if not below or len(below) == len(parts):
        return kinds[0], parts
    own = below[-1] if kinds[0] in known.umbrellas else below[0]
    return _kind_of(own, known)[0], [own]


def _joins_two(part: str, known: Lexicon) -> bool:
    """Whether "et" is followed by the beginning of another body: "Ministère de l'Intérieur et Agence nationale…"."""
    kind, rest = _kind_of(part, known)
    for after in re.split(r"\bet\b", rest)[1:]:
        first = after.split()[:1]
        another = _kind_of(after, known)[0]
        if kind and another and first and (first[0] not in known.articles or another in known.umbrellas):
            return True
    return False


def _split_places(kind: str, parts: list[str], known: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The stems that say which body it is, and the words that say where; of a territorial body, all say where."""
    if not parts:
        return (), ()
    rest = [_kind_of(parts[0], known)[1] if kind != SEVERAL else parts[0], *parts[1:]]
    if kind in known.territorial:
        return (), _whereabouts(kind, parts, known)
    text, places = _without_places(" ".join(rest), (*known.longest_first, *known.cities))
    return tuple(word for word in _stems([text], known) if word not in known.empty.get(kind, ())), places


def _whereabouts(kind: str, parts: list[str], known: Lexicon) -> tuple[str, ...]:
    """The places that a territorial body is known by; what is no department or region stays whole, with its article.

    "Le Luc" and "Luc", "Saint-Jean-de-la-Motte" and "La Motte-Saint-Jean" are different communes; a joint body names
    several, in any order.
    """
    again = [_kind_of(part, known) for part in parts[1:]]
    rest = [
        part if own != kind or kind == "commune" else after for part, (own, after) in zip(parts[1:], again, strict=True)
    ]
    text, places = _without_places(" ".join([_kind_of(parts[0], known)[1], *rest]).strip(), known.longest_first)
    bare = set(_content(text, known))
    return tuple(sorted({*places, *(bare if kind in known.joint else [_place_name(text)] if bare else [])}))


def _place_name(text: str) -> str:
    """A place as it is called: "du havre" is "le havre", "de velaux" is "velaux"."""
    for opening in sorted(_OF, key=len, reverse=True):
        if text.startswith(f"{opening} "):
            return f"{_OF[opening]} {text.removeprefix(opening).strip()}".strip()
    return text


def _without_places(text: str, places: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """A text without the places that it names, and those: the longest first, each one whole."""
    found: set[str] = set()
    for place in places:
        if _holds(text, place):
            found.add(place)
            text = f" {text} ".replace(f" {place} ", " ").strip()
    return text, tuple(sorted(found))


def _content(text: str, known: Lexicon) -> Iterator[str]:
    return (word for word in text.split() if word not in known.articles and word not in known.legal_forms)
