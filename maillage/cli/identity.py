"""`maillage identity cluster | propose | evaluate | learn`: which names are one body, by the published model."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.cli.name_list import NameList, engine_option, list_options
from maillage.files import out_folder, shown, write_whole

if TYPE_CHECKING:
    from maillage.matching.engine import Engine
    from maillage.matching.evaluate import Measured


def proposals_file(out: Path | None) -> Path:
    return out_folder(out) / "identity" / "proposals.csv"


@click.command(
    help="Grouper les noms d'une liste CSV : chaque ligne reçoit cluster, cluster_name et score ; rien n'est ôté. || "
    "Group the names of a CSV list: each row gets cluster, cluster_name and score; nothing is removed."
)
@list_options
@click.pass_obj
def cluster(settings: Settings, names: NameList) -> None:
    from maillage.matching.cluster import cluster as grouped

    listing, rows = names.read()
    found = grouped(rows, names.engine)
    cells = [(one.cluster, one.name, one.score) if one else ("", "", "") for one in found]
    listing.write(names.target, ("cluster", "cluster_name", "score"), cells)
    count = len({one.cluster for one in found if one})
    said = {
        "fr": f"{len(found)} ligne(s), {count} groupe(s) : {shown(names.target)}",
        "en": f"{len(found)} row(s), {count} cluster(s): {shown(names.target)}",
    }
    click.echo(said[settings.lang])


@click.command(
    help="Proposer des rapprochements entre les organismes des sources, sans rien décider : "
    "<out>/identity/proposals.csv. || "
    "Propose matches between the bodies of the sources, deciding nothing: <out>/identity/proposals.csv."
)
@click.option(
    "--with",
    "sources",
    metavar="SOURCE,…",
    help="Seulement les paires qui touchent ces sources || Only pairs that touch these sources",
)
@engine_option()
@click.pass_obj
def propose(settings: Settings, sources: str | None, engine: "Engine") -> None:
    from maillage.graph.build import read_whole
    from maillage.graph.proposals import propose as proposed
    from maillage.graph.proposals import write_proposals
    from maillage.sources.subset import chosen

    wanted = [name.strip() for name in (sources or "").split(",") if name.strip()]
    every = [*chosen(None), *chosen(wanted)] if wanted else None
    found = proposed(
        read_whole(every, out_folder(settings.out), undecided=True), chosen(wanted) if wanted else (), engine
    )
    path = proposals_file(settings.out)
    write_proposals(path, found)
    sure = sum(one.decision == "same" for one in found)
    said = {
        "fr": f"{sure} rapprochement(s) sûr(s), {len(found) - sure} à relire : {shown(path)}",
        "en": f"{sure} sure match(es), {len(found) - sure} to review: {shown(path)}",
    }
    click.echo(said[settings.lang])


@click.command(
    help="Mesurer le modèle, et deux façons simples de s'en passer, sur les paires gardées pour l'essai : "
    "précision, rappel, intervalles à 95 %. || "
    "Measure the model, and two simple ways to do without, on the pairs kept for testing: "
    "precision, recall, 95 % intervals."
)
@click.option(
    "--json",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Écrire aussi les mesures dans ce fichier || Write the measures to this file too",
)
@click.pass_obj
def evaluate(settings: Settings, target: Path | None) -> None:
    from maillage.matching.evaluate import evaluate as measured

    found = measured()
    click.echo(table(found, settings.lang))
    if target:
        text = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)
        write_whole(target.absolute(), f"{text}\n".encode())


HEADS = {
    "fr": "| façon | précision | intervalle | rappel | intervalle | F1 |",
    "en": "| way | precision | interval | recall | interval | F1 |",
}


def table(found: "list[Measured]", lang: str) -> str:
    """The measures as a table in Markdown: the very one of docs/how-to/identity.md."""
    lines = [HEADS[lang], "| --- | --- | --- | --- | --- | --- |"]
    for one in found:
        (low, high), (least, most) = one.precision_interval, one.recall_interval
        shares = f"{one.precision:.3f} | {low:.3f}–{high:.3f} | {one.recall:.3f} | {least:.3f}–{most:.3f}"
        lines.append(f"| {one.way} | {shares} | {one.f1:.3f} |")
    return "\n".join(lines)


@click.command(
    help="Réapprendre m, u et le seuil du modèle sur les paires gardées pour l'apprentissage "
    "(graph/matching/model.yml) ; avec --weights-from, d'abord le poids des mots (rarity.csv). || "
    "Learn m, u and the threshold of the model anew from the pairs kept for learning (graph/matching/model.yml); "
    "with --weights-from, the weights of words first (rarity.csv)."
)
@click.option(
    "--weights-from",
    "names",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="CSV de noms d'organismes, colonne name || CSV of names of bodies, column name",
)
@click.pass_obj
def learn(settings: Settings, names: Path | None) -> None:
    from maillage.matching.learn import learn as learned
    from maillage.matching.lexicon import lexicon
    from maillage.matching.rarity import weights, write_weights
    from maillage.sources.listing import read_listing

    if names:
        write_weights(weights(read_listing(names).column("name")))
        lexicon.cache_clear()
    known = learned()
    said = {"fr": f"Seuil : {known.threshold}", "en": f"Threshold: {known.threshold}"}
    click.echo(said[settings.lang])
