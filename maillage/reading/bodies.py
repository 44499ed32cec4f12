"""The bodies that a text names: by a known name, by a word that begins one, by what leads to one, by an acronym.

`graph/reading/bodies.yml` says by which words.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from maillage.reading.gazetteer import Entry, Gazetteer, key_of
from maillage.reading.grammar import Mark
from maillage.reading.mentions import CAPITAL, NAME_WORD, Mention, lower_of
from maillage.reading.vocabulary import longest_first, one_of, words

ACRONYM = re.compile(rf"(?<![\w'’•-])(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Z0-9&]{{1,7}}(?![\w•-])(?:\s{CAPITAL}[a-zà-ÿ]+)*")
MOST_WORDS = 12  # of a name
SHORT = 5  # letters of a name that may be a word


def find_bodies(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """All that may be a body or a place, known activities too, some on the words of others."""
    return [
        *_from_names(text, gazetteer),
        *_from_heads(text, gazetteer),
        *_from_leads(text, gazetteer),
        *_acronyms(text, gazetteer),
        *_from_towns(text, gazetteer),
    ]


def _from_names(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Names that are known, but where a name of one word opens a sentence or ends a longer name."""
    for one in gazetteer.find(text):
        before = text[max(0, one.start - 24) : one.start]
        alone = " " not in one.form and not one.form.isupper()
        opens = re.search(r"(?:^|[.!?…:]\s+|\n|[«“]\s?)(?:L['’]|L[ae]s? )?$", before)
        mention = resolve(one.form, one.entries, one.start, one.end)
        short = opens and mention and mention.mark == Mark.PLACE and len(one.form) < SHORT
        if mention and not (alone and (short or re.search(rf"[^.!?…:\n]\s{CAPITAL}[a-zà-ÿ]+\s$", before))):
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


def _from_heads(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A head ("préfecture", "lab") and what goes on with it."""
    pattern, kinds = _heads()
    lower, given = lower_of(text), words("bodies")
    for match in pattern.finditer(lower):
        head = match[0] if match[0] in kinds else match[0].removesuffix("s")
        kind = kinds[head]
        end = max(_go_on(text, match.end(), kind), _go_on_small(text, match.start(), match.end()))
        if end == match.end() or (kind in given["named"] and not re.search(CAPITAL, text[match.start() + 1 : end])):
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
        yield _resolve_name(form, start, end, kind, gazetteer, "head")


def _go_on_small(text: str, start: int, end: int) -> int:
    """Where the name of a head with a capital ends that goes on with small letters."""
    opens = start == 0 or text[max(0, start - 2) : start].strip() in ("", ".", "!", "?", "«", ":")
    if not text[start].isupper() or opens:
        return end
    adjective = longest_first(words("bodies")["adjectives"])
    link = rf"(?:{longest_first(words('bodies')['post_links'])})"
    more = re.match(
        rf"(?:\s(?:{adjective}))?\s{link}\s?[\w'’-]{{3,}}(?:\s(?:{adjective})\b)?", text[end:].replace("’", "'")
    )
    return end + more.end() if more else end


def _go_on(text: str, place: int, kind: str) -> int:
    """Where a name that began ends: after the last word with a capital that links lead to."""
    given = words("bodies")
    also, links, end, expected = set(given["words"].get(kind, ())), set(given["links"]), place, 0
    links -= set() if kind in given["joining"] else set(given["joins"])
    second = re.search(rf",?\s(?:et|ou)\s(?:(?:de la|du|des|la|le)\s|(?:de )?l['’])(?:{_heads()[0].pattern})",
                       lower_of(text[place : place + 160]))  # fmt: skip
    steps = re.finditer(
        r"(,?\s|[-–]|(?<=['’]))([ldLD]['’])?([\w@][\w'’@.&-]*)?",
        text[place : place + second.start() if second else len(text)],
    )
    for count, step in enumerate(steps):
        said = (step[3] or "").rstrip(".'’")
        broken = step.start() != expected or (step[1].startswith(",") and kind != "ministry")
        if broken or count > MOST_WORDS or not (said or step[2]):
            break
        expected, bare = step.end(), re.sub(r"^[ldLD]['’]", "", said)
        if said and (re.match(NAME_WORD, bare) or bare.lower() in also or bare[:1].isdigit()):
            end = place + step.end() - len(step[3]) + len(said)
        elif said and said.lower() not in links:
            break
        if said != (step[3] or ""):
            break
    return end


def _resolve_name(form: str, start: int, end: int, kind: str, gazetteer: Gazetteer, because: str) -> Mention:
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


def _from_leads(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A name with a capital behind words that say that a body follows, or of which a person holds a post."""
    given, expanded = words("bodies"), _plain_acronyms(text)
    posts = (f"{post} {link}" for post in given["posts"] for link in given["post_links"])
    leads = one_of([*given["introduce"], *posts])
    link = rf"(?:(?:{longest_first(given['name_links'])})\s)*"
    name = rf"({NAME_WORD}(?:\s{link}{NAME_WORD})*)"
    for match in re.finditer(rf"(?i:{leads})\s?(?:[«“]\s?)?{name}", text.replace("’", "'")):
        common = " " not in match[1] and re.match(r"\s[a-zà-ÿ]{5,}", text[match.end(1) : match.end(1) + 6])
        if match[1].lower() not in given["not_bodies"] and not common:
            yield _resolve_name(text[slice(*match.span(1))], *match.span(1), "", gazetteer, "introduced")
    for match in re.finditer(rf"\({name}\)", text):
        post = any(match[1].lower().startswith(post) for post in given["posts"])
        if not post and match[1].lower() not in given["not_bodies"] and match[1] not in expanded:
            yield _resolve_name(match[1], *match.span(1), "", gazetteer, "brackets")


def _from_towns(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A body that bears the name of a town before its kind: "Lorient Agglomération"."""
    for kind, tails in words("bodies")["towns_of"].items():
        for match in re.finditer(
            rf"(?<![\w-]){CAPITAL}[\w'’-]+(?:\s{CAPITAL}[\w'’-]+)?\s(?:{longest_first(tails)})(?!\w)", text
        ):
            yield _resolve_name(match[0], *match.span(), kind, gazetteer, "head")
    for kind, fronts in words("bodies")["fronts_of"].items():
        for match in re.finditer(rf"(?<![\w-])(?:{longest_first(fronts)})\s{CAPITAL}[\w'’-]+", text):
            yield _resolve_name(match[0], *match.span(), kind, gazetteer, "brackets")


def _acronyms(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    common = _plain_acronyms(text)
    for match in ACRONYM.finditer(text):
        if match[0] in common:
            continue
        line = text[text.rfind("\n", 0, match.start()) + 1 : text.find("\n", match.end())]
        if match[0].lower() not in words("bodies")["not_bodies"] and not line.isupper():
            yield _resolve_name(match[0], *match.span(), "", gazetteer, "acronym")


def _plain_acronyms(text: str) -> frozenset[str]:
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
