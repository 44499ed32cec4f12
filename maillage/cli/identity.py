"""`maillage identity cluster | propose | evaluate | learn`: which names are one body, by the published model."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.cli.name_list import NameList, engine_option, list_options
from maillage.files import out_folder, short_path, write_whole
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.matching.engine import Engine
    from maillage.matching.evaluate import MethodScore


def proposals_file(out: Path | None) -> Path:
    return out_folder(out) / "identity" / "proposals.csv"


@click.command()
@list_options
@click.pass_obj
def cluster(settings: Settings, names: NameList) -> None:
    from maillage.matching.cluster import cluster as grouped

    listing, rows = names.read()
    found = grouped(rows, names.engine)
    cells = [(one.cluster, one.name, one.score) if one else ("", "", "") for one in found]
    listing.write(names.target, ("cluster", "cluster_name", "score"), cells)
    count = len({one.cluster for one in found if one})
    click.echo(say(settings.lang, "identity cluster.written", rows=len(found), n=count, file=short_path(names.target)))


@click.command()
@click.option("--with", "sources", metavar="SOURCE,…")
@engine_option()
@click.pass_obj
def propose(settings: Settings, sources: str | None, engine: "Engine") -> None:
    from maillage.graph.build import read_whole
    from maillage.graph.proposals import propose as proposed
    from maillage.graph.proposals import write_proposals
    from maillage.sources.subset import choose_sources

    wanted = [name.strip() for name in (sources or "").split(",") if name.strip()]
    every = [*choose_sources(None), *choose_sources(wanted)] if wanted else None
    found = proposed(
        read_whole(every, out_folder(settings.out), undecided=True), choose_sources(wanted) if wanted else (), engine
    )
    path = proposals_file(settings.out)
    write_proposals(path, found)
    sure = sum(one.decision == "same" for one in found)
    click.echo(
        say(settings.lang, "identity propose.written", sure=sure, doubtful=len(found) - sure, file=short_path(path))
    )


@click.command()
@click.option("--json", "target", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def evaluate(settings: Settings, target: Path | None) -> None:
    from maillage.matching.evaluate import evaluate as measured

    found = measured()
    click.echo(table(found, settings.lang))
    if target:
        text = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)
        write_whole(target.absolute(), f"{text}\n".encode())


def table(found: "list[MethodScore]", lang: str) -> str:
    """The measures as a table in Markdown: the very one of docs/how-to/identity.md."""
    lines = [say(lang, "identity evaluate.head"), "| --- | --- | --- | --- | --- | --- |"]
    for one in found:
        (low, high), (least, most) = one.precision_interval, one.recall_interval
        shares = f"{one.precision:.3f} | {low:.3f}–{high:.3f} | {one.recall:.3f} | {least:.3f}–{most:.3f}"
        lines.append(f"| {one.way} | {shares} | {one.f1:.3f} |")
    return "\n".join(lines)


@click.command()
@click.option("--weights-from", "names", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_obj
def learn(settings: Settings, names: Path | None) -> None:
    from maillage.matching.learn import learn as learned
    from maillage.matching.learn import weights, write_weights
    from maillage.matching.lexicon import lexicon
    from maillage.sources.rows import read_listing

    if names:
        write_weights(weights(read_listing(names).column("name")))
        lexicon.cache_clear()
    known = learned()
    click.echo(say(settings.lang, "identity learn.threshold", value=known.threshold))
