"""A server in a process of its own, on this machine's loopback, with its engine: started as a person starts it."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from maillage import answer
from maillage.cli.portal import write_site
from maillage.files import folder_aside
from maillage.graph.build import build

T = TypeVar("T")
SECONDS = 2  # a SPARQL query's, in these tests


@contextmanager
def served(out: Path, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address of a server on a build, and its process; at the end it is asked to stop, and must."""
    words = ["serve", "--out", str(out), "--port", "0", "--time-limit", str(SECONDS), "--size-limit", "0.2", *options]
    command = [sys.executable, "-m", "maillage", "--lang", "en", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        said = re.search(r"http://\S+", process.stdout.readline())
        assert said, "the server did not say where it is"
        try:
            wait_for(said[0])
            yield said[0], process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(20)


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}health", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def make_out(folder: Path, sources: list[str] | None = None) -> None:
    """A build and its portal behind links, as `maillage run` leaves them, without maps and release."""
    build(folder, sources=sources)
    with answer.open(folder, endpoint="") as graph, folder_aside(folder / "portal") as aside:
        write_site(graph, aside, "fr")
        (aside / "release").mkdir()
        (aside / "release" / "dataset.ttl").write_text("# the description\n", encoding="utf-8")


@pytest.fixture(scope="session")
def small_out(built_out: Path, article_portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the article alone, and its portal behind a link."""
    folder = Path(shutil.copytree(built_out, tmp_path_factory.mktemp("served") / "out", symlinks=True))
    with folder_aside(folder / "portal") as aside:
        shutil.copytree(article_portal, aside, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def other_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another build, smaller: without the article."""
    from tests.cases import ARTICLE_SOURCES

    folder = tmp_path_factory.mktemp("other") / "out"
    make_out(folder, [name for name in ARTICLE_SOURCES if name != "horizons-publics-2021"])
    return folder


@pytest.fixture(scope="module")
def server(small_out: Path) -> Iterator[str]:
    with served(small_out) as (address, _):
        yield address


def children(process: "subprocess.Popen[str]") -> list[int]:
    """The processes that a server started."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(pid) for pid in listed.split()]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def apart(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, in a thread of its own: Playwright keeps a loop at work in the thread of the tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
