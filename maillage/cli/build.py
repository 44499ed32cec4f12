"""`maillage build`, `check`, `identifiers`, `report`: the graph and what is said of it."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from maillage.cli.lazy import Settings
from maillage.errors import SEVERITIES, Finding, MachineError
from maillage.files import out_folder, short_path, texts_folder
from maillage.locales import say
from maillage.terms import PARTIES


class Steps:
    """Tells on stderr which step is at work and how long each took."""

    def __init__(self, lang: str) -> None:
        self._lang, self._began, self._name = lang, time.monotonic(), ""

    def __call__(self, step: str, **places: object) -> None:
        self.end()
        self._name, self._began = say(self._lang, f"steps.{step}", **places), time.monotonic()
        click.echo(f"{self._name}…", err=True, nl=not sys.stderr.isatty())

    def end(self) -> None:
        if self._name and sys.stderr.isatty():
            click.echo(f"\r{self._name} : {time.monotonic() - self._began:.1f} s", err=True)
        self._name = ""


def show_findings(findings: list[Finding], lang: str, least: str = "info") -> None:
    """Findings on stdout, one a line, the most severe first; `least` is the least severity shown."""
    for finding in findings:
        if SEVERITIES.index(finding.severity) <= SEVERITIES.index(least):
            word = say(lang, f"severity.{finding.severity}")
            click.echo(say(lang, "severity.line", word=word, sentence=finding.sentence(lang)))


only_option = click.option("--only", metavar="SOURCE,…", multiple=True)
today_option = click.option("--today", type=click.DateTime(["%Y-%m-%d"]))


@click.command()
@only_option
@click.option("--with", "added", metavar="SOURCE,…", multiple=True)
@today_option
@click.option("--largest", type=click.IntRange(2), default=PARTIES)
@click.pass_obj
def build(settings: Settings, only: Sequence[str], added: Sequence[str], today: datetime | None, largest: int) -> None:
    from maillage.graph.build import build as build_graph
    from maillage.sources.sheet.intake import source_in
    from maillage.sources.subset import choose_sources

    steps, out = Steps(settings.lang), out_folder(settings.out)
    sources = ",".join(only).split(",") if only else None
    if added:
        sources = [*choose_sources(sources), *(source_in(out / "sheets", name) for name in ",".join(added).split(","))]
    built = build_graph(out, steps, sources, today.date() if today else None, largest)
    steps.end()
    report: dict[str, Any] = built.report
    graphs, rules, read = (report[name] for name in ("graphs", "rules", "sources"))
    said = {"rows": sum(entry["rows"] for entry in read.values()), "total": sum(graphs.values())}
    said |= {"derived": sum(rules.values()), "claims": report["claims"], "digest": report["digest"]}
    click.echo(say(settings.lang, "build.totals", sources=len(read), **said))
    click.echo(say(settings.lang, "check.count", **count(built.findings)))
    click.echo(f"-> {short_path(out / 'graph')}")


def count(findings: list[Finding]) -> dict[str, int]:
    return {level: sum(finding.severity == level for finding in findings) for level in SEVERITIES}


@click.command()
@only_option
@click.option("--all", "everything", is_flag=True)
@click.option("--texts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def check(settings: Settings, only: Sequence[str], everything: bool, texts: Path | None) -> None:
    from maillage.graph.build import check as check_all
    from maillage.graph.identity import published_iris
    from maillage.visualize.map.labels import findings as faults_of_map_labels

    found = check_all(texts_folder(texts), ",".join(only).split(",") if only else None)
    findings = [*faults_of_map_labels(set(published_iris().values())), *found]
    show_findings(findings, settings.lang, "info" if everything else "warning")
    click.echo(say(settings.lang, "check.count", **count(findings)))
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


@click.command()
@click.option("--release", required=True)
@click.pass_obj
def identifiers(settings: Settings, release: str) -> None:
    from maillage.graph.build import name_things
    from maillage.graph.identity import publish

    added = publish(name_things(), release)
    click.echo(say(settings.lang, "identifiers.added", n=added))


@click.command()
@click.option("--rows", is_flag=True)
@click.pass_obj
def report(settings: Settings, rows: bool) -> None:
    path = out_folder(settings.out) / "graph" / "report.json"
    if not path.exists():
        raise MachineError("no-build", folder=short_path(path.parent))
    said = json.loads(path.read_text(encoding="utf-8"))
    if not rows:
        said.pop("records")
        said["unresolved"] = len(said.get("unresolved", ()))
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))
