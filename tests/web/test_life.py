"""The life of a server: it survives its engine, ends cleanly, and takes up a new build without failing a request."""

import os
import shutil
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.cases import ARTICLE_SOURCES
from tests.web.conftest import alive, children, make_out, served

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
        asked = threading.Thread(
            target=lambda: answers.append(httpx.post(f"{address}sparql", data=query, timeout=30).status_code)
        )
        asked.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        asked.join()
        assert process.wait(20) == 0
        assert answers in ([200], [504])  # what was at work was answered
        assert not alive(engine)


def test_a_new_build_is_taken_up_without_a_failed_request(small_out: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    shutil.copytree(small_out, out, symlinks=True)
    make_out(other, [name for name in ARTICLE_SOURCES if name != "horizons-publics-2021"])
    with served(out) as (address, process):
        first = httpx.get(f"{address}health").json()["release"]
        failures: list[object] = []
        over = threading.Event()
        workers = [threading.Thread(target=_ask, args=(address, over, failures)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for name in ("portal", "graph"):  # the portal first: the build says that there is something to take up
            _take(other, out, name)
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
