"""The activities that a text tells: what a word of `graph/reading/activities.yml` begins, and what the graph knows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from maillage.reading.gazetteer import key_of
from maillage.reading.grammar import Mark, one_of, words
from maillage.reading.mentions import CAPITAL, Mention

QUOTED = re.compile(
    r"(?:,? (?:intitulée?s?|baptisée?s?|nommée?s?|appelée?s?|dénommée?s?|dite?s?|sur le thème|autour de|sur))?,?\s?:?\s?[«“\"]\s?([^»”\"\n]{3,120}?)\s?[»”\"]"
)
NAMED = re.compile(
    rf"\s(?:de la |de l['’]|du |des |de |d['’])?((?:{CAPITAL}|#)[\w'’.-]*(?:\s(?:d['’]|de |des |du |la |le |les |en |et |à |of |for |the |in )*(?:{CAPITAL}|\d|#)[\w'’.-]*)*)"
)
LONGEST = 110  # letters of a name that we make


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
    kinds = {head: kind for kind in ("programme", "event") for head in given[kind]}
    forms = {**{f"{head}s": kind for head, kind in kinds.items()}, **kinds}
    return re.compile(one_of(forms)), forms


def find_activities(text: str, others: Sequence[Mention]) -> Iterator[Mention]:
    """Every word that begins an activity, with the name that is made of it and of what follows."""
    pattern, kinds = _heads()
    lower = text.lower() if len(text.lower()) == len(text) else text
    within = 0
    for match in pattern.finditer(lower):
        naming = _naming(text, lower, match, others)
        if naming.determiner == "manner" or (match.start() < within and naming.determiner not in ("new", "known")):
            continue
        end = match.end()
        within = max(within, naming.end)
        if naming.title and (at := text.find(naming.title, end, end + len(naming.title) + 12)) >= 0:
            end = at + len(naming.title)
        label = " ".join(text[match.start() : naming.end].split()).strip(' ,«»“”"(–-')
        sure = bool(naming.title) or naming.determiner == "new"
        said = f"{naming.determiner}:{naming.head}"
        yield Mention(match.start(), end, Mark.ACTIVITY, label[:1].upper() + label[1:], kinds[match[0]], "", said, sure,
                      weight=2, key=key_of(naming.title or label))  # fmt: skip


def _naming(text: str, lower: str, match: re.Match[str], others: Sequence[Mention]) -> Naming:
    before = re.search(
        r"([\w]+['’]?)(?:\s(?:premier|première|deuxième|second|seconde|nouveau|nouvelle|grand|grande|petit|petite|\d+e|\d+ème|[\w-]+ième))?\s?$",
        lower[max(0, match.start() - 30) : match.start()],
    )
    word = before[1].replace("’", "'") if before else ""
    given = words("activities")
    determiner = next((name for name in ("new", "known", "several", "manner") if word in given[name]), "")
    end = _end_of_name(text, lower, match.end(), others)
    title = QUOTED.match(text, match.end()) or NAMED.match(text, match.end())
    said = title[1] if title and not _is_body(title.start(1), title.end(1), others) else ""
    return Naming(match[0], determiner, said, max(end, title.end() if title and said else end))


def _is_body(start: int, end: int, others: Sequence[Mention]) -> bool:
    return any(one.start < end and start < one.end for one in others)


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(rf"[.,;:!?()\n«»“”–]|\s-\s|{one_of(words('activities')['stops'])}")


def _end_of_name(text: str, lower: str, place: int, others: Sequence[Mention]) -> int:
    stop = _stops().search(lower, place)
    end = min(stop.start() if stop else len(text), place + LONGEST)
    for one in others:
        if one.mark in (Mark.DATE, Mark.PERSON) and place <= one.start < end:
            end = one.start
    if end == place + LONGEST and text[end : end + 1].isalnum():
        end = text.rfind(" ", place, end)
    said = re.sub(
        r"(?:\s(?:de|du|des|d['’]|le|la|les|l['’]|à|au|aux|en|et|ou|un|une|pour|sur|dans|ce|cette|chez|puis|soit|of|the|in|on|to|jusqu'|dès|vers))+\s*$",
        "",
        text[place:end].rstrip(),
    )
    return place + len(said.rstrip())


def without_bare(found: Sequence[Mention]) -> list[Mention]:
    """Those that say more than their word; of the others, those that speak of one told before are that one."""
    kept: list[Mention] = []
    for one in found:
        determiner, _, head = one.because.partition(":")
        told = (
            [
                other
                for other in kept
                if _singular(other.because.partition(":")[2] or other.label.lower()).startswith(_singular(head))
            ]
            if head
            else []
        )
        bare = len(one.key) <= len(key_of(head)) if head else False
        if told and determiner == "known" and (bare or len(one.key) <= 2):
            one = replace(
                one, label=told[-1].label, key=told[-1].key, iri=told[-1].iri, because=f"again:{head}", sure=False
            )
        elif bare and determiner in ("several", ""):
            one = replace(one, sure=False)
        kept.append(one)
    return kept


def _singular(head: str) -> str:
    return " ".join(word.rstrip("s") for word in head.split())
