"""`maillage annotate`: a text cut into located paragraphs, and a source checked against it."""

import json
import sys
from pathlib import Path

import click

from maillage.cli.build import show_findings
from maillage.cli.lazy import Settings, in_language
from maillage.errors import Finding
from maillage.sources.text import Paragraph, Text, closing, opening

ALL_THERE = (
    "chaque ligne renvoie à un passage du texte, où se lisent ses organismes, ses jours et ses nombres, sauf ce "
    "qu'elle marque implied ou ambiguous. || "
    "each row points to a passage of the text, in which its bodies, days and numbers can be read, but for what it "
    "marks implied or ambiguous."
)


@click.command(
    help="Découper un texte en paragraphes repérés ; avec --source, vérifier que chaque ligne y renvoie, et qu'on "
    "y lit ce qu'elle dit. Code 1 s'il y a un défaut. || "
    "Split a text into located paragraphs; with --source, check that each row points into it and that "
    "what it says can be read there. "
    "Exit code 1 when there is a fault."
)
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--source", help="Source lue dans ce texte || Source that was read in this text")
@click.option(
    "--fill",
    is_flag=True,
    help="Écrire start et end dans passages.csv d'après les mots || Write start and end in passages.csv from the words",
)
@click.option("--json", "as_json", is_flag=True, help="En JSON || As JSON")
@click.pass_obj
def annotate(settings: Settings, text: Path, source: str | None, fill: bool, as_json: bool) -> None:
    from maillage.sources.text import read

    if fill and not source:
        raise click.UsageError("--fill : --source NOM" if settings.lang == "fr" else "--fill: --source NAME")
    content = read(text)
    findings = _checked(content, source, fill, settings.lang) if source else []
    if as_json:
        _print_json(content, findings)
    elif source:
        _print_findings(findings, source, settings.lang)
    else:
        _print_paragraphs(content, settings.lang)
    sys.exit(1 if findings else 0)


def _checked(text: Text, source: str, fill: bool, lang: str) -> list[Finding]:
    from maillage.graph.build import read_all
    from maillage.graph.rereading import reread
    from maillage.sources import passages
    from maillage.sources.card import read_card

    card = read_card(source)
    if fill:
        count = passages.fill(text, card)
        click.echo(f"{count} ligne(s) complétée(s)." if lang == "fr" else f"{count} row(s) filled.", err=True)
    read = read_all()
    return reread([card], read.index, read.decisions, {source: text})


def _described(paragraph: Paragraph) -> dict[str, int | str]:
    return {
        "number": paragraph.number,
        "start": paragraph.start,
        "end": paragraph.end,
        "checksum": paragraph.checksum,
        "first_words": opening(paragraph.text),
        "last_words": closing(paragraph.text),
    }


def _print_json(text: Text, findings: list[Finding]) -> None:
    said = {
        "file": text.name,
        "checksum": text.checksum,
        "characters": len(text.content),
        "paragraphs": [_described(paragraph) for paragraph in text.paragraphs],
        "findings": [finding.as_dict() for finding in findings],
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _print_findings(findings: list[Finding], source: str, lang: str) -> None:
    show_findings(findings, lang)
    if findings:
        click.echo(f"{len(findings)} défaut(s)." if lang == "fr" else f"{len(findings)} fault(s).")
    else:
        colon = " : " if lang == "fr" else ": "
        click.echo(f"{source}{colon}{in_language(ALL_THERE, lang)}")


def _print_paragraphs(text: Text, lang: str) -> None:
    titles = "n°|début|fin|somme|mots" if lang == "fr" else "no|start|end|checksum|words"
    click.echo("{:>3} {:>7} {:>7}  {:<12}  {}".format(*titles.split("|")))
    for paragraph in text.paragraphs:
        words = " … ".join(dict.fromkeys((opening(paragraph.text), closing(paragraph.text))))
        place = f"{paragraph.number:>3} {paragraph.start:>7} {paragraph.end:>7}"
        click.echo(f"{place}  {paragraph.checksum[:12]}  {words}")
    click.echo(f"sha256 {text.checksum}")
