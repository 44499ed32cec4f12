"""A build that is killed, at each of its phases and within them: the graph before it answers, and the next one ends."""

import json
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from maillage import answer
from maillage.graph.build import build
from tests.cases import TODAY
from tests.conftest import ROOT

BEFORE, AFTER = ["central-bodies"], ["central-bodies", "prefecture-grand-est-2016"]
DAY = date.fromisoformat(TODAY)

_BUILD = """
import os, sys
from pathlib import Path
from datetime import date
import maillage.files as files
import maillage.graph.build as build

def die(*_, **__):
    os.kill(os.getpid(), 9)

def progress(phase):
    if phase == dying:
        die()

out, dying = Path(sys.argv[1]), sys.argv[2]
{fault}
build.build(out, progress, sources=sys.argv[4:], today=date.fromisoformat(sys.argv[3]))
"""
# "" where the phase that dies is the key itself.
MOMENTS = {
    "reading": "",
    "mappings": "",
    "rules": "",
    "shapes": "",
    "writing": "",
    "in the middle of the dump": "real = build.write_canonical\n"
    "build.write_canonical = lambda store, dump: (real(store, dump), os.truncate(dump, 1000), die())",
    "loading": "",
    "in the middle of the store": "real = build.ox.Store\n"
    "class Store:\n    def __init__(self, *_): self.held = real(*_)\n"
    "    def bulk_load(self, **given): self.held.bulk_load(**given); die()\n"
    "build.ox.Store = lambda *_: Store(*_) if _ else real()",
    "swap": "",
    "at the change": "move = os.replace\n"
    "files.Path.replace = lambda path, to: die() if path.suffix == '.link' else move(path, to)",
    "after the change": "files._forget_old = die",
}


def _killed(out: Path, moment: str) -> None:
    code = _BUILD.format(fault=MOMENTS[moment])
    words = [sys.executable, "-c", code, str(out), moment, TODAY, *AFTER]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def _state(out: Path) -> tuple[int, str]:
    """How many bodies the graph names when it is asked, and its digest."""
    with answer.open(out, endpoint="") as graph:
        named = len(graph.ask("names-of-bodies"))
    return named, json.loads((out / "graph" / "report.json").read_text(encoding="utf-8"))["digest"]


@pytest.fixture(scope="module")
def built_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build that each test copies, to kill the next one over it."""
    out = tmp_path_factory.mktemp("before")
    build(out, sources=BEFORE, today=DAY)
    return out


@pytest.fixture(scope="module")
def states(built_before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    out = tmp_path_factory.mktemp("after")
    build(out, sources=AFTER, today=DAY)
    return {"before": _state(built_before), "after": _state(out)}


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_the_graph_before_it(
    tmp_path: Path, built_before: Path, states: dict[str, tuple[int, str]], moment: str
) -> None:
    shutil.copytree(built_before, tmp_path, symlinks=True, dirs_exist_ok=True)
    _killed(tmp_path, moment)
    assert _state(tmp_path) == states["after" if moment == "after the change" else "before"]
    build(tmp_path, sources=AFTER, today=DAY)
    assert _state(tmp_path) == states["after"]
    assert len(list((tmp_path / ".versions").iterdir())) <= 2


@pytest.mark.slow
def test_the_moments_are_those_that_a_build_names(tmp_path: Path) -> None:
    phases: list[str] = []
    build(tmp_path, phases.append, sources=BEFORE, today=DAY)
    assert set(phases) <= set(MOMENTS)
