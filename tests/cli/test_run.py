"""`maillage run` writes everything and says what a newcomer should open; `serve` shows it on this machine only."""

import hashlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from maillage import answer
from maillage.cli.portal import show_summary


@pytest.fixture
def out(ran: tuple[Path, str]) -> Path:
    return ran[0]


def test_everything_is_written(out: Path) -> None:
    maps = sorted(path.name for path in (out / "maps").glob("*.html"))
    assert {"edition.html", "co-organisation.html", "labs-and-carriers.html"} <= set(maps)
    assert len([name for name in maps if name.startswith("ego-")]) == 3
    page = (out / "index.html").read_text(encoding="utf-8")
    for name in maps:
        assert f'href="maps/{name}"' in page
    assert (out / "graph" / "graph.nq").stat().st_size > 100_000


def test_the_release_checks(out: Path) -> None:
    for line in (out / "release" / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((out / "release" / name).read_bytes()).hexdigest() == digest


def test_the_summary_tells_what_is_known_and_what_is_not(ran: tuple[Path, str]) -> None:
    for words in ("Ce que disent les sources", "Ce qu'elles ne disent pas", "Laboratoires", "À ouvrir d'abord : "):
        assert words in ran[1]
    assert "index.html" in ran[1]
    assert "maillage ask" in ran[1]


def test_the_summary_in_english(built_out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with answer.open(built_out, endpoint="") as graph:
        show_summary(graph, "en")
    said = capsys.readouterr().out
    for words in ("What the sources say", "What they do not say", "Labs"):
        assert words in said


def test_the_portal_opens_on_the_explorer(out: Path) -> None:
    assert "assets/explorer.js" in (out / "portal" / "index.html").read_text(encoding="utf-8")
    assert (out / "portal" / "release" / "dataset.ttl").is_file()
    assert (out / "portal" / "maps" / "edition.html").is_file()


def test_serving_nothing_or_on_a_taken_port_is_a_sentence(out: Path, tmp_path: Path) -> None:
    assert "maillage build" in refused("--out", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "--port" in refused("--out", str(out), "--port", str(taken.getsockname()[1]))


def refused(*words: str) -> str:
    """What `maillage serve` says when it cannot begin."""
    command = [sys.executable, "-m", "maillage", "serve", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3
    return done.stderr
