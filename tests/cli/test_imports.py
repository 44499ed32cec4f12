"""What a command imports, in a process of its own: modules are told by name, since times are those of the machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_LISTED = """
import atexit, sys
from maillage.cli import main
atexit.register(lambda: print("modules:", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr))
sys.argv[0] = "maillage"
main()
"""
FRAMES = {"polars", "pandas", "pyarrow", "duckdb"}
GRAPHS = {"pyoxigraph", "rdflib", "pyshacl", "sqlite3"}
NETWORKS = {"igraph", "networkx", "numpy", "scipy", "sklearn"}
DRAWING = {"matplotlib", "pyvis", "jinja2"}
OTHERS = {"httpx", "starlette", "uvicorn", "splink"}
ALL = FRAMES | GRAPHS | NETWORKS | DRAWING | OTHERS


def _imported(out: Path, *words: str) -> set[str]:
    environment = {**os.environ, "MAILLAGE_OUT": str(out)}
    command = [sys.executable, "-c", _LISTED, *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("modules:")[2].split())


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--help"], ALL),
        (["--version"], ALL),
        (["ask", "--list"], ALL),
        (["ask", "--help"], ALL),
        (["ask", "partners-of", "--help"], ALL),
        (["measures", "--help"], ALL),
        (["ask", "labels"], NETWORKS | DRAWING | OTHERS | {"rdflib", "pyshacl", "duckdb"}),
        (["measures"], DRAWING | OTHERS | {"networkx", "pyshacl", "duckdb"}),  # credits parse
        (["communities"], DRAWING | OTHERS | {"networkx", "rdflib", "pyshacl", "duckdb"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_leaves_out(words: list[str], absent: set[str], built_out: Path) -> None:
    assert _imported(built_out, *words) & absent == set()


def test_what_a_command_needs_is_seen(built_out: Path, tmp_path: Path) -> None:
    """igraph without its drawings computes, and what draws still has matplotlib."""
    assert {"igraph", "polars"} <= _imported(built_out, "measures")
    drawn = tmp_path / "map.svg"
    assert {"igraph", "matplotlib"} <= _imported(built_out, "figure", "labs-and-carriers", "-o", str(drawn))
    assert drawn.read_text(encoding="utf-8").count("<path") > 10


def test_elsewhere_igraph_is_whole() -> None:
    code = "import maillage.cli, sys, igraph; sys.exit('matplotlib' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
