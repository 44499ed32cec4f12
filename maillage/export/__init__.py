"""What may be written as what: the one list of formats, each file imported when it is used.

To add a format: write `maillage/export/<file>.py` with `write(content, credit) -> bytes`, and one line below. The
command line, the API, the portal and its explorer find it there.
A format that cannot hold the licence also has `beside(content, credit, filename) -> {filename: bytes}`; one that
graphs larger than memory are written in has `stream(parts, credit, target)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from maillage.errors import QuestionError

if TYPE_CHECKING:
    from maillage.credit.notice import Credit
    from maillage.export.statements import Parts
    from maillage.table import Table

# `table`: a Table; `graph`: N-Triples or N-Quads; `page`: N-Triples, written beside the page of a thing; `data`: the
# Turtle of that page, when asked for; `network`: a NetworkFile; `figure`: a drawn map; `suggestions`: their values.
Content = Literal["table", "graph", "page", "data", "network", "figure", "suggestions"]
ANSWERS: tuple[Content, ...] = ("table", "graph")


@dataclass(frozen=True)
class Format:
    """`writers`: what it can carry, first what it is for, and the module that writes it (of this package where it has
    no point; its function `write` unless another is named after a colon).

    `named`: keeps named graphs; `binary`: not for a terminal, nor worth compressing.
    """

    name: str
    label: str
    media_type: str
    extension: str
    writers: Mapping[Content, str]
    named: bool = False
    binary: bool = False

    @property
    def essence(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0]

    def carries(self, content: Content) -> bool:
        return content in self.writers

    def write(self, content: Any, credit: "Credit | None", what: Content | None = None, **options: Any) -> bytes:
        """The content in this format, licence and credits inside; the same content gives the same bytes."""
        module, function = self._writer(what)
        body: bytes = getattr(module, function)(content, credit, **options)
        return body

    def stream(self, parts: "Parts", credit: "Credit", target: BinaryIO) -> None:
        """The bytes that `write` gives for the same statements, without holding them (`ttl`, `trig`, `jsonld`)."""
        self._writer()[0].stream(parts, credit, target)

    @property
    def bare(self) -> bool:
        """Whether it has no room for licence and column types."""
        return hasattr(self._writer()[0], "beside")

    def beside(self, content: "Table | bytes", credit: "Credit", filename: str) -> dict[str, bytes]:
        """Files to lay next to `filename`, for a format that is bare."""
        files: dict[str, bytes] = self._writer()[0].beside(content, credit, filename) if self.bare else {}
        return files

    def _writer(self, what: Content | None = None) -> tuple[Any, str]:
        target = self.writers[what] if what else next(iter(self.writers.values()))
        module, _, function = target.partition(":")
        return import_module(f"maillage.{module if '.' in module else f'export.{module}'}"), function or "write"


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JSON: Mapping[Content, str] = {
    "table": "json",
    "network": "network.exchange:node_link",
    "suggestions": "suggestions:write_json",
}
_TURTLE: Mapping[Content, str] = {"graph": "turtle", "page": "turtle", "suggestions": "suggestions"}
_RDFXML: Mapping[Content, str] = {"graph": "rdfxml", "data": "statements:rdfxml"}
FORMATS = {
    form.name: form
    for form in (
        Format("table", "Text", "text/plain; charset=utf-8", "txt", {"table": "text"}),
        Format("csv", "CSV", "text/csv; charset=utf-8", "csv", {"table": "csv"}),
        Format("tsv", "TSV", "text/tab-separated-values; charset=utf-8", "tsv", {"table": "tsv"}),
        Format("gexf", "GEXF (Gephi)", "application/gexf+xml", "gexf", {"network": "network.exchange:gexf"}),
        Format("graphml", "GraphML", "application/graphml+xml", "graphml", {"network": "network.exchange:graphml"}),
        Format("json", "JSON", "application/json", "json", _JSON),
        Format("xlsx", "Excel", _EXCEL, "xlsx", {"table": "xlsx"}, binary=True),
        Format("parquet", "Parquet", "application/vnd.apache.parquet", "parquet", {"table": "parquet"}, binary=True),
        Format("ttl", "Turtle", "text/turtle", "ttl", _TURTLE),
        Format("jsonld", "JSON-LD", "application/ld+json", "jsonld", {"graph": "jsonld", "page": "leaf"}),
        Format("nt", "N-Triples", "application/n-triples", "nt", {"data": "statements:ntriples"}),
        Format("rdfxml", "RDF/XML", "application/rdf+xml", "rdf", _RDFXML),
        Format("trig", "TriG", "application/trig; charset=utf-8", "trig", {"graph": "trig"}, named=True),
        Format("nquads", "N-Quads", "application/n-quads", "nq", {"graph": "nquads"}, named=True),
        Format("svg", "SVG", "image/svg+xml", "svg", {"figure": "visualize.map.figure:svg"}),
        Format("png", "PNG", "image/png", "png", {"figure": "visualize.map.figure:png"}, binary=True),
        Format("pdf", "PDF", "application/pdf", "pdf", {"figure": "visualize.map.figure:pdf"}, binary=True),
        Format("md", "Markdown", "text/markdown; charset=utf-8", "md", {"table": "md"}),
    )
}  # fmt: skip


def formats(*contents: Content) -> dict[str, Format]:
    return {name: form for name, form in FORMATS.items() if any(map(form.carries, contents))}


def suffixes(*contents: Content) -> dict[str, str]:
    """The name of the format that each suffix stands for."""
    return {form.extension: name for name, form in formats(*contents).items()}


def find_format(name: str, *contents: Content) -> Format:
    """The format of that name, suffix or label, if it carries one of these contents. Raises `unknown-format`."""
    known = formats(*(contents or ANSWERS))
    for form in known.values():
        if name.lower() in (form.name, form.extension, form.label.lower()):
            return form
    raise QuestionError("unknown-format", name=name, known=", ".join(known))
