"""`maillage annotate`: a text cut into located paragraphs, and a source checked against it."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from maillage.cli.build import show_findings
from maillage.cli.lazy import Settings
from maillage.errors import Finding
from maillage.locales import say
from maillage.sources.text import Text, closing, opening


@click.command()
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--source")
@click.option("--fill", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def annotate(settings: Settings, text: Path, source: str | None, fill: bool, as_json: bool) -> None:
    from maillage.sources.text import read

    if fill and not source:
        raise click.UsageError(say(settings.lang, "annotate.fill-alone"))
    content = read(text)
    findings = _check(content, source, fill, settings.lang) if source else []
    if as_json:
        _print_json(content, findings)
    elif source:
        show_findings(findings, settings.lang)
        key = "annotate.faults" if findings else "annotate.all-there"
        click.echo(say(settings.lang, key, n=len(findings), source=source))
    else:
        _print_paragraphs(content, settings.lang)
    sys.exit(1 if findings else 0)


def _check(text: Text, source: str, fill: bool, lang: str) -> list[Finding]:
    from maillage.graph.build import read_all, reread
    from maillage.sources import passages
    from maillage.sources.card import read_card

    card = read_card(source)
    if fill:
        count = passages.fill(text, card)
        click.echo(say(lang, "annotate.filled", n=count), err=True)
    read = read_all()
    return reread([card], read.index, read.decisions, {source: text})


def _print_json(text: Text, findings: list[Finding]) -> None:
    paragraphs = [
        {name: getattr(one, name) for name in ("number", "start", "end", "checksum")}
        | {"first_words": opening(one.text), "last_words": closing(one.text)}
        for one in text.paragraphs
    ]
    said: dict[str, Any] = {"file": text.name, "checksum": text.checksum, "characters": len(text.content)}
    said |= {"paragraphs": paragraphs, "findings": [finding.as_dict() for finding in findings]}
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _print_paragraphs(text: Text, lang: str) -> None:
    click.echo("{:>3} {:>7} {:>7}  {:<12}  {}".format(*say(lang, "annotate.titles").split("|")))
    for paragraph in text.paragraphs:
        words = " … ".join(dict.fromkeys((opening(paragraph.text), closing(paragraph.text))))
        place = f"{paragraph.number:>3} {paragraph.start:>7} {paragraph.end:>7}"
        click.echo(f"{place}  {paragraph.checksum[:12]}  {words}")
    click.echo(f"sha256 {text.checksum}")
