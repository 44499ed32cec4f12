"""The answers to offers, in `data/enrichment/`: what a person accepted is a row of `statements.csv`, with the page that
says it in `pages.csv`; what was refused is a row of the same form in `refusals.csv`, which no build reads.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maillage.errors import FindingsError
from maillage.files import read_text
from maillage.graph.build import Inputs
from maillage.graph.decide import write_all
from maillage.graph.identity import assign
from maillage.graph.offers import Offer, Row
from maillage.sources.card import Card
from maillage.sources.index import Key
from maillage.sources.records import read_records
from maillage.sources.rows import format_csv, read_rows
from maillage.sources.subset import choose_sources
from maillage.terms import concept_slug, slug

SOURCE = "enrichment"


@dataclass(frozen=True)
class OfferAnswer:
    """`note`: what spoke for the offer and against it, in the language of the cards; `role`: who answers."""

    offer: Offer
    is_accepted: bool
    role: str
    date: str
    note: str

    @property
    def row(self) -> Row:
        offer = self.offer
        register, _, code = offer.value.partition("=") if offer.name == "identifier" else ("", "", "")
        parts = (register or offer.name, offer.subject.thing, "" if self.is_accepted else offer.value)
        value = {"register": register, "code": code} if register else {offer.name: offer.value}
        cited = dict.fromkeys(one.passages for one in offer.readings) if self.is_accepted else ()
        facts = {"decided_by": self.role, "date": self.date, "certainty": offer.certainty, "note": self.note}
        key = {"key": slug(" ".join(parts)), "thing": offer.subject.thing, "passages": "|".join(cited)}
        return key | value | facts


def keys_of(read: Inputs) -> dict[str, list[Key]]:
    """The keys of each body by its IRI; first the one that a row calls it by, which every build holds if any is so."""
    identities, usual = assign(read.index, read.decisions, read.ranks, read.registers), set(choose_sources(None))
    found: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(read.index.by_key, key=lambda key: (key[0] not in usual, read.ranks[key[0]], key)):
        if read.index.by_key[key].key_kind == "organisation":
            found[identities.redirect(identities.iris[key])].append(key)
    return found


def read_answers(card: Card) -> dict[tuple[str, str, str], str]:
    """What is answered: `thing`, property, and the value refused, or "" where one was accepted; with the row's place.

    Raises FindingsError for a row that somebody wrote and that cannot be read.
    """
    records, faults = read_records(card.whole)
    if faults:
        raise FindingsError(faults)
    found: dict[tuple[str, str, str], str] = {}
    for record in (one for one in records if one.key_kind == "statement"):
        codes = [f"{register}={code}" for register in record.texts("register") for code in record.texts("code")]
        kinds = [concept_slug(kind, "organisation-kind") for kind in record.texts("kind")]
        values = {"kind": kinds, "territory": record.texts("territory"), "identifier": codes}
        for thing in (f"{one.source}:{one.text}" for one in record.values["thing"]):
            is_accepted = record.table == "statements"
            said = [(thing, name, "" if is_accepted else value) for name, some in values.items() for value in some]
            found |= dict.fromkeys(said, record.place)
    return found


def write_answers(card: Card, made: Sequence[OfferAnswer]) -> None:
    """Adds answers to the files, all or none; a row that is there stays as it is.

    Raises FindingsError where one cannot be read, or CannotWrite.
    """
    read_answers(card)
    rows = {"statements": [one.row for one in made if one.is_accepted]}
    rows["refusals"] = [one.row for one in made if not one.is_accepted]
    rows["pages"] = [reading.page for one in made if one.is_accepted for reading in one.offer.readings if reading.page]
    write_all({_file(card, name): _with(_file(card, name), some) for name, some in rows.items() if some})


def _file(card: Card, name: str) -> Path:
    return card.folder / f"{name}.csv"


def _with(path: Path, new: Sequence[Row]) -> str:
    """The text of a table with rows more, in the order of the keys; a key that is there is not written again."""
    rows = [row for _, row in read_rows(path)]
    known, columns = {row["key"] for row in rows}, read_text(path).partition("\n")[0].strip().split(",")
    rows += {row["key"]: row for row in new if row["key"] not in known}.values()
    return format_csv(columns, sorted(rows, key=lambda row: row["key"])).decode()
