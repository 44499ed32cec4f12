"""A commune told by its postcode and its name, with the postcodes of the COG's real file; never by guess."""

from pathlib import Path

import pytest

from maillage.sources.card import Card, ColumnCard, TableCard
from maillage.sources.cells import Value, cell_values
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.sources.subset import drop_dead_references
from maillage.sources.territories import postcodes
from tests.refusals import raises

COLUMN = ColumnCard("territory", "territory")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("33000 Bordeaux", ("33063",)),
        ("93200 Saint-Denis", ("93066",)),
        ("91000 Évry", ("91228",)),  # the name of before 2019; the Évry of today is elsewhere
        ("93380 Pierrefitte sur Seine", ("93066",)),
        ("75018 PARIS", ("75056",)),
        ("69001 Lyon", ("69123",)),  # 69001 is also the code of Affoux in the COG
        ("01370 St Étienne du Bois", ("01350",)),
        ("01370 Saint-Etienne-du-Bois", ("01350",)),
        ("72000", ("72181",)),
        ("33076 Bordeaux", ()),  # of the post for large receivers alone
        ("01370 Saint-Étienne-sur-Reyssouze", ()),  # a neighbour, with a postcode of its own
        ("33000 Lyon", ()),
        ("91000 Évry-le-Châtel", ()),
        ("33000 Bordeaux Cedex", ()),
    ],
)
def test_a_postcode_and_a_name_are_one_commune_or_none(said: str, found: tuple[str, ...]) -> None:
    assert postcodes().communes(said) == tuple(f"commune-{code}" for code in found)


def test_a_postcode_alone_may_be_several() -> None:
    several = tuple(f"commune-{code}" for code in ("01038", "01127", "01241", "01350", "01426"))
    assert postcodes().communes("01370") == several == postcodes().at("01370 Nulle Part")


def territory(source: str, key: str, name: str) -> Record:
    values = {"name": [Value("text", name, lang="fr")]}
    return Record(source, "communes", "territory", "merged", "territory", key, f"{source}/communes.json", 1, values)


def event(said: str) -> Record:
    values = {"territory": cell_values(said, COLUMN, "agenda")}
    return Record("agenda", "events", "event", "merged", "event", "e", "agenda/events.ics", 7, values)


TERRITORIES = [
    territory("insee-cog", "commune-01350", "Saint-Étienne-du-Bois"),
    territory("cog", "commune-01350", "Saint-Étienne-du-Bois"),
    territory("cog", "commune-01038", "Bény"),
]
AGENDA = Card(
    "agenda", Path(), {"fetch": {"files": {}}}, (TableCard("events", Path("e.sql"), "event", "event", (COLUMN,)),)
)


@pytest.mark.parametrize(
    ("said", "key", "error", "sentence"),
    [
        ("01370 Bény", "commune-01038", "", ""),
        ("01370", None, "ambiguous-territory", "commune-01038, commune-01127"),
        ("01370 Nulle Part", None, "unknown-reference", "commune-01038, commune-01127"),
        ("01999 Bény", None, "unknown-reference", "01999 Bény"),
    ],
)
def test_what_is_not_resolved_is_left_empty_and_told(said: str, key: str | None, error: str, sentence: str) -> None:
    row = event(said)
    target = Index([*TERRITORIES, row]).target(row.values["territory"][0])
    assert (target and target[1]) == key
    kept, findings = drop_dead_references([*TERRITORIES, row], [AGENDA])
    assert [bool(one.values["territory"]) for one in kept if one.source == "agenda"] == [key is not None]
    assert [(one.error, one.severity, one.line) for one in findings] == [(error, "warning", 7)] * bool(error)
    assert all(sentence in one.sentence("en") for one in findings)


@pytest.mark.parametrize("cell", ["33 000 Bordeaux", "3300 Bordeaux", "33000  Bordeaux", "Bordeaux", "33000-"])
def test_a_cell_that_is_neither_a_key_nor_a_postcode_is_refused(cell: str) -> None:
    with raises("bad-cell", match="38000 Grenoble"):
        cell_values(cell, COLUMN, "agenda")
