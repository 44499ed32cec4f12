"""A release as it is served: a build, its portal and its engine, open from the first request to the last.

Builds and portals lie in numbered folders behind a link (`maillage.files.folder_aside`), so that a release that is
being served stays whole while the next is written, and no request fails when one takes the place of the other.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from maillage.errors import EngineDown, MachineError, MaillageError
from maillage.files import Hold, short_path
from maillage.graph.report import read_report
from maillage.store.search import NameIndex
from maillage.visualize.portal.explorer import read_world
from maillage.web.answers import Answers
from maillage.web.engine import Engine, Tasks
from maillage.web.folder import Folder

WORLD = "data/world.js"
BY_SELECTION = 5000  # bodies above which the explorer asks for selections
# A folder and its number on the disk: the same build written again is another folder, and the first one may go.
Place = tuple[Path, int]
Prepare = Callable[[], Coroutine[None, None, None]]  # writes the portal of the last build where the settings say
Log = Callable[[str], None]
_BEAT = 1.0  # seconds between two looks for a new build
_PATIENCE = 60.0  # seconds before what could not be taken up is tried again, unless it has changed
_IDLE = 0.1


@dataclass(frozen=True)
class ServerSettings:
    """`seconds`: of a SPARQL query; `most_bytes`: of its answer; `memory`: bytes of the engine; `at_once`: queries at
    work at one time. `by_selection`: the explorer asks for what it shows, never for everything (see `BY_SELECTION`).
    """

    out: Path
    portal: Path
    seconds: float = 10.0
    most_bytes: int = 20_000_000
    memory: int = 2_000_000_000
    at_once: int = 8
    by_selection: bool = False
    allow: str = ""


class Release:
    """Open once made, but for its engine. `users` counts the requests at work on it.

    Raises `no-build`, `store-in-use`, MissingFile, `old-portal` or `old-names`: what is not of this build.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self.settings, self.users = settings, 0
        self.places = places(settings)
        (build, _), (self.portal, _) = self.places
        self._holds = [Hold(folder) for folder in (build, self.portal)]
        try:
            self.answers = Answers(settings.out, settings.allow)
            self.version = self.answers.version
            if self.answers.folder != build or portal_digest(self.portal) != build_digest(build):
                raise MachineError("old-portal", folder=short_path(settings.portal))
            report = read_report(build)
            self.names, self.graphs = NameIndex.open(build, str(report["digest"])), tuple(report["graphs"])
        except BaseException:
            self._release_holds()
            raise
        self.engine = Engine(build / "store", settings.seconds, settings.memory)
        self.files = Folder(self.portal)

    @cached_property
    def world(self) -> Mapping[str, Any]:
        return read_world(self.portal / WORLD)

    @property
    def by_selection(self) -> bool:
        return self.settings.by_selection or len(self.world["bodies"]) > BY_SELECTION

    async def close(self) -> None:
        await self.engine.stop()
        await self.answers.close()
        self.names.close()
        self._release_holds()

    def _release_holds(self) -> None:
        while self._holds:
            self._holds.pop().release()


def places(settings: ServerSettings) -> tuple[Place, Place]:
    """Where the last build and the last portal are. Raises OSError while one of them is not there."""
    found = [folder.resolve() for folder in (settings.out / "graph", settings.portal)]
    build, portal = ((folder, folder.stat().st_ino) for folder in found)
    return build, portal


def build_digest(build: Path) -> str:
    """The short digest of a build, as versions end with it; "" for none."""
    try:
        return str(read_report(build)["digest"])[:8]
    except (OSError, ValueError, MaillageError):
        return ""


def portal_digest(portal: Path) -> str:
    """The short digest of the build that a portal was written from; "-" for no portal."""
    try:
        return str(read_world(portal / WORLD)["release"]).rpartition("+")[2]
    except (OSError, MaillageError, ValueError, KeyError):
        return "-"


class Releases:
    """The release that is served now, those that close when their last request has ended, the watch for the next."""

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
        for release in filter(None, (self._current, *self._ending)):
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
