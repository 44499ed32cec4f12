"""What the commands take: builds beside the raw engine, everything at once, the portal; on real sources.

The sources that lie beside the project are fetched from there, once; a build of the sources of release 0.1.0 alone sees
no other folder of data.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.part import FIRST_RELEASE, Data, Row, Work, count_lines, load_raw, said_of
from bench.work import Cost, disk_mb, maillage
from tests.sources.registers import take

NINE = (
    "annuaire",
    "annuaire-2019",
    "betagouv",
    "codegouv",
    "cog",
    "cordis",
    "eig-defis",
    "numerique-gouv",
    "openagenda",
)
SLOW_QUESTIONS = ("gaps", "coverage-by-territory", "counts-by-source")
PORTAL_OF = ("betagouv", "eig-defis", "codegouv")


def works(data: Data) -> Iterator[Work]:
    release = "build, release 0.1.0"
    yield Work(release, lambda: _build(data, "build-small", data.first, only=FIRST_RELEASE), ("build-small",))
    yield Work("run, release 0.1.0", lambda: _everything(data), ("run",), 4)
    yield Work("build, default", lambda: _build(data, "", data.cache / "default"), minutes=5)
    if data.real_sources:
        large, sources = data.cache / "directory", (*FIRST_RELEASE, "annuaire-2019")
        what = "build, directory of 2019"
        yield Work(what, lambda: _build(data, "build-large", large, sources[-1:], sources), ("build-large",), 8)
        yield Work("portal", lambda: _portal(data.cache / "portal"), ("portal",), 7)
        both = ("registers", "registers-questions")
        yield Work("registers", lambda: _registers(data.cache / "registers"), both, 16)


def _build(data: Data, goal: str, out: Path, more: Sequence[str] = (), only: Sequence[str] = ()) -> Iterator[Row]:
    """Each run of a build is followed by the raw engine's on the same statements; the median of the ratios."""
    fetch(more, out)
    words = ["build", "--out", str(out), *(["--only", ",".join(only)] if only else [])]
    pairs: list[tuple[Cost, dict[str, float]]] = []
    for _ in range(data.runs if goal == "build-small" else 1):
        built = maillage(*words)
        with tempfile.TemporaryDirectory(dir=data.cache) as folder:
            pairs.append((built, load_raw(out / "graph" / "graph.nq", Path(folder, "store"))))
    pairs.sort(key=lambda pair: pair[0].cpu / pair[1]["load_s"])
    built, raw = pairs[len(pairs) // 2]
    graph = out / "graph"
    lines = count_lines(graph / "graph.nq")
    figures = built.figures() | {"disk_mb": disk_mb(graph.resolve()), "raw_s": raw["load_s"]}
    figures |= {"ratio": built.cpu / raw["load_s"], "us_a_statement": built.cpu / lines * 1e6}
    yield Row(f"build: {out.name}", said_of(lines), figures, goal, tuple(words))


def fetch(sources: Sequence[str], out: Path) -> None:
    for source in sources:
        take(source, out)


def _everything(data: Data) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(dir=data.cache) as folder:
        out = Path(folder, "out")
        cost = maillage("run", "--out", str(out), "--only", ",".join(FIRST_RELEASE))
        lines = count_lines(out / "graph" / "graph.nq")
        yield Row("maillage run", said_of(lines), cost.figures() | {"disk_mb": disk_mb(out)}, "run")


def _portal(out: Path) -> Iterator[Row]:
    sources = (*FIRST_RELEASE, *PORTAL_OF)
    fetch(PORTAL_OF, out)
    maillage("build", "--out", str(out), "--only", ",".join(sources))
    folder = out / "site"
    words = ["portal", str(folder), "--out", str(out), "--allow", "private"]
    cost = maillage(*words)
    files = sum(1 for one in folder.rglob("*") if one.is_file())
    figures = cost.figures() | {"disk_mb": disk_mb(folder), "files": files}
    yield Row("portal", said_of(count_lines(out / "graph" / "graph.nq")), figures, "portal", tuple(words))


def _registers(out: Path) -> Iterator[Row]:
    fetch(NINE, out)
    words = ["build", "--out", str(out), "--only", ",".join((*FIRST_RELEASE, *NINE))]
    cost = maillage(*words)
    size = said_of(count_lines(out / "graph" / "graph.nq"))
    yield Row(
        "build: nine registers", size, cost.figures() | {"disk_mb": disk_mb(out / "graph")}, "registers", tuple(words)
    )
    for question in SLOW_QUESTIONS:
        asked = ["ask", "--out", str(out), "--allow", "private", question]
        yield Row(question, size, maillage(*asked).figures(), "registers-questions", tuple(asked))
