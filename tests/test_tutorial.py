"""The tutorial notebook runs on a build, cell by cell, and what it shows is rich and inert."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from maillage.table import Column, Table
from tests.conftest import ROOT

TUTORIAL = ROOT / "docs" / "tutorial.ipynb"


def _cells(kind: str) -> list[dict[str, Any]]:
    cells = json.loads(TUTORIAL.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def test_outputs_are_not_kept() -> None:
    assert [cell for cell in _cells("code") if cell["outputs"] or cell["execution_count"]] == []
    assert len({cell["id"] for kind in ("code", "markdown") for cell in _cells(kind)}) == len(
        _cells("code") + _cells("markdown")
    )


@pytest.fixture(scope="module")
def shown(built_out: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """For each cell of code, what a notebook would show of its value, by media type."""
    out = shutil.copytree(built_out, tmp_path_factory.mktemp("tutorial") / "out", symlinks=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_OUT", os.fspath(out))
        patch.setenv("IPYTHONDIR", os.fspath(tmp_path_factory.mktemp("ipython")))
        return _run()


def _run() -> dict[str, dict[str, Any]]:
    made: Any = InteractiveShell
    shell = made()
    found: dict[str, dict[str, Any]] = {}
    for cell in _cells("code"):
        source = "".join(cell["source"])
        with capture_output():
            done = shell.run_cell(source, store_history=False)
        assert done.success, f"{source}\n{done.error_before_exec or done.error_in_exec}"
        found[source.splitlines()[-1]] = shell.display_formatter.format(done.result)[0]
    return found


@pytest.mark.slow
def test_every_cell_runs(shown: dict[str, dict[str, Any]]) -> None:
    assert len(shown) == len(_cells("code"))


@pytest.mark.slow
def test_a_table_a_map_and_a_figure_are_shown(shown: dict[str, dict[str, Any]]) -> None:
    assert "<table>" in shown["labs"]["text/html"]
    page = shown['g.draw("edition")']["text/html"]
    assert page.startswith('<iframe sandbox="allow-scripts') and "allow-same-origin" not in page
    assert "<svg" in shown['g.figure("co-organisation")']["image/svg+xml"]


def test_a_hostile_table_is_inert_in_a_notebook() -> None:
    row = {"body": "javascript:alert(1)", "bodyLabel": "<img src=x onerror=alert(1)>", "page": 'https://x/"><script>'}
    columns = [Column("body", "iri"), Column("bodyLabel", "label", "fr"), Column("page", "iri")]
    html = Table.from_rows([row], columns)._repr_html_()
    assert "<img" not in html and "<script" not in html and "javascript:" not in html


def test_a_page_cannot_leave_its_frame() -> None:
    from maillage.visualize.map.notebook import Page

    html = Page(b'<p title="x">"></iframe><script>alert(1)</script>')._repr_html_()
    assert html.count("<iframe") == 1 and "<script" not in html and html.endswith('"></iframe>')


def test_tutorial_is_where_it_is_said_to_be() -> None:
    assert "tutorial.ipynb" in (Path(ROOT) / "docs/how-to/take-away.md").read_text(encoding="utf-8")
