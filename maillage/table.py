"""The currency between the parts: a Polars frame that remembers what kind of term each column holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import polars as pl

from maillage.terms import XSD

Kind = Literal["iri", "label", "text", "date", "number", "boolean", "term"]
Cell = str | int | float | bool | None

BETWEEN = " | "  # between the values of a cell that holds a list
DISPLAY_ROWS = 50  # rows of a table that a notebook shows
ENDINGS = ("Label", "Title")  # what ends the column that names the things of another one

_LITERAL = r'(?s)^"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$'
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_DATES = {f"{XSD}{name}" for name in ("date", "dateTime", "gYear", "gYearMonth")}
_ESCAPES = {r"\\": "\\", r"\"": '"', r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\f": "\f", r"\b": "\b"}
_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long")}


@dataclass(frozen=True)
class Column:
    """What a column holds: `label` is text in a language, `term` a mixture kept in N-Triples syntax.

    `lang` and `datatype` are set where all cells share them; a date may be a year, a month or a day.
    """

    name: str
    kind: Kind
    lang: str | None = None
    datatype: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows of an answer. The frame holds strings for IRIs, labels, texts and dates; numbers are typed.

    `query`: the question whose rows these are, values bound; "" where they were computed.
    """

    frame: pl.DataFrame
    columns: tuple[Column, ...]
    query: str = ""

    @classmethod
    def from_tsv(cls, body: bytes) -> "Table":
        """Reads SPARQL 1.1 TSV results as Oxigraph writes them (see `read_terms`)."""
        return cls.from_raw(read_terms(body))

    @classmethod
    def from_terms(cls, columns: Mapping[str, Sequence[str | None]]) -> "Table":
        """A table of terms in the syntax of those TSV results, typed as `from_tsv` types them."""
        return cls.from_raw(pl.DataFrame(dict(columns), schema=dict.fromkeys(columns, pl.String)))

    @classmethod
    def from_raw(cls, raw: pl.DataFrame) -> "Table":
        """A table of terms as `read_terms` gives them."""
        typed = [_column(raw.get_column(name)) for name in raw.columns]
        return cls(pl.DataFrame([series for series, _ in typed]), tuple(column for _, column in typed))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Cell]], columns: Sequence[Column]) -> "Table":
        """A table of values computed in Python (a path, a measure), in the columns' order."""
        polars = {"number": pl.Float64, "boolean": pl.Boolean}
        schema = {column.name: polars.get(column.kind, pl.String) for column in columns}
        found = [{name: row.get(name) for name in schema} for row in rows]
        return cls(pl.DataFrame(found, schema=schema), tuple(columns))

    def __len__(self) -> int:
        return self.frame.height

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """Raises KeyError for a name that the table does not have."""
        return {column.name: column for column in self.columns}[name]

    def rows(self) -> list[dict[str, Cell]]:
        return self.frame.to_dicts()

    def to_polars(self) -> pl.DataFrame:
        return self.frame

    def select(self, names: Sequence[str]) -> "Table":
        return Table(self.frame.select(names), tuple(self.column(name) for name in names), self.query)

    def _repr_html_(self) -> str:
        """The first rows for a notebook: an IRI that another column names is the link of that name."""
        named = {f"{name}{suffix}": name for name in self.names for suffix in ENDINGS}
        links = {label: name for label, name in named.items() if label in self.names}
        shown = [name for name in self.names if name not in links.values()]
        heads = "".join(f"<th>{escape(name)}</th>" for name in shown)
        rows = [
            "".join(f"<td>{_cell_html(row[name], row.get(links.get(name, name)))}</td>" for name in shown)
            for row in self.frame.head(DISPLAY_ROWS).to_dicts()
        ]
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        more = f"<p>{len(rows)} / {len(self)}</p>"
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{more}"

    def distinct(self) -> "Table":
        """The same rows in the same order, each once."""
        return Table(self.frame.unique(maintain_order=True), self.columns)

    def iris(self) -> list[str]:
        """Every distinct IRI in the table, sorted."""
        columns = [self.frame.get_column(column.name) for column in self.columns if column.kind == "iri"]
        return sorted({iri for cells in columns for iri in cells.drop_nulls()})


def read_terms(body: bytes) -> pl.DataFrame:
    """The cells of SPARQL 1.1 TSV results as Oxigraph writes them: terms in N-Triples syntax, bare numbers."""
    header, _, rest = body.partition(b"\n")
    names = [name.lstrip("?") for name in header.decode().split("\t")]
    if (not rest.strip(b"\n") and len(names) > 1) or not rest:
        return pl.DataFrame({name: [] for name in names}, schema=dict.fromkeys(names, pl.String))
    how: dict[str, Any] = {"separator": "\t", "quote_char": None, "infer_schema": False}
    return pl.read_csv(body, has_header=False, skip_rows=1, new_columns=names, **how)


def _cell_html(cell: Cell, link: Cell) -> str:
    """A cell, inert whatever it holds; only a web address is a link."""
    text = "" if cell is None else escape(str(cell))
    web = isinstance(link, str) and link.startswith(("https://", "http://"))
    return f'<a href="{escape(str(link))}">{text}</a>' if web and text else text


def _column(cells: pl.Series) -> tuple[pl.Series, Column]:
    """A column of terms in N-Triples syntax, as values of one kind where they are of one kind."""
    name, known = cells.name, cells.drop_nulls()
    if known.is_empty():
        return cells, Column(name, "text")
    if known.str.starts_with("<").all():
        return cells.str.slice(1).str.head(-1), Column(name, "iri")
    if known.str.contains(_NUMBER).all():
        return _number(cells, name)
    if known.is_in(["true", "false"]).all():
        return cells == "true", Column(name, "boolean", None, f"{XSD}boolean")
    if known.str.starts_with('"').all():
        return _literals(cells, name)
    return cells, Column(name, "term")


def _number(cells: pl.Series, name: str) -> tuple[pl.Series, Column]:
    """Numbers; a column of whole decimals (`300`, `300.0`) is a column of whole numbers."""
    cells = cells.str.replace(r"\.0*$", "")
    whole = bool(cells.drop_nulls().str.contains(r"^[+-]?\d+$").all())
    datatype = f"{XSD}integer" if whole else f"{XSD}decimal"
    return cells.cast(pl.Int64 if whole else pl.Float64), Column(name, "number", None, datatype)


def _literals(cells: pl.Series, name: str) -> tuple[pl.Series, Column]:
    texts = cells.str.extract(_LITERAL, 1).str.replace_many(_ESCAPES)
    langs = set(cells.str.extract(_LITERAL, 2).drop_nulls())
    types = set(cells.str.extract(_LITERAL, 3).drop_nulls())
    tagged = cells.drop_nulls().str.contains(r'"@[A-Za-z0-9-]+$')
    lang = langs.pop() if len(langs) == 1 else None
    datatype = types.pop() if len(types) == 1 else None
    if tagged.all():
        return texts, Column(name, "label", lang)
    if not tagged.any() and datatype in _NUMBERS:
        return _number(texts, name)
    if not tagged.any() and ({datatype, *types} - {None}) & _DATES:
        return texts, Column(name, "date", None, datatype)
    return (cells, Column(name, "term")) if tagged.any() else (texts, Column(name, "text", None, datatype))
