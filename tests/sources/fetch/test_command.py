"""`maillage fetch` as it is typed: what it says in both languages, and the code that it ends with."""

import subprocess
import sys
from pathlib import Path

import pytest

from maillage.cli import command_line
from tests.conftest import ROOT
from tests.sources import agendas
from tests.sources.fetch import site as answers
from tests.sources.fetch.conftest import Home
from tests.sources.fetch.site import Site

BODY = b'[{"id": 1}, {"id": 2}]'


@pytest.fixture
def fetched(home: Home, site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A source of one file, already fetched once."""
    monkeypatch.setenv("MAILLAGE_LANG", "fr")
    monkeypatch.setenv("MAILLAGE_OUT", str(home.out))
    site.answers["/x.json"] = answers.file(BODY)
    home.files(site, x__json={"fields": ["id"]})
    assert command_line(["fetch", "source", "--private-addresses"]) == 0
    return site


def test_what_was_taken_is_said(fetched: Site, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert command_line(["fetch", "source", "--private-addresses", "--out", str(tmp_path / "new")]) == 0
    said = capsys.readouterr()
    assert said.out == f"x.json : 2 enregistrements, 22 octets\n-> {tmp_path / 'new' / 'fetched' / 'source'}\n"
    assert said.err == "source/x.json…\n"


def test_what_did_not_change_is_said(fetched: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["fetch", "--all", "--private-addresses", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("x.json: 2 records, 22 bytes, unchanged\n-> ")


@pytest.mark.parametrize(("lang", "said"), [("fr", "reste en place."), ("en", "stays in place.")])
def test_a_refusal_says_that_the_last_copy_stays(
    fetched: Site, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    fetched.answers["/x.json"] = answers.bare(b"<html>")
    assert command_line(["fetch", "source", "--private-addresses", "--lang", lang]) == 1
    err = capsys.readouterr().err
    assert said in err
    assert "HTML" in err


@pytest.mark.parametrize(("lang", "said"), [("fr", "attention : 127.0.0.1"), ("en", "warning: 127.0.0.1")])
def test_without_a_network_the_last_copy_serves_with_a_warning(
    fetched: Site, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    words = ["fetch", "source", "--private-addresses", "--from", "http://127.0.0.1:1", "--lang", lang]
    assert command_line(words) == 0
    shown = capsys.readouterr()
    assert shown.err.startswith(said)
    assert shown.out.startswith("x.json")


def test_half_of_the_records_is_taken_when_it_is_accepted(fetched: Site) -> None:
    fetched.answers["/x.json"] = answers.file(b"[" + b'{"id": 1},' * 9 + b'{"id": 1}]')
    assert command_line(["fetch", "source", "--private-addresses"]) == 0
    fetched.answers["/x.json"] = answers.file(BODY)
    assert command_line(["fetch", "source", "--private-addresses"]) == 1
    assert command_line(["fetch", "source", "--private-addresses", "--accept"]) == 0


def test_this_machine_is_refused_unless_it_is_allowed(fetched: Site, capsys: pytest.CaptureFixture[str]) -> None:
    before = len(fetched.asked)
    assert command_line(["fetch", "source"]) == 1
    assert "Si c'est voulu : --private-addresses." in capsys.readouterr().err
    assert len(fetched.asked) == before


def test_one_source_at_fault_does_not_stop_the_others(
    fetched: Site, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.card({"pause": 0, "files": {"y.json": {"address": f"{fetched.address}/y.json"}}}, "absent")
    home.card({"files": {}}, "faulty")
    home.card(None, "without")
    assert command_line(["fetch", "--all", "--private-addresses"]) == 3
    said = capsys.readouterr()
    assert said.out.startswith("x.json")
    assert "code 404" in said.err
    assert "fetch.files doit nommer" in said.err
    assert "without" not in said.err + said.out


def test_a_folder_holds_a_folder_a_source_for_all(home: Home, fetched: Site, tmp_path: Path) -> None:
    assert command_line(["fetch", "--all", "--from", str(home.out / "fetched"), "--out", str(tmp_path / "b")]) == 0
    assert (tmp_path / "b" / "fetched" / "source" / "x.json").read_bytes() == BODY


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["source", "--all"], 2),
        (["nothing"], 2),
        (["source", "--from", "nowhere"], 1),
        (["source", "--from", "ftp://example.org/"], 1),
        (["source", "--from", "https://me:word@example.org/"], 1),
    ],
)
def test_what_makes_no_sense_is_refused(
    fetched: Site, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    assert command_line(["fetch", *words]) == code
    said = capsys.readouterr().err
    assert said
    assert "me:word" not in said


def test_where_no_card_says_what_to_fetch_the_section_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.card(None)
    assert command_line(["fetch", "--all"]) == 2
    assert "fetch:" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(
    fetched: Site, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "fetched").write_text("a file where the folder would be")
    assert command_line(["fetch", "source", "--private-addresses", "--out", str(tmp_path)]) == 3
    assert "Impossible d'écrire" in capsys.readouterr().err


def test_without_its_libraries_the_extra_is_named(home: Home) -> None:
    absent = "import sys; sys.modules.update(dict.fromkeys(('httpx', 'tenacity')))\n"
    run = "from maillage.cli import command_line; sys.exit(command_line(['fetch', 'source']))"
    done = subprocess.run([sys.executable, "-c", absent + run], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("maillage[sources]")) == (3, 1), done.stderr


def test_a_card_is_read_and_a_copy_found_without_them(home: Home) -> None:
    absent = "import sys; sys.modules.update(dict.fromkeys(('httpx', 'tenacity')))\n"
    done = subprocess.run([sys.executable, "-c", f"{absent}import maillage.sources.fetch"], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.needs("shared")
@pytest.mark.parametrize(("source", "count"), [("icalendar", 393), ("schema-org", 21)])
def test_an_agenda_is_taken_from_the_address_that_is_given(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str, count: int
) -> None:
    body = agendas.FILES[source][1]()
    site.answers["/agenda"] = answers.file(body)
    words = ["fetch", source, "--private-addresses", "--lang", "en", "--out", str(tmp_path)]
    assert command_line([*words, "--from", f"{site.address}/agenda"]) == 0
    assert f"{count} records" in capsys.readouterr().out
    assert command_line([*words, "--from", f"{site.address}/agenda"]) == 0
    assert "unchanged" in capsys.readouterr().out
    (tmp_path / "mine").write_bytes(body)
    assert command_line([*words, "--from", str(tmp_path / "mine")]) == 0
    assert "unchanged" in capsys.readouterr().out
    assert command_line(words) == 2
    said = capsys.readouterr().err
    assert f"maillage fetch {source} --from ADDRESS|FILE" in said
    assert "stays in place" in said


def test_a_source_without_an_address_is_left_out_of_all(
    home: Home, fetched: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.card({"files": {"z.json": {"given": True}}}, "agenda")
    assert command_line(["fetch", "--all", "--private-addresses"]) == 0
    assert "z.json" not in capsys.readouterr().out
    (tmp_path / "z").write_bytes(BODY)
    assert command_line(["fetch", "agenda", "--from", str(tmp_path / "z")]) == 0
    copies = str(home.out / "fetched")
    assert command_line(["fetch", "--all", "--from", copies, "--out", str(tmp_path / "b")]) == 0
    assert (tmp_path / "b" / "fetched" / "agenda" / "z.json").read_bytes() == BODY


def test_a_source_that_waits_for_a_key_or_a_graph_does_not_fail_the_others(
    home: Home, fetched: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OF_ONES_OWN", raising=False)
    home.card({"pause": 0, "files": {"k.json": {"address": f"{fetched.address}/k?key={{OF_ONES_OWN}}"}}}, "locked")
    asked = {"address": f"{fetched.address}/sparql", "question": "q.rq", "codes": "SIREN"}
    home.card({"pause": 0, "files": {"q.json": asked}}, "asked")
    (home.folder / "data" / "asked" / "q.rq").write_text("SELECT * { VALUES ?code { UNDEF } }", encoding="utf-8")
    assert command_line(["fetch", "--all", "--private-addresses", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "OF_ONES_OWN" in said.err
    assert "There is no graph" in said.err
    assert said.out.startswith("x.json")
    assert command_line(["fetch", "locked", "--private-addresses"]) == 2
    assert command_line(["fetch", "asked", "--private-addresses"]) == 3
