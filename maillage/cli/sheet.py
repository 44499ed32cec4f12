"""`maillage import`: a sheet of one's own, seen before it is taken. `maillage template`: the sheet to fill in."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.lazy import Settings, in_language
from maillage.files import out_folder, shown

if TYPE_CHECKING:
    from maillage.sources.sheet.card import OwnCard
    from maillage.sources.sheet.intake import Imported

NO_FILE = "Donner un fichier, ou --undo NOM. || Give a file, or --undo NAME."
NOT_WRITTEN = "Rien n'est écrit ; pour garder ces lignes : --apply. || Nothing is written; to keep these rows: --apply."


@click.command(
    "import",
    help="Montrer ce qu'un tableau (CSV, Excel) ajouterait au graphe ; avec --apply, le garder comme source. "
    "Code 1 si des lignes sont refusées. || "
    "Show what a sheet (CSV, Excel) would add to the graph; with --apply, keep it as a source. "
    "Exit code 1 when rows are refused.",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--card",
    metavar="CARTE.yml",
    type=click.Path(path_type=Path),
    help="Dire quelle colonne est laquelle, si le modèle n'est pas suivi || "
    "Say which column is which, where the template is not followed",
)
@click.option("--as", "name", metavar="NOM", help="Nom de la source || Name of the source")
@click.option("--apply", "applied", is_flag=True, help="Garder ce qui est montré || Keep what is shown")
@click.option("--undo", metavar="NOM", help="Revenir à la version d'avant || Go back to the version before")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Dossier des tableaux gardés (sinon sheets, dans celui de sortie) || "
    "Folder of the sheets that are kept (else sheets, in the output folder)",
)
@click.option("--title", help="Titre de la source || Title of the source")
@click.option("--publisher", help="Qui la publie || Who publishes it")
@click.option("--licence", help="Sa licence, etalab-2.0 par exemple || Its licence, for instance etalab-2.0")
@click.option("--address", metavar="URL", help="Son adresse, si elle en a une || Its address, if it has one")
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
    sheets = into or out_folder(settings.out) / "sheets"
    if undo:
        _undo(sheets, undo, settings.lang)
        return
    if file is None:
        raise click.UsageError(in_language(NO_FILE, settings.lang))
    own_card = _card(card)
    folder, found = _read(file, sheets, name, own_card, settings.lang)
    if applied:
        known = own_card.facts if own_card else {}
        _apply(found, file, folder, known | {fact: text for fact, text in said.items() if text}, settings.lang)
        _say_next(folder, into, settings.lang)
    else:
        click.echo(in_language(NOT_WRITTEN, settings.lang))
    sys.exit(1 if any(finding.severity == "error" for finding in found.findings) else 0)


def _undo(sheets: Path, name: str, lang: str) -> None:
    from maillage.sources.sheet import archive

    gone = archive.undo(sheets, name)
    removed = f"{name} : le tableau est retiré. || {name}: the sheet is removed."
    back = f"{name} : la version d'avant est remise. || {name}: the version before is back."
    click.echo(in_language(removed if gone else back, lang))


def _card(path: Path | None) -> "OwnCard | None":
    from maillage.sources.sheet.card import OwnCard

    return OwnCard(path) if path else None


def _read(file: Path, sheets: Path, name: str | None, card: "OwnCard | None", lang: str) -> tuple[Path, "Imported"]:
    """The folder that the sheet would be kept in, and what it says, which is shown."""
    from maillage.cli.preview import show
    from maillage.graph.registry import held
    from maillage.sources.sheet import intake

    folder = sheets / intake.sheet_name(file, name)
    found = intake.read(file, folder, card, held())
    show(found, lang)
    return folder, found


def _apply(found: "Imported", file: Path, folder: Path, said: dict[str, Any], lang: str) -> None:
    from maillage.sources.sheet import archive, intake

    known = archive.facts_of(folder)
    facts = intake.facts(_asked(known | said, lang), folder.name, file, datetime.now(UTC).date())
    if intake.says_more(found, facts, known):
        intake.keep(found, folder, facts)
        click.echo(f"-> {shown(folder)}")
    else:
        click.echo(in_language("Tout est déjà gardé. || All of it is kept already.", lang))


def _asked(said: dict[str, Any], lang: str) -> dict[str, Any]:
    """What is not said yet is asked of whoever sits at the terminal."""
    from maillage.sources.sheet.intake import FACTS

    if not sys.stdin.isatty():
        return said
    asked = {fact: words.said(lang) for fact, (words, _) in FACTS.items() if not said.get(fact)}
    return said | {fact: click.prompt(words, err=True) for fact, words in asked.items()}


def _say_next(folder: Path, into: Path | None, lang: str) -> None:
    command = f"maillage build --with {f'{into}/{folder.name}' if into else folder.name}"
    click.echo(in_language(f"Ensuite : {command} || Next: {command}", lang))


@click.command(
    help="Écrire le tableau à remplir : un classeur Excel (.xlsx), ou un dossier de fichiers CSV. || "
    "Write the sheet to fill in: an Excel workbook (.xlsx), or a folder of CSV files."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("maillage.xlsx"),
    help="Où l'écrire (sinon maillage.xlsx) || Where to write it (else maillage.xlsx)",
)
@click.pass_obj
def template(settings: Settings, output: Path) -> None:
    from maillage.sources.sheet import blank

    blank.write(output, settings.lang)
    click.echo(f"-> {shown(output)}")
