"""A build, or an endpoint, open for reading: what is asked of it, drawn from it and credited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from maillage._version import __version__
from maillage.credit.credits import Bearing, Credits, allowance
from maillage.credit.notice import Credit
from maillage.errors import Phrase, QuestionError
from maillage.export import find_format
from maillage.files import asset, read_text
from maillage.graph.report import read_report
from maillage.locales import LANGUAGES, OURS
from maillage.network.path import Chains
from maillage.network.path import chains as chains_between
from maillage.projection.columns import Columns, open_columns
from maillage.queries import catalogue, question
from maillage.queries.free import READS_GRAPH, ask_apart, refuse, verb
from maillage.queries.run import resolve, run
from maillage.queries.translate import read_names, run_again
from maillage.release.dump import statements, tables
from maillage.store import Store, open_endpoint, open_store, strip_credentials
from maillage.store.values import with_values
from maillage.table import Table
from maillage.terms import graph_iri
from maillage.visualize.map.notebook import Page, Picture
from maillage.visualize.map.spec import Focus, MapSpec, check_columns, check_question, read_spec

if TYPE_CHECKING:
    from maillage.visualize.map.drawing import Answers, Drawing
    from maillage.visualize.map.spec import Texts


@dataclass(frozen=True)
class Answer:
    """What goes to the reader. `beside`: files to lay next to it, by name; `note`: a sentence, when there is
    no row, that says what this means.
    """

    body: bytes
    media_type: str
    credit: Credit
    rows: int
    note: str = ""
    beside: Mapping[str, bytes] = field(default_factory=dict)


class Graph:
    """A build, open for reading: the front door of notebooks (`g = maillage.open(); g.ask("labs-by-territory")`)."""

    def __init__(self, out: Path, allow: str = "", endpoint: str = "", store: Store | None = None) -> None:
        self.folder, self.endpoint = (out / "graph").resolve(), endpoint
        self.store: Store = store or (open_endpoint(endpoint) if endpoint else open_store(self.folder))
        self.allow = allowance(allow)
        self._columns = None if endpoint else self._open_columns()
        self._credits = Credits(self.store, self._columns)
        # A build never changes: an answer stays true as long as it is open, which for a server is long.
        self._ask_cached = lru_cache(maxsize=500)(self._run)
        self._names_cached = lru_cache(maxsize=1)(lambda: read_names(self.store))
        self._again_cached = lru_cache(maxsize=500)(
            lambda name, lang: run_again(self.store, self.ask(name), name, lang, self._names_cached())
        )

    def __enter__(self) -> "Graph":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def _run(self, name: str, lang: str, values: tuple[tuple[str, str], ...]) -> Table:
        file = question(name).path.with_suffix(".sql")  # the same rows, where a question on the columns is quicker
        if (columns := self._columns) and not any(value.strip() for _, value in values) and file.is_file():
            spoken = lang if lang in OURS else LANGUAGES[0]
            return run(self.store, name, {}, lang, lambda _: Table.from_raw(columns.ask(read_text(file), spoken)))
        return run(self.store, name, dict(values), lang, self._credits.ask)

    def _open_columns(self) -> Columns | None:
        file = self.folder / "report.json"
        return open_columns(self.folder, str(read_report(self.folder).get("digest"))) if file.exists() else None

    @cached_property
    def release(self) -> str:
        """The version of the project and the digest of the graph, such as `0.1.0+4f0c…`.

        An endpoint says what `maillage publish` wrote there last; `?` when it says nothing, or several things.
        """
        if self.endpoint:
            return f"{self._release_version()} ({strip_credentials(self.endpoint)})"
        return f"{__version__}+{read_report(self.folder)['digest'][:8]}"

    def _release_version(self) -> str:
        store = open_endpoint(self.endpoint, [graph_iri("release")])
        try:
            rows = store.ask(read_text(asset("graph") / "release" / "published.rq")).rows()
        finally:
            store.close()
        return str(rows[0]["version"]) if len(rows) == 1 else "?"

    def query(self, text: str, timeout: float) -> Table | bytes:
        """The rows of somebody's query, or its triples as N-Triples. Raises `query-refused` or `query-timeout`."""
        if not self.endpoint:
            return ask_apart(self.folder, text, timeout)
        return (self.store.construct if verb(refuse(text)) in READS_GRAPH else self.store.ask)(text, timeout)

    def query_credit(self, text: str, found: Table | bytes, lang: str = "fr") -> Credit:
        bearing = Bearing(self.release, lang, self.allow)
        if self.endpoint:
            return self._credits.every(bearing, "elsewhere")
        if isinstance(found, bytes) and verb(refuse(text)) == "DESCRIBE":
            return self._credits.credit([], bearing, found)
        return self._credits.credit([], bearing, query=text)

    def ask(self, name: str, lang: str = "fr", **values: str) -> Table:
        """The rows of a named question; values are IRIs, codes, labels or acronyms (see `maillage ask --list`)."""
        return self._ask_cached(name, lang, tuple(sorted(values.items())))

    def ask_each(self, name: str) -> dict[str, Table]:
        """The rows of a question that needs no value, by language; it is asked once where only names differ."""
        return {lang: self._again_cached(name, lang) for lang in LANGUAGES}

    def answer(
        self, name: str, values: Mapping[str, str], form: str = "table", lang: str = "fr", file: str = ""
    ) -> Answer:
        """A question answered in a format; `file` is the name it will be written under, for what lies beside it.

        A format of graphs gives what the graph says of the things in the answer.
        Raises `unknown-question`, `unknown-format`, or a QuestionError about a value.
        """
        written = find_format(form)
        table = self.ask(name, lang, **values)
        said = describe(self.store, table.iris()) if written.carries("graph") else b""
        content = said if written.carries("graph") else table
        credit = self.credit([table], lang, said)
        beside = written.beside(content, credit, file) if file else {}
        note = question(name).empty.get(lang, "") if not len(table) else ""
        return Answer(written.write(content, credit), written.media_type, credit, len(table), note, beside)

    def credit(self, tables: list[Table], lang: str = "fr", statements: bytes = b"") -> Credit:
        """The licence that answers may bear and whom to credit: the sources of the claims that they used.

        `statements`: N-Triples to credit too. Nothing given stands for the whole graph.
        Raises `mixed-licences` where no licence fits all of them, unless this graph was opened for private use.
        """
        bearing = Bearing(self.release, lang, self.allow)
        if not tables and not statements:
            return self._credits.every(bearing)
        return self._credits.credit(tables, bearing, statements or None)

    def draw(self, name: str, lang: str = "fr", **values: str) -> Page:
        """A map as one autonomous HTML page, both languages inside, opening in `lang`; a notebook shows it.

        `values` are those the map asks for: `body` (an IRI, a label, an acronym) and `hops` (1 or 2) for `ego`.
        Raises `unknown-map` or a QuestionError about a value.
        """
        from maillage.visualize.map.page import page

        spec, focus, answers, credit = self._map(name, values, lang)
        return Page(page(answers, spec, credit, lang, focus))

    def figure(self, name: str, lang: str = "fr", form: str = "svg", **values: str) -> Picture:
        """The same map for print; a notebook shows `svg` and `png`.

        Raises `unknown-format`, and what `draw` raises.
        """
        from maillage.visualize.map.figure import figure

        drawing, title, credit = self._drawing(name, values, lang)
        return Picture(figure(drawing, title, credit, form), form)

    def network(self, name: str, lang: str = "fr", form: str = "gexf", **values: str) -> bytes:
        """The network of a map for other programs, evidence and licence inside. Raises `unknown-format`."""
        from maillage.visualize.map.attributes import network_of

        written = find_format(form, "network")
        drawing, title, credit = self._drawing(name, values, lang, whole=True)
        return written.write(network_of(drawing, title, credit), credit, "network")

    def export(self, form: str, lang: str = "fr") -> bytes:
        """The whole graph in an RDF format. Raises `unknown-format`."""
        return statements(self.folder, find_format(form, "graph"), self.credit([], lang))

    def tables(self, form: str, lang: str = "fr") -> dict[str, bytes]:
        """The answers of the questions tagged `release`, a file each. Raises `unknown-format`."""
        return tables(self.store, find_format(form, "table"), self.credit([], lang))

    def _map(self, name: str, values: Mapping[str, str], lang: str) -> tuple[MapSpec, Focus | None, "Answers", Credit]:
        """A map and the answers to its questions in every language."""
        spec = read_spec(name)
        check_question(spec, catalogue())
        focus = self._focus(spec, values, lang)
        answers = {asked: self.ask_each(asked) for asked in spec.questions}
        check_columns(spec, {asked: tables["fr"].names for asked, tables in answers.items()})
        return spec, focus, answers, self.credit([tables[lang] for tables in answers.values()], lang)

    def _drawing(
        self, name: str, values: Mapping[str, str], lang: str, *, whole: bool = False
    ) -> "tuple[Drawing, Texts, Credit]":
        from maillage.visualize.map.drawing import draw, title_of

        spec, focus, answers, credit = self._map(name, values, lang)
        drawing = draw(answers, spec, focus, whole=whole)
        return drawing, title_of(drawing, focus), credit

    def index(
        self,
        maps: Iterable[Mapping[str, str]],
        files: Mapping[str, int],
        lang: str = "fr",
        vocabulary: Mapping[str, str] = MappingProxyType({}),
    ) -> bytes:
        """The page that opens a build; `maps`, `files`, `vocabulary`: what was written beside it (see there)."""
        from maillage.visualize.portal.index import index

        rows = {code: table.rows() for code, table in self.ask_each("counts").items()}
        return index(rows, maps, files, self.credit([], lang), lang, vocabulary)

    def chains(self, start: str, goal: str, lang: str = "fr") -> tuple[Chains, Credit]:
        """The shortest chains between two bodies (IRIs, labels or acronyms), with the rows that prove each step."""
        table = self.ask("path-links", lang)
        one, other = (resolve(self.store, "organisation", body, lang) for body in (start, goal))
        found = chains_between(table.rows(), one, other)
        if not found.chains:  # two bodies that no link names still have names
            shown = {str(row["body"]): str(row["bodyLabel"]) for row in self.ask("bodies", lang).rows()}
            found = replace(found, names={**shown, **found.names})
        return found, self.credit([table], lang)

    def _focus(self, spec: MapSpec, values: Mapping[str, str], lang: str) -> Focus | None:
        """What a map is cut down to, for one that is drawn around a body."""
        asked = Phrase("the-map", name=spec.name)
        for name in values.keys() - spec.parameters.keys():
            known = ", ".join(f"--{other}" for other in spec.parameters) or "—"
            raise QuestionError("unknown-parameter", asked=asked, name=name, known=known)
        if "body" not in spec.parameters:
            return None
        if not values.get("body"):
            raise QuestionError("missing-parameter", asked=asked, name="body", hint=Phrase("give-body"))
        hops = values.get("hops") or "1"
        if hops not in ("1", "2"):
            raise QuestionError("bad-value", value=hops, wanted=Phrase("value-hops"))
        return Focus(resolve(self.store, "organisation", values["body"], lang), int(hops))


def describe(store: Store, things: list[str]) -> bytes:
    """The statements whose subject is one of `things` (IRIs), as N-Triples: a CONSTRUCT of `graph/release/`."""
    text = read_text(asset("graph") / "release" / "description.rq")
    return store.construct(with_values(text, "thing", (f"<{thing}>" for thing in things))) if things else b""
