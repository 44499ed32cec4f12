"""A format is one file and one line: a made-up one, registered here, is found in every door."""

import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.requests import Request

import maillage.cli
from maillage import answer
from maillage.answer.portal import draw_portal
from maillage.assets import CHECKOUT
from maillage.cli.lazy import Settings, explain, load
from maillage.export import ANSWERS, FORMATS, Format, find_format, formats
from maillage.web import pages
from maillage.web.folder import Folder, media_type
from tests.refusals import raises
from tests.web.conftest import apart

COMMANDS = ("release:export", "map:figure", "map:graph", "network:measures", "synergies:synergies")


def _written(content: Any, *_: Any) -> bytes:
    return f"made up of {type(content).__name__}".encode()


def _file(name: str, *contents: Any) -> Format:
    writers = dict.fromkeys(contents, "made_up")
    return Format(name, f"Made-up {name}", f"text/x-{name}; charset=utf-8", f"{name}x", writers)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The commands as a process reads them that begins with the new lines."""
    monkeypatch.setitem(sys.modules, "maillage.export.made_up", SimpleNamespace(write=_written))
    for form in (_file("rows", "table"), _file("triples", "graph", "page"), _file("turned", "data")):
        monkeypatch.setitem(FORMATS, form.name, form)
    for form in (_file("ties", "network"), _file("plate", "figure"), _file("advice", "suggestions")):
        monkeypatch.setitem(FORMATS, form.name, form)
    here = {name: module for name, module in sys.modules.items() if name.startswith("maillage.cli.")}
    for name, module in here.items():
        monkeypatch.setattr(maillage.cli, name.rpartition(".")[2], module)  # put back at the end, as what follows is
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "maillage.cli.lazy", here["maillage.cli.lazy"])
    commands = {target.partition(":")[2]: load(f"maillage.cli.{target}") for target in COMMANDS}
    yield {"Target": import_module("maillage.cli.ask").Target, **commands}
    for name in [name for name in sys.modules if name.startswith("maillage.cli.")]:
        del sys.modules[name]


def _run(command: Any, out: Path, *args: str, lang: str = "en") -> None:
    done = CliRunner().invoke(command, args, obj=Settings(lang, out), catch_exceptions=False)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("command", "args", "suffix", "said"),
    [
        ("export", ("triples",), "nt", "bytes"),
        ("figure", ("territories",), "platex", "Sheet"),
        ("graph", ("territories",), "tiesx", "NetworkFile"),
        ("synergies", ("--top", "1", "--advice"), "any", "dict"),
        ("measures", (), "rowsx", "Table"),
    ],
)
def test_a_command_writes_it(
    command: str, args: tuple[str, ...], suffix: str, said: str, made_up: Any, built_out: Path, tmp_path: Path
) -> None:
    target = tmp_path / f"file.{suffix}"
    _run(made_up[command], built_out, *args, "-o", str(target))
    assert target.read_text().strip() == f"made up of {said}"


def test_a_folder_of_tables_is_made_of_it(made_up: Any, built_out: Path, tmp_path: Path) -> None:
    _run(made_up["export"], built_out, "rows", "-o", str(tmp_path / "tables"))
    assert {path.suffix for path in (tmp_path / "tables").iterdir()} == {".rowsx"}


def test_a_question_is_answered_in_it_by_name_and_by_suffix(made_up: Any, built_out: Path, tmp_path: Path) -> None:
    question = load("maillage.cli.ask:ask")
    for more in (("--format", "rows", "-o", str(tmp_path / "any.one")), ("-o", str(tmp_path / "any.rowsx"))):
        _run(question, built_out, "counts", *more)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"made up of Table"}


def test_help_and_refusals_say_it(made_up: Any) -> None:
    commands = {name: explain(command, name, "en") for name, command in made_up.items() if name != "Target"}
    said = {name: " ".join(getattr(part, "help", None) or "" for part in one.params) for name, one in commands.items()}
    assert ", rows, triples" in said["measures"] and "triples" in said["measures"] and "plate" not in said["measures"]
    assert "plate" in str(commands["figure"].help) and "ties" in str(commands["graph"].help)
    assert ".platex" in said["figure"] and ".tiesx" in said["graph"] and "Made-up advice" in said["synergies"]
    assert "rows" in str(commands["export"].help) and "triples" in str(commands["export"].help)
    for contents in (ANSWERS, ("network",), ("figure",)):
        with raises("unknown-format") as refused:
            find_format("docx", *contents)
        assert refused.value.places["known"] == ", ".join(formats(*contents))


@pytest.mark.slow
def test_the_portal_and_its_explorer_hold_it(made_up: Any, built_out: Path) -> None:
    files: dict[str, bytes] = {}
    with answer.open(built_out, endpoint="") as graph:
        for name, body in draw_portal(graph):
            files[name] = body
            if name == "data/texts.js":
                break
    page = next(name for name in files if name.startswith("id/organisation/") and name.endswith(".html"))
    assert files[page.replace(".html", ".triplesx")] == b"made up of bytes"
    assert b'.triplesx">Made-up triples</a>' in files[page]
    listed = json.loads(files["data/texts.js"].decode().partition("window.maillageFormats=")[2].rstrip(";\n"))
    assert listed["triples"] == {"label": "Made-up triples", "type": "text/x-triples", "page": "triplesx"}
    assert listed.keys() == FORMATS.keys()


def _asked(release: object, path: str, accept: str) -> Any:
    headers = [(b"accept", accept.encode())]
    scope = {"type": "http", "headers": headers, "path_params": {"path": path}, "state": {"release": release}}
    return apart(pages.thing(Request(scope)))


def test_the_server_negotiates_it_and_sends_it(made_up: Any, tmp_path: Path) -> None:
    (tmp_path / "id").mkdir()
    for suffix in ("html", "ttl", "triplesx"):
        (tmp_path / "id" / f"x.{suffix}").write_text("")
    release = SimpleNamespace(files=Folder(tmp_path.resolve()))
    assert _asked(release, "x", "text/x-turned").headers["location"] == "/id/x.turnedx"
    found = _asked(release, "x", "text/x-triples")
    assert found.headers["location"] == "/id/x.triplesx"
    assert '</id/x.turnedx>; rel="alternate"; type="text/x-turned"' in found.headers["link"]
    turned = _asked(release, "x.turnedx", "*/*")
    assert (turned.body, turned.media_type) == (b"made up of bytes", "text/x-turned; charset=utf-8")
    assert media_type(Path("x.triplesx")) == "text/x-triples; charset=utf-8"


def test_what_the_explorer_writes_is_known_here() -> None:
    """It has its own writers, since a page opened from a disk asks nobody; their names and types are those of here."""
    source = (CHECKOUT / "visualize" / "explorer" / "src" / "export" / "index.ts").read_text(encoding="utf-8")
    block = source.partition("const WRITERS = {")[2].partition("\n};")[0]
    written = set(re.findall(r"^  (\w+):", block, re.M))
    assert written - FORMATS.keys() == {"rq"} and len(written) > 5  # a question is no content of ours
