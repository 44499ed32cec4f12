"""The proposals of one text: what was found in it, each thing once, and how sure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from maillage.reading.activities import TELLING, kind_of
from maillage.reading.calibration import family_of, is_sure
from maillage.reading.claims import WEAK, RoleClaim, find_claims, find_event, find_main, listed_with_bodies
from maillage.reading.dates import Calendar, Period, day_of
from maillage.reading.facts import find_facts
from maillage.reading.grammar import Mark
from maillage.reading.intake import Intake
from maillage.reading.mentions import Mention
from maillage.reading.mood import moods
from maillage.reading.proposals import TextStatement
from maillage.reading.sentences import Sentence

Thing = tuple[str, ...]  # an IRI, or the words of a name
MOST_LETTERS = 80  # of the words that a reason gives
LEADING = ("organises", "co-organises", "coordinates", "carries")
EVIDENCE = ("role", "day")
DOUBTFUL = ("namesakes", "short", "brackets")  # reasons for which a body is never sure


def thing(mention: Mention) -> Thing:
    return (mention.iri,) if mention.iri else mention.key or (mention.label,)


@dataclass(frozen=True)
class TextProposals:
    """`speaker`: who publishes, None where nobody says; `foreign`: not in French, so that nothing of it is sure."""

    intake: Intake
    sentences: Sequence[Sentence]
    speaker: Mention | None
    foreign: bool

    def proposals(self) -> list[TextStatement]:
        claims = [] if self.foreign else _choose(find_claims(self.sentences))
        mentions: dict[Thing, list[Mention]] = defaultdict(list)
        for sentence in self.sentences:
            for one in sentence.at.values():
                mentions[thing(one)].append(one)
        activities = {} if self.foreign else self._activities(mentions, {thing(claim.activity) for claim in claims})
        claims = [claim for claim in claims if thing(claim.activity) in activities]
        bodies = self._bodies(mentions, {thing(claim.body) for claim in claims})
        claims = [claim for claim in claims if thing(claim.body) in bodies]
        if self.speaker and thing(self.speaker) in bodies:
            about = [find_main(self.sentences), find_event(self.sentences)]
            claims += _publisher_claims(mentions, activities, claims, self.speaker, [one for one in about if one])
        known = bodies | activities
        facts = [] if self.foreign else list(self._facts(known))
        return [*bodies.values(), *activities.values(), *self._participations(claims, known), *facts]

    def _bodies(self, mentions: dict[Thing, list[Mention]], taken: set[Thing]) -> dict[Thing, TextStatement]:
        listed = {one for sentence in self.sentences for one in listed_with_bodies(sentence)}
        found: dict[Thing, TextStatement] = {}
        for key, told in mentions.items():
            bodies = [one for one in told if one.mark == Mark.BODY or (one.mark == Mark.PLACE and key in taken)]
            alone = all(one.because in WEAK for one in bodies) and key not in taken and not listed & set(bodies)
            if not bodies or alone or (self.foreign and not bodies[0].iri):
                continue
            one = max(bodies, key=lambda one: (one.sure, -one.start))
            because = one.because if one.mark == Mark.BODY else "place"
            kind = "lab" if one.kind == "laboratory" else "body"
            form = self.intake.text.at(one.start, one.end)
            company = because not in WEAK or bool(listed & set(bodies))
            eligible = not self.foreign and because not in DOUBTFUL and company
            said = {"label": one.label, "iri": one.iri if one.mark == Mark.BODY else ""}
            made = TextStatement(f"b{len(found) + 1}", kind, one.start, one.end, because, said, f"body:{because}", form)
            found[key] = judge(made, eligible)
        return found

    def _activities(self, mentions: dict[Thing, list[Mention]], taken: set[Thing]) -> dict[Thing, TextStatement]:
        calendar = Calendar(self.intake.text.content, self.intake.about.date)
        found: dict[Thing, TextStatement] = {}
        for key, told in mentions.items():
            one = told[0]
            period, where = self._when_and_where(told, calendar) if one.mark == Mark.ACTIVITY else (Period(), "")
            why = _evidence(one, key in taken, period) if one.mark == Mark.ACTIVITY else []
            if not why:
                continue
            doubts = self._moods(one)
            rule = f"activity:{how_named(one)}:{'+'.join(name for name in why if name in EVIDENCE) or 'alone'}"
            days = {"start": period.start, "end": period.end, "from": period.start, "to": period.end}
            said = {"label": one.label, "iri": one.iri, **days, "place": where}
            because = ", ".join(filter(None, [*why, period.because, *doubts]))
            kind, end = kind_of(one), max(one.end, min(one.start + len(one.label), one.end + 80))
            kind = "event" if kind == "event" else "programme"
            made = TextStatement(
                f"a{len(found) + 1}", kind, one.start, end, because, said, rule, self._words(one.start, one.end), doubts
            )
            found[key] = judge(made, how_named(one) != "some")
        return found

    def _moods(self, mention: Mention) -> tuple[str, ...]:
        for sentence in self.sentences:
            if sentence.start <= mention.start < sentence.end:
                start, dated = (
                    mention.start - sentence.start,
                    any(one.mark == Mark.DATE for one in sentence.at.values()),
                )
                return tuple(moods(sentence.lower, start, mention.end - sentence.start, dated=dated))
        return ()

    def _when_and_where(self, told: Sequence[Mention], calendar: Calendar) -> tuple[Period, str]:
        period, where = Period(), ""
        for sentence in self.sentences:
            for one in told:
                if one in sentence.at.values():
                    day = day_of(sentence, one)
                    period = period if period.start or not day else calendar.period(day)
                    places = [at for at in sentence.at.values() if at.mark == Mark.PLACE and at.start > one.end]
                    where = where or (places[0].label if places and day else "")
        return period, where

    def _participations(
        self, claims: Iterable[RoleClaim], known: dict[Thing, TextStatement]
    ) -> Iterator[TextStatement]:
        for number, claim in enumerate(claims, 1):
            activity, body = known[thing(claim.activity)], known[thing(claim.body)]
            said = {"activity": activity.id, "body": body.id, "role": claim.role, "certainty": claim.certainty}
            because, rule = ", ".join([claim.rule, *claim.moods]), f"role:{claim.rule}"
            first, last = sorted((claim.activity, claim.body), key=lambda one: one.start)
            words = self._words(first.end, last.start)
            made = TextStatement(
                f"p{number}", "participation", claim.start, claim.end, because, said, rule, words, claim.moods
            )
            yield judge(made, activity.status == body.status == "sure")

    def _words(self, start: int, end: int) -> str:
        """A few words of the text, on one line, without the names of persons."""
        letters = list(self.intake.text.at(start, end))
        for one in (one for sentence in self.sentences for one in sentence.at.values() if one.mark == Mark.PERSON):
            for place in range(max(one.start, start), min(one.end, end)):
                letters[place - start] = "…" if place == one.start else ""
        return " ".join("".join(letters).split())[:MOST_LETTERS]

    def _facts(self, known: dict[Thing, TextStatement]) -> Iterator[TextStatement]:
        """Facts on what is proposed; one that is told twice is one."""
        calendar, told = Calendar(self.intake.text.content, self.intake.about.date), set[tuple[str, str, str]]()
        for fact in find_facts(self.sentences, calendar, self.speaker):
            of, aim = known.get(thing(fact.subject)), fact.object
            other = known.get(thing(aim)) if isinstance(aim, Mention) else None
            row = of.id if of else "", fact.predicate, aim if isinstance(aim, str) else other.id if other else ""
            if all(row) and row not in told:
                told.add(row)
                said = dict(zip(("subject", "predicate", "object"), row, strict=True))
                because = ", ".join([fact.rule, *fact.moods])
                made = TextStatement(
                    f"f{len(told)}", "fact", fact.start, fact.end, because, said, f"fact:{fact.rule}", "", fact.moods
                )
                yield judge(made, True)


def judge(made: TextStatement, eligible: bool) -> TextStatement:
    """Sure where nothing in the words speaks against it and its rule was right often enough."""
    eligible = eligible and not made.moods
    return replace(made, eligible=eligible, status="sure" if eligible and is_sure(made.rule) else "check")


def _choose(claims: Sequence[RoleClaim]) -> list[RoleClaim]:
    """Of each body in each activity, the surest claim of a role; what only stands beside gives way to a role."""
    best: dict[tuple[Thing, Thing, str], list[RoleClaim]] = defaultdict(list)
    ranks: dict[tuple[Thing, Thing], list[int]] = defaultdict(list)
    for claim in claims:
        pair = thing(claim.activity), thing(claim.body)
        if pair[0] != pair[1]:
            best[*pair, claim.role].append(claim)
            ranks[pair].append(_weakness(claim))
    chosen = [(key[:2], min(told, key=_weakness)) for key, told in best.items()]
    return [one for pair, one in chosen if _weakness(one) < 4 or _weakness(one) == min(ranks[pair])]


def _weakness(claim: RoleClaim) -> int:
    """What stands beside gives way to a role, and what the sentence before names to what it says itself."""
    name, _, before = claim.rule.partition("+")
    return 4 * ("beside", "loose").count(family_of(name)) + 2 * bool(before) + bool(claim.moods)


def _publisher_claims(
    mentions: dict[Thing, list[Mention]],
    activities: dict[Thing, TextStatement],
    claims: Iterable[RoleClaim],
    speaker: Mention,
    about: Sequence[Mention],
) -> list[RoleClaim]:
    """What is published, or what the text is about, is the publisher's where nobody leads it: implied."""
    taken = {thing(claim.activity) for claim in claims}
    made = [mentions[key][0] for key in activities.keys() - taken if kind_of(mentions[key][0]) == "publication"]
    found = {thing(one): ("publication", "organises", one) for one in made if not one.because.endswith("titled")}
    led = {thing(claim.activity) for claim in claims if claim.role in LEADING or thing(claim.body) == thing(speaker)}
    for one in about:
        if thing(one) in activities.keys() - led and kind_of(one) != "publication":
            found[thing(one)] = ("about", "organises" if kind_of(one) == "event" else "coordinates", one)
    return [
        RoleClaim(one, speaker, role, "implied", rule, one.start, one.end, ()) for rule, role, one in found.values()
    ]


def _evidence(one: Mention, is_taken: bool, period: Period) -> list[str]:
    """What makes of a word an activity worth proposing."""
    held = {
        "known": one.iri,
        "role": is_taken,
        "day": period.start,
        "named": one.because.endswith(("titled", "topic")),
        "described": one.sure and len(one.key) > 2,
    }
    return [name for name, holds in held.items() if holds]


def how_named(one: Mention) -> str:
    """How a text names an activity: by its name, as the one that it tells, or as some."""
    if one.iri or one.because.endswith(("titled", "topic")):
        return "known" if one.iri else "named"
    if one.because.partition(":")[0] not in (*TELLING, "again"):
        return "some"
    return "publication" if kind_of(one) == "publication" else "bare" if one.because.endswith(":bare") else "one"
