"""What an answer may be written as. One file a format, imported when it is used.

To add a format: write `maillage/export/<file>.py` with `write(content, credit) -> bytes`, and one line below.
A format that cannot hold the licence also has `beside(content, credit, filename) -> {filename: bytes}`; one that
graphs larger than memory are written in has `stream(parts, credit, target)`.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO, Literal

from maillage.credit.notice import Credit
from maillage.errors import QuestionError
from maillage.export.parts import Parts
from maillage.table import Table

__all__ = ["FORMATS", "Format", "Parts", "format_named"]


@dataclass(frozen=True)
class Format:
    """`takes`: a Table, or a graph as N-Triples or N-Quads; `module`: the file here that writes it."""

    name: str
    media_type: str
    extension: str
    takes: Literal["table", "graph"]
    module: str

    def write(self, content: Table | bytes, credit: Credit, **options: Any) -> bytes:
        """The content in this format, licence and credits inside; the same content gives the same bytes."""
        body: bytes = self._module().write(content, credit, **options)
        return body

    def stream(self, parts: Parts, credit: Credit, target: BinaryIO) -> None:
        """The bytes that `write` gives for the same statements, without holding them (`ttl`, `trig`, `jsonld`)."""
        self._module().stream(parts, credit, target)

    def beside(self, content: Table | bytes, credit: Credit, filename: str) -> dict[str, bytes]:
        """Files to lay next to `filename`, for a format that has no room for licence and column types."""
        beside = getattr(self._module(), "beside", None)
        files: dict[str, bytes] = beside(content, credit, filename) if beside else {}
        return files

    def _module(self) -> Any:
        return import_module(f"maillage.export.{self.module}")


FORMATS = {
    form.name: form
    for form in (
        Format("table", "text/plain; charset=utf-8", "txt", "table", "text"),
        Format("csv", "text/csv; charset=utf-8", "csv", "table", "csv"),
        Format("tsv", "text/tab-separated-values; charset=utf-8", "tsv", "table", "tsv"),
        Format("json", "application/json", "json", "table", "json"),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            "table",
            "xlsx",
        ),
        Format("parquet", "application/vnd.apache.parquet", "parquet", "table", "parquet"),
        Format("ttl", "text/turtle", "ttl", "graph", "turtle"),
        Format("jsonld", "application/ld+json", "jsonld", "graph", "jsonld"),
        Format("rdfxml", "application/rdf+xml", "rdf", "graph", "rdfxml"),
        Format("trig", "application/trig", "trig", "graph", "trig"),
        Format("nquads", "application/n-quads", "nq", "graph", "nquads"),
    )
}


def format_named(name: str) -> Format:
    """The format of that name; `turtle` and `nq` are understood too. Raises `unknown-format`."""
    asked = {"turtle": "ttl", "nq": "nquads"}.get(name.lower(), name.lower())
    if asked not in FORMATS:
        raise QuestionError("unknown-format", name=name, known=", ".join(FORMATS))
    return FORMATS[asked]


def format_taking(form: str, content: str) -> Format:
    """The format of that name, if it holds statements (`graph`) or rows (`table`). Raises `unknown-format`."""
    written = format_named(form)
    if written.takes != content:
        known = (name for name, other in FORMATS.items() if other.takes == content)
        raise QuestionError("unknown-format", name=form, known=", ".join(known))
    return written
