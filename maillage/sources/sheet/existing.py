"""What the graph holds already, and what of it the name of a row looks like. Nothing is ever taken for the same.

Territories as people name them: by key, by code, by name, with what tells them apart between brackets.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from maillage.errors import AmbiguousTerritory, SheetError
from maillage.ontology import concepts, labels
from maillage.sources.cells import nearest
from maillage.terms import fold, thing_iri

LEAST_RATIO = 88  # of 100, by rapidfuzz's `ratio` or `token_sort_ratio` of two bare names: from there they are shown
MOST = 3
WITH_CONTEXT = re.compile(r"(.+?)\s*\(([^()]+)\)")
SMALL = {"l", "le", "la", "les", "d", "de", "du", "des", "the", "of"}


def bare(name: str) -> str:
    """A folded name without the small words that one writes and another leaves out; the whole where nothing else is."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in SMALL) or " ".join(words)


@dataclass(frozen=True)
class ExistingThing:
    """A thing of the graph. `kind`: organisation, event…; `names`: every form of its name, acronyms included."""

    source: str
    key: str
    kind: str
    iri: str
    names: tuple[str, ...]

    @property
    def reference(self) -> str:
        """How a cell of a table names it."""
        return f"{self.source}:{self.key}"

    @property
    def label(self) -> str:
        return f"{self.names[0]} <{self.iri}>"


class Registry:
    """The things and the territories of the sources of `data/`."""

    def __init__(self, things: Iterable[ExistingThing], territories: Iterable["Territory"]) -> None:
        self.territories = Territories(territories)
        self._things = list(things)
        self._by_iri = {thing.iri: thing for thing in reversed(self._things)}

    @cached_property
    def _by_name(self) -> dict[str, dict[str, list[ExistingThing]]]:
        """Kind -> bare name -> things; one IRI once a name."""
        found: dict[str, dict[str, list[ExistingThing]]] = defaultdict(lambda: defaultdict(list))
        for thing in self._things:
            for name in filter(None, map(bare, thing.names)):
                same = found[thing.kind][name]
                if thing.iri not in [other.iri for other in same]:
                    same.append(thing)
        return found

    def find_by_iri(self, text: str) -> ExistingThing | None:
        """The thing of an IRI, whole or as answers show it (`id/organisation/ti-lab`), or of `organisation/ti-lab`."""
        return self._by_iri.get(text) or self._by_iri.get(thing_iri(text.removeprefix("id/")))

    def alike(self, names: Iterable[str], kinds: Iterable[str]) -> list[ExistingThing]:
        """At most three things whose bare name is one of `names` or nearly (see LEAST_RATIO); the closest first."""
        from rapidfuzz import fuzz, process

        scores: dict[str, tuple[float, ExistingThing]] = {}
        pairs = [(self._by_name[kind], name) for kind in kinds for name in filter(None, map(bare, names))]
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for known, name in pairs:
                close = process.extract(name, list(known), scorer=scorer, score_cutoff=LEAST_RATIO, limit=MOST)
                for thing, score in ((thing, score) for form, score, _ in close for thing in known[form]):
                    scores[thing.iri] = max(scores.get(thing.iri, (0.0, thing)), (score, thing), key=itemgetter(0))
        ranked = sorted(scores.values(), key=lambda found: (-found[0], found[1].iri))
        return [thing for _, thing in ranked[:MOST]]


@dataclass(frozen=True)
class Territory:
    """A territory of the graph; `level` is a key of the list of levels, `within` holds keys."""

    key: str
    code: str
    names: tuple[str, ...]
    level: str
    within: tuple[str, ...] = ()


class Territories:
    def __init__(self, known: Iterable[Territory]) -> None:
        self.by_key = {territory.key: territory for territory in known}
        self._called: dict[str, set[str]] = defaultdict(set)
        for territory in self.by_key.values():
            for name in (territory.key, territory.code, *territory.names):
                self._called[fold(name)].add(territory.key)

    def key(self, text: str) -> str:
        """The key of the one territory that a text names.

        Raises `unknown-territory`, or AmbiguousTerritory where several bear the name and nothing tells them apart.
        """
        found = self._called.get(fold(text), set())
        bracketed = WITH_CONTEXT.fullmatch(text)
        if not found and bracketed:
            named = self._called.get(fold(bracketed[1]), set())
            found = {key for key in named if fold(bracketed[2]) in self._contexts(key)}
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise AmbiguousTerritory(value=text, candidates=", ".join(self._labels(found)))
        raise SheetError("unknown-territory", value=text, nearest=self._nearest(text))

    def _contexts(self, key: str) -> set[str]:
        """What may stand between brackets: its level, its code, what it lies within."""
        territory = self.by_key[key]
        level = concepts("territory-level").get(territory.level, "")
        found = {fold(name) for name in (territory.code, territory.level, *labels(level).values())}
        for wider in self._wider(key):
            found |= {fold(name) for name in (wider.key, wider.code, *wider.names)}
        return found

    def _wider(self, key: str) -> Iterator[Territory]:
        for above in self.by_key[key].within:
            if above in self.by_key:
                yield self.by_key[above]
                yield from self._wider(above)

    def _labels(self, keys: Iterable[str]) -> list[str]:
        return [f"{key} ({self.by_key[key].names[0]})" for key in sorted(keys)]

    def _nearest(self, text: str) -> str:
        close = nearest(fold(text), list(self._called)).split(", ") if self._called else []
        return ", ".join(self._labels(dict.fromkeys(key for name in close for key in self._called[name])))
