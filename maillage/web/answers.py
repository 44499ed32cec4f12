"""Answers of a release to named questions and selections of its world: made in threads, a few at a time, and kept."""

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from maillage.answer.graph import Answer, Graph
from maillage.errors import MachineError
from maillage.network.selection import select
from maillage.store.local import load_store
from maillage.web.cache import Cache

_AT_ONCE = max(2, min(4, os.cpu_count() or 2))
_WAITING = 200  # makings that may wait for their turn
_CACHE_BYTES = 50_000_000  # bytes of each sort
Result = TypeVar("Result")


class Answers:
    """A graph is asked by one thread at a time, since it remembers what it has read: so there are several of them,
    on one store, in memory unless it is large. Raises `no-build`, `store-in-use`.
    """

    def __init__(self, out: Path, allow: str) -> None:
        store = load_store((out / "graph").resolve())
        self._free = [Graph(out, allow, store=store) for _ in range(_AT_ONCE)]
        self.version, self.folder = self._free[0].release, self._free[0].folder
        self._graphs = tuple(self._free)
        self._places, self._waiting = asyncio.Semaphore(_AT_ONCE), 0
        self._answers: Cache[Answer] = Cache(_CACHE_BYTES, lambda found: len(found.body))
        self._selections: Cache[bytes] = Cache(_CACHE_BYTES, len)

    async def answer(self, name: str, values: Mapping[str, str], form: str, lang: str) -> Answer:
        """Raises `unknown-question`, `unknown-format`, `mixed-licences`, `too-many-queries`, or a
        QuestionError about a value.
        """
        key = (name, form, lang, *sorted(values.items()))
        return await self._answers.get(key, lambda: self._in_turn(lambda g: g.answer(name, values, form, lang)))

    async def selection(self, world: Mapping[str, Any], state: Mapping[str, str]) -> bytes:
        """What a state selects of the world, as JSON. Raises `too-many-queries`."""

        def make(_: Graph) -> bytes:
            return json.dumps(select(world, state), ensure_ascii=False, separators=(",", ":")).encode()

        return await self._selections.get(tuple(sorted(state.items())), lambda: self._in_turn(make))

    async def close(self) -> None:
        await self._answers.wait()
        await self._selections.wait()
        for graph in self._graphs:
            graph.__exit__()

    async def _in_turn(self, make: Callable[[Graph], Result]) -> Result:
        if self._waiting >= _WAITING:
            raise MachineError("too-many-queries")
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        graph = self._free.pop()
        try:
            return await asyncio.to_thread(make, graph)
        finally:
            self._free.append(graph)
            self._places.release()
