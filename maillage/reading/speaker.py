"""Who speaks: « nous » is the publisher, where a verb in its person follows."""

import re
from collections.abc import Iterator
from dataclasses import replace

from maillage.reading.activities import activity_words
from maillage.reading.bodies import resolve
from maillage.reading.gazetteer import Gazetteer, key_of
from maillage.reading.grammar import Mark
from maillage.reading.mentions import Mention, lower_of
from maillage.reading.vocabulary import one_of, words


def speaker_of(publisher: str, gazetteer: Gazetteer) -> Mention | None:
    """Who publishes, as « nous » names it; nobody where nobody says who."""
    if not publisher:
        return None
    bodies = [entry for entry in gazetteer.entries(publisher) if entry.of == "body"]
    one = resolve(publisher, bodies, 0, 0)
    label, kind, iri, key = (one.label, one.kind, one.iri, one.key) if one else (publisher, "", "", key_of(publisher))
    return Mention(0, 0, Mark.BODY, label, kind, iri, "we", weight=5, key=key)


def find_speaker(text: str, publisher: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Each « nous » with a verb of its person behind it."""
    if not (speaker := speaker_of(publisher, gazetteer)):
        return
    given = words("bodies")
    between, endings = "|".join(given["between"]), "|".join(given["endings"])
    pattern = rf"{one_of(given['we'])}(?=\s(?:(?:{between}) ?)*\w+(?:{endings})\b)"
    ours = rf"{one_of(given['ours'])}(?=\s(?:\w+\s){{0,2}}{one_of(activity_words())})"
    for match in re.finditer(rf"{pattern}|{ours}", lower_of(text)):
        yield replace(speaker, start=match.start(), end=match.end())
