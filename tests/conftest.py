"""What a test may need from the machine, and whether its absence is a reason to skip or a failure."""

import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from maillage.store import EmbeddedStore
from tests.cases import ARTICLE_SOURCES, TODAY, case_name, core_sources
from tests.shared_run import Commands, SharedRun

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def chromium_path() -> str | None:
    """Debian's browser, under either of its names."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def oxigraph_path() -> str | None:
    """The server, which the package `oxigraph` lays beside the interpreter."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


PRESENT: dict[str, Callable[[], bool]] = {
    "chromium": lambda: chromium_path() is not None,
    "oxigraph-server": lambda: oxigraph_path() is not None,
    "raptor": lambda: shutil.which("rapper") is not None,
    "readers": lambda: all(find_spec(name) for name in ("mammoth", "odfdo", "pypdf")),
    "shared": SHARED.is_dir,
    "spark": lambda: find_spec("pyspark") is not None and shutil.which("java") is not None,
    "virtuoso": lambda: shutil.which("virtuoso-t") is not None,
}


MARKS = {"chromium": "browser", "oxigraph-server": "engine", "spark": "measure", "virtuoso": "engine"}
SEED = 17  # of the samples


def required(text: str) -> frozenset[str]:
    """The names in MAILLAGE_REQUIRE; one that nobody knows is an error, or it would require nothing."""
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    unknown = names - PRESENT.keys()
    if unknown:
        raise pytest.UsageError(f"MAILLAGE_REQUIRE: {sorted(unknown)} unknown; known: {sorted(PRESENT)}")
    return names


def pytest_configure(config: pytest.Config) -> None:
    # A worker has one core; threads of OpenMP that wait for each other spin, and learning took seven times as long.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    required(os.environ.get("MAILLAGE_REQUIRE", ""))


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    return case_name(val)


@pytest.hookimpl(tryfirst=True)  # before -m chooses by the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what `make test` leaves to `make test-all`.

    Of that, tests that read what a run over every source wrote: they come last, so that no worker waits for it.
    """
    for item in items:
        needed = {name for mark in item.iter_markers("needs") for name in mark.args}
        for name in sorted({MARKS[name] for name in needed & MARKS.keys()}):
            item.add_marker(name)
    last = [item for item in items if "ran" in getattr(item, "fixturenames", ())]
    for item in (*last, *undrawn(items)):
        item.add_marker("slow")
    items.sort(key=set(last).__contains__)


def undrawn(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Of each function or module marked as a sample, the tests that are not in it: always the same, never all of them.

    The mark of a function is before that of its module.
    """
    groups: dict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if mark := item.get_closest_marker("sample"):
            end = "[" if mark in item.own_markers else "::"
            groups[item.nodeid.partition(end)[0], *mark.args].append(item)
    for (_, one_in), group in groups.items():
        group.sort(key=lambda item: crc32(f"{SEED} {item.nodeid}".encode()))
        yield from group[-(-len(group) // one_in) :]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            check_need(name, required(os.environ.get("MAILLAGE_REQUIRE", "")))


def check_need(name: str, must: frozenset[str]) -> None:
    """Skips, saying why, when `name` is absent; fails when it is required here, or when nobody knows it."""
    if name not in PRESENT:
        pytest.fail(f"needs({name!r}): known names are {sorted(PRESENT)}")
    if PRESENT[name]():
        return
    if name in must:
        pytest.fail(f"{name} is absent, and MAILLAGE_REQUIRE names it")
    pytest.skip(f"{name} is absent from this machine")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository; ask for it under `@pytest.mark.needs("shared")`."""
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; ask for it under `@pytest.mark.needs("chromium")`."""
    return chromium_path() or ""


def _shared(
    request: pytest.FixtureRequest, name: str, building: Commands, whole: Commands, fixtures: tuple[str, str]
) -> Iterator[SharedRun]:
    """Begins `whole` before the first test when a test needs the second of `fixtures`, else `building` for the first.

    Whoever began it waits for its end, as others may read it.
    """
    needs = {used for item in request.session.items for used in getattr(item, "fixturenames", ())}
    factory, worker = request.getfixturevalue("tmp_path_factory"), request.getfixturevalue("worker_id")
    base = factory.getbasetemp()
    root = (base if worker == "master" else base.parent) / name
    if not needs & set(fixtures):
        yield SharedRun(root)
        return
    found, process = SharedRun.begun(root, [whole] if fixtures[1] in needs else [building, whole])
    yield found
    if process:
        process.wait()


@pytest.fixture(scope="session", autouse=True)
def article_run(request: pytest.FixtureRequest) -> Iterator[SharedRun]:
    building = ["build", "--only", ",".join(ARTICLE_SOURCES), "--today", TODAY]
    whole = [building, ["portal", "mon-portail"]]
    yield from _shared(request, "article", [building], whole, ("built_out", "article_portal"))


@pytest.fixture(scope="session", autouse=True)
def core_run(request: pytest.FixtureRequest) -> Iterator[SharedRun]:
    words = ["--only", ",".join(core_sources()), "--today", TODAY]
    yield from _shared(request, "core", [["build", *words]], [["run", *words]], ("built", "ran"))


@pytest.fixture(scope="session", autouse=True)
def default_run(request: pytest.FixtureRequest) -> Iterator[SharedRun]:
    building = [["build", "--today", TODAY]]
    yield from _shared(request, "default", building, building, ("default", ""))


@pytest.fixture(scope="session")
def default(default_run: SharedRun) -> EmbeddedStore:
    """The graph of the default build, to ask; a minute to build, so for what the core does not hold."""
    assert default_run.built
    return EmbeddedStore(default_run.store)


@pytest.fixture(scope="session")
def built_out(article_run: SharedRun) -> Path:
    """An output folder with a build of the article and what it needs; tests read it only."""
    return article_run.built


@pytest.fixture(scope="session")
def article_portal(article_run: SharedRun) -> Path:
    """The portal of `built_out`, as `maillage portal mon-portail` writes it in French."""
    return article_run.ran[0].parent / "mon-portail"


@pytest.fixture(scope="session")
def built(core_run: SharedRun) -> SharedRun:
    """The graph of the core sources, and its report."""
    assert core_run.built
    return core_run


@pytest.fixture(scope="session")
def ran(core_run: SharedRun) -> tuple[Path, str]:
    """Where `maillage run` of the core sources wrote everything, and what it said, in French."""
    return core_run.ran


@pytest.fixture(scope="session")
def core(built: SharedRun) -> EmbeddedStore:
    """The graph of the core sources, to ask."""
    return EmbeddedStore(built.store)


@pytest.fixture(scope="session")
def browser(chromium: str) -> "Iterator[Browser]":
    """One browser a process: Playwright runs once in a thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield found
        found.close()
