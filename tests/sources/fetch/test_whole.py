"""All the files of a source or none: what stays when something fails, whatever fails and whenever."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
import yaml

from maillage.errors import FindingsError, MissingFile, Unreachable
from maillage.files import lock_folder
from maillage.sources.card import Card
from maillage.sources.copies import fetched_folder
from tests.conftest import ROOT
from tests.refusals import raises
from tests.sources.fetch import site as answers
from tests.sources.fetch.conftest import Home
from tests.sources.fetch.site import Site

pytestmark = pytest.mark.sample(3)

OLD = json.dumps([{"id": number} for number in range(1000)]).encode()
NEW = json.dumps([{"id": -number, "more": "x" * 100} for number in range(1200)]).encode()
OTHER = b"id\n1\n2\n"


def _two(home: Home, site: Site) -> Card:
    """A card of two files, of which a first copy is taken."""
    site.answers |= {"/a.json": answers.file(OLD), "/b.csv": answers.file(OTHER)}
    card = home.files(site, a__json={"fields": ["id"]}, b__csv={})
    home.fetch(card)
    return card


def _copy(home: Home) -> dict[str, bytes]:
    """The last good copy, whose record must agree with its files."""
    folder = fetched_folder(home.out, "source")
    record = yaml.safe_load((folder / "source.yml").read_bytes())
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "source.yml"}
    assert {name: len(body) for name, body in found.items()} == {
        name: f["bytes"] for name, f in record["files"].items()
    }
    return found


def test_the_record_says_what_was_taken(home: Home, site: Site) -> None:
    _two(home, site)
    record = yaml.safe_load((fetched_folder(home.out, "source") / "source.yml").read_bytes())
    assert (record["source"], record["licence"]) == ("source", "etalab-2.0")
    assert list(record["files"]) == ["a.json", "b.csv"]
    assert record["files"]["b.csv"]["records"] == 2


def test_where_nothing_was_taken_the_command_is_named(home: Home) -> None:
    with raises("not-fetched", match="Run maillage fetch source"):
        fetched_folder(home.out, "source")


def test_one_bad_file_keeps_them_all(home: Home, site: Site) -> None:
    card = _two(home, site)
    site.answers |= {"/a.json": answers.file(NEW), "/b.csv": answers.bare(b"<html>")}
    with pytest.raises(FindingsError):
        home.fetch(card)
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}
    site.answers["/b.csv"] = answers.file(OTHER)
    home.fetch(card)
    assert _copy(home) == {"a.json": NEW, "b.csv": OTHER}


def test_a_file_that_cannot_be_taken_keeps_them_all_and_what_has_arrived(home: Home, site: Site) -> None:
    card = _two(home, site)
    site.answers |= {"/a.json": answers.file(NEW), "/b.csv": answers.status(403)}
    with raises("request-refused"):
        home.fetch(card)
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}
    site.answers["/b.csv"] = answers.file(OTHER)
    site.asked.clear()
    home.fetch(card)
    assert site.asked_for("If-None-Match")[0] == answers.etag_of(NEW)  # it lay there already, and is not sent again
    assert _copy(home)["a.json"] == NEW


def test_a_schema_that_lost_a_field_keeps_the_last_copy(home: Home, site: Site) -> None:
    card = _two(home, site)
    site.answers["/a.json"] = answers.file(OLD.replace(b'"id": 5}', b'"ident": 5}'))
    with pytest.raises(FindingsError, match="1 fault"):
        home.fetch(card)
    assert _copy(home)["a.json"] == OLD


def test_half_of_the_records_gone_is_accepted_only_when_said(home: Home, site: Site) -> None:
    card = _two(home, site)
    half = json.dumps([{"id": number} for number in range(499)]).encode()
    site.answers["/a.json"] = answers.file(half)
    with pytest.raises(FindingsError, match=r"499 record\(s\), against 1000"):
        home.fetch(card)
    assert _copy(home)["a.json"] == OLD
    home.fetch(card, accept=True)
    assert _copy(home)["a.json"] == half


def test_exactly_half_is_no_half_answer(home: Home, site: Site) -> None:
    card = _two(home, site)
    site.answers["/a.json"] = answers.file(json.dumps([{"id": number} for number in range(500)]).encode())
    assert home.fetch(card).files["a.json"].records == 500


def test_without_a_network_the_last_copy_serves(home: Home, site: Site) -> None:
    card = _two(home, site)
    fetched = home.fetch(card, "http://127.0.0.1:1/")
    assert isinstance(fetched.unreachable, Unreachable)
    assert fetched.files["a.json"].records == 1000
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}


def test_without_a_network_and_without_a_copy_nothing_serves(home: Home, site: Site) -> None:
    with pytest.raises(Unreachable):
        home.fetch(home.files(site, a__json={}), "http://127.0.0.1:1/")


def test_a_version_of_another_address_says_nothing_of_this_one(home: Home, site: Site) -> None:
    card = _two(home, site)
    site.answers |= {"/copy/a.json": answers.cut(NEW, 10), "/copy/b.csv": answers.file(OTHER)}
    with raises("transfer-broken"):
        home.fetch(card, f"{site.address}/copy", attempts=1)
    site.answers |= {"/other/a.json": answers.file(NEW), "/other/b.csv": answers.file(OTHER)}
    site.asked.clear()
    home.fetch(card, f"{site.address}/other")
    assert site.asked_for("If-None-Match") == [None, None]
    assert site.asked_for("Range") == [None, None]
    assert _copy(home) == {"a.json": NEW, "b.csv": OTHER}


def test_what_was_at_fault_is_not_taken_up_again(home: Home, site: Site) -> None:
    card = home.files(site, a__json={})
    site.answers["/a.json"] = answers.file(b"[1, 2")
    with pytest.raises(FindingsError):
        home.fetch(card)
    site.answers["/a.json"] = answers.file(OLD, ETag=answers.etag_of(b"[1, 2"))
    assert home.fetch(card).files["a.json"].records == 1000


def test_a_spoilt_record_is_no_last_copy(home: Home, site: Site) -> None:
    card = _two(home, site)
    (fetched_folder(home.out, "source") / "source.yml").write_text("files: [1, 2]")
    home.fetch(card)
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}


def test_a_file_that_a_folder_lacks_is_named(home: Home, site: Site, tmp_path: Path) -> None:
    card = _two(home, site)
    with pytest.raises(MissingFile, match=r"a\.json"):
        home.fetch(card, str(tmp_path))
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}


def test_a_copy_fetched_elsewhere_can_be_taken(home: Home, site: Site) -> None:
    card = _two(home, site)
    there = home.out
    home.out = there.with_name("elsewhere")
    fetched = home.fetch(card, str(fetched_folder(there, "source")))
    assert fetched.files["a.json"].etag is None
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}


def test_two_sources_whose_names_begin_alike_keep_their_copies(home: Home, site: Site) -> None:
    site.answers["/x.json"] = answers.file(OLD)
    section = {"pause": 0, "files": {"x.json": {"address": f"{site.address}/x.json"}}}
    home.fetch(home.card(section, "labs-directory"))
    for _ in range(4):
        home.fetch(home.card(section, "labs"))
    assert (fetched_folder(home.out, "labs-directory") / "x.json").read_bytes() == OLD


def test_one_source_is_fetched_by_one_program_at_a_time(home: Home, site: Site) -> None:
    card = _two(home, site)
    with lock_folder(home.out / "fetched" / ".partial" / "source") as free:
        assert free
        with raises("fetch-in-progress"):
            home.fetch(card)
    home.fetch(card)


# --- kill -9 -----------------------------------------------------------------------------------------

_RUN = "from maillage.cli import command_line; import sys; sys.exit(command_line(sys.argv[1:]))"
_DIE_AT = "import os, shutil, maillage.files as files\ndef die(*_): os.kill(os.getpid(), 9)\n"
FAULTS = {
    "before the copy": "import maillage.sources.fetch.run as run\nrun._put = die\n",
    "in the middle of the copy": "real = shutil.copyfile\nshutil.copyfile = lambda a, b: (real(a, b), die())\n",
    "before the change": "files._point = die\n",
    "at the change": "move = os.replace\n"
    "files.Path.replace = lambda path, to: die() if path.suffix == '.link' else move(path, to)\n",
    "after the change": "files._forget_old = die\n",
}


def _command(home: Home, code: str = "") -> "subprocess.Popen[str]":
    words = ["fetch", "source", "--private-addresses", "--out", str(home.out)]
    return subprocess.Popen([sys.executable, "-c", code + _RUN, *words], cwd=ROOT, stderr=subprocess.PIPE, text=True)


def _killed(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def _reached(arrived: Callable[[], bool], site: Site, process: "subprocess.Popen[str]") -> None:
    while not arrived():
        assert process.poll() is None, process.communicate()
        site.hung_up.wait(0.01)


@pytest.mark.parametrize("at", [0, 1, 60_000, len(NEW) - 1])
def test_killed_while_a_file_arrives(home: Home, site: Site, at: int) -> None:
    card, done = _two(home, site), Event()
    part = home.out / "fetched" / ".partial" / "source" / "a.json.part"
    site.answers["/a.json"] = answers.in_turn(answers.cut(NEW, at, done), answers.file(NEW))
    process = _command(home)
    _reached(lambda: part.exists() and part.stat().st_size == at, site, process)
    _killed(process)
    done.set()
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}
    home.fetch(card)
    assert _copy(home) == {"a.json": NEW, "b.csv": OTHER}
    assert f"bytes={at}-" in site.asked_for("Range") or at == 0


def test_killed_between_two_files(home: Home, site: Site) -> None:
    card, done = _two(home, site), Event()
    site.answers |= {
        "/a.json": answers.file(NEW),
        "/b.csv": lambda request: (done.wait(20), answers.file(OTHER)(request))[1],
    }
    before = len(site.asked)
    process = _command(home)
    _reached(lambda: len(site.asked) == before + 2, site, process)
    _killed(process)
    done.set()
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}
    home.fetch(card)
    assert _copy(home)["a.json"] == NEW
    assert site.asked_for("If-None-Match")[-2] == answers.etag_of(NEW)


def test_a_disk_that_is_full_keeps_the_last_copy(home: Home, site: Site) -> None:
    card = _two(home, site)
    site.answers["/a.json"] = answers.file(NEW)
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
    process = _command(home, full)
    said = process.communicate()[1]
    assert (process.returncode, "Impossible d'écrire" in said) == (3, True), said
    assert _copy(home) == {"a.json": OLD, "b.csv": OTHER}
    home.fetch(card)
    assert _copy(home)["a.json"] == NEW


@pytest.mark.parametrize("moment", FAULTS)
def test_killed_while_the_copy_changes(home: Home, site: Site, moment: str) -> None:
    card = _two(home, site)
    site.answers["/a.json"] = answers.file(NEW)
    process = _command(home, _DIE_AT + FAULTS[moment])
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert _copy(home)["a.json"] == (NEW if moment == "after the change" else OLD)
    newest = NEW.replace(b'"id": 0,', b'"id": 9,')
    site.answers["/a.json"] = answers.file(newest)
    home.fetch(card)
    assert _copy(home) == {"a.json": newest, "b.csv": OTHER}
    assert list((home.out / "fetched" / ".partial" / "source").iterdir()) == []
