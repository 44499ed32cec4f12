"""One Oxigraph server: a read-only process on one store, on this machine's loopback."""

import asyncio
import os
import shutil
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

from maillage.errors import EngineDown, MachineError

_PATIENCE, _BEAT = 30.0, 0.02  # seconds: for it to answer at first, between two looks
_GRACE = 5.0  # seconds for it to end when asked
_LIMITS = Path(__file__).with_name("limits.py")


def program() -> str:
    """The server that the package `oxigraph` lays beside the interpreter. Raises `engine-absent`."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if not found:
        raise MachineError("engine-absent")
    return found


class Oxigraph:
    """A process that answers SPARQL queries at `address`; `users` counts the queries at work on it."""

    def __init__(self, process: Process, port: int) -> None:
        self._process = process
        self.address = f"http://127.0.0.1:{port}/query"
        self.users = 0

    @classmethod
    async def start(cls, store: Path, most_bytes: int) -> "Oxigraph":
        """A process that answers. Raises EngineDown, `engine-absent`.

        It has no time limit of its own: for that, Oxigraph keeps a thread a query until the limit has passed.
        """
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port: int = listener.getsockname()[1]  # a free one
        options = ["--location", str(store), "--bind", f"127.0.0.1:{port}"]
        limits = [sys.executable, "-I", "-S", str(_LIMITS), str(os.getpid()), str(most_bytes)]
        command = [*limits, program(), "serve-read-only", *options]
        try:
            process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
        except OSError:
            raise EngineDown from None
        found = cls(process, port)
        try:
            await found._answers(port)
        except BaseException:  # whoever asked has no process to stop
            await found.stop()
            raise
        return found

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def wait(self) -> None:
        await self._process.wait()

    async def stop(self) -> None:
        if not self.alive:
            return
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), _GRACE)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _answers(self, port: int) -> None:
        end = asyncio.get_running_loop().time() + _PATIENCE
        while not await _listens(port):
            if not self.alive or asyncio.get_running_loop().time() > end:
                raise EngineDown
            await asyncio.sleep(_BEAT)
        if not self.alive:  # another program took the port first
            raise EngineDown


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
