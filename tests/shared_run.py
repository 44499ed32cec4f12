"""Commands run once for the whole session, beside the tests: what they write is read by all the workers.

A worker that needs the graph waits for the graph only; one that needs the portal, the maps or the release, for the end.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from maillage.graph.canonical import canonical

_PATIENCE = 600.0  # seconds, on a machine that does much else
_COMMANDS = """
import json, subprocess, sys
from pathlib import Path
code = 0
with Path("said").open("w") as said, Path("faults").open("w") as faults:
    for words in json.loads(sys.argv[1]):
        command = [sys.executable, "-m", "maillage", *words, "--out", "out"]
        code = code or subprocess.run(command, stdout=said, stderr=faults).returncode
Path("code.part").write_text(str(code))
Path("code.part").rename("code")
"""


@dataclass(frozen=True)
class SharedRun:
    """Where the commands write: `out/` and, once they have ended, `said`, `faults` and `code`. Tests read it only."""

    root: Path

    @classmethod
    def begun(cls, root: Path, commands: list[list[str]]) -> "tuple[SharedRun, subprocess.Popen[bytes] | None]":
        """Begins the commands of `maillage`, with their process, unless another worker of the session did."""
        try:
            root.mkdir()
        except FileExistsError:
            return cls(root), None
        return cls(root), subprocess.Popen([sys.executable, "-c", _COMMANDS, json.dumps(commands)], cwd=root)

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
