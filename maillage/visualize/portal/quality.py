"""The quality of what is known, as tables: shares by kind, territory and source, contradictions, names left open.

Each figure leads to the page of the question that gives or lists it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.export.text import heading
from maillage.network.from_table import Row
from maillage.terms import compact, fold
from maillage.visualize.locales import number, say, section

Rows = Mapping[str, Sequence[Row]]  # the answers of the questions below, in one language
Pages = Callable[[str], str]  # the page of a thing by its IRI, empty where it has none
UnresolvedReferences = Sequence[Mapping[str, object]]  # see `graph.report`
QUESTIONS = ("coverage", "coverage-by-kind", "coverage-by-territory", "coverage-by-source", "disagreements", "unknowns")
LISTS = {  # the question that lists the things a property is not known of
    "org:classification": "things-without-kind",
    "adms:identifier": "things-without-identifier",
    "mai:territory": "things-without-territory",
    "mai:country": "things-without-country",
    "schema:startDate": "things-without-date",
    "schema:observationDate": "things-without-date",
    "mai:organising": "events-without-organiser",
}
MOST = 200  # names left open on the page; the report of the build holds them all
FIRST = 50  # unknowns on the page; the question holds them all


@dataclass(frozen=True)
class Cell:
    """`page`: what it leads to, without `.html`; `share`: of a hundred, what the bar shows."""

    text: str
    page: str = ""
    share: int | None = None


@dataclass(frozen=True)
class Board:
    """A table with its words. `question`: the one that it shows, for who wants its rows."""

    title: str
    texts: tuple[str, ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    question: str = ""


def boards(rows: Rows, unresolved: UnresolvedReferences | None, page: Pages, lang: str) -> Iterator[Board]:
    """The tables of the page in one language. `unresolved`: None where the build does not say."""
    yield _overall(rows["coverage"], lang)
    yield _by_kind(rows["coverage-by-kind"], lang)
    yield _by_territory(rows["coverage-by-territory"], page, lang)
    yield _by_source(rows["coverage-by-source"], page, lang)
    yield _contradictions(rows["disagreements"], rows["coverage-by-source"], lang)
    yield _left_open(unresolved, lang)
    yield _unknowns(rows["unknowns"], page, lang)


def _overall(rows: Sequence[Row], lang: str) -> Board:
    told = []
    for row in rows:
        known, total = _count(row, "known"), _count(row, "total")
        lacking = Cell(number(total - known, lang), _listing(row) if known < total else "")
        told.append((Cell(_property_name(row, lang)), _share(known, total, lang), lacking))
    heads = tuple(section(lang, "quality")[name] for name in ("what", "known", "unknown"))
    return _board("overall", lang, heads, told, "coverage")


def _by_kind(rows: Sequence[Row], lang: str) -> Board:
    told = []
    for row in sorted(rows, key=lambda row: not row["kind"]):  # what is not known comes last
        bodies = _count(row, "bodies")
        shares = (_share(_count(row, name), bodies, lang) for name in ("withTerritory", "withIdentifier"))
        where = "" if row["kind"] else "questions/things-without-kind"
        told.append((Cell(str(row["kindLabel"])), Cell(number(bodies, lang), where), *shares))
    heads = tuple(heading(name, lang) for name in ("kind", "bodies", "withTerritory", "withIdentifier"))
    return _board("by_kind", lang, heads, told, "coverage-by-kind")


def _by_territory(rows: Sequence[Row], page: Pages, lang: str) -> Board:
    names = ("bodies", "labs", "events")
    told = []
    for row in rows:
        where = "questions/things-without-territory" if row["rank"] == 4 else ""
        counts = (Cell(number(_count(row, name), lang), where) for name in names)
        told.append((Cell(str(row["areaLabel"]), page(str(row["area"]))), *counts))
    heads = tuple(heading(name, lang) for name in ("area", *names))
    return _board("by_territory", lang, heads, told, "coverage-by-territory")


def _by_source(rows: Sequence[Row], page: Pages, lang: str) -> Board:
    """A row a source, a column a class and property; a dash where the source speaks of no such thing."""
    columns = sorted({_property_name(row, lang) for row in rows}, key=fold)
    sources: dict[str, dict[str, Cell]] = {}
    titles: dict[str, str] = {}
    for row in rows:
        sayer = str(row["sayer"])
        titles[sayer] = str(row["sayerTitle"])
        share = _share(_count(row, "known"), _count(row, "total"), lang, _listing(row))
        sources.setdefault(sayer, {})[_property_name(row, lang)] = share
    none = Cell(section(lang, "quality")["none_of_these"])
    told = [(Cell(titles[sayer], page(sayer)), *(shares.get(name, none) for name in columns))
            for sayer, shares in sources.items()]  # fmt: skip
    return _board("by_source", lang, (heading("source", lang), *columns), told, "coverage-by-source")


def _contradictions(rows: Sequence[Row], shares: Sequence[Row], lang: str) -> Board:
    """A row a pair of sources and a property; the pages of a directory count together."""
    words = section(lang, "quality")
    titles = {str(row["sayer"]): str(row["sayerTitle"]) for row in shares}

    def cell_text(row: Row, source: str) -> str:
        iri = str(row[source] or "")
        whole = iri if iri in titles else iri.rpartition("/")[0]
        return titles.get(whole, str(row[f"{source}Title"] or words["kept"]))

    def between(row: Row) -> str:
        names = (cell_text(row, source) for source in ("source", "otherSource"))
        one, other = sorted(names, key=lambda name: (name == words["kept"], name))
        return f"{one} ({words['own_pages']})" if one == other else f"{one} / {other}"

    pairs = Counter((between(row), str(row["predicateLabel"])) for row in rows)
    told = [
        (Cell(both), Cell(what), Cell(number(count, lang), "questions/disagreements"))
        for (both, what), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    heads = tuple(words[name] for name in ("between", "about", "times"))
    return _board("contradictions", lang, heads, told, "disagreements", n=len(rows))


def _left_open(unresolved: UnresolvedReferences | None, lang: str) -> Board:
    words = section(lang, "quality")
    if unresolved is None:
        return Board(words["left_open"], (words["not_said"],))
    most = sorted(unresolved, key=lambda one: -int(str(one["rows"])))[:MOST]
    told = []
    for one in most:
        source, column = str(one["file"]).partition("/")[0], heading(str(one["column"]), lang)
        count, place = number(int(str(one["rows"])), lang), f"{one['file']}:{one['line']}"
        told.append(tuple(map(Cell, (str(one["value"]), source, column, count, place))))
    heads = tuple(words[name] for name in ("written", "source", "column", "rows", "first"))
    return _board("left_open", lang, heads, told, n=len(unresolved))


def _unknowns(rows: Sequence[Row], page: Pages, lang: str) -> Board:
    """What is not known of bodies, those first on which most ties hang."""
    told = [
        (
            Cell(str(row["bodyLabel"]), page(str(row["body"]))),
            Cell(str(row["predicateLabel"])),
            Cell(number(_count(row, "ties"), lang)),
        )
        for row in rows[:FIRST]
    ]
    heads = (heading("body", lang), section(lang, "quality")["unknown"], heading("ties", lang))
    return _board("unknowns", lang, heads, told, "unknowns", n=len(rows))


def _board(
    name: str, lang: str, heads: tuple[str, ...], rows: Sequence[tuple[Cell, ...]], question: str = "", **counted: int
) -> Board:
    texts = [say(lang, f"quality.{name}_count", **counted)] if counted else []
    words = section(lang, "quality")
    return Board(words[name], (*texts, words[f"{name}_hint"]), heads, tuple(rows), question)


def _property_name(row: Row, lang: str) -> str:
    words = section(lang, "quality")["properties"]
    return f"{row['classLabel']} · {words.get(compact(str(row['predicate'])), row['predicateLabel'])}"


def _listing(row: Row) -> str:
    return f"questions/{LISTS[compact(str(row['predicate']))]}"


def _count(row: Row, name: str) -> int:
    return int(str(row[name] or 0))


def _share(known: int, total: int, lang: str, page: str = "") -> Cell:
    """How many of how many. A share is rounded down, so that 100 is all of them; what is under one is said so."""
    if not total:
        return Cell(section(lang, "quality")["nothing"])
    share = known * 100 // total
    least = "quality.share_under_one" if known and not share else "quality.share"
    told = {"known": number(known, lang), "total": number(total, lang), "share": str(share)}
    return Cell(say(lang, least, **told), page if known < total else "", share)
