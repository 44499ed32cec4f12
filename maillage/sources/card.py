"""The card of a source: what it is, what may be done with it, and what each column of its tables holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from maillage.errors import FileError, FindingsError, Phrase, SourceError
from maillage.files import asset, parse_yaml, read_text, short_path
from maillage.sources.territories import whole_file

READING = ("passages", "certainty", "implied", "ambiguous", "note")
TYPES = (
    "id", "text", "date", "integer", "decimal", "boolean", "iri", "concept", "thing", "territory", "code", "language",
    "certainty", "passages", "columns",
)  # fmt: skip
REQUIRED_FACTS = ("title", "publisher", "kind", "licence", "address", "issued", "read_on", "credit", "rank")


@dataclass(frozen=True)
class ColumnCard:
    """How the cells of a column are read. `list_of`: the cell is split on `|`."""

    name: str
    type: str
    lang: str | None = None
    list: str | None = None
    list_of: bool = False
    required: bool = False


@dataclass(frozen=True)
class TableCard:
    """A table of a source: its file, the mapping that reads it, the kind of thing its keys name.

    `rows_in`: for a table that a SELECT makes of a fetched source, the file that its lines are counted in.
    `placed`: its rows were drawn from another file, and begin with their place there (`file:line`).
    `referred`: the levels of the territories that are its rows, those of all France that something refers to.
    `apart`: no build reads it; it is for whoever asks (`maillage enrich`).
    """

    name: str
    file: Path
    mapping: str
    key: str
    columns: tuple[ColumnCard, ...]
    ignored: tuple[str, ...] = ()
    graph: str = "merged"
    rows_in: str = ""
    placed: bool = False
    referred: tuple[str, ...] = ()
    apart: bool = False

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


@dataclass(frozen=True)
class Card:
    """`facts` holds what the card says of the source, as written; `tables` how its rows are read."""

    name: str
    folder: Path
    facts: dict[str, Any] = field(hash=False)
    tables: tuple[TableCard, ...]

    @property
    def rank(self) -> int:
        return int(self.facts["rank"])

    @property
    def fetch(self) -> dict[str, Any]:
        """How the files of a fetched source are taken; empty for one whose rows we wrote down ourselves."""
        return dict(self.facts.get("fetch") or {})

    @property
    def completes(self) -> bool:
        """Does it only say more of bodies that others name? The rest of it then stays out of the graph."""
        return bool(self.facts.get("completes"))

    @property
    def whole(self) -> "Card":
        """The same with the tables that no build reads among the others."""
        return replace(self, tables=tuple(replace(table, apart=False) for table in self.tables))

    @property
    def by_record(self) -> bool:
        """Is it a register of so many rows that it has one claim a row, not one a statement?"""
        return self.facts.get("claims") == "record"

    @property
    def file(self) -> Path:
        return self.folder / "source.yml"


def card_names() -> list[str]:
    """The sources of `data/`, sorted: every folder with a `source.yml`."""
    return sorted(path.parent.name for path in asset("data").glob("*/source.yml"))


def fetched_card_names() -> list[str]:
    """Those whose card has a section `fetch:`; they enter a graph only when they are asked for,
    unless `data/` holds a copy of their files.
    """
    cards = {name: read_text(asset("data") / name / "source.yml") for name in card_names()}
    return [name for name, text in cards.items() if re.search("^fetch:", text, re.MULTILINE)]


def card_folder(source: str) -> Path:
    """Where a source lies: the folder of that name in `data/`, or the folder that a path leads to.

    Raises `unknown-source` where no card lies there.
    """
    folder = Path(source) if "/" in source else asset("data") / source
    if not (folder / "source.yml").is_file():
        raise SourceError("unknown-source", name=source, known=", ".join(card_names()))
    return folder


def read_card(source: str) -> Card:
    """The card of a source; a table without `columns` takes those of `data/tables.yml` for its mapping.

    Raises `unknown-source`, `bad-yaml` or FindingsError (a finding for each thing the card lacks).
    """
    folder = card_folder(source)
    facts = _with_standard_tables(read_yaml(folder / "source.yml"))
    _refuse_incomplete(facts, folder / "source.yml")
    suffix = "sql" if facts.get("fetch") else "csv"
    specs = facts.pop("tables", None) or {}
    files = {key: whole_file() if spec.get("referred") else folder / f"{key}.{suffix}" for key, spec in specs.items()}
    tables = tuple(_table(key, spec, files[key]) for key, spec in specs.items())
    return Card(folder.name, folder, facts, tables)


def _with_standard_tables(facts: dict[str, Any]) -> dict[str, Any]:
    standard = _standard_tables(asset("data"))
    tables = facts.get("tables")
    if not isinstance(tables, dict):
        return facts
    completed = {
        name: standard.get(str(spec.get("mapping")), {}) | spec if isinstance(spec, dict) else spec
        for name, spec in tables.items()
    }
    return facts | {"tables": completed}


@cache
def _standard_tables(folder: Path) -> dict[str, Any]:
    return read_yaml(folder / "tables.yml")


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that holds a mapping. Raises `bad-yaml`."""
    try:
        content = parse_yaml(read_text(path))
    except yaml.YAMLError as error:
        raise FileError("bad-yaml", file=short_path(path), reason=" ".join(str(error).split())) from error
    if not isinstance(content, dict):
        raise FileError("bad-yaml", file=short_path(path), reason="key: value")
    return content


def _refuse_incomplete(facts: dict[str, Any], path: Path) -> None:
    missing = [name for name in REQUIRED_FACTS if facts.get(name) in (None, "", {})]
    missing += [] if facts.get("tables") or facts.get("streams") else ["tables"]
    faults = [Phrase("card-lacks", name=name) for name in missing]
    for table, spec in (facts.get("tables") or {}).items():
        faults += _table_faults(table, spec)
    if faults:
        raise FindingsError(SourceError("bad-card", reason=fault).at(short_path(path)) for fault in faults)


def _table_faults(table: str, spec: Any) -> Iterator[Phrase]:
    if not isinstance(spec, dict) or not {"mapping", "key", "columns"} <= spec.keys():
        yield Phrase("card-table", table=table)
        return
    for column in parse_columns(spec["columns"]):
        if column.type not in TYPES:
            yield Phrase("card-type", table=table, name=column.name, type=column.type)


def _table(name: str, spec: dict[str, Any], file: Path) -> TableCard:
    further: dict[str, Any] = {name: spec[name] for name in ("graph", "rows_in") if name in spec}
    further |= {name: bool(spec.get(name)) for name in ("placed", "apart")}
    further |= {name: tuple(spec.get(name) or ()) for name in ("ignored", "referred")}
    return TableCard(name, file, spec["mapping"], spec["key"], parse_columns(spec["columns"]), **further)


def parse_columns(spec: dict[str, Any]) -> tuple[ColumnCard, ...]:
    """Columns as a card or `data/tables.yml` declares them: a type each, or a mapping with a type."""
    return tuple(_column(key, column) for key, column in spec.items())


def _column(name: str, spec: Any) -> ColumnCard:
    if not isinstance(spec, dict):
        return ColumnCard(name, str(spec))
    return ColumnCard(name, **{key.replace("-", "_"): value for key, value in spec.items()})
