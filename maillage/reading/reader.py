"""From a text to proposals: what it names, what it tells, and how sure that is."""

import re
from dataclasses import dataclass

from maillage.reading.activities import find_activities, find_again, find_topic, without_bare
from maillage.reading.assembly import TextProposals
from maillage.reading.bodies import find_bodies
from maillage.reading.gazetteer import Gazetteer
from maillage.reading.grammar import Mark
from maillage.reading.intake import Intake
from maillage.reading.mentions import find_days, find_persons, settle
from maillage.reading.proper import find_proper, find_short
from maillage.reading.proposals import TextStatement
from maillage.reading.sentences import Sentence, sentences
from maillage.reading.speaker import find_speaker, speaker_of
from maillage.reading.vocabulary import words

READ_LANGUAGE = "fr"  # that of the word lists


@dataclass(frozen=True)
class TextReading:
    """What was found in one text; `told`: what is proposed of it."""

    intake: Intake
    sentences: tuple[Sentence, ...]
    told: tuple[TextStatement, ...]


def read_text(intake: Intake, gazetteer: Gazetteer) -> TextReading:
    content, publisher = intake.text.content, intake.about.publisher
    names = settle([*find_days(content), *find_persons(content), *find_bodies(content, gazetteer)])
    names = settle([*names, *find_speaker(content, publisher, gazetteer)])
    told = list(find_activities(content, [one for one in names if one.mark != Mark.PLACE]))
    found = settle(
        [*names, *told, *find_topic(content, names), *find_again(content, [*told, *(one for one in names if one.iri)])]
    )
    found = settle([*found, *find_short(content, found)])
    found = sorted([*found, *find_proper(content, found)], key=lambda one: one.start)
    cut = sentences(intake.text, without_bare(content, found))
    made = TextProposals(intake, cut, speaker_of(publisher, gazetteer), is_foreign(content))
    return TextReading(intake, tuple(cut), tuple(made.proposals()))


def is_foreign(content: str) -> bool:
    """Does a text have fewer of the small words of French than of another language's?"""
    said = re.findall(r"[^\W\d_]+", content.lower())
    counts = {lang: sum(map(said.count, small)) for lang, small in words("languages").items()}
    return bool(counts[READ_LANGUAGE] < max(counts.values()))
