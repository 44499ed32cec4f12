"""What md holds of a table: its columns, its cells, licence and credits; nothing that Markdown takes for its own."""

import re

import polars as pl

from maillage.export import FORMATS
from maillage.table import Column, Table
from tests.export.test_formats import CREDIT, EMPTY, TABLE

HOSTILE = ["a|b", "*bold* _and_ `code`", "<script>", "[x](javascript:alert(1))", "two\nlines", "back\\slash", "# title"]


def _cells(line: str) -> list[str]:
    """The cells of a line, unescaped, as a reader of GitHub's Markdown has them."""
    found = re.split(r"(?<!\\)(?:\\\\)*\|", line.strip())[1:-1]
    return [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in found]


def test_rows_and_credits_read_back() -> None:
    lines = FORMATS["md"].write(TABLE, CREDIT).decode().splitlines()
    rows = [_cells(line) for line in lines if line.startswith("|")]
    assert len(rows) == 2 + len(TABLE.rows())
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "--:" in rows[1]
    assert "12000000" in rows[3] and 'deux lignes et "guillemets"' in rows[3]
    said = [re.sub(r"\\(.)", r"\1", line) for line in lines if line.startswith("- ")]
    assert all(any(line in one for one in said) for line in (*CREDIT.lines, CREDIT.licence_iri))


def test_what_markdown_takes_for_its_own_is_text() -> None:
    table = Table(pl.DataFrame({"name": HOSTILE}), (Column("name", "text"),))
    lines = [line for line in FORMATS["md"].write(table, CREDIT).decode().splitlines() if line.startswith("|")]
    assert [_cells(line) for line in lines[2:]] == [[" ".join(text.split())] for text in HOSTILE]
    assert not any(re.search(r"(?<!\\)[<*`\[]", line) for line in lines)


def test_an_empty_table_has_its_head() -> None:
    assert FORMATS["md"].write(EMPTY, CREDIT).decode().count("\n|") == 1
