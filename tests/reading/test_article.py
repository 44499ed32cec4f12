"""The article: no false alarm on its rows, and whichever day, body, number or edition is changed is caught."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from maillage.errors import Finding
from maillage.graph.build import Inputs, read_all
from maillage.graph.names import names_of_one
from maillage.reading.meaning import DAYS, NUMBERS, Meaning, resting
from maillage.sources.card import Card, read_card
from maillage.sources.cells import Value
from maillage.sources.index import Index
from maillage.sources.passages import texts_in
from maillage.sources.records import Record
from maillage.sources.text import Text
from tests.cases import core_sources
from tests.conftest import SHARED

ARTICLE = "horizons-publics-2021"

pytestmark = pytest.mark.needs("shared")


@pytest.fixture(scope="module")
def card() -> Card:
    return read_card(ARTICLE)


@pytest.fixture(scope="module")
def read() -> Inputs:
    return read_all(core_sources())


@pytest.fixture(scope="module")
def text(card: Card) -> Text:
    return texts_in(SHARED / "seed", [card])[card.name]


class Reader:
    def __init__(self, card: Card, text: Text, read: Inputs) -> None:
        self._card, self._text, self._index = card, text, read.index
        self._names = names_of_one(read.index, read.decisions)

    def findings(self, old: Record | None = None, new: Record | None = None) -> list[Finding]:
        """Of one row changed, when it is given; else of every row."""
        index = self._index
        if old and new:
            index = Index([])
            index.records, index.by_key = [new], self._index.by_key
        return Meaning(self._card, self._text, index, self._names).findings()

    def mutants(self, column: str, kinds: tuple[str, ...], other: Value) -> Iterator[tuple[Record, Record]]:
        """Each row with `other` in the place of a value of such a kind, in a column that it does not mark."""
        for record in resting(self._card, self._index):
            doubted = {value.text for mark in ("implied", "ambiguous") for value in record.values.get(mark, [])}
            for name, values in record.values.items():
                fits = values and (values[0].datatype in kinds or name in kinds) and name not in doubted
                if fits and (not column or name == column):
                    yield record, replace(record, values=record.values | {name: [other]})


@pytest.fixture(scope="module")
def reader(card: Card, text: Text, read: Inputs) -> Reader:
    return Reader(card, text, read)


def test_no_row_raises_an_alarm(reader: Reader) -> None:
    assert [finding.sentence() for finding in reader.findings()] == []


def missed(reader: Reader, column: str, kinds: tuple[str, ...], other: Value) -> tuple[int, set[str]]:
    """How many rows were changed, and those whose change raised no alarm."""
    pairs = list(reader.mutants(column, kinds, other))
    return len(pairs), {old.key for old, new in pairs if not reader.findings(old, new)}


@pytest.mark.parametrize("day", ["2021-11-28", "2022-11-29", "2021-10-29"])
def test_a_day_that_is_changed_is_caught(reader: Reader, day: str) -> None:
    count, left = missed(reader, "", DAYS, Value("literal", day, datatype=DAYS[0]))
    assert (count > 25, left) == (True, set())


def test_a_number_that_is_changed_is_caught(reader: Reader) -> None:
    count, left = missed(reader, "value", NUMBERS, Value("literal", "7", datatype=NUMBERS[0]))
    assert (count, left) == (10, set())


@pytest.mark.parametrize(
    ("source", "key", "own"),
    [
        (ARTICLE, "decider-ensemble", {"decider-ensemble-organises-ateliers-renouveler-democratie"}),
        (ARTICLE, "cerema", {"cerema-organises-sequences-numerique-innovation"}),
        ("local-authorities", "cu-de-dunkerque", set()),
    ],
)
def test_a_body_that_is_changed_is_caught(reader: Reader, source: str, key: str, own: set[str]) -> None:
    """But where it is the right one."""
    count, left = missed(reader, "", ("agent", "said_by", "parent"), Value("thing", key, source=source))
    assert (count > 50, left) == (True, own)


def test_a_lab_that_is_carried_is_named(reader: Reader) -> None:
    """Ti Lab can be read where the sentence on its own event, which three bodies hold, is cited."""
    left = missed(reader, "activity", ("activity",), Value("thing", "ti-lab", source=ARTICLE))[1]
    assert {key.partition("organises-")[2] for key in left} == {"ronde-des-labos-publics"}


def test_an_edition_that_no_passage_names_is_caught(reader: Reader, read: Inputs) -> None:
    caught = 0
    for record in read.index.records:
        if record.source == ARTICLE and record.values.get("super_event"):
            cited = [value for value in record.values["passages"] if value.column != "super_event"]
            bare = replace(record, values=record.values | {"passages": cited})
            caught += [finding.error for finding in reader.findings(record, bare)] == ["edition-not-named"]
    assert caught == 31  # thirty that imply it, and the session of 2019
