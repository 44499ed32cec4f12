"""What a text names: bodies, places, persons (kept out of everything that is written), days. `graph/reading/bodies.yml`
says by which words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from maillage.files import asset, read_text
from maillage.reading.days import days_in
from maillage.reading.gazetteer import Entry, Gazetteer, key_of
from maillage.reading.grammar import Mark, one_of, words

CAPITAL = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
NAME_WORD = rf"(?:@?{CAPITAL}|\d+[a-zè]*(?=\s{CAPITAL})|[a-z]{{1,2}}['’](?={CAPITAL}))[\w'’@.&-]*(?<![.'’])"
PERSON_WORD = rf"(?:(?:de|da|di|van|von|le|la|du)\s)?{CAPITAL}[\w'’-]+"
PROPER = re.compile(
    rf"(?<![\w'’.@-]){CAPITAL}[\w&'’+-]*[\w]?(?:\s(?:(?:de la|de|du|des|of|and|&|for|the|di|in|la|le)\s|d['’])?{CAPITAL}[\w&'’+-]*[\w])*(?:\spar\s\d+)?"
)
ACRONYM = re.compile(rf"(?<![\w'’•-])(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Z0-9&]{{1,7}}(?![\w•-])(?:\s{CAPITAL}[a-zà-ÿ]+)*")


@dataclass(frozen=True)
class Mention:
    """`weight`: the wider claim on the same words wins, then the heavier. `sure`: the words leave no doubt."""

    start: int
    end: int
    mark: Mark
    label: str
    kind: str = ""
    iri: str = ""
    because: str = ""
    sure: bool = True
    weight: int = 0
    key: tuple[str, ...] = field(default=(), compare=False)


def find_mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """All mentions, none on the words of another, in their order."""
    found = [
        *_days(text),
        *_persons(text),
        *_known(text, gazetteer),
        *_headed(text, gazetteer),
        *_introduced(text, gazetteer),
        *_acronyms(text, gazetteer),
    ]
    return settle(found)


def find_proper(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Names with capitals that nothing else explains: bodies only where the company they are in says so."""
    letters = list(text)
    for one in mentions:
        letters[one.start : one.end] = Mark.BODY * (one.end - one.start)
    for match in re.finditer(r"[«“][^»”\n]*[»”]", text):
        letters[match.start() : match.end()] = [Mark.BODY] * (match.end() - match.start())
    bare, common = "".join(letters), words("bodies")["not_bodies"]
    for match in PROPER.finditer(bare):
        start, said = match.start(), match[0]
        opens = re.search(r"(?:^|[.!?…:;•>–-]\s*|\n\s*|[«“(]\s?)$", bare[max(0, start - 4) : start])
        first, _, rest = said.partition(" ")
        if opens and (first.lower() in common_words() or not rest):
            start, said = start + len(first) + 1, rest
            said = said if re.match(CAPITAL, said) else ""
        if said and said.lower() not in common and said.lower() not in common_words():
            yield Mention(start, match.end(), *_what_is_proper(text, start, match.end(), said, mentions))


def _what_is_proper(text: str, start: int, end: int, said: str, mentions: Sequence[Mention]) -> tuple[Any, ...]:
    """A person where two names stand among persons or before brackets; a place behind « à »; else perhaps a body."""
    persons = [one for one in mentions if one.mark == Mark.PERSON]
    beside = any(text[one.end : start] in (", ", " et ") or text[end : one.start] in (", ", " et ") for one in persons)
    holds = re.match(rf",? {one_of(words('bodies')['posts'])}", text[end : end + 30].lower())
    if len(said.split()) == 2 and (beside or holds or re.match(r" \((?!\d)", text[end : end + 3])):
        return Mark.PERSON, ""
    if text[max(0, start - 2) : start] in ("à ", "À ") and " " not in said:
        return Mark.PLACE, said, "", "", "town", False, 0, key_of(said)
    return Mark.BODY, said, "", "", "proper", False, 0, key_of(said)


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
def common_words() -> frozenset[str]:
    given = words("activities")
    lists = [
        given[name] for name in ("stops", "new", "known", "several", "manner", "event", "programme", "publication")
    ]
    return frozenset(word for one in [*lists, words("bodies")["common"]] for word in one)


def settle(found: Iterable[Mention]) -> list[Mention]:
    """The widest of those that share words, then the heaviest."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (-one.weight // 10, one.start - one.end, -one.weight, one.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _days(text: str) -> Iterator[Mention]:
    """The days of a text; two that « et », « au » or « à » join are one span."""
    last: tuple[int, int] | None = None
    for start, end in sorted({(day.start, day.end) for day in days_in(text)}):
        if last and re.fullmatch(
            one_of(words("dates")["joins"]) + r"\s?", text[last[1] : start].strip(" ,").lower() or "?"
        ):
            last = (last[0], end)
            continue
        if last:
            yield Mention(*last, Mark.DATE, text[slice(*last)])
        last = (start, end)
    if last:
        yield Mention(*last, Mark.DATE, text[slice(*last)])


@cache
def first_names() -> frozenset[str]:
    return frozenset(read_text(asset("graph") / "reading" / "first-names.csv").split())


def _persons(text: str) -> Iterator[Mention]:
    """A first name of the list and the names behind it: kept from being taken for a body, written nowhere."""
    for match in re.finditer(
        rf"(?<![\w-])({CAPITAL}[\w-]+)\s(?:[A-Z]\.\s)?{PERSON_WORD}(?:\s{CAPITAL}[a-zà-ÿ-]+)?", text
    ):
        if match[1] in first_names() or match[1].split("-")[0] in first_names():
            yield Mention(*match.span(), Mark.PERSON, "", weight=15)


def _known(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    for one in gazetteer.find(text):
        begins = re.search(r"(?:^|[.!?…:]\s+|\n|[«“]\s?)(?:L['’]|L[ae]s? )?$", text[max(0, one.start - 12) : one.start])
        weak = " " not in one.form and begins is not None and not one.form.isupper()
        mention = resolve(one.form, one.entries, one.start, one.end)
        if mention and not (weak and mention.mark == Mark.PLACE and one.form[1:].islower() and len(one.form) < 5):
            yield mention


def resolve(form: str, entries: Iterable[Entry], start: int, end: int) -> Mention | None:
    """One mention of what a name may stand for: the body that the graph has, else the only one, else one of several."""
    given = list(entries)
    bodies = [entry for entry in given if entry.of == "body"]
    places = [entry for entry in given if entry.of == "place"]
    activities = [entry for entry in given if entry.of == "activity"]
    if places:
        iri = places[0].iri if len(places) == 1 else next((one.iri for one in places if one.kind == "region"), "")
        return Mention(start, end, Mark.PLACE, form, places[0].kind, iri, "place", weight=2, key=key_of(form))
    if activities and not bodies:
        one = activities[0]
        same = {entry.iri for entry in activities}
        label = one.label if len(same) == 1 else form
        return Mention(start, end, Mark.ACTIVITY, label, one.kind, one.iri if len(same) == 1 else "", "known", weight=3,
                       key=key_of(label))  # fmt: skip
    if not bodies:
        return None
    held = {entry.iri: entry for entry in bodies if entry.iri}
    exact = [entry for entry in held.values() if key_of(entry.label) == key_of(form)]
    one = exact[0] if len(exact) == 1 else next(iter(held.values())) if held else bodies[0]
    alone = len(exact) == 1 or len(held) == 1 or (not held and len({entry.label for entry in bodies}) == 1)
    kind = one.kind or next((entry.kind for entry in bodies if entry.kind), "")
    label = one.label if alone and one.iri else form
    return Mention(start, end, Mark.BODY, label, kind, one.iri if alone else "", "known" if alone else "namesakes",
                   alone, 4, key_of(one.label if alone else form))  # fmt: skip


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, str]]:
    given = words("bodies")["heads"]
    kinds = {head: kind for kind, heads in given.items() for head in heads}
    return re.compile(one_of([*kinds, *(head + "s" for head in kinds)]), re.IGNORECASE), kinds


def _headed(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A head ("préfecture", "lab") and what goes on with it."""
    pattern, kinds = _heads()
    lower, given = lower_of(text), words("bodies")
    for match in pattern.finditer(lower):
        head = match[0] if match[0] in kinds else match[0].removesuffix("s")
        kind = kinds[head]
        end = _go_on(text, match.end(), kind)
        if end == match.end():
            continue
        start = match.start()
        name = (
            re.search(rf"(?:^|\s){CAPITAL}\S*(?:\s{CAPITAL}\S*)*$", text[match.end() : end])
            if kind in given["bare"]
            else None
        )
        if name and not text[start].isupper():  # "l'association Aequitaz" is Aequitaz
            start = match.end() + name.start() + len(name[0]) - len(name[0].lstrip())
        form = given["stands_for"][head] + text[match.end() : end] if head in given["stands_for"] else text[start:end]
        yield _named(form, start, end, kind, gazetteer, "head", text)


def _go_on(text: str, place: int, kind: str) -> int:
    """Where a name that began ends: after the last word with a capital that links lead to."""
    given = words("bodies")
    also, links, end = set(given["words"].get(kind, ())), set(given["links"]), place
    if kind not in ("ministry", "central-administration", "higher-education", "other"):
        links -= {"et", "and", "&", "en", "pour", "sur"}
    expected = last = 0
    for count, match in enumerate(re.finditer(r"(,?\s|[-–]|(?<=['’]))([ldLD]['’])?([\w@][\w'’@.&-]*)?", text[place:])):
        if match.start() != expected or count > 12:
            break
        expected = match.end()
        said = (match[3] or "").rstrip(".'’")
        last = match.end() - len(match[3] or "") + len(said)
        if match[1].startswith(",") and kind != "ministry":
            break
        bare = re.sub(r"^[ldLD]['’]", "", said)
        if said and (re.match(NAME_WORD, bare) or bare.lower() in also or re.match(r"\d", bare)):
            end = place + last
            if len(said) != len(match[3] or ""):
                break
        elif said.lower() not in links and said:
            break
        elif not said and not match[2]:
            break
    return end


def _named(form: str, start: int, end: int, kind: str, gazetteer: Gazetteer, because: str, text: str) -> Mention:
    """A body by its words: that of the graph where one of its usual names is such a form."""
    for said in (form, *_usual_forms(form, kind)):
        entries = [entry for entry in gazetteer.entries(said) if entry.of == "body"]
        found = resolve(said, entries, start, end)
        if found and found.sure:
            return found
    weight = 2 if because == "head" else 1
    return Mention(
        start, end, Mark.BODY, " ".join(form.split()), kind, "", because, because == "head", weight, key_of(form)
    )


def _usual_forms(form: str, kind: str) -> Iterator[str]:
    """The names of `same` in `bodies.yml` for a kind, with what the form says behind its head."""
    templates = words("bodies")["same"].get(kind, ())
    for template in templates:
        before = template.partition("{name}")[0]
        if before and form.lower().startswith(before):
            yield from (other.replace("{name}", form[len(before) :]) for other in templates if other != template)


def _introduced(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A name with a capital behind words that say that a body follows, or of which a person holds a post."""
    given, expanded = words("bodies"), _expanded(text)
    leads = one_of(
        [
            *given["introduce"],
            *(
                f"{post} {link}"
                for post in given["posts"]
                for link in ("de", "du", "d'", "d’", "de la", "de l'", "de l’", "des", "chez", "à", "à la", "au")
            ),
        ]
    )
    for match in re.finditer(
        rf"(?i:{leads})\s?(?:[«“]\s?)?({NAME_WORD}(?:\s(?:de\s|du\s|des\s|&\s)?{NAME_WORD})*)", text
    ):
        common = " " not in match[1] and re.match(r"\s[a-zà-ÿ]{5,}", text[match.end(1) : match.end(1) + 6])
        if plain_word(match[1]) not in given["not_bodies"] and not common:
            yield _named(match[1], match.start(1), match.end(1), "", gazetteer, "introduced", text)
    for match in re.finditer(rf"\(({NAME_WORD}(?:\s(?:de\s|du\s|des\s|la\s|&\s|et\s)*{NAME_WORD})*)\)", text):
        if plain_word(match[1]) not in given["not_bodies"] and match[1] not in expanded:
            yield _named(match[1], match.start(1), match.end(1), "", gazetteer, "brackets", text)


def _acronyms(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    common = _expanded(text)
    for match in ACRONYM.finditer(text):
        if match[0] in common:
            continue
        line = text[text.rfind("\n", 0, match.start()) + 1 : text.find("\n", match.end())]
        if plain_word(match[0]) not in words("bodies")["not_bodies"] and not line.isupper():
            yield _named(match[0], *match.span(), "", gazetteer, "acronym", text)


def _expanded(text: str) -> frozenset[str]:
    """Acronyms that the text makes of words without a capital: of a thing, not of a body."""
    found = set()
    for match in re.finditer(r"([^().;:!?\n]{4,90})\s\(([A-Z][A-Za-z]{1,7})\)", text):
        initials = [word for word in re.findall(r"[\w]+", match[1]) if len(word) > 2 or word.isupper()]
        told = initials[-len(match[2].rstrip("s")) :]
        if "".join(word[0] for word in told).lower() == match[2].rstrip("s").lower() and all(
            word.islower() for word in told
        ):
            found.add(match[2])
    return frozenset(found)


def lower_of(text: str) -> str:
    """The text in small letters, letter for letter, its apostrophes straight."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).replace("’", "'")


def plain_word(said: str) -> str:
    return said.lower()
