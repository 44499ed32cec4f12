"""The SPARQL engine beside us, kept alive: a process that dies is started again, one that overruns is replaced.

Nothing but the end of the process surely stops a query: Oxigraph looks at its own time limit only between some of its
steps, and pays for it with a sleeping thread a query. So a query that outlasts its limit has its process replaced: the
next queries go to a fresh one, and the old one ends when the queries that it still answers have ended.
"""

import asyncio
import os
import shutil
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path

from maillage.errors import EngineDown, MachineError, MaillageError

_PATIENCE, _FIRST_BEAT = 30.0, 0.02  # seconds: for it to answer at first, between two looks
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
            await asyncio.sleep(_FIRST_BEAT)
        if not self.alive:  # another program took the port first
            raise EngineDown


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


_RETRY_DELAY = 0.5  # seconds after an attempt to start one that failed
_BEAT = 0.05  # seconds between two looks at whether one is idle


class Tasks:
    """What goes on beside the requests, until it is stopped."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class Engine:
    """An engine on one store. `seconds`: of a query; `most_bytes`: of memory for all queries together."""

    def __init__(self, store: Path, seconds: float, most_bytes: int) -> None:
        self._options, self._seconds = (store, most_bytes), seconds
        self._current: Oxigraph | None = None
        self._old: set[Oxigraph] = set()
        self._unread: set[Oxigraph] = set()
        self._tasks = Tasks()
        self.restarts = 0  # after a death
        self.replacements = 0  # after a query that did not stop

    @property
    def up(self) -> bool:
        return self._current is not None and self._current.alive

    @contextmanager
    def lease(self) -> Iterator[Oxigraph]:
        """The process to ask, kept until the block ends. Raises EngineDown while there is none."""
        process = self._current
        if process is None or not process.alive:
            raise EngineDown
        process.users += 1
        try:
            yield process
        finally:
            process.users -= 1

    async def start(self) -> None:
        """Raises EngineDown, `engine-absent`."""
        self._current = await Oxigraph.start(*self._options)
        self._tasks.spawn(self._keep())

    async def stop(self) -> None:
        await self._tasks.stop()
        ending = [process for process in (self._current, *self._old) if process]
        await asyncio.gather(*(process.stop() for process in ending))

    def report_overrun(self, process: Oxigraph) -> None:
        """Says that a query outlasted its limit on this process."""
        if process is self._current and process not in self._old:
            self._old.add(process)
            self._tasks.spawn(self._replace(process))

    def report_unread(self, process: Oxigraph) -> None:
        """Says that nobody hears the rest of an answer of this process, which may go on for as long as it likes."""
        if process not in self._unread:
            self._unread.add(process)
            self._tasks.spawn(self._replace_later(process))

    async def _replace_later(self, process: Oxigraph) -> None:
        await asyncio.sleep(self._seconds)
        self._unread.discard(process)
        self.report_overrun(process)

    async def _replace(self, old: Oxigraph) -> None:
        try:
            self._current = await Oxigraph.start(*self._options)
            self.replacements += 1
            while old.users and old.alive:
                await asyncio.sleep(_BEAT)
        except MaillageError:
            pass  # the end of the old one has the keeper start another
        await old.stop()
        self._old.discard(old)

    async def _keep(self) -> None:
        """Starts a process again whenever the current one has died."""
        while self._current is not None:
            process = self._current
            await process.wait()
            while self._current is process:
                await self._begin_again(process)

    async def _begin_again(self, dead: Oxigraph) -> None:
        try:
            fresh = await Oxigraph.start(*self._options)
        except MaillageError:
            await asyncio.sleep(_RETRY_DELAY)
            return
        if self._current is dead:
            self._current = fresh
            self.restarts += 1
        else:  # replaced meanwhile
            await fresh.stop()
