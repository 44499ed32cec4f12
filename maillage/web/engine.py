"""The Oxigraph server beside us: read-only, on this machine's loopback, started again when it dies.

A question that never ends must not hold the pages, and only a process of its own can be stopped (engines.md).
"""

import asyncio
import shutil
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

from maillage.errors import EngineAbsent, EngineDown

_PATIENCE, _BEAT = 30.0, 0.05  # seconds: for it to answer at first, between two looks
_SETTLE = 0.5  # seconds before a process that died is started again


def program() -> str:
    """The server that the package `oxigraph` lays beside the interpreter. Raises EngineAbsent."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if not found:
        raise EngineAbsent
    return found


class Engine:
    """One process on one store; `address` is where it answers SPARQL queries."""

    def __init__(self, store: Path, seconds: float) -> None:
        self._store, self._seconds = store, seconds
        self._process: Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self.port = 0
        self.restarts = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/query"

    @property
    def up(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Raises EngineDown when it does not answer."""
        await self._run()
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeper:
            self._keeper.cancel()
        if self._process and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 5)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def _run(self) -> None:
        self.port = _free_port()
        options = ["--location", str(self._store), "--timeout-s", f"{max(1, round(self._seconds))}"]
        command = [program(), "serve-read-only", *options, "--bind", f"127.0.0.1:{self.port}"]
        self._process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
        end = asyncio.get_running_loop().time() + _PATIENCE
        while not await _listens(self.port):
            if not self.up or asyncio.get_running_loop().time() > end:
                raise EngineDown
            await asyncio.sleep(_BEAT)

    async def _keep(self) -> None:
        while self._process is not None:
            await self._process.wait()
            await asyncio.sleep(_SETTLE)
            self.restarts += 1
            try:
                await self._run()
            except EngineDown:
                continue


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
