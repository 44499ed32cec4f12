"""One `maillage run` over every source, for the whole session: it goes on beside the tests, and all workers read it.

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
_COMMAND = """
import subprocess, sys
from pathlib import Path
root = Path(sys.argv[1])
with (root / "said").open("w") as said, (root / "faults").open("w") as faults:
    words = [sys.executable, "-m", "maillage", sys.argv[2], "--out", str(root / "out")]
    code = subprocess.run(words, stdout=said, stderr=faults).returncode
(root / "code.part").write_text(str(code))
(root / "code.part").rename(root / "code")
"""


@dataclass(frozen=True)
class EverySource:
    """Where the run writes: `out/` and, once it has ended, `said`, `faults` and `code`. Tests read it only."""

    root: Path

    @classmethod
    def begun(cls, root: Path, command: str) -> "tuple[EverySource, subprocess.Popen[bytes] | None]":
        """Begins `maillage COMMAND` (`build`, `run`), with its process, unless another worker of the session did."""
        try:
            root.mkdir()
        except FileExistsError:
            return cls(root), None
        return cls(root), subprocess.Popen([sys.executable, "-c", _COMMAND, str(root), command])

    @property
    def built(self) -> Path:
        """The output folder, once the graph is there."""
        self._wait_for((self.root / "out" / "graph" / "report.json").is_file)
        return self.root / "out"

    @property
    def ran(self) -> tuple[Path, str]:
        """The output folder with all that a run writes, and what it said."""
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
            assert time.monotonic() < end, "maillage run did not end"
            time.sleep(0.1)

    def _fail_on_faults(self) -> None:
        code, faults = (self.root / "code").read_text(), (self.root / "faults").read_text(encoding="utf-8")
        assert code == "0", faults
