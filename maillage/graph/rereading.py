"""Rows beside the texts that they were read in: does each passage stand there, and does it say what the row says?"""

from collections.abc import Mapping, Sequence

from maillage.errors import Finding, SourceError
from maillage.files import short_path
from maillage.graph.identity import Decision
from maillage.graph.names import names_of_one
from maillage.reading.meaning import Meaning, resting
from maillage.sources import passages
from maillage.sources.card import Card
from maillage.sources.index import Index
from maillage.sources.text import Text


def reread(cards: Sequence[Card], index: Index, made: Sequence[Decision], texts: Mapping[str, Text]) -> list[Finding]:
    """Every fault between some sources and their texts, by the name of the source; a warning where a text is absent.

    What a passage says is looked at once all passages of its source stand where they should.
    """
    names = names_of_one(index, made) if texts else {}
    found: list[Finding] = []
    for card in cards:
        if card.name in texts:
            text = texts[card.name]
            found += passages.check(text, card) or Meaning(card, text, index, names).findings()
        elif passages.has_passages(card):
            error = SourceError("no-text", count=len(resting(card, index)))
            found.append(error.at(short_path(card.file), None, "checksum", "warning"))
    return found
