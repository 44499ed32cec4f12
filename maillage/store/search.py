"""Search by name. The rule is that of the explorer's `seek.ts`: both read `visualize/search.json` and pass one table
of cases (`tests/search`).

What is typed answers, the best first: the name; the same but for number, spaces and small words; names that it opens;
its words in any order; initials; the beginning of a name; beginnings of words. Only where nothing answers so, names
with one word that a typing error parts from one typed; only where none has either, those that share most trigrams.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from maillage.assets import bundled_folder
from maillage.errors import MachineError
from maillage.files import read_text, short_path
from maillage.locales import OURS
from maillage.store.base import Store
from maillage.terms import fold

_FILE = "names.db"  # beside the store of a build
_HERE = Path(__file__).parent
_RULE = json.loads((bundled_folder("visualize") / "search.json").read_bytes())
_SMALL, _LETTERS = frozenset(_RULE["small"]), int(_RULE["letters"])
_HITS = read_text(_HERE / "hits.sql")
_WORDS = _HITS.rpartition("UNION ALL\n")[2]  # one MATCH alone
_SPELLING = _WORDS.replace("word", "spelling")
_BETWEEN = "\ue000"  # a word that nobody types, between the names of a thing
_NOTHING = '"0nothing0"'  # in no name


class NamedThing(NamedTuple):
    """`labels` by language; `names` folded."""

    iri: str
    labels: Mapping[str, str]
    names: frozenset[str]


class Hit(NamedTuple):
    iri: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Hits:
    """`near`: where nothing answers, what is spelled most like it."""

    found: list[Hit]
    near: list[Hit]


def singular(word: str) -> str:
    """A word without the marks of number.

    >>> [singular(word) for word in ("labs", "reseaux", "territoriaux", "bus")]
    ['lab', 'reseau', 'territorial', 'bus']
    """
    if len(word) >= _LETTERS:
        for ending, other in _RULE["number"].items():
            if word.endswith(ending):
                word = word[: len(word) - len(ending)] + other
    return word


def _content(text: str) -> list[str]:
    """The words that count: all of them where they are small."""
    words = text.split()
    return [word for word in words if word not in _SMALL] or words


def _form(text: str) -> str:
    return "".join(map(singular, _content(text)))


def _initials(text: str) -> str | None:
    words = _content(text)
    return "".join(word[0] for word in words) if len(words) > 1 else None


def _cuts(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def is_slip(one: str, other: str) -> bool:
    """Whether one letter parts two words: one more, one less, another, or two exchanged; a figure is no letter.

    >>> [is_slip("ditp", other) for other in ("dtip", "dit", "ditps", "ditq", "dipt", "ditp", "dpti")]
    [True, True, True, True, True, False, False]
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if re.search(r"\d", one + other):
        return False
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])


def named_bodies(store: Store) -> list[NamedThing]:
    """The bodies of a graph, under their names, their former ones, their acronyms and their numbers."""
    rows = store.ask(read_text(bundled_folder("graph") / "search" / "bodies.rq")).rows()
    labels = {str(row["body"]): {lang: str(row[lang]) for lang in OURS} for row in rows}
    names = {body: {fold(one) for one in said.values()} for body, said in labels.items()}
    for row in rows:
        names[str(row["body"])].add(fold(str(row["name"])))
    return [NamedThing(body, labels[body], frozenset(names[body])) for body in labels]


def write_index(build: Path, things: Iterable[NamedThing], digest: str) -> None:
    """Makes the index of a build, in its folder that is written aside."""
    with closing(sqlite3.connect(build / _FILE)) as database:
        _fill(database, things, digest)


def _fill(database: sqlite3.Connection, things: Iterable[NamedThing], digest: str = "") -> None:
    database.executescript(read_text(_HERE / "search.sql"))
    database.execute("INSERT INTO made_from VALUES (?)", (digest,))
    ordered = sorted(things, key=lambda one: one.iri)
    labels = ((place, one.iri, json.dumps(one.labels, ensure_ascii=False)) for place, one in enumerate(ordered))
    database.executemany("INSERT INTO thing VALUES (?, ?, ?)", labels)
    names = sorted((len(text), text, place) for place, one in enumerate(ordered) for text in _lines(one.names))
    rows = [(number, place, text, *_keys(text)) for number, (_, text, place) in enumerate(names)]
    database.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", rows)
    tokens = ((number, text.replace("|", _BETWEEN).split()) for number, _, text, *_ in rows)
    words = ((number, " ".join(some), " ".join(map(singular, some))) for number, some in tokens)
    database.executemany("INSERT INTO word (rowid, text, stems) VALUES (?, ?, ?)", words)
    alone = ((number, f" {text} ") for number, _, text, *_ in rows if "|" not in text)
    database.executemany("INSERT INTO spelling (rowid, text) VALUES (?, ?)", alone)
    distinct = {word for one in ordered for name in one.names for word in name.split()}
    slips = sorted((cut, word) for word in distinct for cut in _cuts(word))
    database.executemany("INSERT INTO slip VALUES (?, ?)", slips)
    database.commit()


def _lines(names: Iterable[str]) -> list[str]:
    """Each name; then all of them, whose words may answer together."""
    known = sorted(filter(None, names))
    return known if len(known) < 2 else [*known, " | ".join(known)]


def _keys(text: str) -> tuple[str | None, str | None]:
    return (None, None) if "|" in text else (_form(text), _initials(text))


class NameIndex:
    """Names that are searched, by one thread at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database, self._turn = database, Lock()

    @classmethod
    def open(cls, build: Path, digest: str) -> "NameIndex":
        """The index beside the store of a build. Raises `old-names`: there is none, or it is of another graph."""
        address = f"{(build / _FILE).absolute().as_uri()}?mode=ro&immutable=1"
        with ExitStack() as opened:
            try:
                database = opened.enter_context(closing(sqlite3.connect(address, uri=True, check_same_thread=False)))
                made_from = database.execute("SELECT digest FROM made_from").fetchone()
            except sqlite3.Error:
                made_from = None
            if made_from != (digest,):
                raise MachineError("old-names", folder=short_path(build))
            opened.pop_all()
        return cls(database)

    @classmethod
    def of(cls, things: Iterable[NamedThing]) -> "NameIndex":
        """An index in memory."""
        database = sqlite3.connect(":memory:")
        _fill(database, things)
        return cls(database)

    def close(self) -> None:
        self._database.close()

    def seek(self, typed: str, most: int) -> Hits:
        """What answers to what is typed, `most` at most, each thing once."""
        asked = fold(typed)
        if not asked:
            return Hits([], [])
        with self._turn:
            found = self._first(self._answers(asked), most) or self._first(self._slips(asked), most)
            return Hits(found, [] if found else self._first(self._near(asked), _RULE["suggestions"]))

    def _first(self, places: Iterator[int], most: int) -> list[Hit]:
        distinct = islice(_once(places), most)
        rows = [
            self._database.execute("SELECT iri, labels FROM thing WHERE id = ?", (one,)).fetchone() for one in distinct
        ]
        return [Hit(iri, json.loads(labels)) for iri, labels in rows]

    def _answers(self, asked: str) -> Iterator[int]:
        words = _content(asked)
        small = words[0] in _SMALL
        terms = {
            "asked": asked,
            "form": _form(asked),
            "opening": f'text : ^ "{asked}"',
            "words": _NOTHING if small else _all(_whole(word) for word in words),
            "beginning": f'text : ^ "{asked}" *',
            "beginnings": _NOTHING if small else _all(_beginning(word) for word in words),
        }
        return (thing for thing, _ in self._database.execute(_HITS, terms))

    def _slips(self, asked: str) -> Iterator[int]:
        words = _content(asked)
        ways = []
        for place, word in enumerate(words):
            others = [_beginning(other) for other in (*words[:place], *words[place + 1 :])]
            if meant := self._words_near(word, alone=not others):
                ways.append(_all([*others, f"text : ({_any(meant)})"]))
        return (thing for thing, _ in self._database.execute(_WORDS, {"beginnings": " OR ".join(ways) or _NOTHING}))

    def _words_near(self, word: str, *, alone: bool) -> list[str]:
        """The words of names that a typing error parts from this one; a short word has none when it is alone."""
        cuts = sorted(_cuts(word))
        asked = f"SELECT DISTINCT word FROM slip WHERE cut IN ({', '.join('?' * len(cuts))})"
        close = (other for (other,) in self._database.execute(asked, cuts) if is_slip(word, other))
        return [other for other in close if not alone or max(len(word), len(other)) >= _LETTERS]

    def _near(self, asked: str) -> Iterator[int]:
        """Names with more than half of the trigrams: they have one at least of the rarest half."""
        sought = sorted({f" {word} "[at : at + 3] for word in _content(asked) for at in range(len(word))})
        quoted = ", ".join("?" * len(sought))
        known = self._database.execute(f"SELECT term FROM trigram WHERE term IN ({quoted}) ORDER BY doc", sought)
        common = [term for (term,) in known]
        rare = common[: max(0, len(common) - len(sought) // 2)]
        rows = [*self._database.execute(_SPELLING, {"beginnings": _any(rare)})] if rare else []
        shared = [(sum(one in f" {text} " for one in sought), place) for place, (_, text) in enumerate(rows)]
        close = sorted((-count, place) for count, place in shared if 2 * count > len(sought))
        return (rows[place][0] for _, place in close)


def _once(places: Iterator[int]) -> Iterator[int]:
    seen = set[int]()
    for place in places:
        if place not in seen:
            seen.add(place)
            yield place


def _all(parts: Iterable[str]) -> str:
    return " AND ".join(f"({part})" for part in parts)


def _any(texts: Iterable[str]) -> str:
    return " OR ".join(f'"{text}"' for text in texts)


def _whole(word: str) -> str:
    return f'stems : "{singular(word)}"'


def _beginning(word: str) -> str:
    return f'{_whole(word)} OR text : "{word}" *'
