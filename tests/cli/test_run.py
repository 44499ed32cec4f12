"""`maillage run` writes everything and says what a newcomer should open; `serve` shows it on this machine only."""

import hashlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One run in English: where it wrote, and what it said."""
    out = tmp_path_factory.mktemp("run") / "out"
    command = [sys.executable, "-m", "maillage", "--lang", "en", "run", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return out, done.stdout


@pytest.fixture
def ran(run: tuple[Path, str]) -> Path:
    return run[0]


def test_everything_is_written(ran: Path) -> None:
    maps = sorted(path.name for path in (ran / "maps").glob("*.html"))
    assert {"edition.html", "co-organisation.html", "labs-and-carriers.html"} <= set(maps)
    assert len([name for name in maps if name.startswith("ego-")]) == 3
    page = (ran / "index.html").read_text(encoding="utf-8")
    for name in maps:
        assert f'href="maps/{name}"' in page
    assert (ran / "graph" / "graph.nq").stat().st_size > 100_000


def test_the_release_checks(ran: Path) -> None:
    for line in (ran / "release" / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((ran / "release" / name).read_bytes()).hexdigest() == digest


def test_the_summary_tells_what_is_known_and_what_is_not(run: tuple[Path, str]) -> None:
    for words in ("What the sources say", "What they do not say", "Labs", "Open first:", "index.html", "maillage ask"):
        assert words in run[1]


def test_the_portal_opens_on_the_explorer(ran: Path) -> None:
    assert "assets/explorer.js" in (ran / "portal" / "index.html").read_text(encoding="utf-8")
    assert (ran / "portal" / "release" / "dataset.ttl").is_file()
    assert (ran / "portal" / "maps" / "edition.html").is_file()


def test_serving_nothing_or_on_a_taken_port_is_a_sentence(ran: Path, tmp_path: Path) -> None:
    assert "maillage build" in refused("--out", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "--port" in refused("--out", str(ran), "--port", str(taken.getsockname()[1]))


def refused(*words: str) -> str:
    """What `maillage serve` says when it cannot begin."""
    command = [sys.executable, "-m", "maillage", "serve", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3
    return done.stderr
