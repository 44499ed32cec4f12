"""Names with capitals that nothing explains, and short forms of names: bodies only where the words around say so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from maillage.reading.gazetteer import key_of
from maillage.reading.grammar import Mark
from maillage.reading.mentions import CAPITAL, Mention, lower_of
from maillage.reading.vocabulary import longest_first, one_of, words

BESIDE = (", ", " et ")  # between two persons


@cache
def _capital_names() -> re.Pattern[str]:
    given = words("bodies")
    link = rf"(?:(?:{longest_first(given['name_links'])})\s|d['’])"
    word = rf"{CAPITAL}[\w&'’+-]*"
    return re.compile(
        rf"(?<![\w.@-])(?<![^ldLD]['’]){word}(?:\s{link}?{word}\w)*(?:\s{longest_first(given['numbered'])}\s\d+)?"
    )


def find_proper(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Names with capitals that nothing else explains: bodies only where the company they are in says so."""
    letters = list(text)
    for one in mentions:
        letters[one.start : one.end] = Mark.BODY * (one.end - one.start)
    for match in re.finditer(r"[«“][^»”\n]*[»”]", text):
        letters[match.start() : match.end()] = [Mark.BODY] * (match.end() - match.start())
    bare, common = "".join(letters), words("bodies")["not_bodies"]
    for match in _capital_names().finditer(bare):
        start, said = match.start(), match[0]
        opens = re.search(r"(?:^|[.!?…:;•>–-]\s*|\n\s*|[«“(]\s?)$", bare[max(0, start - 4) : start])
        first, _, rest = said.partition(" ")
        if opens and (first.lower() in ordinary_words() or not rest):
            start, said = start + len(first) + 1, rest
            said = said if re.match(CAPITAL, said) else ""
        if said and said.lower() not in common and said.lower() not in ordinary_words():
            yield _what_is_proper(text, start, match.end(), said, mentions)


def _what_is_proper(text: str, start: int, end: int, said: str, mentions: Sequence[Mention]) -> Mention:
    """A person where two names stand among persons or before brackets; a place behind « à »; else perhaps a body."""
    ends, begins = text[:start].endswith, text[end:].startswith
    persons = [one for one in mentions if one.mark == Mark.PERSON]
    beside = any(text[one.end : start] in BESIDE or text[end : one.start] in BESIDE for one in persons)
    holds = re.match(rf",? {one_of(words('bodies')['posts'])}", text[end : end + 30].lower())
    if len(said.split()) == 2 and (beside or holds or (begins(" (") and not text[end + 2 : end + 3].isdigit())):
        return Mention(start, end, Mark.PERSON, "")
    if " " not in said and any(ends(f"{word} ") for word in words("bodies")["towns"]):
        return Mention(start, end, Mark.PLACE, said, "", "", "town", False, 0, key_of(said))
    return Mention(start, end, Mark.BODY, said, "", "", "proper", False, 0, key_of(said))


def find_short(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """« la Ville » for the town that was named last, « le ministère » for the ministry: never sure."""
    shorts = words("bodies")["short"]
    for match in re.finditer(one_of(shorts), lower_of(text)):
        kinds, noun = shorts[match[0]], re.search(r"\w+$", match[0])
        start = match.start() + (noun.start() if noun else 0)
        before = [one for one in mentions if one.end <= match.start()]
        named = [one for one in before if one.mark == Mark.BODY and one.kind in kinds]
        places = [one for one in before if one.mark == Mark.PLACE and one.kind in kinds]
        if re.match(r"\s(?:de |du |des |d['’])", text[match.end() : match.end() + 5]):
            continue
        if named:
            last = named[-1]
            yield replace(last, start=start, end=match.end(), because="short", sure=False, weight=1)
        elif places and text[start].isupper():
            label = f"{text[start : match.end()]} de {places[-1].label}"
            yield Mention(start, match.end(), Mark.BODY, label, places[-1].kind, "", "short", False, 1, key_of(label))


@cache
def ordinary_words() -> frozenset[str]:
    given = words("activities")
    lists = [
        given[name]
        for name in ("stops", "new", "this", "known", "several", "manner", "event", "programme", "publication")
    ]
    return frozenset(word for one in [*lists, words("bodies")["common"]] for word in one)
