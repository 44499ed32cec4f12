"""What `maillage import` shows of a sheet: the columns that are read, the changes, and everything that is wrong."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from maillage.cli.build import WORDS, show_findings
from maillage.cli.lazy import in_language

if TYPE_CHECKING:
    from maillage.errors import Finding
    from maillage.sources.sheet.changes import Change, Changes
    from maillage.sources.sheet.intake import Imported


def show(found: "Imported", lang: str) -> None:
    for line in [*_columns(found, lang), *_changes(found.changes, lang)]:
        click.echo(line)
    levels = list(WORDS)
    show_findings(sorted(found.findings, key=lambda finding: levels.index(finding.severity)), lang)
    click.echo(_count(found.findings, lang))


def _columns(found: "Imported", lang: str) -> Iterator[str]:
    for plan in found.plans:
        title = plan.table.fr if lang == "fr" else plan.table.en
        columns = ", ".join(dict.fromkeys(plan.titles[place] for place in sorted(plan.columns)))
        yield f"{plan.grid.name} -> {title} ({columns})"


def _changes(changes: "Changes", lang: str) -> Iterator[str]:
    added, known, gone = len(changes.added), len(changes.known), len(changes.gone)
    yield in_language(f"à ajouter : {added} || to add: {added}", lang)
    for row in changes.added:
        yield f"  + {row.table} {row.key} « {row.label} » ({row.place})"
    changed = len({(change.row.table, change.row.key) for change in changes.changed})
    yield in_language(f"à changer : {changed} || to change: {changed}", lang)
    for change in changes.changed:
        yield f"  ~ {change.row.table} {change.row.key} {_cell(change)}"
    yield in_language(f"à retirer : {gone} || to take away: {gone}", lang)
    for table, key, label in changes.gone:
        yield f"  - {table} {key} « {label} »"
    yield in_language(f"déjà connues : {known} || known already: {known}", lang)


def _cell(change: "Change") -> str:
    place = ":".join(str(part) for part in change.place or (change.row.place,) if part)
    return f"{change.column}: {change.old or '∅'} -> {change.new or '∅'} ({place})"


def _count(findings: "list[Finding]", lang: str) -> str:
    count = Counter(finding.severity for finding in findings)
    fr = f"{count['error']} erreur(s), {count['warning']} doute(s), {count['info']} note(s)."
    en = f"{count['error']} error(s), {count['warning']} doubt(s), {count['info']} note(s)."
    return fr if lang == "fr" else en
