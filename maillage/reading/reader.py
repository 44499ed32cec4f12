"""From a text to proposals: what it names, what it tells, and how sure that is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from maillage.reading.activities import find_activities, find_again, find_topic, kind_of, without_bare
from maillage.reading.calibration import is_sure
from maillage.reading.claims import WEAK, Claim, find_claims, listed_with_bodies
from maillage.reading.dates import Calendar, Period, day_of
from maillage.reading.gazetteer import Gazetteer
from maillage.reading.grammar import Mark
from maillage.reading.intake import Intake
from maillage.reading.mentions import Mention, find_mentions, find_proper, find_short, settle
from maillage.reading.proposals import Proposal
from maillage.reading.sentences import Sentence, sentences
from maillage.reading.speaker import find_speaker

EVIDENCE = ("role", "day")
BESIDE = ("speaker", "with", "of", "host-place")
Thing = tuple[str, ...]  # an IRI, or the words of a name


@dataclass(frozen=True)
class Reading:
    """What was found in one text; `told`: what is proposed of it."""

    intake: Intake
    sentences: tuple[Sentence, ...]
    told: tuple[Proposal, ...]


def read_text(intake: Intake, gazetteer: Gazetteer) -> Reading:
    content = intake.text.content
    names = find_mentions(content, gazetteer)
    names = settle([*names, *find_speaker(content, intake.about.publisher, gazetteer)])
    told = list(find_activities(content, [one for one in names if one.mark != Mark.PLACE]))
    found = settle([*names, *told, *find_topic(content, names), *find_again(content, told)])
    found = settle([*found, *find_short(content, found)])
    found = sorted([*found, *find_proper(content, found)], key=lambda one: one.start)
    cut = sentences(intake.text, without_bare(content, found))
    return Reading(intake, tuple(cut), tuple(_Proposals(intake, cut).all()))


def thing(mention: Mention) -> Thing:
    return (mention.iri,) if mention.iri else mention.key or (mention.label,)


class _Proposals:
    """The proposals of one text, numbered by kind; a thing that is told three times is one."""

    def __init__(self, intake: Intake, cut: Sequence[Sentence]) -> None:
        self._text, self._cut, self._claims = intake.text, cut, find_claims(cut)
        self._calendar = Calendar(intake.text.content, intake.about.date)
        self._ids: dict[Thing, str] = {}
        self._listed = {one for sentence in cut for one in listed_with_bodies(sentence)}
        self._mentions: dict[Thing, list[Mention]] = defaultdict(list)
        for sentence in cut:
            for one in sentence.at.values():
                self._mentions[thing(one)].append(one)

    def all(self) -> list[Proposal]:
        kept = self._kept_claims()
        activities = list(self._activities(kept))
        held = [claim for claim in kept if thing(claim.activity) in self._ids]
        bodies = list(self._bodies(held))
        held = [claim for claim in held if thing(claim.body) in self._ids]
        return [*bodies, *activities, *self._participations(held)]

    def _kept_claims(self) -> list[Claim]:
        """Of each body in each activity, the surest claim of a role; what only stands beside gives way to a role."""
        best: dict[tuple[Thing, Thing, str], list[Claim]] = defaultdict(list)
        ranks: dict[tuple[Thing, Thing], list[int]] = defaultdict(list)
        for claim in self._claims:
            pair = thing(claim.activity), thing(claim.body)
            if pair[0] != pair[1]:
                best[*pair, claim.role].append(claim)
                ranks[pair].append(_weakness(claim))
        chosen = [(key[:2], min(claims, key=_weakness)) for key, claims in best.items()]
        return [one for pair, one in chosen if _weakness(one) < 4 or _weakness(one) == min(ranks[pair])]

    def _bodies(self, claims: Iterable[Claim]) -> Iterator[Proposal]:
        taken = {thing(claim.body) for claim in claims}
        for key, mentions in self._mentions.items():
            bodies = [one for one in mentions if one.mark == Mark.BODY or (one.mark == Mark.PLACE and key in taken)]
            if all(one.because in WEAK for one in bodies) and key not in taken and not self._listed & set(bodies):
                continue
            if bodies:
                one = max(bodies, key=lambda one: (one.sure, -one.start))
                self._ids[key] = f"b{sum(name.startswith('b') for name in self._ids.values()) + 1}"
                kind = "lab" if one.kind == "laboratory" else "body"
                rule = f"body:{one.because if one.mark == Mark.BODY else 'place'}"
                yield Proposal(self._ids[key], kind, self._status(rule, (), one.sure), one.start, one.end,
                               one.because, {"label": one.label, "iri": one.iri}, rule,
                               self._text.at(one.start, one.end))  # fmt: skip

    def _activities(self, claims: Iterable[Claim]) -> Iterator[Proposal]:
        taken = {thing(claim.activity) for claim in claims}
        for key, mentions in self._mentions.items():
            one = mentions[0]
            if one.mark != Mark.ACTIVITY:
                continue
            period, where = self._when_and_where(mentions)
            why = self._evidence(one, key in taken, period)
            if not why:
                continue
            self._ids[key] = f"a{sum(name.startswith('a') for name in self._ids.values()) + 1}"
            moods = self._moods(one)
            rule = f"activity:{_named(one)}:{'+'.join(name for name in why if name in EVIDENCE) or 'alone'}"
            days = {"start": period.start, "end": period.end, "from": period.start, "to": period.end}
            said = {"label": one.label, "iri": one.iri, **days, "place": where}
            end = max(one.end, min(one.start + len(one.label), one.end + 80))
            yield Proposal(self._ids[key], "event" if kind_of(one) == "event" else "programme", self._status(rule, moods, True), one.start, end,
                           ", ".join([*why, period.because, *moods]).strip(", "), said, rule)  # fmt: skip

    @staticmethod
    def _evidence(one: Mention, is_taken: bool, period: Period) -> list[str]:
        """What makes of a word an activity worth proposing."""
        held = {
            "known": one.iri,
            "role": is_taken,
            "day": period.start,
            "named": one.because.endswith(("titled", "topic")),
            "described": kind_of(one) == "publication" and one.sure and len(one.key) > 1,
        }
        return [name for name, holds in held.items() if holds]

    def _moods(self, mention: Mention) -> tuple[str, ...]:
        from maillage.reading.mood import moods

        for sentence in self._cut:
            if sentence.start <= mention.start < sentence.end:
                start = mention.start - sentence.start
                return tuple(moods(sentence.lower, start, start + 1))
        return ()

    def _when_and_where(self, mentions: Sequence[Mention]) -> tuple[Period, str]:
        period, where = Period(), ""
        for sentence in self._cut:
            for one in mentions:
                if sentence.start <= one.start < sentence.end and one in sentence.at.values():
                    day = day_of(sentence, one)
                    period = period if period.start or not day else self._calendar.period(day)
                    places = [at for at in sentence.at.values() if at.mark == Mark.PLACE and at.start > one.end]
                    where = where or (places[0].label if places and day else "")
        return period, where

    def _participations(self, claims: Sequence[Claim]) -> Iterator[Proposal]:
        for number, claim in enumerate(claims, 1):
            activity, body = thing(claim.activity), thing(claim.body)
            said = {
                "activity": self._ids[activity],
                "body": self._ids[body],
                "role": claim.role,
                "certainty": claim.certainty,
            }
            rule = f"role:{claim.rule}"
            sure = _named(claim.activity) != "some"
            yield Proposal(f"p{number}", "participation", self._status(rule, claim.moods, sure), claim.start, claim.end,
                           ", ".join([claim.rule, *claim.moods]), said, rule)  # fmt: skip

    @staticmethod
    def _status(rule: str, moods: Sequence[str], sure: bool) -> str:
        return "sure" if sure and not moods and is_sure(rule) else "check"


def _named(one: Mention) -> str:
    """How a text names an activity: by its name, as the one that it tells, or as some."""
    if one.iri or one.because.endswith(("titled", "topic")):
        return "named"
    return "one" if one.because.partition(":")[0] in ("new", "known", "again") else "some"


def _weakness(claim: Claim) -> int:
    """What only stands beside an activity gives way to a role, and what the sentence before names to what it says."""
    return 4 * (claim.rule.partition("+")[0] in BESIDE) + 2 * claim.rule.endswith("+before") + bool(claim.moods)
