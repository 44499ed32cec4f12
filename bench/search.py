"""`python bench/search.py [--names FILE | --out DIR]`: how quickly and how well bodies are found by their names.

Of a CSV whose column `name` names a body a row, of a build, or of 50,000 names made up. Each (1,000 by lot unless
`--most` says more) is typed as it is, its words turned round, to its first half, and with one error: a letter more,
less or another, or two exchanged, where chance says, never a space nor a figure. For each: milliseconds of processor of
one search in this process (median and 99th centile), and how many names have their body among the first 20 found.
Beside it, a look through all the names for the text in one run, as search was before. `--seed` draws again.
"""

import argparse
import csv
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from maillage.store.local import open_store
from maillage.store.search import NamedThing, NameIndex, named_bodies, write_index
from maillage.terms import fold

MOST = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MADE_UP = 50_000
KINDS = ("Agence", "Association", "Centre", "Direction", "Fabrique", "Laboratoire", "Maison", "Mission", "Réseau")
MATTERS = (
    "de la culture",
    "de l’emploi",
    "de l’innovation",
    "des données",
    "des services",
    "du numérique",
    "du design",
)
SYLLABLES = (
    "ba", "bre", "cha", "cour", "di", "fon", "gui", "ja", "lo", "ma", "mont", "na", "per", "quin", "ri", "roche",
    "sau", "ti", "val", "vil",
)  # fmt: skip


def read_names(file: Path) -> Iterable[NamedThing]:
    with file.open(encoding="utf-8", newline="") as lines:
        for place, row in enumerate(csv.DictReader(lines)):
            yield NamedThing(str(place), {"fr": row["name"]}, frozenset([fold(row["name"])]))


def make_names(count: int, chance: random.Random) -> Iterable[NamedThing]:
    """As bodies are called: what they are, of what, and of a place whose name is drawn by syllables."""
    names: set[str] = set()
    while len(names) < count:
        place = "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
        names.add(f"{chance.choice(KINDS)} {chance.choice(MATTERS)} de {place}")
    for number, name in enumerate(sorted(names)):
        yield NamedThing(str(number), {"fr": name}, frozenset([fold(name)]))


def _things(names: Path | None, out: Path | None, chance: random.Random) -> Iterable[NamedThing]:
    if names:
        return read_names(names)
    return named_bodies(open_store(out / "graph")) if out else make_names(MADE_UP, chance)


def misspell(name: str, chance: random.Random) -> str:
    letters = [place for place, one in enumerate(name) if one.isalpha()]
    place, letter = chance.choice(letters), chance.choice(LETTERS)
    kinds = [name[:place] + name[place + 1 :], name[:place] + letter + name[place:]]
    kinds.append(name[:place] + letter + name[place + 1 :])
    if place + 1 in letters:
        kinds.append(name[:place] + name[place + 1] + name[place] + name[place + 2 :])
    others = [one for one in kinds if one != name]
    return chance.choice(others)


def look_through(things: list[NamedThing]) -> Callable[[str], list[str]]:
    names = [(" | ".join(sorted(one.names)), one.iri) for one in things]
    return lambda typed: [iri for text, iri in names if fold(typed) in text][:MOST]


def measured(seek: Callable[[str], list[str]], typed: list[tuple[str, str]]) -> dict[str, float]:
    """Each text that was typed and the body that is meant."""
    times, found = [], 0
    for text, iri in typed:
        begun = time.process_time()
        hits = seek(text)
        times.append((time.process_time() - begun) * 1000)
        found += iri in hits
    slow = statistics.quantiles(times, n=100)[98]
    return {"typed": len(typed), "found": found / len(typed), "cpu_ms": statistics.median(times), "p99_ms": slow}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--names", type=Path)
    source.add_argument("--out", type=Path)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    chance = random.Random(told.seed)
    things = [*_things(told.names, told.out, chance)]
    every = sorted((name, one.iri) for one in things for name in one.names if any(letter.isalpha() for letter in name))
    drawn = every if len(every) <= told.most else sorted(chance.sample(every, told.most))
    ways: dict[str, list[tuple[str, str]]] = {
        "the name": drawn,
        "words turned round": [(" ".join(reversed(name.split())), iri) for name, iri in drawn],
        "the first half": [(name[: (len(name) + 1) // 2], iri) for name, iri in drawn],
        "one error": [(misspell(name, chance), iri) for name, iri in drawn],
    }
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        write_index(Path(folder), things, "")
        made, size = time.process_time() - begun, sum(file.stat().st_size for file in Path(folder).iterdir())
        index = NameIndex.open(Path(folder), "")
        found = {
            way: measured(lambda text: [hit.iri for hit in index.seek(text, MOST).found], some)
            for way, some in ways.items()
        }
        index.close()
    before = look_through(things)
    found["one error, looked through"] = measured(before, ways["one error"][:100])
    head = f"{len(things)} bodies, {len(every)} names, index of {size / 1e6:.1f} MB made in {made:.2f} s\n"
    sys.stdout.write(head + " " * 28 + "".join(f"{name:>9}" for name in ("typed", "found", "cpu ms", "p99 ms")) + "\n")
    for way, one in found.items():
        sys.stdout.write(f"{way:28}{one['typed']:>9}{one['found']:>9.1%}{one['cpu_ms']:>9.2f}{one['p99_ms']:>9.2f}\n")
    if told.json:
        told.json.write_text(
            json.dumps({"bodies": len(things), "made_s": made, "ways": found}, indent=1) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
