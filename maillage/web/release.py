"""A release as it is served: a build, its portal and its engine, open from the first request to the last."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from maillage.errors import MachineError, MaillageError
from maillage.files import Hold, short_path
from maillage.visualize.portal.explorer import read_world
from maillage.web.answers import Answers
from maillage.web.engine import Engine
from maillage.web.folder import Folder

WORLD = "data/world.js"
BY_SELECTION = 5000  # bodies above which the explorer asks for selections
# A folder and its number on the disk: the same build written again is another folder, and the first one may go.
Place = tuple[Path, int]


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

    Raises `no-build`, `store-in-use`, MissingFile, `old-portal`: when the portal is not of this build.
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
        except BaseException:
            self._release_holds()
            raise
        self.engine = Engine(build / "store", settings.seconds, settings.memory)
        self.files = Folder(self.portal)
        self.graphs = tuple(json.loads((build / "report.json").read_text(encoding="utf-8"))["graphs"])

    @cached_property
    def world(self) -> Mapping[str, Any]:
        return read_world(self.portal / WORLD)

    @property
    def by_selection(self) -> bool:
        return self.settings.by_selection or len(self.world["bodies"]) > BY_SELECTION

    async def close(self) -> None:
        await self.engine.stop()
        await self.answers.close()
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
        report = json.loads((build / "report.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(report["digest"])[:8]


def portal_digest(portal: Path) -> str:
    """The short digest of the build that a portal was written from; "-" for no portal."""
    try:
        return str(read_world(portal / WORLD)["release"]).rpartition("+")[2]
    except (OSError, MaillageError, ValueError, KeyError):
        return "-"
