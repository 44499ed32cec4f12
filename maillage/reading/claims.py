"""Who takes part in what, as a sentence says it: the patterns of `graph/reading/roles.yml`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.reading.activities import is_passing, kind_of
from maillage.reading.grammar import Mark, Pattern, list_of_bodies, patterns
from maillage.reading.mentions import Mention
from maillage.reading.mood import moods
from maillage.reading.sentences import Sentence

# A person stands before, so that the body is an employer's: its member acts.
EMPLOYER = re.compile(rf"{Mark.PERSON}(?:,| \()[^.;:!?{Mark.BODY}{Mark.ACTIVITY}]{{0,60}}$")
OF_ONE = re.compile(r",? qui (?!\w*(?:ent|ont)\b)")  # behind a list, what is said of its last one alone
WEAK = ("proper", "acronym")  # a body only in the company of others, or with a role
ASIDE = re.compile(rf"[{Mark.BODY}{Mark.PLACE}] \((?:[^()]*, )?$")  # what is in brackets behind a body


@dataclass(frozen=True)
class RoleClaim:
    """`rule`: the pattern that fits; `said`: the words of it; `moods`: what keeps it from being sure."""

    activity: Mention
    body: Mention
    role: str
    certainty: str
    rule: str
    start: int
    end: int
    moods: tuple[str, ...]


def find_claims(found: Sequence[Sentence]) -> list[RoleClaim]:
    """Every claim; of one body in one activity within a sentence, that of the first pattern that fits."""
    claims: list[RoleClaim] = []
    last, main, event = None, find_main(found), find_event(found)
    for sentence in found:
        activities = [one for one in sentence.at.values() if one.mark == Mark.ACTIVITY]
        passing = [one for one in activities if is_passing(one)]
        told, before = len(passing) < len(activities), last or main
        own = sentence.without(passing) if told else sentence
        here = [*_claims(own, "", beside=told or not before, event=not event or any(map(is_event, own.at.values())))]
        if not told and before and _goes_on(sentence):
            here += _claims(sentence.without(passing).with_before(before), "+before", event=not event)
        if event and _goes_on(sentence) and not any(map(is_event, own.at.values())):
            among, bodies = sentence.without(activities).with_before(event), {claim.body for claim in here}
            here += (claim for claim in _claims(among, "+before", event=None) if claim.body not in bodies)
        claims += here
        if sentence is found[0] or sentence.lower[-1:] in ".!?:;…»)":
            last = next((one for one in activities if one not in passing), last)
    return claims


def find_main(found: Sequence[Sentence]) -> Mention | None:
    """What a text is about: the activity that it names most often, the first of those."""
    firm = (one for sentence in found for one in sentence.at.values() if one.mark == Mark.ACTIVITY)
    named = [one for one in firm if not is_passing(one) and not one.because.startswith("again")]
    counts = Counter(one.key for one in named)
    return max(named, key=lambda one: counts[one.key], default=None)


def find_event(found: Sequence[Sentence]) -> Mention | None:
    """The event that a text tells: the first one beside a day, else the first one."""
    told = [(sentence, one) for sentence in found for one in sentence.at.values() if is_event(one)]
    dated = [pair for pair in told if any(one.mark == Mark.DATE for one in pair[0].at.values())]
    return next((one for _, one in [*dated, *told]), None)


def is_event(one: Mention) -> bool:
    return one.mark == Mark.ACTIVITY and not is_passing(one) and kind_of(one) == "event"


def _goes_on(sentence: Sentence) -> bool:
    return any(one.mark == Mark.BODY for one in sentence.at.values())


def _claims(sentence: Sentence, suffix: str, *, beside: bool = True, event: bool | None) -> Iterator[RoleClaim]:
    """`beside`: what only stands beside an activity counts too; `event`: so does who is at an event, alone if None."""
    told, none = set[tuple[int, int]](), not any(one.mark == Mark.ACTIVITY for one in sentence.at.values())
    for pattern in patterns("roles"):
        about = "about" in pattern.said
        if none or (pattern.said.get("family", "") and not beside) or (about and event is False):
            continue
        if (event is None and not about) or ("own" in pattern.said and suffix):
            continue
        for expression in pattern.expressions:
            for match in expression.finditer(sentence.marked):
                yield from _read(sentence, pattern, match, suffix, told)


def _read(
    sentence: Sentence, pattern: Pattern, match: re.Match[str], suffix: str, told: set[tuple[int, int]]
) -> Iterator[RoleClaim]:
    activity = _activity_of(sentence, match)
    if "{we}" in pattern.said["fits"][0] and sentence.at[match.start("bodies")].because != "we":
        return
    if pattern.rule.startswith("active") and EMPLOYER.search(sentence.marked, 0, match.start("bodies")):
        return
    bodies = _bodies_of(sentence, *match.span("bodies"), pattern.said.get("weak", True))
    start, end = sentence.span(*match.span())
    dated = any(one.mark == Mark.DATE for one in sentence.at.values())
    why = tuple(moods(sentence.lower, max(0, start - sentence.start), end - sentence.start, dated=dated))
    ours = [one for one in bodies if one.because == "we"]
    if OF_ONE.match(sentence.marked, match.end("bodies")) or ours:  # "chez X, nous" is no list
        bodies = ours or bodies[-1:]
    partners = _bodies_of(sentence, *match.span("partners"), True) if "partners" in match.groupdict() else []
    first = next((body.key for body in bodies if (activity.start, body.start) not in told), ())
    for body in [*bodies, *partners]:
        if (activity.start, body.start) in told:
            continue
        told.add((activity.start, body.start))
        role = pattern.said["role"] if body.key == first else pattern.said.get("others", pattern.said["role"])
        role = pattern.said["partners"] if body in partners else role
        role = role if isinstance(role, str) else role.get(kind_of(activity), role["programme"])
        we = body.because == "we" or bool(suffix)
        certainty = "implied" if we else pattern.said.get("certainty", "stated")
        last = max(body.end, activity.end) if not suffix else end  # a list: up to the name
        yield RoleClaim(activity, body, role, certainty, pattern.rule + suffix, start, last, why)


def _activity_of(sentence: Sentence, match: re.Match[str]) -> Mention:
    """The activity that a pattern names; the nearest one for a pattern that names none."""
    if "activity" in match.groupdict():
        return sentence.at[match.start("activity")]
    places = [place for place, one in sentence.at.items() if one.mark == Mark.ACTIVITY]
    return sentence.at[min(places, key=lambda place: (not sentence.at[place].sure, abs(place - match.end())))]


def _bodies_of(sentence: Sentence, start: int, end: int, weak: bool) -> list[Mention]:
    """The bodies of a list, but what stands in brackets behind one; `weak`: those that a list alone makes bodies."""
    found = [
        one
        for place, one in sentence.at.items()
        if start <= place < end
        and one.mark in (Mark.BODY, Mark.PLACE)
        and not ASIDE.search(sentence.marked, 0, place)
        and not (one.kind == "ministry" and sentence.marked[:place].endswith(f"{Mark.BODY}, "))  # of the one before
    ]
    return [one for one in found if weak or (one.mark == Mark.BODY and one.because not in WEAK)]


def listed_with_bodies(sentence: Sentence) -> Iterator[Mention]:
    """What stands in a list in which something is a body whatever its company."""
    for match in list_of_bodies().finditer(sentence.marked):
        listed = _bodies_of(sentence, *match.span(), True)
        if len(listed) > 1 and any(one.mark == Mark.BODY and one.because not in WEAK for one in listed):
            yield from listed
