"""The sheet that a lab fills in: `data/sheet.yml` says its titles, `data/tables.yml` what each column holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from maillage.files import asset
from maillage.locales import LANGUAGES, in_every
from maillage.ontology import concepts, labels
from maillage.sources.card import ColumnCard, parse_columns, read_yaml
from maillage.terms import fold

SAME_AS = "same_as"  # the one column that no table holds: it names a body that we know already
NAMED_TABLES = ("organisations", "events")  # the tables whose rows bear a name


@dataclass(frozen=True)
class OtherRow:
    """A row of another table that a cell makes: `own` is the column there that names the row of the cell."""

    table: str
    mapping: str
    own: str
    cell: str
    constants: dict[str, str] = field(hash=False)


@dataclass(frozen=True)
class SheetColumn:
    """A column that people fill in. `titles`: those that are understood; `card`: how its cells are read; `beside`: the
    titles of other columns whose cells help to read it.
    """

    name: str
    words: dict[str, str] = field(hash=False)
    titles: frozenset[str]
    about: dict[str, str] = field(hash=False)
    card: ColumnCard
    example: str = ""
    default: str = ""
    row: OtherRow | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SheetTable:
    """A table that people fill in. `titles`: how its sheet or its file may be called, folded."""

    name: str
    words: dict[str, str] = field(hash=False)
    mapping: str
    constants: dict[str, str] = field(hash=False)
    columns: tuple[SheetColumn, ...]

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(map(fold, (self.name, *self.words.values())))

    @cached_property
    def required_columns(self) -> list[str]:
        return [column.name for column in self.columns if column.card.required and not column.default]

    def column_by_title(self, title: str) -> SheetColumn | None:
        """The column that a title names, in French, in English or by its name in our tables."""
        return next((column for column in self.columns if fold(title) in column.titles), None)

    def column_by_name(self, name: str) -> SheetColumn | None:
        return next((column for column in self.columns if column.name == name), None)


def template() -> dict[str, SheetTable]:
    """The tables of the template by name. Raises `bad-yaml` or MissingFile."""
    standard = read_yaml(asset("data") / "tables.yml")
    return {name: _table(name, spec, standard) for name, spec in read_yaml(asset("data") / "sheet.yml").items()}


def standard_columns(mapping: str) -> tuple[ColumnCard, ...]:
    """The columns of a standard table, as `data/tables.yml` has them."""
    return parse_columns(read_yaml(asset("data") / "tables.yml")[mapping]["columns"])


def choices(column: SheetColumn, lang: str) -> list[str]:
    """What may be written in a column of concepts; empty for another column."""
    iris = concepts(column.card.list).values() if column.card.list else ()
    return [labels(iri)[lang] for iri in iris]


def _table(name: str, spec: dict[str, Any], standard: dict[str, Any]) -> SheetTable:
    def column_cards(mapping: str) -> dict[str, ColumnCard]:
        return {column.name: column for column in parse_columns(standard[mapping]["columns"])}

    cards = column_cards(spec["mapping"])
    columns = []
    for key, said in spec["columns"].items():
        row = _other_row(said["row"]) if "row" in said else None
        card = column_cards(row.mapping)[row.cell] if row else cards.get(key, ColumnCard(key, "thing"))
        columns.append(_column(key, said, card, row))
    constants = {"certainty": "stated"} | spec.get("constants", {})
    return SheetTable(name, _words(spec), spec["mapping"], constants, tuple(columns))


def _words(spec: Mapping[str, Any]) -> dict[str, str]:
    return in_every({lang: spec[lang] for lang in LANGUAGES if lang in spec})


def _other_row(spec: dict[str, Any]) -> OtherRow:
    constants = {"certainty": "stated"} | spec.get("constants", {})
    return OtherRow(spec["table"], spec["mapping"], spec["self"], spec["cell"], constants)


def _column(name: str, said: dict[str, Any], card: ColumnCard, row: OtherRow | None) -> SheetColumn:
    words, example, default = _words(said), said.get("example", ""), said.get("default", "")
    titles = frozenset(map(fold, (name, *words.values(), *said.get("also", ()))))
    several, required = said.get("list-of", card.list_of), card.required and not row
    own = ColumnCard(name, card.type, list=card.list, list_of=several, required=required)
    beside = frozenset(map(fold, said.get("beside", ())))
    return SheetColumn(name, words, titles, in_every(said["about"]), own, example, default, row, beside)
