"""Territories as people name them: by key, by code, by name, with what tells them apart between brackets."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maillage.errors import AmbiguousTerritory, SheetError
from maillage.ontology import concepts, labels
from maillage.sources.cells import nearest
from maillage.terms import fold

WITH_CONTEXT = re.compile(r"(.+?)\s*\(([^()]+)\)")


@dataclass(frozen=True)
class Territory:
    """A territory of the graph; `level` is a key of the list of levels, `within` holds keys."""

    key: str
    code: str
    names: tuple[str, ...]
    level: str
    within: tuple[str, ...] = ()


class Territories:
    """Those of the graph, by what they may be called."""

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
