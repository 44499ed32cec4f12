"""The house holds: sizes, owners, names, settings, entry points, cases. Each rule is shown able to fail."""

import inspect
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from unittest.mock import Mock

import click
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

import maillage
from maillage.cli import COMMANDS
from maillage.cli.lazy import load
from maillage.terms import PREFIXES
from tests import detectors
from tests.cases import CARELESS, FAMILIES, case_folders
from tests.collected import cases_of
from tests.conftest import PRESENT, ROOT, check_need, required, undrawn

CARDS = {  # the folders that people read, and what they may hold
    "ontology": {".ttl", ".jsonld"},
    "data": {".yml", ".csv", ".sql", ".rq", ".gz"},  # .gz: one file, of all territories
    "graph": {".rq", ".ru", ".csv", ".yml", ".json"},  # .json: the schema of what `maillage read` proposes
    "queries": {".sql", ".rq", ".yml"},
    "visualize": {".yml", ".csv", ".html", ".css", ".js", ".ts", ".mjs", ".json"},
}
READ_IN_FULL = {".py", ".rq", ".yml", ".html", ".css", ".js", ".ts", ".mjs"}
Functions = dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]]


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


TRACKED = _tracked()
MACHINE = [path for path in TRACKED if path.suffix == ".py" and path.is_relative_to(ROOT / "maillage")]
PYTHON = [path for path in TRACKED if path.suffix == ".py"]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _at_fault(paths: list[Path], detector: Callable[[str], object]) -> dict[str, object]:
    found = {_name(path): detector(path.read_text(encoding="utf-8")) for path in paths}
    return {name: faults for name, faults in found.items() if faults}


def _texts() -> list[Path]:
    """Every tracked file that is text, but for test inputs whose bytes are the point."""
    careless = [path for path in TRACKED if path.is_relative_to(ROOT / "tests" / "cases")]
    return [path for path in TRACKED if path not in careless and b"\0" not in path.read_bytes()[:1000]]


# --- sizes -------------------------------------------------------------------------------------------


def test_no_file_is_too_long() -> None:
    files = [path for path in TRACKED if path.suffix in READ_IN_FULL and "cases" not in path.parts]
    assert _at_fault(files, detectors.too_long) == {}
    assert detectors.too_long("\n" * 301)


def test_no_function_has_too_many_branches() -> None:
    assert _at_fault(PYTHON, detectors.branchy_functions) == {}
    assert detectors.branchy_functions("def f():\n" + "    if x: pass\n" * 9) == ["f"]
    assert not detectors.branchy_functions("def f():\n" + "    if x: pass\n" * 8)


# --- owners ------------------------------------------------------------------------------------------


def test_no_sparql_in_python() -> None:
    assert _at_fault(MACHINE, detectors.sparql) == {}
    for code in (
        'q = "SELECT * WHERE { ?s ?p ?o }"',
        'q = f"ASK {{ {s} a {o} }}"',
        'q = "select ?s where { }"',
    ):
        assert detectors.sparql(code)
    assert not detectors.sparql('"""SELECT { in a docstring }"""\ntext = "{count} faults: ask again"')


def test_only_terms_writes_an_iri() -> None:
    others = [path for path in MACHINE if _name(path) != "maillage/terms.py"]
    assert _at_fault(others, detectors.own_iris) == {}
    assert _at_fault(others, detectors.glued_iris) == {}
    assert detectors.own_iris('x = "https://w3id.org/maillage/id/x"')
    for code in ('x = BASE + "id"', 'x = f"{terms.ID}body/{key}"', 'x = PREFIXES["mai"] + name'):
        assert detectors.glued_iris(code)
    assert not detectors.glued_iris('x = f"{ID} is the base"')


def test_only_the_palette_says_a_colour() -> None:
    pages = [path for path in TRACKED if path.is_relative_to(ROOT / "visualize") and path.name != "palette.yml"]
    assert _at_fault(MACHINE, lambda code: [t for t in detectors.strings(code) if detectors.colours(t)]) == {}
    assert _at_fault(pages, detectors.colours) == {}
    for text in ("color: #fff;", "#123F9E", "rgba(0, 0, 0, .5)"):
        assert detectors.colours(text)
    assert not detectors.colours("&#128269; #evidence #:~:text=")


def test_card_folders_hold_cards_only() -> None:
    assert [_name(path) for path in TRACKED if _is_stray(_name(path))] == []
    assert _is_stray("graph/__init__.py")
    assert _is_stray("queries/links/notes.txt")
    assert not _is_stray("queries/links/partners-of.rq")


def _is_stray(name: str) -> bool:
    folder, *_ = parts = Path(name).parts
    in_copy = folder == "data" and "copy" in parts  # of the files of a source, in their own forms
    return folder in CARDS and not in_copy and Path(name).suffix not in CARDS[folder]


# --- names and places ----------------------------------------------------------------------------------


def test_names_say_what_they_hold() -> None:
    found = {_name(path): detectors.vague_names(_name(path), path.read_text("utf-8")) for path in PYTHON}
    assert {name: vague for name, vague in found.items() if vague} == {}
    assert detectors.vague_names("maillage/graph/utils.py")
    assert detectors.vague_names("x.py", "class StoreManager: pass")
    assert detectors.vague_names("x.py", "def common(): pass")
    assert not detectors.vague_names("maillage/graph/canonical.py", "def commonality(): pass")
    assert not detectors.vague_names("x.py", "def common_neighbours(): pass")  # what network science calls them


def test_no_name_is_a_past_participle() -> None:
    found = {_name(path): detectors.participles(_name(path), path.read_text("utf-8")) for path in MACHINE}
    assert {name: words for name, words in found.items() if words} == {}
    for code in ("class _Measured: pass", "class A:\n async def told(self): pass", "def f():\n def _taken(): pass"):
        assert detectors.participles("x.py", code)
    assert detectors.participles("maillage/kept.py")
    assert not detectors.participles("seed.py", "def sorted_rows(): pass\nclass LabelledPair: pass\ndef _read(): pass")


def test_no_class_name_is_taken_twice() -> None:
    assert _taken_twice([path.read_text("utf-8") for path in MACHINE]) == []
    assert _taken_twice(["class Box: pass", "def f():\n    class Box: pass"]) == ["Box"]


def _taken_twice(texts: list[str]) -> list[str]:
    counts = Counter(name for text in texts for name in detectors.classes(text))
    return sorted(name for name, count in counts.items() if count > 1)


def test_no_machine_paths_and_no_registries() -> None:
    assert _at_fault(_texts(), detectors.machine_paths) == {}
    assert _at_fault(_texts(), detectors.registries) == {}
    assert detectors.machine_paths("see /" + "work/main/x")
    assert detectors.registries("https://files.python" + "hosted.org/x")


# --- settings ------------------------------------------------------------------------------------------


def test_every_setting_is_read_and_documented() -> None:
    rows = re.findall(r"^\| `(MAILLAGE_\w+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8"), re.MULTILINE)
    readers = [path for path in PYTHON if path.name not in ("test_house.py", "detectors.py")]
    read = set().union(*(detectors.settings_read(path.read_text("utf-8")) for path in readers))
    spoken = set().union(*(detectors.settings(path.read_text("utf-8")) for path in _texts()))
    assert rows == sorted(read)
    assert spoken - {"MAILLAGE_SPOKEN"} == read
    assert detectors.settings_read('x = os.environ["MAILLAGE_OUT"]') == {"MAILLAGE_OUT"}
    assert not detectors.settings_read('x = "set MAILLAGE_SPOKEN"')


def test_a_need_is_skipped_or_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRESENT, "chromium", lambda: False)
    with pytest.raises(pytest.skip.Exception):
        check_need("chromium", frozenset())
    with pytest.raises(pytest.fail.Exception, match="MAILLAGE_REQUIRE"):
        check_need("chromium", required("chromium, shared"))
    with pytest.raises(pytest.UsageError, match="unknown"):
        required("chromuim")


def test_a_sample_is_always_the_same_and_never_empty() -> None:
    tests = [_sampled(f"tests/x.py::test_{name}[{value}]") for name in "ab" for value in range(7)]
    left = {item.nodeid for item in undrawn([*tests])}
    assert {item.nodeid for item in undrawn([*reversed(tests)])} == left
    drawn = "".join(item.nodeid.partition("_")[2][0] for item in tests if item.nodeid not in left)
    assert drawn == "aaabbb"
    assert list(undrawn([tests[0]])) == []
    module = [_sampled(f"tests/x.py::test_{name}", own=False) for name in "abcdefg"]
    assert len(list(undrawn(module))) == 4


def _sampled(name: str, *, own: bool = True) -> pytest.Item:
    """`own`: marked itself, not by its module."""
    mark = pytest.mark.sample(3).mark
    closest = {"get_closest_marker.return_value": mark}
    return Mock(spec=pytest.Item, nodeid=name, own_markers=[mark] if own else [], **closest)


# --- entry points ----------------------------------------------------------------------------------------


def test_every_module_imports() -> None:
    modules = [module.name for module in pkgutil.walk_packages(maillage.__path__, "maillage.")]
    assert {name: why for name in modules if (why := _why_it_does_not_import(name))} == {}
    assert _why_it_does_not_import("maillage.nothing")


def _why_it_does_not_import(name: str) -> str:
    try:
        import_module(name)
    except (ImportError, SyntaxError) as error:
        return str(error)
    return ""


def test_every_command_of_the_table_is_one() -> None:
    assert [name for name, target in COMMANDS.items() if not isinstance(load(target), click.Command)] == []


def test_every_command_written_is_in_the_table() -> None:
    modules = [import_module(f"maillage.cli.{path.stem}") for path in (ROOT / "maillage/cli").glob("[a-z]*.py")]
    written = {id(thing) for module in modules for _, thing in inspect.getmembers(module, _is_command)}
    assert written == {id(load(target)) for target in COMMANDS.values()}


def _is_command(thing: object) -> bool:
    return isinstance(thing, click.Command)


def test_the_front_door_opens() -> None:
    assert all(getattr(maillage, name) for name in maillage.__all__)
    with pytest.raises(AttributeError):
        _ = maillage.nothing


# --- questions and cases ---------------------------------------------------------------------------------


def test_every_query_parses() -> None:
    assert _at_fault([path for path in TRACKED if path.suffix == ".rq"], _why_it_does_not_parse) == {}
    assert _why_it_does_not_parse("SELECT ?s WHERE { ?s ?p }")


def _why_it_does_not_parse(text: str) -> str:
    """On an empty store; the functions of ours that it calls are stood in for."""
    functions: Functions = {NamedNode(PREFIXES["fn"] + name): _nothing for name in re.findall(r"\bfn:(\w+)", text)}
    try:
        Store().query(text, custom_functions=functions)
    except SyntaxError as error:
        return str(error)
    return ""


def _nothing(*_: object) -> None:
    """A function that gives no value."""


def test_questions_never_say_graph() -> None:
    questions = [path for path in TRACKED if path.suffix == ".rq" and path.is_relative_to(ROOT / "queries")]
    assert _at_fault(questions, _says_graph) == {}
    assert _says_graph("SELECT * { GRAPH ?g { ?s ?p ?o } }")


def _says_graph(text: str) -> bool:
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return re.search(r"\b(GRAPH|FROM)\b", code) is not None


def test_cases_collected_are_the_folders(request: pytest.FixtureRequest) -> None:
    """This session collected them when it runs the whole suite; else the suite is collected apart."""
    folders = {f"{family}/{folder.name}" for family in FAMILIES for folder in case_folders(family)}
    if (found := set(cases_of(request.session.items))) != folders:
        found = _cases_of_the_suite()
    assert found == folders
    assert {name.split("/")[0] for name in folders} == set(FAMILIES)


def _cases_of_the_suite() -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.collected"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.split())


def test_no_case_lies_elsewhere() -> None:
    loose = [path for path in (ROOT / "tests/cases").iterdir() if path.name not in (*FAMILIES, *CARELESS)]
    assert [_name(path) for path in loose] == []
    with pytest.raises(ValueError, match="no family"):
        case_folders("mapping")
