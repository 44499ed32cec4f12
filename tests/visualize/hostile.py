"""Answers whose every text tries to be more than text."""

from maillage.table import Table
from tests.visualize.sample import answers

TEXTS = (
    "<img src=x onerror=\"window.pwned=1;alert('img')\">",
    "</script><script>window.pwned=1;alert('script')</script>",
    "\"><svg onload=alert('svg')>",
    "{{ 7 * 7 }} {% raw %} ${7*7} `\\u003cb\\u003e`",
    "שלום \u202eevil\u202c العربية",
    "x" * 300,
    "mot " * 75,
    "👩‍💻🧪🏛️ laboratoire",
    "--><!-- <b>gras</b> & < > ' \"",
    "javascript:alert('link')",
)


def hostile_answers() -> dict[str, dict[str, Table]]:
    """The article's answers with a hostile text in each cell that is a label or a text, links included."""
    return {
        question: {lang: _spoilt(table) for lang, table in tables.items()} for question, tables in answers().items()
    }


def _spoilt(table: Table) -> Table:
    texts = [c.name for c in table.columns if c.kind in ("label", "text") and c.name != "editionLabel"]
    rows = [
        {**row, **{name: TEXTS[(place + turn) % len(TEXTS)] for turn, name in enumerate(texts)}}
        for place, row in enumerate(table.rows())
    ]
    return Table.from_rows(rows, table.columns)
