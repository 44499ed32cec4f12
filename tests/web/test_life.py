"""The life of a server: it survives its engine, ends cleanly, and takes up a new build without failing a request."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from maillage.files import _is_locked, folder_aside
from tests.web.conftest import alive, children, served, wait_for

pytestmark = pytest.mark.needs("oxigraph-server")


def test_a_dead_engine_is_started_again(small_out: Path) -> None:
    with served(small_out) as (address, process):
        (engine,) = children(process)
        os.kill(engine, signal.SIGKILL)
        statuses = set()
        for _ in range(200):
            statuses.add(httpx.post(f"{address}sparql", data={"query": "ASK {}"}, timeout=10).status_code)
            if 200 in statuses and children(process) not in ([], [engine]):
                break
            time.sleep(0.05)
        assert statuses <= {200, 503}
        assert 200 in statuses
        assert httpx.get(address).status_code == 200
        assert "maillage_engine_restarts 1" in httpx.get(f"{address}metrics").text


def test_asked_to_stop_it_ends_with_its_engine(small_out: Path) -> None:
    with served(small_out) as (address, process):
        (engine,) = children(process)
        answers: list[int] = []
        query = {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"}
        client = httpx.Client(timeout=30)  # made here: on a busy machine that takes longer than the wait below
        asked = threading.Thread(target=lambda: answers.append(client.post(f"{address}sparql", data=query).status_code))
        asked.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        asked.join()
        client.close()
        assert process.wait(20) == 0
        assert answers in ([200], [504])  # what was at work was answered
        assert not alive(engine)


def test_a_new_build_is_taken_up_without_a_failed_request(small_out: Path, other_out: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(small_out, out, symlinks=True)
    with served(out) as (address, process):
        first = httpx.get(f"{address}health").json()["release"]
        failures: list[object] = []
        over = threading.Event()
        workers = [threading.Thread(target=_ask, args=(address, over, failures)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for name in ("portal", "graph"):  # the portal first: the build says that there is something to take up
            _take(other_out, out, name)
        for _ in range(200):
            if httpx.get(f"{address}health").json()["release"] != first:
                break
            time.sleep(0.1)
        over.set()
        for worker in workers:
            worker.join()
        assert httpx.get(f"{address}health").json()["release"] != first
        assert failures == []
        assert httpx.get(f"{address}id/organisation/ti-lab.html").status_code == 404  # only the article names it
        assert len(children(process)) <= 2


def test_the_same_build_written_again_and_again_leaves_what_is_served_whole(small_out: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(small_out, out, symlinks=True)
    with served(out) as (address, process):
        served_from = (out / "graph").resolve()
        os.kill(process.pid, signal.SIGSTOP)  # it cannot follow meanwhile
        for _ in range(3):
            with folder_aside(out / "graph") as aside:
                shutil.copytree(served_from, aside, dirs_exist_ok=True)
        assert served_from.is_dir()
        os.kill(process.pid, signal.SIGCONT)
        assert httpx.get(f"{address}id/organisation/ti-lab.html", timeout=20).status_code == 200
        for _ in range(200):
            if len(children(process)) == 1 and not _is_locked(served_from):
                break
            time.sleep(0.1)
        assert not _is_locked(served_from)  # it has taken up the last one, and let the first one go
        assert httpx.post(f"{address}sparql", data={"query": "ASK {}"}).status_code == 200


def test_a_portal_of_another_build_is_not_served(small_out: Path, other_out: Path) -> None:
    words = ["serve", "--out", str(other_out), "--portal", str(small_out / "portal"), "--port", "0"]
    command = [sys.executable, "-m", "maillage", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert "n'est pas celui du dernier graphe" in done.stderr


def test_nothing_of_a_request_is_logged(small_out: Path) -> None:
    words = ["serve", "--out", str(small_out), "--portal", str(small_out / "portal"), "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "maillage", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        wait_for(address)
        httpx.get(f"{address}api/search", params={"q": "secret"}, headers={"User-Agent": "secret"})
        httpx.get(f"{address}sparql", params={"query": "SELECT ?secret {"})
        httpx.get(f"{address}secret%00")
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    lines = [line for line in said.splitlines() if "health" not in line]
    assert [line.rpartition(" ")[0].rpartition(" ")[0] for line in lines] == [
        "GET api-search 200",
        "GET sparql 400",
        "GET page 404",
    ]


def _ask(address: str, over: threading.Event, failures: list[object]) -> None:
    """Requests one after the other until it is over; at most some hundreds."""
    paths = ("", "data/world.js", "things.html", "sparql?query=ASK%20%7B%7D", "api/search?q=a")
    with httpx.Client(base_url=address, timeout=20) as client:
        for turn in range(2000):
            if over.is_set():
                return
            try:
                found = client.get(paths[turn % len(paths)])
                if found.status_code != 200:
                    failures.append((found.status_code, paths[turn % len(paths)], found.text[:200]))
            except httpx.HTTPError as error:
                failures.append(repr(error))


def _take(source: Path, goal: Path, name: str) -> None:
    """Puts a folder of another output behind the link of this one, as a build does: in one step."""
    version = goal / ".versions" / f"{name}-new"
    shutil.copytree((source / name).resolve(), version)
    link = goal / ".versions" / f"{name}.link"
    link.symlink_to(Path(".versions") / version.name, target_is_directory=True)
    link.replace(goal / name)
