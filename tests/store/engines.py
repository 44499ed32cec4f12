"""The engines that the stores are tried on: each started once, on this machine's own loopback, in its own folder.

Nothing here asks how fast they are.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import oxigraph_path

VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
MaxQueryMem = 2G
MaxMemPoolSize = 2000000000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True)
class Engine:
    """Where an engine answers and where it takes graphs; `user` and `password` are for writing."""

    name: str
    endpoint: str
    graph_store: str
    user: str = ""
    password: str = ""
    sql: int = 0
    folder: Path = Path()

    @property
    def environment(self) -> dict[str, str]:
        """The settings that a reader would give for it."""
        return {"MAILLAGE_ENDPOINT_USER": self.user, "MAILLAGE_ENDPOINT_PASSWORD": self.password}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[Engine]:
    port = free_port()
    command = [str(oxigraph_path()), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            wait_for(port)
            base = f"http://127.0.0.1:{port}"
            yield Engine("oxigraph", f"{base}/query", f"{base}/store")
        finally:
            process.terminate()


@contextmanager
def virtuoso_server(folder: Path, rows: int = 1_000_000) -> Iterator[Engine]:
    """Virtuoso 7, `rows` being the most that it gives in an answer (10,000 in Debian's own settings)."""
    http, sql = free_port(), free_port()
    (folder / "own.ini").write_text(VIRTUOSO_INI.format(folder=folder, http=http, sql=sql, rows=rows), "utf-8")
    command = [str(shutil.which("virtuoso-t")), "+wait", "+configfile", "own.ini"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    lock = (folder / "virtuoso.lck").read_text(encoding="utf-8")
    pid = int(next(line for line in lock.splitlines() if "PID" in line).partition("=")[2])
    try:
        wait_for(http)
        base = f"http://127.0.0.1:{http}"
        yield Engine("virtuoso", f"{base}/sparql", f"{base}/sparql-graph-crud-auth", "dba", "dba", sql, folder)
    finally:
        os.kill(pid, signal.SIGKILL if sys.platform == "linux" else signal.SIGTERM)
