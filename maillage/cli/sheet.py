"""`maillage import`: a sheet of one's own, seen before it is taken. `maillage template`: the sheet to fill in."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.build import count, show_findings
from maillage.cli.lazy import Settings
from maillage.errors import SEVERITIES
from maillage.files import out_folder, short_path
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.sources.sheet.intake import Changes, SheetImport
    from maillage.sources.sheet.plan import OwnCard


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--card", metavar="CARTE.yml", type=click.Path(path_type=Path))
@click.option("--as", "name", metavar="NOM")
@click.option("--apply", "applied", is_flag=True)
@click.option("--undo", metavar="NOM")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title")
@click.option("--publisher")
@click.option("--licence")
@click.option("--address", metavar="URL")
@click.pass_obj
def import_(
    settings: Settings,
    /,
    file: Path | None,
    card: Path | None,
    name: str | None,
    applied: bool,
    undo: str | None,
    into: Path | None,
    **said: str | None,
) -> None:
    from maillage.sources.sheet import intake
    from maillage.sources.sheet.plan import OwnCard

    sheets = into or out_folder(settings.out) / "sheets"
    if undo:
        gone = intake.undo(sheets, undo)
        click.echo(say(settings.lang, "import.removed" if gone else "import.back", name=undo))
        return
    if file is None:
        raise click.UsageError(say(settings.lang, "import.no-file"))
    own_card = OwnCard(card) if card else None
    folder, found = _read(file, sheets, name, own_card, settings.lang)
    if applied:
        known = own_card.facts if own_card else {}
        _apply(found, file, folder, known | {fact: text for fact, text in said.items() if text}, settings.lang)
        command = f"maillage build --with {f'{into}/{folder.name}' if into else folder.name}"
        click.echo(say(settings.lang, "import.next", command=command))
    else:
        click.echo(say(settings.lang, "import.not-written"))
    sys.exit(1 if any(finding.severity == "error" for finding in found.findings) else 0)


def _read(file: Path, sheets: Path, name: str | None, card: "OwnCard | None", lang: str) -> tuple[Path, "SheetImport"]:
    """The folder that the sheet would be kept in, and what it says, which is shown."""
    from maillage.graph.registry import read_registry
    from maillage.sources.sheet import intake

    folder = sheets / intake.sheet_name(file, name)
    found = intake.read(file, folder, card, read_registry())
    for plan in found.plans:
        columns = ", ".join(dict.fromkeys(plan.titles[place] for place in sorted(plan.columns)))
        click.echo(f"{plan.grid.name} -> {plan.table.words[lang]} ({columns})")
    for line in _changes(found.changes, lang):
        click.echo(line)
    show_findings(sorted(found.findings, key=lambda finding: SEVERITIES.index(finding.severity)), lang)
    click.echo(say(lang, "import.count", **count(found.findings)))
    return folder, found


def _changes(changes: "Changes", lang: str) -> Iterator[str]:
    added, known, gone = len(changes.added), len(changes.known), len(changes.gone)
    yield say(lang, "import.to-add", n=added)
    for row in changes.added:
        yield f"  + {row.table} {row.key} « {row.label} » ({row.place})"
    changed = len({(change.row.table, change.row.key) for change in changes.changed})
    yield say(lang, "import.to-change", n=changed)
    for change in changes.changed:
        place = ":".join(str(part) for part in change.place or (change.row.place,) if part)
        cell = f"{change.column}: {change.old or '∅'} -> {change.new or '∅'} ({place})"
        yield f"  ~ {change.row.table} {change.row.key} {cell}"
    yield say(lang, "import.to-remove", n=gone)
    for table, key, label in changes.gone:
        yield f"  - {table} {key} « {label} »"
    yield say(lang, "import.known", n=known)


def _apply(found: "SheetImport", file: Path, folder: Path, said: dict[str, Any], lang: str) -> None:
    from maillage.sources.sheet import intake

    known = intake.facts_of(folder)
    said = known | said
    if sys.stdin.isatty():  # what is not said yet is asked of whoever sits at the terminal
        asked = {fact: words.message(lang) for fact, (words, _) in intake.FACTS.items() if not said.get(fact)}
        said |= {fact: click.prompt(words, err=True) for fact, words in asked.items()}
    facts = intake.facts(said, folder.name, file, datetime.now(UTC).date())
    if intake.says_more(found, facts, known):
        intake.keep(found, folder, facts)
        click.echo(f"-> {short_path(folder)}")
    else:
        click.echo(say(lang, "import.known-all"))


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("maillage.xlsx"))
@click.pass_obj
def template(settings: Settings, output: Path) -> None:
    from maillage.sources.sheet.template import write_blank

    write_blank(output, settings.lang)
    click.echo(f"-> {short_path(output)}")
