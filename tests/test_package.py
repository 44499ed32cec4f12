"""What is installed: the wheel holds what git holds, the lock pins what is declared, imports are declared."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from maillage import __version__
from maillage.cli.refusal import EXTRA_OF
from maillage.visualize.portal.explorer import BUNDLES
from tests.conftest import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SPARK_LOCK = (ROOT / "requirements-spark.lock").read_text(encoding="utf-8")
APART = {"spark"}  # half a gigabyte, and Java besides: docs/decisions/0012
FRONT = "visualize/explorer"  # its sources stay in the repository; what they make is shipped
CARDS = ("ontology", "data", "graph", "queries", "visualize")
# Used through another: polars writes Excel with xlsxwriter and reads it with fastexcel. Tools: run, not imported.
NOT_IMPORTED = {
    "xlsxwriter",
    "fastexcel",
    "oxigraph",
    "import-linter",
    "mypy",
    "ruff",
    "uv",
    "pytest-xdist",
    "types-pyyaml",
    "types-networkx",
}


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~; ]", requirement)[0].lower() for requirement in requirements}


def _extras() -> dict[str, set[str]]:
    extras = PROJECT["project"]["optional-dependencies"]
    return {name: _names(wanted) for name, wanted in extras.items() if name != "all"}


BASE = _names(PROJECT["project"]["dependencies"])
DEV = _names(PROJECT["dependency-groups"]["dev"])


# `_typeshed` is the standard library's own types: type checkers know it, no distribution brings it.
STANDARD = {*sys.stdlib_module_names, "_typeshed"}


def _tracked(*folders: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, check=True)
    return {name for name in listed.stdout.decode().split("\0") if name}


def _imports(code: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(code)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    origins = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in plain | origins} - STANDARD


def _imported(*folders: str) -> set[str]:
    """Distributions that the Python files of these folders import."""
    files = [ROOT / name for name in _tracked(*folders) if name.endswith(".py")]
    modules = set().union(*(_imports(path.read_text(encoding="utf-8")) for path in files if path.exists()))
    known = packages_distributions()
    return {known.get(module, [module])[0].lower() for module in modules - {"bench", "drafting", "maillage", "tests"}}


def test_what_the_machine_imports_is_declared_and_nothing_else() -> None:
    declared = BASE.union(*_extras().values())
    assert _imported("maillage") | (NOT_IMPORTED & declared) == declared


def test_what_the_tests_import_is_declared_and_nothing_else() -> None:
    declared = BASE.union(DEV, *_extras().values())
    imported = _imported("tests", "hatch_build.py", "docs", "maillage")
    assert imported <= declared
    assert declared - imported <= NOT_IMPORTED


def test_imports_are_found_inside_functions() -> None:
    assert _imports("import os\ndef f():\n    import heavy.part\n    from other import x") == {
        "heavy",
        "other",
    }


def test_the_cure_for_a_missing_extra_names_the_right_one() -> None:
    known = packages_distributions()
    by_distribution = {known.get(module, [module])[0].lower(): extra for module, extra in EXTRA_OF.items()}
    largest_first = sorted(_extras().items(), key=lambda extra: -len(extra[1]))
    assert by_distribution == {name: extra for extra, names in largest_first for name in names}


def test_all_is_every_extra_but_those_set_apart() -> None:
    named = [name for name in _extras() if name not in APART]
    assert PROJECT["project"]["optional-dependencies"]["all"] == [f"maillage[{','.join(named)}]"]


def _pins(lock: str) -> dict[str, str]:
    """Version of each distribution that a lock pins, each with its hashes."""
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert all(re.match(r"[a-z0-9.-]+==", entry) and "--hash=sha256:" in entry for entry in entries)
    return dict(re.split(r"==|[ ;\\]", entry, maxsplit=2)[:2] for entry in entries)


def test_the_lock_pins_all_that_is_declared_with_hashes() -> None:
    extras = [names for extra, names in _extras().items() if extra not in APART]
    assert _pins(LOCK).keys() >= BASE.union(DEV, *extras)
    assert not _pins(LOCK).keys() & _extras()["spark"]


def test_the_lock_of_spark_adds_spark_and_changes_nothing() -> None:
    added = _pins(SPARK_LOCK).items() - _pins(LOCK).items()
    assert {name for name, _ in added} == _extras()["spark"]


def test_the_locks_say_no_address() -> None:
    assert not re.search(r"https?:|--(extra-)?index|file:|/", LOCK + SPARK_LOCK)


def test_one_version_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder: Path = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_cards_that_git_holds(wheel: set[str]) -> None:
    """hatchling ships whatever lies in a folder, tracked or not."""
    shipped = {name.removeprefix("maillage/_assets/") for name in wheel if name.startswith("maillage/_assets/")}
    built = {name for name in shipped if name.startswith(f"{FRONT}/dist/")}
    sources = {name for name in _tracked(*CARDS) if name.startswith(f"{FRONT}/")}
    assert shipped - built == _tracked(*CARDS) - sources
    assert built == {f"{FRONT}/dist/{name}" for name in BUNDLES}


def test_the_wheel_holds_the_machine_and_nothing_else(wheel: set[str]) -> None:
    rest = {name for name in wheel if not name.startswith("maillage/_assets/") and ".dist-info/" not in name}
    assert rest == _tracked("maillage")


def test_the_wheel_carries_both_licences(wheel: set[str]) -> None:
    assert {name.rpartition("/")[2] for name in wheel if "/licenses/" in name} == {"LICENSE", "LICENSE-DATA"}
