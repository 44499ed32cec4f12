"""What `maillage import` shows of a sheet: the columns that are read, the changes, and everything that is wrong."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from maillage.cli.build import count, show_findings
from maillage.errors import SEVERITIES
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.sources.sheet.archive import CellChange, Changes
    from maillage.sources.sheet.intake import SheetImport


def show(found: "SheetImport", lang: str) -> None:
    for line in [*_columns(found, lang), *_changes(found.changes, lang)]:
        click.echo(line)
    show_findings(sorted(found.findings, key=lambda finding: SEVERITIES.index(finding.severity)), lang)
    click.echo(say(lang, "import.count", **count(found.findings)))


def _columns(found: "SheetImport", lang: str) -> Iterator[str]:
    for plan in found.plans:
        columns = ", ".join(dict.fromkeys(plan.titles[place] for place in sorted(plan.columns)))
        yield f"{plan.grid.name} -> {plan.table.words[lang]} ({columns})"


def _changes(changes: "Changes", lang: str) -> Iterator[str]:
    added, known, gone = len(changes.added), len(changes.known), len(changes.gone)
    yield say(lang, "import.to-add", n=added)
    for row in changes.added:
        yield f"  + {row.table} {row.key} « {row.label} » ({row.place})"
    changed = len({(change.row.table, change.row.key) for change in changes.changed})
    yield say(lang, "import.to-change", n=changed)
    for change in changes.changed:
        yield f"  ~ {change.row.table} {change.row.key} {_cell(change)}"
    yield say(lang, "import.to-remove", n=gone)
    for table, key, label in changes.gone:
        yield f"  - {table} {key} « {label} »"
    yield say(lang, "import.known", n=known)


def _cell(change: "CellChange") -> str:
    place = ":".join(str(part) for part in change.place or (change.row.place,) if part)
    return f"{change.column}: {change.old or '∅'} -> {change.new or '∅'} ({place})"
