"""What strangers send to a public server: nobody is called, nothing freezes or falls, and the others are answered."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
import uvicorn
from starlette.requests import Request

from maillage.cli.serve import listening as listening_socket
from maillage.errors import MaillageError, QuestionError
from maillage.queries.tokens import tokens
from maillage.web import sparql
from maillage.web.metrics import Metrics
from tests.canary import Canary, listening
from tests.queries.hostile import CALLS, DECODED, SHAPES
from tests.refusals import raises
from tests.web.conftest import SECONDS, alive, children, served, wait_for
from tests.web.test_engine import DEAF, asked

pytestmark = pytest.mark.needs("oxigraph-server")
EGO = "SELECT * { <https://w3id.org/maillage/id/organisation/ti-lab> ?p ?o } LIMIT 10"


def measured(address: str, name: str) -> float:
    """A number of /metrics."""
    lines = httpx.get(f"{address}metrics").text.splitlines()
    return float(next(line.rpartition(" ")[2] for line in lines if line.startswith(f"{name} ")))


def until(happened: Callable[[], bool]) -> bool:
    """Whether it happens within ten seconds."""
    for _ in range(100):
        if happened():
            return True
        time.sleep(0.1)
    return False


def test_each_packet_leaves_at_once() -> None:
    """Else a client that asks one thing after another waits 40 ms for each."""
    with listening_socket(uvicorn.Config("none:none", port=0)) as listener:
        listener.listen()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


# ---------------------------------------------------------------- calls


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with listening() as found:
        yield found


@pytest.mark.parametrize("text", (CALLS | DECODED).values(), ids=(CALLS | DECODED).keys())
def test_nobody_is_called(server: str, canary: Canary, text: str) -> None:
    found = asked(server, text % canary.address)
    assert found.status_code in {400, 403}
    assert found.json()["error"]["code"] in {"query-refused", "unreadable-query"}
    assert not canary.calls


def test_queries_are_read_off_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long one would keep everybody waiting."""
    threads, loops = [], []

    def refuse(_: str) -> None:
        threads.append(threading.current_thread())
        raise QuestionError("query-refused", reason="")

    async def ask() -> None:
        loops.append(threading.current_thread())
        scope = {
            "type": "http",
            "method": "GET",
            "query_string": b"query=ASK",
            "headers": [],
            "state": {"release": None},
        }
        with raises("query-refused"):
            await sparql.Sparql(Metrics(), 1)(Request(scope))

    monkeypatch.setattr(sparql, "refuse", refuse)
    with ThreadPoolExecutor(1) as apart:  # a browser of another test may have left its loop in this thread
        apart.submit(lambda: asyncio.run(ask())).result()
    assert threads
    assert not set(loops) & set(threads)


# ---------------------------------------------------------------- queries that do not end, or nest


def test_a_runaway_is_stopped_in_time_and_harms_nobody(small_out: Path) -> None:
    with served(small_out) as (address, process):
        (first,) = children(process)
        with ThreadPoolExecutor(1) as pool:
            runaway = pool.submit(asked, address, DEAF)
            others = {asked(address, EGO).status_code for _ in range(20)}
            assert (runaway.result().status_code, runaway.result().json()["error"]["code"]) == (504, "query-stopped")
        assert others == {200}
        within = f'maillage_request_seconds_bucket{{route="sparql",le="{SECONDS + 0.5}"}}'
        assert measured(address, within) == 21  # as the server saw it, however busy the machine is
        assert asked(address, EGO).status_code == 200
        assert until(lambda: not alive(first))


def test_what_nobody_hears_the_end_of_ends_too(small_out: Path) -> None:
    """An answer that is too large is left: the engine may be silent from then on, and at work for ever."""
    with served(small_out) as (address, process):
        (first,) = children(process)
        assert asked(address, "SELECT * { { ?s ?p ?o . ?a ?b ?c } UNION { ?d (<a:>|!<a:>)* ?e } }").status_code == 413
        assert asked(address, EGO).status_code == 200
        assert until(lambda: not alive(first))
        assert measured(address, "maillage_engine_replacements") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted by /proc")
def test_threads_do_not_pile_up(small_out: Path) -> None:
    with served(small_out, "--time-limit", "60") as (address, process):
        (engine,) = children(process)
        with ThreadPoolExecutor(4) as pool:
            statuses = set(pool.map(lambda _: asked(address, EGO).status_code, range(100)))
        assert statuses == {200}
        assert len(list(Path(f"/proc/{engine}/task").iterdir())) < 40


def most_allowed(shape: Callable[[int], str]) -> str:
    """The largest of a shape that is not refused."""
    low, high = 1, 5000
    while low + 1 < high:
        middle = (low + high) // 2
        try:
            tokens(shape(middle))
            low = middle
        except MaillageError:
            high = middle
    return shape(low)


def test_no_nesting_kills_the_engine(small_out: Path) -> None:
    with served(small_out, "--time-limit", "0.5") as (address, _):
        for name, shape in SHAPES.items():
            assert asked(address, shape(2000)).json()["error"]["code"] == "query-too-deep", name
            found = asked(address, most_allowed(shape))
            assert found.status_code in {200, 400, 406, 504}, (name, found.text)
        assert measured(address, "maillage_engine_restarts") == 0
        assert measured(address, "maillage_up") == 1


# ---------------------------------------------------------------- many, odd and hasty clients


async def crowd(address: str, clients: int, most: int, seconds: float) -> Counter[int]:
    """How often each status was given to so many clients, each asking again and again."""
    statuses: Counter[int] = Counter()
    turns, end = iter(range(most)), time.monotonic() + seconds
    path = f"{address}sparql?query={quote(EGO)}"

    async def client(asking: httpx.AsyncClient) -> None:
        for _ in turns:
            if time.monotonic() > end:
                return
            statuses[(await asking.get(path)).status_code] += 1

    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(timeout=30, limits=limits) as asking:
        await asyncio.gather(*(client(asking) for _ in range(clients)))
    return statuses


@pytest.mark.parametrize(("most", "seconds"), [(400, 60), (1_000_000, 30)], ids=["short", "30 s"])
def test_fifty_clients_are_answered_or_asked_to_wait(small_out: Path, most: int, seconds: float) -> None:
    with served(small_out, "--time-limit", "10") as (address, _), ThreadPoolExecutor(1) as pool:
        statuses = pool.submit(asyncio.run, crowd(address, 50, most, seconds)).result()
        assert set(statuses) <= {200, 429}
        assert statuses[200] > statuses[429]
        assert measured(address, "maillage_engine_restarts") == 0


@pytest.mark.parametrize("accept", [b"\xe9t\xe9", b"text/csv;q=\xff", b"\xc3\xa9/*"])
def test_a_header_of_any_bytes_is_no_failure_of_ours(server: str, accept: bytes) -> None:
    found = httpx.post(f"{server}sparql", data={"query": "ASK {}"}, headers=[(b"Accept", accept)])
    assert found.status_code in {200, 400, 406}


def test_a_client_that_leaves_is_a_line_of_the_log(small_out: Path) -> None:
    words = ["serve", "--out", str(small_out), "--portal", str(small_out / "portal"), "--port", "0"]
    command = [sys.executable, "-m", "maillage", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        wait_for(address)
        where = urlsplit(address)
        head = (
            "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 90\r\n\r\n"
        )
        with socket.create_connection((where.hostname, where.port)) as hasty:
            hasty.sendall(f"{head}SELECT".encode())
        assert until(lambda: 'route="sparql",method="POST",status="400"' in httpx.get(f"{address}metrics").text)
        os.kill(process.pid, signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert "POST sparql 400" in said
    assert "Traceback" not in said
