"""Work in a process of its own, and what it cost: seconds of processor (of all its children too), of clock, memory.

The most memory of a process is never less than that of the bench when it began it (Linux counts so): some 150 MB.
Servers are looked at in `/proc`.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PATIENCE = 10.0  # seconds that a server is given to end
_CALL = (
    "import importlib, json, sys; module, name, given, file = sys.argv[1:];"
    "found = getattr(importlib.import_module(module), name)(*json.load(open(given)));"
    "open(file, 'w').write(json.dumps(found))"
)


class Failure(Exception):
    """A peer or a command that did not do its work: its row says so, and the run goes on."""


@dataclass(frozen=True)
class Cost:
    cpu: float
    wall: float
    peak_mb: float

    def figures(self) -> dict[str, float]:
        return {"cpu_s": self.cpu, "wall_s": self.wall, "peak_mb": self.peak_mb}


def execute(words: Sequence[str], more: Mapping[str, str] | None = None) -> Cost:
    """Raises Failure with the end of what the command said. What stops the wait ends the command and its children."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        command = subprocess.Popen(
            list(words), cwd=ROOT, env={**os.environ, **(more or {})}, stdout=said, stderr=said, start_new_session=True
        )
        try:
            _, code, used = os.wait4(command.pid, 0)
        except BaseException:
            os.killpg(command.pid, signal.SIGKILL)
            command.wait()
            raise
        command.returncode = os.waitstatus_to_exitcode(code)
        if command.returncode:
            said.seek(0)
            last = said.read().strip().splitlines()[-1:] or [""]
            raise Failure(f"exit {command.returncode}: {last[0][:200]}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024)


def maillage(*words: str, more: Mapping[str, str] | None = None) -> Cost:
    return execute([sys.executable, "-m", "maillage", *words], more)


def call(module: str, name: str, *given: Any, python: str = sys.executable) -> tuple[Any, Cost]:
    """What a function of a module gives, by JSON, in a process of its own (of another environment, by its `python`)."""
    with tempfile.TemporaryDirectory() as folder:
        file, asked = Path(folder, "found.json"), Path(folder, "given.json")
        asked.write_text(json.dumps(given), encoding="utf-8")
        words = [python, "-c", _CALL, module, name, str(asked), str(file)]
        cost = execute(words, {"PYTHONPATH": str(ROOT)})
        return json.loads(file.read_text(encoding="utf-8")), cost


def disk_mb(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


@contextmanager
def serving(words: Sequence[str], more: Mapping[str, str] | None = None) -> Iterator[int]:
    """The number of the process of a server, which ends with the block."""
    environment = {**os.environ, **(more or {})}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(list(words), cwd=ROOT, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            yield process.pid
        finally:
            end(process)


def end(process: "subprocess.Popen[Any]") -> None:
    """Asks a server to end, and ends it and its children where it does not."""
    children = family(process.pid)[1:] if process.poll() is None else []
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def processor(server: int) -> float:
    """Seconds of processor that a server and its children have had."""
    ticks = 0
    for pid in family(server):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_mb(server: int) -> float:
    """What a server and its children hold in memory at this moment."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in family(server))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has ended
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def environment(cache: Path, name: str, *packages: str) -> str:
    """The Python of an environment of a peer's own, made the first time. Raises Failure where it does not install."""
    folder = cache / "peers" / name
    python, ready = folder / "bin" / "python", folder / ".ready"
    if not ready.is_file():
        execute([sys.executable, "-m", "venv", "--clear", str(folder)])
        execute([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages])
        ready.touch()
    return str(python)


def dearest(words: Sequence[str], most: int = 10) -> list[str]:
    """The functions that a `maillage` command spends most processor in, themselves."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "profile"))
        execute([sys.executable, "-m", "cProfile", "-o", file, "-m", "maillage", *words])
        found, _ = call("bench.peers", "read_profile", file, most)
    return [str(line) for line in found]
