"""The change from one release to the next without a failed request.

Builds and portals lie in numbered folders behind a link (`maillage.files.folder_aside`), so that a release that is
being served stays whole while the next is written. The old one is closed when its last request has ended.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

from maillage.errors import EngineDown, MaillageError
from maillage.web.engine import Tasks
from maillage.web.release import Place, Release, ServerSettings, build_digest, places, portal_digest

Prepare = Callable[[], Coroutine[None, None, None]]  # writes the portal of the last build where the settings say
Log = Callable[[str], None]
_BEAT = 1.0  # seconds between two looks for a new build
_PATIENCE = 60.0  # seconds before what could not be taken up is tried again, unless it has changed
_IDLE = 0.1


class Releases:
    """The release that is served now, those that end, and the watch for the next."""

    def __init__(self, settings: ServerSettings, prepare: Prepare, log: Log) -> None:
        self._settings, self._prepare, self._log = settings, prepare, log
        self._current: Release | None = None
        self._ending: set[Release] = set()
        self._tasks = Tasks()
        self._refusal: tuple[Place, Place] | None = None
        self._again = 0.0  # when what failed may be tried again
        self.failures = 0

    @property
    def current(self) -> Release:
        if self._current is None:
            raise EngineDown  # the server has not begun
        return self._current

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[Release]:
        """The current release, kept open until the block ends."""
        release = self.current
        release.users += 1
        try:
            yield release
        finally:
            release.users -= 1

    async def begin(self) -> None:
        """Opens the last build, its portal written first where it is of another build.

        Raises `no-build`, EngineDown.
        """
        self._current = await self._open()
        self._tasks.spawn(self._watch())

    async def end(self) -> None:
        await self._tasks.stop()
        for release in (self._current, *self._ending):
            if release:
                await release.close()

    async def _open(self) -> Release:
        if not await asyncio.to_thread(ready, self._settings):
            await self._prepare()
        release = await asyncio.to_thread(Release, self._settings)
        try:
            await asyncio.to_thread(getattr, release, "world")
            await release.engine.start()
        except BaseException:
            await release.close()
            raise
        return release

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_BEAT)
            if self._is_new():
                await self._take_up()

    def _is_new(self) -> bool:
        """Whether there is a build or a portal to take up, and not one that has just been refused."""
        try:
            found = places(self._settings)
        except OSError:  # half of it is there
            return False
        waits = found == self._refusal and asyncio.get_running_loop().time() < self._again
        return found != self.current.places and not waits

    async def _take_up(self) -> None:
        try:
            fresh = await self._open()
        except (MaillageError, OSError, ValueError, KeyError) as error:  # the current release goes on
            self._postpone(error)
            return
        old, self._current, self._refusal = self.current, fresh, None
        self._log(f"release {fresh.version}")
        self._ending.add(old)
        self._tasks.spawn(self._close_when_idle(old))

    def _postpone(self, error: Exception) -> None:
        self.failures += 1
        said = error.sentence("en") if isinstance(error, MaillageError) else repr(error)
        self._log(f"release {self.current.version} goes on: {said}")
        try:
            self._refusal = places(self._settings)
        except OSError:
            self._refusal = None
        self._again = asyncio.get_running_loop().time() + _PATIENCE

    async def _close_when_idle(self, release: Release) -> None:
        while release.users:
            await asyncio.sleep(_IDLE)
        await release.close()
        self._ending.discard(release)


def ready(settings: ServerSettings) -> bool:
    """Whether the portal is that of the last build."""
    return portal_digest(settings.portal) == build_digest(settings.out / "graph")
