"""The activities that a text tells: what a word of `graph/reading/activities.yml` begins, and what the graph knows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from maillage.reading.gazetteer import key_of
from maillage.reading.grammar import Mark
from maillage.reading.mentions import CAPITAL, Mention, lower_of
from maillage.reading.verbs import all_verbs
from maillage.reading.vocabulary import longest_first, one_of, words

KINDS = ("publication", "programme", "event")
TELLING = ("new", "this", "known")  # kinds of determiners of one thing
NEAR = 450  # letters between an activity and another word for it
LONGEST = 110  # letters of a name that we make


@cache
def _defining() -> re.Pattern[str]:
    """A past participle right behind a word, which says which one it is."""
    return re.compile(rf"\s\w+(?:{longest_first(words('grammar')['participles'])})\s")


@cache
def _title_pattern() -> re.Pattern[str]:
    """A title in quotation marks, with what may lead to it."""
    leads = longest_first(words("activities")["leads"])
    return re.compile(
        rf"(?:,? (?:{leads})s?)?,?\s?:?\s?[«“‘\"]\s?([^»”’\"\n]{{3,120}}?(?:’\w[^»”’\"\n]*?)*)\s?[»”’\"](?!\w)"
    )


@cache
def _capital_name() -> re.Pattern[str]:
    """A name with capitals, which small words may hold together."""
    links = longest_first(words("activities")["links"])
    word = rf"(?:{CAPITAL}|#)[\w'’.•·-]*"
    link = rf"(?:(?:{links})\s|d['’])"
    quality = rf"(?:[^\S\n][a-zà-ÿ-]{{2,}}(?:{longest_first(words('activities')['qualities'])}))?"
    return re.compile(
        rf"{quality}[^\S\n](?:(?:de la|du|des|de)\s|d['’]|de l['’])?[«“]?\s?({word}(?:\s{link}*(?:{word}|\d[\w.-]*))*)"
    )


@dataclass(frozen=True)
class Naming:
    """What stands before and behind the word of an activity. `end`: where its name, as we make it, ends."""

    head: str
    determiner: str  # new, known, several or ""
    title: str
    end: int


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, str]]:
    given = words("activities")
    kinds = {head: kind for kind in KINDS for head in given[kind]}
    forms = {**{f"{head}s": kind for head, kind in kinds.items()}, **kinds, **dict.fromkeys(again_words(), "programme")}
    return re.compile(one_of(forms)), forms


def activity_words() -> list[str]:
    return [head for kind in KINDS for head in words("activities")[kind]]


@cache
def again_words() -> frozenset[str]:
    """Words that speak of an activity told before and begin none."""
    given = words("activities")
    return frozenset(given["again"]) - set(activity_words())


def _is_phrase(lower: str, start: int, end: int) -> bool:
    """Is the word part of a phrase that names no activity?"""
    said = re.finditer(one_of(words("activities")["phrases"]), lower[max(0, start - 20) : end + 20])
    return any(match.start() <= min(20, start) and match.end() >= min(20, start) + end - start for match in said)


def _names_activity(text: str, place: int, others: Sequence[Mention]) -> bool:
    """Is the word followed by the name of an activity, which then stands for both?"""
    leads = longest_first(words("activities")["leads"])
    after = re.match(rf"\s?(?:(?:de la|du|des|de|{leads})s?\s|[dl]['’])?\s?[«“‘\"]?\s?", text[place : place + 24])
    start = place + (after.end() if after else 0)
    return any(one.mark == Mark.ACTIVITY and one.start == start for one in others)


def find_again(text: str, told: Sequence[Mention]) -> Iterator[Mention]:
    """Where the name that an activity was given stands alone, without the word before it."""
    for one in told:
        title = text[one.start : one.end].rpartition("\n")[2]
        head = _heads()[0].match(lower_of(title))
        name = re.search(rf"(?:[«“‘]\s?)?({CAPITAL}[^«»“”]*)$", title[head.end() if head else 0 :])
        if one.sure and name and len(re.findall(CAPITAL, name[1])) > 1:
            for match in re.finditer(rf"(?<!\w){re.escape(name[1])}(?!\w)", text):
                yield replace(one, start=match.start(), end=match.end(), weight=5)


def find_activities(text: str, others: Sequence[Mention]) -> Iterator[Mention]:
    """Every word that begins an activity, with the name that is made of it and of what follows."""
    pattern, kinds = _heads()
    lower = lower_of(text)
    within = 0
    for match in pattern.finditer(lower):
        naming = _naming(text, lower, match, others)
        nested = match.start() < within and naming.determiner not in TELLING
        if nested or _is_no_activity(text, lower, match, naming, others):
            continue
        start, end = _start_of_name(text, match.start(), kinds[match[0]]), match.end()
        within = max(within, naming.end)
        if naming.title and (at := text.find(naming.title, end, end + len(naming.title) + 12)) >= 0:
            end = at + len(naming.title)
        label = " ".join(text[start : naming.end].split()).strip(' ,.«»“”"(–-')
        titled = bool(naming.title) or start < match.start()
        bare = not titled and len(key_of(label)) <= len(key_of(match[0]))
        key = key_of(label if start < match.start() else naming.title or label)
        key = (*key, str(start)) if bare and naming.determiner == "new" else key  # one that is not named is new
        said = f"{naming.determiner}:{naming.head}:{'titled' if titled else 'bare' if bare else ''}"
        sure = titled or naming.determiner == "new"
        yield Mention(start, end, Mark.ACTIVITY, label[:1].upper() + label[1:], kinds[match[0]], "", said, sure,
                      weight=2, key=key)  # fmt: skip


def _is_no_activity(text: str, lower: str, match: re.Match[str], naming: Naming, others: Sequence[Mention]) -> bool:
    """Does a word of the lists say how, when, or of what was told before, or stand for a name that is known?"""
    bare = len(key_of(text[match.start() : naming.end])) <= 1
    again = match[0] in again_words() and not (bare and naming.determiner in ("this", "known"))
    timed = naming.determiner == "" and match[0] in words("activities")["times"]
    known = _names_activity(text, match.end(), others) or _is_phrase(lower, match.start(), match.end())
    return naming.determiner == "manner" or again or timed or known


def _start_of_name(text: str, start: int, kind: str) -> int:
    """Where the name of an event begins that stands before its word: "Informed Cities Forum"."""
    before = re.search(rf"(?<=[^.!?…:\n«]\s)(?:{CAPITAL}[\w-]+\s){{1,3}}$", text[max(0, start - 40) : start])
    return start - len(before[0]) if before and kind == "event" else start


def _naming(text: str, lower: str, match: re.Match[str], others: Sequence[Mention]) -> Naming:
    ranks = longest_first(words("activities")["ranks"])
    rank = rf"(?:\s(?:{ranks}|\d+\w+))?"
    before = re.search(rf"(\w+['’]?){rank}\s?$", lower[max(0, match.start() - 30) : match.start()])
    word = before[1].replace("’", "'") if before else ""
    given = words("activities")
    determiner = next((name for name in ("new", "this", "known", "several", "manner") if word in given[name]), "")
    end = _end_of_name(text, lower, match.end(), others)
    title = _title_pattern().match(text, match.end()) or _capital_name().match(text, match.end())
    said = title[1] if title and not _is_body(title.start(1), title.end(1), others) else ""
    return Naming(match[0], determiner, said, max(end, title.end() if title and said else end))


def _is_body(start: int, end: int, others: Sequence[Mention]) -> bool:
    return any(one.start < end and start < one.end and one.because not in ("acronym", "brackets") for one in others)


@cache
def _stops() -> re.Pattern[str]:
    verbs = "|".join(all_verbs())
    return re.compile(rf"[.,;:!?()\n«»“”–]|\s-(?:\s|\w)|{one_of(words('activities')['stops'])}|{verbs}")


def _end_of_name(text: str, lower: str, place: int, others: Sequence[Mention]) -> int:
    stop = _stops().search(lower, place)
    end = min(stop.start() if stop else len(text), place + LONGEST)
    for one in others:
        if one.mark in (Mark.DATE, Mark.PERSON) and place <= one.start < end:
            end = one.start
    if end == place + LONGEST and text[end : end + 1].isalnum():
        end = text.rfind(" ", place, end)
    tails = longest_first(words("activities")["tails"])
    said = re.sub(rf"(?:\s(?:{tails}))+\s*$", "", text[place:end].rstrip())
    return place + len(said.rstrip())


def find_topic(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """What the title names and the text names again, with a capital and as nothing else: what the text is about."""
    title = text.strip("\ufeff\n").partition("\n")[0]
    candidates = [match[1] for match in re.finditer(r"[«“]\s?([^»”]{3,60}?)\s?[»”]", title)]
    opens = re.match(rf"(?:Les? |La |L['’])?({CAPITAL}[\w'’.•-]*(?:\s(?:{CAPITAL}[\w'’.•-]*|\d+))*)\s?[,:]", title)
    candidates += [opens[1]] if opens else []
    for said in dict.fromkeys(candidates):
        places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", text)]
        if sum(text[max(0, start - 2) : start] in ("à ", "À ") for start, _ in places) * 2 > len(places):
            continue
        plural = sum(text[max(0, start - 4) : start].lower() in ("les ", "des ", "aux ", "ces ") for start, _ in places)
        if " " not in said and plural * 2 > len(places):
            continue
        inside = [span for span in places if re.search(r"[\w,»]\s[«“]?\s?$", text[max(0, span[0] - 4) : span[0]])]
        if len(places) > 2 - (" " in said) and inside and not any(_is_body(*span, names) for span in places):
            yield from (
                Mention(*span, Mark.ACTIVITY, said, "programme", "", "known::topic", True, 6, key_of(said))
                for span in places
            )


def without_bare(text: str, found: Sequence[Mention]) -> list[Mention]:
    """A word that says nothing more than itself, with « le » or « ce », speaks of what was told before."""
    kept, told = list[Mention](), list[Mention]()
    for mention in found:
        defined = _defining().match(text, mention.end) is not None
        one = _resolve_again(mention, told, defined) if mention.mark == Mark.ACTIVITY else mention
        if one and kept and _is_apposition(text, kept[-1], one):
            one = replace(kept[-1], start=one.start, end=one.end, because=f"again:{_head_of(one)}:apposition")
        if one and one.mark == Mark.ACTIVITY:
            told += [one] * (not is_passing(one) and not _in_heading(text, one.start))
        kept += [one] if one else []
    return kept


def is_passing(one: Mention) -> bool:
    """Does a word speak of some activities, or of one that nothing names?"""
    determiner, _, said = (*one.because.split(":"), "", "")[:3]
    firm = one.sure or (determiner in TELLING and said != "bare")
    return not (one.iri or (firm and (determiner != "new" or said != "bare")))


def _is_apposition(text: str, before: Mention, one: Mention) -> bool:
    """Does a word say what the name right before it is: "Sonar, un projet"?"""
    given = words("activities")
    small = longest_first([*given["new"], *given["known"], *given["ranks"]])
    between = rf"\s?[»”]?(?:\s\([^()\n]{{1,80}}\))?,\s(?:(?:{small})\s?)*"
    named = before.mark == Mark.ACTIVITY and (before.iri or before.because.endswith(("titled", "topic")))
    plain = one.mark == Mark.ACTIVITY and not one.iri and not one.because.endswith(("titled", "topic"))
    return bool(named and plain and re.fullmatch(between, lower_of(text[before.end : one.start])))


def _resolve_again(one: Mention, told: Sequence[Mention], defined: bool) -> Mention | None:
    """The activity that a bare word stands for; the word itself, not sure, or nothing where it is none by itself.

    `defined`: what follows says which one it is, as in "la démarche menée à Lyon".
    """
    determiner, head, said = (*one.because.split(":"), "", "")[:3]
    if said != "bare":
        return one
    same = [other for other in told if _head_of(other) == _singular(head)]
    like = [other for other in told if kind_of(other) == kind_of(one)]
    like = like or [other for other in told if kind_of(other) != "publication"]
    near = [other for other in like if determiner == "this" or one.start - other.end < NEAR]
    near = [other for other in near if other.sure] or near
    earlier = same or (near if _singular(head) in words("activities")["again"] else [])
    if earlier and (determiner == "this" or (determiner == "known" and not defined)):
        again = f"again:{head}:{said}"
        return replace(earlier[-1], start=one.start, end=one.end, because=again, sure=earlier[-1].sure)
    if head in again_words():
        return None
    return one if determiner == "new" else replace(one, sure=False)


def _in_heading(text: str, place: int) -> bool:
    """A line that ends without a mark is a heading; the first one is the title, which counts."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    return start > 1 and text[start : end if end >= 0 else len(text)].rstrip()[-1:] not in ".!?:;…»)"


def _head_of(one: Mention) -> str:
    return _singular(one.because.split(":")[1] if ":" in one.because else one.label.lower().partition(" ")[0])


def _singular(head: str) -> str:
    return " ".join(word.rstrip("s") for word in head.split())


def kind_of(activity: Mention) -> str:
    """An event, a programme or a publication, whatever says it: a word of the text or a class of the graph."""
    known = {"mai:Programme": "programme", "mai:Fund": "programme"}
    return activity.kind if activity.kind in KINDS else known.get(activity.kind, "event")
