"""The template to fill in, drawn from `data/sheet.yml`: a workbook, or a folder of CSV files.

Every cell of the workbook is text, so that a code keeps its first zero and a date stays as it is typed.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from maillage.errors import SheetError
from maillage.files import asset, by_suffix, replace_folder, short_path, write_whole
from maillage.locales import LANGUAGES, in_every, section
from maillage.ontology import concepts, labels
from maillage.sources.card import ColumnCard, parse_columns, read_yaml
from maillage.sources.sheet.grid import letters
from maillage.terms import fold, slug

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
        row = None
        if other := said.get("row"):
            constants = {"certainty": "stated"} | other.get("constants", {})
            row = OtherRow(other["table"], other["mapping"], other["self"], other["cell"], constants)
        card = column_cards(row.mapping)[row.cell] if row else cards.get(key, ColumnCard(key, "thing"))
        columns.append(_column(key, said, card, row))
    constants = {"certainty": "stated"} | spec.get("constants", {})
    return SheetTable(name, _words(spec), spec["mapping"], constants, tuple(columns))


def _words(spec: Mapping[str, Any]) -> dict[str, str]:
    return in_every({lang: spec[lang] for lang in LANGUAGES if lang in spec})


def _column(name: str, said: dict[str, Any], card: ColumnCard, row: OtherRow | None) -> SheetColumn:
    words, example, default = _words(said), said.get("example", ""), said.get("default", "")
    titles = frozenset(map(fold, (name, *words.values(), *said.get("also", ()))))
    several, required = said.get("list-of", card.list_of), card.required and not row
    own = ColumnCard(name, card.type, list=card.list, list_of=several, required=required)
    beside = frozenset(map(fold, said.get("beside", ())))
    return SheetColumn(name, words, titles, in_every(said["about"]), own, example, default, row, beside)


CREATION_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that the same lists give the same bytes


def write_blank(path: Path, lang: str) -> None:
    """A workbook when the name ends in .xlsx, a folder when it has no suffix.

    Raises `would-overwrite`, CannotWrite, `unknown-format`, or ModuleNotFoundError where XlsxWriter is not installed.
    """
    if path.exists():
        raise SheetError("would-overwrite", file=short_path(path))
    if path.suffix:
        write_whole(path, by_suffix(path, {"xlsx": workbook})(lang))
        return
    with replace_folder(path) as folder:
        for table in template().values():
            (folder / f"{slug(table.words[lang])}.csv").write_bytes(_titles(table, lang))
        (folder / f"{slug(_word(lang, 'guide')).upper()}.md").write_text(guide(lang), encoding="utf-8")


def guide(lang: str) -> str:
    """The columns of every table as Markdown tables, in the order of the template."""
    lines: list[str] = []
    for table in template().values():
        lines += [f"## {table.words[lang]}", "", _line(_word(lang, "titles")[1:]), _line(["---"] * 5)]
        lines += [_line(_guide_row(table, column, lang)[1:]) for column in table.columns]
        lines.append("")
    return "\n".join(lines)


def _word(lang: str, name: str) -> Any:
    return section(lang, "sheet")[name]


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _guide_row(table: SheetTable, column: SheetColumn, lang: str) -> list[str]:
    """The columns of the guide, in the order of its titles."""
    yes = _word(lang, "yes")
    required = yes if column.name in table.required_columns else ""
    several = yes if column.card.list_of else ""
    return [table.words[lang], column.words[lang], column.about[lang], required, several, column.example]


def _titles(table: SheetTable, lang: str) -> bytes:
    """With a byte order mark and semicolons, as a French spreadsheet opens it best."""
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";").writerow(column.words[lang] for column in table.columns)
    return line.getvalue().encode("utf-8-sig")


def workbook(lang: str) -> bytes:
    """A sheet a table, then what each column takes, then the lists that the columns choose from."""
    import xlsxwriter

    body, tables = io.BytesIO(), template()
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(body, {"in_memory": True, **inert})
    book.set_properties({"created": CREATION_DATE})
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheets = {name: book.add_worksheet(table.words[lang]) for name, table in tables.items()}
    _write_guide(book.add_worksheet(_word(lang, "guide")), tables, bold, lang)
    lists = _write_lists(book.add_worksheet(_word(lang, "lists")), tables, bold, lang)
    for name, table in tables.items():
        _write_table(sheets[name], table, lists, lang, (bold, text))
    book.close()
    return body.getvalue()


def _write_guide(sheet: Any, tables: dict[str, SheetTable], bold: Any, lang: str) -> None:
    sheet.write_row(0, 0, _word(lang, "titles"), bold)
    sheet.set_column(0, 5, 24)
    rows = [_guide_row(table, column, lang) for table in tables.values() for column in table.columns]
    for line, row in enumerate(rows, 1):
        sheet.write_row(line, 0, row)


def _write_lists(sheet: Any, tables: dict[str, SheetTable], bold: Any, lang: str) -> dict[str, str]:
    """A list a column; where each lies, for the cells that choose from it."""
    places: dict[str, str] = {}
    for column in (column for table in tables.values() for column in table.columns if column.card.list):
        name, labels = str(column.card.list), choices(column, lang)
        if name not in places:
            place, letter = len(places), letters(len(places) + 1)
            sheet.write_string(0, place, column.words[lang], bold)
            sheet.write_column(1, place, labels)
            sheet.set_column(place, place, 32)
            places[name] = f"='{_word(lang, 'lists')}'!${letter}$2:${letter}${len(labels) + 1}"
    return places


def _write_table(sheet: Any, table: SheetTable, lists: dict[str, str], lang: str, formats: tuple[Any, Any]) -> None:
    bold, text = formats
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, 22, text)
        sheet.write_string(0, place, column.words[lang], bold)
        if column.card.list and not column.card.list_of:
            options = {"validate": "list", "source": lists[column.card.list], "error_type": "warning"}
            sheet.data_validation(1, place, 999, place, options)
    sheet.freeze_panes(1, 1)
