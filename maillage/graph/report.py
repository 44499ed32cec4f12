"""What a build says of itself (`report.json`), and in it what sources name and nothing answers to: left without a
link, never guessed, and listed.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from maillage.errors import Finding
from maillage.files import read_bytes
from maillage.locales import LANGUAGES

NAMING_NOTHING = frozenset({"unknown-reference", "unknown-territory", "ambiguous-territory"})


def unresolved_references(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Each reference of a row to nothing, or to several things, once a file and column: `file`, `column`, `value` as
    the source writes it, `rows` that say so, `line` of the first, and by language: why.

    A long table tells one value a column, with the number of rows that have such a value in brackets.
    """
    told: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.error in NAMING_NOTHING and finding.severity == "warning":
            told[finding.file, finding.column or "", finding.value].append(finding)
    return [
        {"file": file, "column": column, "value": value, "rows": len(some), "line": first.line,
         **{lang: first.words.message(lang) for lang in LANGUAGES}}
        for (file, column, value), some in sorted(told.items())
        for first in [min(some, key=lambda finding: finding.line or 0)]
    ]  # fmt: skip


def read_report(folder: Path) -> dict[str, Any]:
    """The report that lies beside a graph (`out/graph`)."""
    found: dict[str, Any] = json.loads(read_bytes(folder / "report.json"))
    return found


def write_report(report: dict[str, object], folder: Path) -> None:
    text = json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
