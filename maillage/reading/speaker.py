"""Who speaks: « nous » is the publisher, where a verb in its person follows."""

import re
from collections.abc import Iterator

from maillage.reading.gazetteer import Gazetteer
from maillage.reading.grammar import Mark, one_of, words
from maillage.reading.mentions import Mention, resolve


def find_speaker(text: str, publisher: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Each « nous » with a verb of its person behind it; nothing where nobody says who publishes."""
    if not publisher:
        return
    bodies = [entry for entry in gazetteer.entries(publisher) if entry.of == "body"]
    pattern = re.compile(
        rf"{one_of(words('bodies')['we'])}(?=\s(?:y |en |l['’]|les? |la |vous |n['’]|ne |nous )*\w+(?:ons|sommes|ûmes|âmes)\b)",
        re.I,
    )
    for match in pattern.finditer(text):
        one = resolve(publisher, bodies, *match.span())
        label, iri, key = (one.label, one.iri, one.key) if one else (publisher, "", ())
        yield Mention(*match.span(), Mark.BODY, label, "", iri, "we", weight=5, key=key)
