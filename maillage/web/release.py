"""A release as it is served, and the change from one to the next without a failed request.

Builds and portals lie in numbered folders behind a link (`maillage.files.folder_aside`), so that a release that is
being served stays whole while the next is written. The old one is closed when its last request has ended.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from maillage import answer
from maillage.answer import served
from maillage.errors import EngineDown, MaillageError
from maillage.web.engine import Engine
from maillage.web.settings import BY_SELECTION, Settings

Prepare = Callable[[], None]  # writes the portal of the last build where the settings say
_BEAT = 1.0  # seconds between two looks for a new build


class Release:
    """A build, its portal and its SPARQL engine; `users` counts the requests at work on it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.portal = settings.portal.resolve()
        self.graph = answer.open(settings.out, settings.allow, endpoint="")
        self.version = self.graph.release
        self.engine = Engine(self.graph.folder / "store", settings.seconds)
        self.users = 0

    @cached_property
    def world(self) -> Mapping[str, Any]:
        """What the explorer shows, as the portal has it."""
        return served.world_of(self.portal)

    @property
    def by_selection(self) -> bool:
        return self.settings.by_selection or len(self.world["bodies"]) > BY_SELECTION

    async def close(self) -> None:
        await self.engine.stop()
        self.graph.__exit__()


class Releases:
    """The release that is served now, and the watch for the next."""

    def __init__(self, settings: Settings, prepare: Prepare) -> None:
        self._settings, self._prepare = settings, prepare
        self._current: Release | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.failures = 0

    @property
    def current(self) -> Release:
        if self._current is None:
            raise EngineDown  # the server has not begun
        return self._current

    @asynccontextmanager
    async def used(self) -> AsyncIterator[Release]:
        """The current release, kept open until the block ends."""
        release = self.current
        release.users += 1
        try:
            yield release
        finally:
            release.users -= 1

    async def begin(self) -> None:
        """Opens the last build, its portal written first where it is of another build. Raises NoBuild, EngineDown."""
        self._current = await self._opened()
        self._spawn(self._watch())

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._current:
            await self._current.close()

    async def _opened(self) -> Release:
        await asyncio.to_thread(prepared, self._settings, self._prepare)
        release = await asyncio.to_thread(Release, self._settings)
        await asyncio.to_thread(getattr, release, "world")
        await release.engine.start()
        return release

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_BEAT)
            if self.current.version.endswith(_built(self._settings.out)):
                continue
            try:
                fresh = await self._opened()
            except (MaillageError, OSError):
                self.failures += 1  # the old release goes on; the next look tries again
                continue
            old, self._current = self._current, fresh
            if old:
                self._spawn(_closed_when_idle(old))

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def prepared(settings: Settings, prepare: Prepare) -> None:
    """Writes the portal of the last build, unless it is there."""
    if _written(settings.portal) != _built(settings.out):
        prepare()


async def _closed_when_idle(release: Release) -> None:
    while release.users:
        await asyncio.sleep(0.1)
    await release.close()


def _built(out: Path) -> str:
    """The short digest of the last build, as versions end with it; "" while there is none."""
    try:
        report = json.loads((out / "graph" / "report.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(report["digest"])[:8]


def _written(portal: Path) -> str:
    """The short digest of the build that a portal was written from; "-" for no portal."""
    try:
        return str(served.world_of(portal)["release"]).rpartition("+")[2]
    except (OSError, MaillageError, ValueError, KeyError):
        return "-"
