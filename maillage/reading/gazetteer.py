"""The names that a text may call something by: those of the graph, of the authority file and of the territories."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from maillage.files import asset, read_text
from maillage.reading.vocabulary import words
from maillage.sources.territories import places
from maillage.sources.text import plain
from maillage.table import Table
from maillage.terms import compact, iri

WORD = re.compile(r"[a-z0-9]+")
ARTICLES = ("l'", "la ", "le ", "les ")
LONGEST = 14  # words of a name
BODIES = "org:Organization"
_OF = {BODIES: "body"}


@dataclass(frozen=True)
class Entry:
    """What a name stands for. `iri`: "" where the graph has none; `kind`: of a body, or of an activity or a place."""

    iri: str
    label: str
    kind: str
    of: str  # body, activity, place


@dataclass(frozen=True)
class Occurrence:
    """A name in a text: where it stands, and all that bear it."""

    start: int
    end: int
    form: str
    entries: tuple[Entry, ...]


@cache
def _short_names() -> frozenset[tuple[str, ...]]:
    """What stands for another body in each text, whatever one text made of it."""
    return frozenset(key_of(form) for form in words("bodies")["short"])


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The words of a text without accents or capitals, each with its place; `@` before a letter is an "a"."""
    bare = re.sub(r"@(?=[a-z])", "a", plain(text))
    return [(match[0], *match.span()) for match in WORD.finditer(bare)]


def key_of(name: str) -> tuple[str, ...]:
    """A name as it is looked up: without its article.

    >>> key_of("L’Été @RCHIPEL")
    ('ete', 'archipel')
    """
    bare = plain(name).strip()
    for article in ARTICLES:
        bare = bare.removeprefix(article)
    return tuple(word for word, *_ in word_spans(bare))


class Gazetteer:
    """Names by their words. `dates`: of activities of the graph, the first day by IRI; `bare`: capitals say nothing."""

    def __init__(
        self, names: Iterable[tuple[str, Entry]], dates: Mapping[str, str] | None = None, *, bare: bool = False
    ) -> None:
        self.dates, self._bare = dates or {}, bare
        self._entries: dict[tuple[str, ...], dict[Entry, str]] = defaultdict(dict)
        for form, entry in names:
            if (key := key_of(form)) and key not in _short_names():
                self._entries[key].setdefault(entry, form)
        self._longest = {key[0]: 0 for key in self._entries}
        for key in self._entries:
            self._longest[key[0]] = max(self._longest[key[0]], min(len(key), LONGEST))

    def entries(self, name: str) -> tuple[Entry, ...]:
        return tuple(self._entries.get(key_of(name), ()))

    def find(self, text: str) -> Iterator[Occurrence]:
        """Every name, the longest at each place."""
        spans, place = word_spans(text), 0
        while place < len(spans):
            found = self._longest_at(text, spans, place)
            if found:
                yield found[0]
            place += found[1] if found else 1

    def _longest_at(self, text: str, spans: list[tuple[str, int, int]], place: int) -> tuple[Occurrence, int] | None:
        for count in range(min(self._longest.get(spans[place][0], 0), len(spans) - place), 0, -1):
            key = tuple(word for word, *_ in spans[place : place + count])
            start, end = spans[place][1], spans[place + count - 1][2]
            kept = tuple(
                entry
                for entry, form in self._entries.get(key, {}).items()
                if self._bare or _is_written(form, text[start:end])
            )
            if kept:
                return Occurrence(start, end, text[start:end], kept), count
        return None


def _is_written(form: str, said: str) -> bool:
    """An acronym is written in capitals, a name with one; nothing spans a full stop or a line."""
    if re.search(r"[.\n;:!?]\s", said):
        return False
    bare = re.sub(r"^(?:l['’]|la |le |les )", "", form, flags=re.IGNORECASE)
    if bare.isupper() and len(bare) <= 6:
        return said.isupper() or (len(bare) > 3 and said.istitle() and " " not in said)
    return any(letter.isupper() or letter.isdigit() for letter in said) or len(said.split()) >= 4


def gazetteer_of(table: Table) -> Gazetteer:
    """All that is known: the rows of `graph/reading/names.rq`, the authority file and the territories."""
    dates = {str(row["thing"]): str(row["start"]) for row in table.rows() if row["start"]}
    return Gazetteer([*names_of_graph(table), *bundled_names()], dates)


def names_of_graph(table: Table) -> Iterator[tuple[str, Entry]]:
    """The rows of `graph/reading/names.rq`."""
    for row in table.rows():
        kind, of = str(row["kind"] or "").rpartition("/")[2], compact(str(row["class"]))
        entry = Entry(str(row["thing"]), str(row["label"]), kind if of == BODIES else of, _OF.get(of, "activity"))
        yield str(row["name"]), entry


@cache
def bundled_names() -> tuple[tuple[str, Entry], ...]:
    """The names of the authority file and of the territories, which need no graph. Raises MissingFile."""
    return (*_authority_names(), *_territory_names())


def names_query() -> str:
    return read_text(asset("graph") / "reading" / "names.rq")


def _authority_names() -> Iterator[tuple[str, Entry]]:
    folder, known = asset("data") / "authority", dict[str, Entry]()
    for file in ("organisations.csv", "others.csv"):
        for row in csv.DictReader(read_text(folder / file).splitlines()):
            known[row["key"]] = Entry("", row["name"], row["kind"], "body")
            yield row["name"], known[row["key"]]
    for row in csv.DictReader(read_text(folder / "other_names.csv").splitlines()):
        if row["thing"] in known:
            yield row["form"], known[row["thing"]]


def _territory_names() -> Iterator[tuple[str, Entry]]:
    """Those of today; an intercommunality is a body, all else a place that may stand for its body."""
    ignored = frozenset(words("bodies")["not_places"])
    rows = [(row.key, row.name, row.level) for row in places() if not row.gone_by]
    files = [
        *(f"insee-cog/{name}.csv" for name in ("regions", "departments", "former-regions")),
        "countries/countries.csv",
    ]
    for name in files:
        lines = csv.DictReader(read_text(asset("data") / name).splitlines())
        rows += [(row["key"], row["name"], row["level"]) for row in lines]
    for key, name, level in rows:
        if len(name) > 2 and plain(name) not in ignored:
            of = "body" if level == "intercommunality" else "place"
            entry = Entry(iri("territory", key) if of == "place" else "", name, level, of)
            yield name, entry
            if name != (short := re.sub(r"^Saint(e?)(?=-)", r"St\1", name)):
                yield short, entry
