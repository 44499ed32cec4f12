"""What a text says of a body beside its name: the patterns of `graph/reading/facts.yml`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.reading.dates import Calendar
from maillage.reading.grammar import Mark, patterns
from maillage.reading.mentions import Mention
from maillage.reading.mood import moods
from maillage.reading.sentences import Sentence
from maillage.reading.vocabulary import one_of, words


@dataclass(frozen=True)
class BodyFact:
    """`object`: a mention, or what it is (a kind, a day, the key of a territory)."""

    subject: Mention
    predicate: str
    object: Mention | str
    certainty: str
    rule: str
    start: int
    end: int
    moods: tuple[str, ...] = ()


def find_facts(cut: Sequence[Sentence], calendar: Calendar, publisher: Mention | None) -> Iterator[BodyFact]:
    for sentence in cut:
        yield from _kinds(sentence)
        for pattern in patterns("facts"):
            for expression in pattern.expressions:
                for match in expression.finditer(sentence.marked):
                    about = "activity" if "activity" in match.groupdict() else "body"
                    subject, start, end = sentence.at[match.start(about)], *sentence.span(*match.span())
                    aim = _object(sentence, match.groupdict(), match, calendar) or pattern.said.get("state", publisher)
                    if aim and subject.kind in pattern.said.get("subject", (subject.kind,)):
                        why = tuple(moods(sentence.lower, start - sentence.start, end - sentence.start))
                        yield BodyFact(subject, pattern.said["predicate"], aim, "stated", pattern.rule, start, end, why)


def _kinds(sentence: Sentence) -> Iterator[BodyFact]:
    """Of a body before which a word says what it is: "l'association Aequitaz"."""
    heads = words("bodies")["heads"]
    for place, one in sentence.at.items():
        for kind in words("facts")["kinds"] if one.mark == Mark.BODY else ():
            said = re.search(rf"{one_of(heads[kind])}(?: [a-zà-ÿ'-]+){{0,2}} (?:« ?)?$", sentence.marked[:place])
            if said or (one.because == "head" and one.kind == kind):
                start = sentence.places[said.start()] if said else one.start
                yield BodyFact(one, "kind", kind, "stated", "kind", start, one.end)


def _object(sentence: Sentence, groups: dict[str, str], match: re.Match[str], calendar: Calendar) -> Mention | str:
    if "other" in groups:
        return sentence.at[match.start("other")]
    if "place" in groups:
        return sentence.at[match.start("place")].iri.rpartition("/")[2]
    return calendar.period(sentence.at[match.start("date")]).start if "date" in groups else ""
