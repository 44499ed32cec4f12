"""Every commune and intercommunality of France, and the names that communes bore: what names of places are told by.

They lie in one compressed file, so that no reader has to fetch them; a graph takes those that something refers to
(see `find_referred`).
"""

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from maillage.files import asset, read_bytes
from maillage.terms import fold

POSTAL = re.compile(r"\d{5}( \S.*)?")
SHORT = {"st": "saint", "ste": "sainte"}  # how the post writes the two commonest first words of names
FORMER = "former-commune"  # the level of a name that a commune bore: its key is that of the commune of today
NAME = "territories.csv.gz"
COLUMNS = ("key", "code", "name", "level", "within", "postcodes", "gone_by")


class TerritoryRow(NamedTuple):
    """A row of the file. `gone_by`: the day of the first edition in which a former name is no longer a commune's."""

    line: int
    key: str
    code: str
    name: str
    level: str
    within: tuple[str, ...]
    postcodes: tuple[str, ...]
    gone_by: str


class Postcodes:
    """Which communes a postcode serves (several, and a commune has several): those that `places` say."""

    def __init__(self, places: Iterable[TerritoryRow]) -> None:
        self._names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        served: dict[str, list[set[str]]] = defaultdict(list)
        for place in places:  # those of today come before what they were called
            for postcode in place.postcodes if place.level == "commune" else ():
                served[place.key].append(self._names[postcode][place.key])
            for names in served[place.key]:
                names.add(place.name)

    def communes(self, said: str) -> tuple[str, ...]:
        """The keys of the communes that « 33000 Bordeaux » may be: those of the postcode that bear the name, or bore
        it, or all those of the postcode where no name follows it. A name that none of them bears gives none.
        """
        postcode, _, town = said.partition(" ")
        wanted, names = spell(town), self._names.get(postcode, {})
        return tuple(sorted(key for key, forms in names.items() if not town or wanted in map(spell, forms)))

    def at(self, said: str) -> tuple[str, ...]:
        """The keys of all the communes of the postcode that opens a text."""
        return tuple(sorted(self._names.get(said.partition(" ")[0], ())))


def whole_file() -> Path:
    return asset("data") / "insee-cog" / NAME


def places() -> tuple[TerritoryRow, ...]:
    """All of them, in the order of the file; none where the cards are those of a team that has no such file."""
    path = whole_file()
    return _read(path) if path.is_file() else ()


@cache
def postcodes() -> Postcodes:
    return Postcodes(places())


def find_referred(named: Iterable[str], published: Iterable[str]) -> set[str]:
    """The keys of the territories to hold: those `published`, those that cells of territory name by key or by postcode
    and name, and what these lie in, but for intercommunalities.
    """
    texts = set(named)
    keys = {*published, *texts}
    for text in texts:
        communes = postcodes().communes(text) if POSTAL.fullmatch(text) else ()
        keys.update(communes if len(communes) == 1 else ())
    wider = {key for place in places() if place.key in keys and place.level != FORMER for key in place.within}
    return keys | {key for key in wider if not key.startswith("intercommunality-")}


@cache
def _read(path: Path) -> tuple[TerritoryRow, ...]:
    lines = csv.reader(io.StringIO(gzip.decompress(read_bytes(path)).decode(), newline=""))
    next(lines)
    return tuple(
        TerritoryRow(lines.line_num, key, code, name, level, _items(within), _items(posted), gone_by)
        for key, code, name, level, within, posted, gone_by in lines
    )


def _items(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@lru_cache(100_000)
def spell(name: str) -> str:
    """A folded name whose « St » and « Ste » are written out, as the COG writes them."""
    return " ".join(SHORT.get(word, word) for word in fold(name).split())
