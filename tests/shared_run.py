"""Commands run once for the whole session, beside the tests: what they write is read by all the workers.

A worker that needs the graph waits for the graph only; one that needs the portal, the maps or the release, for the end.
What was written is kept for the next session, which copies it in place of running the commands, if all that it was made
from is the same: our files, the settings, the libraries, Python.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

import pyoxigraph as ox

from maillage.files import folder_aside
from maillage.graph.canonical import canonical

Commands = list[list[str]]
ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".pytest_cache" / "d" / "runs"  # `pytest --cache-clear` empties it
MADE_FROM = ("data", "graph", "maillage", "ontology", "queries", "visualize")
CARELESS = {"__pycache__", "node_modules"}
_PATIENCE = 1200.0  # seconds, on a machine that does much else


@dataclass(frozen=True)
class SharedRun:
    """Where the commands write: `out/` and, once they have ended, `said`, `faults` and `code`. Tests read it only."""

    root: Path

    @classmethod
    def begun(cls, root: Path, choices: list[Commands]) -> "tuple[SharedRun, subprocess.Popen[bytes] | None]":
        """Begins the first of `choices`, with its process, unless another worker of the session did.

        Any of them will do: one that is kept is taken in place of the first. It is a process of its own, as tests
        change the environment and the modules of theirs.
        """
        try:
            root.mkdir()
        except FileExistsError:
            return cls(root), None
        command = [sys.executable, "-m", "tests.shared_run", str(root), json.dumps(choices)]
        return cls(root), subprocess.Popen(command, cwd=ROOT)

    @property
    def built(self) -> Path:
        """The output folder, once the graph is there."""
        self._wait_for((self.root / "out" / "graph" / "report.json").is_file)
        return self.root / "out"

    @property
    def ran(self) -> tuple[Path, str]:
        """The output folder with all that the commands write beside the graph, and what they said."""
        self._wait_for((self.root / "code").is_file)
        self._fail_on_faults()
        return self.root / "out", (self.root / "said").read_text(encoding="utf-8")

    @cached_property
    def store(self) -> ox.Store:
        """The graph in memory."""
        store = ox.Store()
        store.bulk_load(path=str(self.built / "graph" / "graph.nq"), format=ox.RdfFormat.N_QUADS)
        return store

    @cached_property
    def report(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.built / "graph" / "report.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def dump(self) -> bytes:
        """The graph as canonical N-Quads, from the store in memory."""
        return canonical(self.store)

    def _wait_for(self, there: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        while not there():
            if (self.root / "code").exists():
                self._fail_on_faults()
            assert time.monotonic() < end, "the commands did not end"
            time.sleep(0.1)

    def _fail_on_faults(self) -> None:
        code, faults = (self.root / "code").read_text(), (self.root / "faults").read_text(encoding="utf-8")
        assert code == "0", faults


def provide(root: Path, choices: list[Commands], kept: Path = KEPT) -> None:
    """Writes `out/`, `said` and `faults`, and `code` last, from what is kept or by the commands."""
    code = 1
    try:
        found = next((place for commands in choices if (place := _kept(kept, root.name, commands))), None)
        made_from = digest(choices[0])  # before: a file may change meanwhile
        code = _copied(found, root) if found else _run(root, choices[0])
        if not found and code == 0:
            _keep(root, _place(kept, root.name, choices[0]), made_from)
    finally:
        (root / "code.part").write_text(str(code))
        (root / "code.part").rename(root / "code")


def _run(root: Path, commands: Commands) -> int:
    with (root / "said").open("w") as said, (root / "faults").open("w") as faults:
        for words in commands:
            command = [sys.executable, "-m", "maillage", *words, "--out", "out"]
            ended = subprocess.run(command, cwd=root, stdout=said, stderr=faults, check=False)
            if ended.returncode:
                return ended.returncode
    return 0


def _place(kept: Path, name: str, commands: Commands) -> Path:
    return kept / f"{name}-{'-'.join(words[0] for words in commands)}"


def _kept(kept: Path, name: str, commands: Commands) -> Path | None:
    """Where what the commands wrote is kept, made from what is there today."""
    place = _place(kept, name, commands).resolve()
    made_from = place / "made-from"
    return place if made_from.is_file() and made_from.read_text() == digest(commands) else None


def _copied(place: Path, root: Path) -> int:
    shutil.copytree(place / "wrote", root / "part", symlinks=True)
    for path in (root / "part").iterdir():  # `out/` whole at once: a worker may be waiting for the graph
        path.rename(root / path.name)
    return 0


def _keep(root: Path, place: Path, made_from: str) -> None:
    with folder_aside(place) as aside:
        shutil.copytree(root, aside / "wrote", symlinks=True)
        (aside / "made-from").write_text(made_from)


def digest(commands: Commands) -> str:
    """Of the commands and all that they read; what they write is the same while this is."""
    return sha256(f"{commands} {_surroundings()} {of_files(_files())}".encode()).hexdigest()


def _surroundings() -> list[object]:
    settings = sorted(item for item in os.environ.items() if item[0].startswith("MAILLAGE_"))
    libraries = sorted((one.name, one.version) for one in distributions())
    return [sys.version, settings, libraries]


@cache
def _files() -> tuple[Path, ...]:
    return tuple(path for folder in MADE_FROM for path in sorted(_files_under(ROOT / folder)))


def _files_under(folder: Path) -> Iterator[Path]:
    for above, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in CARELESS]
        yield from (Path(above) / name for name in names)


def of_files(paths: tuple[Path, ...]) -> str:
    """A digest of files: of their places in the repository and of their bytes."""
    found = sha256()
    for path in paths:
        found.update(f"{path.relative_to(ROOT).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


if __name__ == "__main__":
    provide(Path(sys.argv[1]), json.loads(sys.argv[2]))
