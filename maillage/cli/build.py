"""`maillage build`, `check`, `identifiers`, `report`: the graph and what is said of it."""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.errors import Finding, MachineError
from maillage.files import out_folder, shown, texts_folder

WORDS = {"error": ("erreur", "error"), "warning": ("attention", "warning"), "info": ("note", "note")}


class Steps:
    """Tells on stderr which step is at work and how long each took."""

    def __init__(self, lang: str) -> None:
        self._lang, self._began, self._name = lang, time.monotonic(), ""

    def __call__(self, fr: str, en: str) -> None:
        self.end()
        self._name, self._began = (fr if self._lang == "fr" else en), time.monotonic()
        click.echo(f"{self._name}…", err=True, nl=not sys.stderr.isatty())

    def end(self) -> None:
        if self._name and sys.stderr.isatty():
            click.echo(f"\r{self._name} : {time.monotonic() - self._began:.1f} s", err=True)
        self._name = ""


def show_findings(findings: list[Finding], lang: str, least: str = "info") -> None:
    """Findings on stdout, one a line, the most severe first; `least` is the least severity shown."""
    shown_levels = list(WORDS)[: list(WORDS).index(least) + 1]
    for finding in findings:
        if finding.severity in shown_levels:
            word = WORDS[finding.severity][lang == "en"]
            click.echo(f"{word} : {finding.sentence(lang)}" if lang == "fr" else f"{word}: {finding.sentence(lang)}")


only_option = click.option(
    "--only",
    metavar="SOURCE,…",
    help="Ces sources seulement (dossiers de data/, séparés par des virgules) || "
    "These sources alone (folders of data/, with commas between them)",
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Jour où l'on se place : ce qui est passé l'est avant lui (sinon, aujourd'hui) ; même jour, mêmes octets || "
    "The day to stand on: what is past is past before it (else, today); the same day gives the same bytes",
)


@click.command(
    help="Construire le graphe à partir des sources, et le mettre à la place du précédent. || "
    "Build the graph from the sources and put it in the place of the last one."
)
@only_option
@click.option(
    "--with",
    "added",
    metavar="SOURCE,…",
    help="Y ajouter ces sources : prises par maillage fetch, gardées par maillage import, ou dossiers || "
    "Add these sources: taken by maillage fetch, kept by maillage import, or folders",
)
@today_option
@click.pass_obj
def build(settings: Settings, only: str | None, added: str | None, today: datetime | None) -> None:
    from maillage.graph.build import build as build_graph
    from maillage.sources.sheet.archive import source_in
    from maillage.sources.subset import chosen

    steps, out = Steps(settings.lang), out_folder(settings.out)
    sources = only.split(",") if only else None
    if added:
        sources = [*chosen(sources), *(source_in(out / "sheets", name) for name in added.split(","))]
    built = build_graph(out, steps, sources, today.date() if today else None)
    steps.end()
    _say_totals(built.report, settings.lang)
    _say_how_many(built.findings, settings.lang)
    click.echo(f"-> {shown(out / 'graph')}")


def _say_how_many(findings: list[Finding], lang: str) -> None:
    """How many findings there are of each severity, and where to read them."""
    count = {level: sum(finding.severity == level for finding in findings) for level in WORDS}
    fr = f"{count['error']} erreur(s), {count['warning']} avertissement(s), {count['info']} note(s)"
    en = f"{count['error']} error(s), {count['warning']} warning(s), {count['info']} note(s)"
    click.echo(f"{fr} (maillage check --all)." if lang == "fr" else f"{en} (maillage check --all).")


def _say_totals(report: dict[str, object], lang: str) -> None:
    graphs, rules, sources = (report[name] for name in ("graphs", "rules", "sources"))
    if not (isinstance(graphs, dict) and isinstance(rules, dict) and isinstance(sources, dict)):
        return
    rows = sum(entry["rows"] for entry in sources.values())
    total, derived = sum(graphs.values()), sum(rules.values())
    claims, digest = report["claims"], report["digest"]
    if lang == "fr":
        click.echo(
            f"{len(sources)} sources, {rows} lignes, {total} énoncés ({derived} déduits par règle), "
            f"{claims} preuves ; empreinte {digest}."
        )
    else:
        click.echo(
            f"{len(sources)} sources, {rows} rows, {total} statements ({derived} derived by rule), "
            f"{claims} claims; digest {digest}."
        )


@click.command(
    help="Vérifier sources, correspondances, décisions et formes, sans rien écrire, et relire les lignes sur les "
    "textes dont elles viennent. Code 1 s'il y a une erreur. || "
    "Check sources, mappings, decisions and shapes, writing nothing, and read the rows again in the texts that they "
    "come from. Exit code 1 when there is an error."
)
@only_option
@click.option("--all", "everything", is_flag=True, help="Montrer aussi les notes || Show the notes too")
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Dossier de ces textes, reconnus à leur somme (ou MAILLAGE_TEXTS ; sinon texts) || "
    "Folder of these texts, known by their checksum (or MAILLAGE_TEXTS; else texts)",
)
@click.pass_obj
def check(settings: Settings, only: str | None, everything: bool, texts: Path | None) -> None:
    from maillage.graph.build import check as check_all
    from maillage.graph.identity import published
    from maillage.visualize.map.labels import findings as faults_of_map_labels

    found = check_all(texts_folder(texts), only.split(",") if only else None)
    findings = [*faults_of_map_labels(set(published().values())), *found]
    show_findings(findings, settings.lang, "info" if everything else "warning")
    _say_how_many(findings, settings.lang)
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


@click.command(
    help="Attribuer et publier l'identifiant de chaque chose qui n'en a pas (graph/identifiers.csv). || "
    "Give and publish an identifier for each thing that has none (graph/identifiers.csv, append-only)."
)
@click.option("--release", required=True, help="Version qui les publie || Release that publishes them")
@click.pass_obj
def identifiers(settings: Settings, release: str) -> None:
    from maillage.graph.build import name_things
    from maillage.graph.identity import publish

    count = publish(name_things(), release)
    said = f"{count} identifiants ajoutés." if settings.lang == "fr" else f"{count} identifiers added."
    click.echo(said)


@click.command(
    help="Relire le compte rendu de la dernière construction : comptes, règles, ce que chaque ligne a donné, noms "
    "laissés ouverts. || Show the report of the last build: counts, rules, what each row gave, names left open."
)
@click.option(
    "--rows", is_flag=True,
    help="Montrer chaque ligne, chaque nom laissé ouvert || Show each row, each name left open",
)  # fmt: skip
@click.pass_obj
def report(settings: Settings, rows: bool) -> None:
    path = out_folder(settings.out) / "graph" / "report.json"
    if not path.exists():
        raise MachineError("no-build", folder=shown(path.parent))
    said = json.loads(path.read_text(encoding="utf-8"))
    if not rows:
        said.pop("records")
        said["unresolved"] = len(said.get("unresolved", ()))
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))
