"""Where store, question and view meet: a name, values and a format in; bytes and a media type out.

The command line, the web and notebooks call this module and nothing below it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maillage._version import __version__
from maillage.errors import MixedLicences
from maillage.export import Credit, format_named
from maillage.files import out_folder
from maillage.graph.description import describe
from maillage.ontology import labels
from maillage.queries import question, run
from maillage.queries.parameters import bind
from maillage.store import Store, open_store
from maillage.table import Table

MOST_THINGS = 2000  # beyond, an answer credits every source rather than asking about each thing


@dataclass(frozen=True)
class Answer:
    """What goes to the reader. `beside`: files to lay next to it, by name; `note`: a sentence, when there is
    no row, that says what this means."""

    body: bytes
    media_type: str
    credit: Credit
    rows: int
    note: str = ""
    beside: Mapping[str, bytes] = field(default_factory=dict)


class Graph:
    """A build, open for reading: the front door of notebooks (`g = maillage.open(); g.ask("labs-by-territory")`)."""

    def __init__(self, out: Path) -> None:
        self.folder = (out / "graph").resolve()
        self.store: Store = open_store(self.folder)

    def __enter__(self) -> "Graph":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @property
    def release(self) -> str:
        """The version of the project and the digest of the graph, such as `0.1.0+4f0c…`."""
        report = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        return f"{__version__}+{report['digest'][:8]}"

    def ask(self, name: str, lang: str = "fr", **values: str) -> Table:
        """The rows of a named question; values are IRIs, codes, labels or acronyms (see `maillage ask --list`)."""
        return run(self.store, name, values, lang)

    def credit(self, tables: list[Table], lang: str = "fr") -> Credit:
        """The licence that answers may bear and whom to credit: the sources that speak of the things they name.

        Raises MixedLicences when the sources do not share one licence.
        """
        things = sorted({thing for table in tables for thing in table.iris()})
        asked = " ".join(f"<{thing}>" for thing in things)
        terms = {"thing": asked} if 0 < len(things) <= MOST_THINGS else {}
        rows = self.store.ask(bind(question("credits"), terms, lang)).rows()
        if not rows:
            rows = self.store.ask(bind(question("credits"), {}, lang)).rows()
        licences = {str(row["licence"]): str(row["licencePage"]) for row in rows}
        if len(licences) > 1:
            raise MixedLicences(licences=", ".join(sorted(labels(licence)[lang] for licence in licences)))
        licence, page = licences.popitem()
        return Credit(
            licence=licence.rsplit("/", 1)[-1],
            licence_iri=page,
            labels=labels(licence),
            lines=tuple(sorted({str(row["creditLine"]) for row in rows})),
            release=self.release,
            date=max(str(row["readOn"]) for row in rows),
            lang=lang,
        )


def open(out: Path | str | None = None) -> Graph:  # noqa: A001 - maillage.open() is the front door's name
    """The last build of an output folder. Raises NoBuild or StoreInUse."""
    return Graph(out_folder(out))


def ask(name: str, out: Path | str | None = None, lang: str = "fr", **values: str) -> Table:
    """The rows of one question of the last build."""
    with open(out) as graph:
        return graph.ask(name, lang, **values)


def answer(
    out: Path | None, name: str, values: Mapping[str, str], form: str = "table", lang: str = "fr", file: str = ""
) -> Answer:
    """A question answered in a format; `file` is the name it will be written under, for what lies beside it.

    A graph format (ttl, jsonld…) gives what the graph says of the things in the answer.
    Raises UnknownQuestion, UnknownFormat, or a QuestionError about a value.
    """
    written = format_named(form)
    with open(out) as graph:
        table = graph.ask(name, lang, **values)
        credit = graph.credit([table], lang)
        content = describe(graph.store, table.iris()) if written.takes == "graph" else table
        beside = written.beside(content, credit, file) if file else {}
        note = question(name).empty.get(lang, "") if not len(table) else ""
        return Answer(written.write(content, credit), written.media_type, credit, len(table), note, beside)

