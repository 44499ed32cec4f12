"""`maillage identity cluster | propose | evaluate | learn`: which names are one body, by the published model.

`review | apply | undo`: proposals become decisions under `graph/identity/`, and back.
`maillage reconcile FILE.csv --column NAME -o OUT.csv`: the names of a list, found in the graph or left to review.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.cli.name_list import NameList, engine_option, list_options
from maillage.files import out_folder, short_path, write_whole
from maillage.locales import say, section

if TYPE_CHECKING:
    from maillage.graph.identity import Decision
    from maillage.graph.proposals import Proposal
    from maillage.matching.bodies import Body, Reconciliation
    from maillage.matching.engine import Engine
    from maillage.matching.evaluate import MethodScore
    from maillage.network.from_table import Row
    from maillage.table import Table

MOST = 5  # candidates of a name
_OF_EACH = ("candidate", "candidate_name", "candidate_score", "candidate_why")
COLUMNS = ("iri", "iri_name", "status", *(f"{part}_{number}" for number in range(1, MOST + 1) for part in _OF_EACH))


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
@click.option("--with", "sources", metavar="SOURCE,…", multiple=True)
@engine_option()
@click.pass_obj
def propose(settings: Settings, sources: Sequence[str], engine: "Engine") -> None:
    from maillage.graph.build import read_whole
    from maillage.graph.proposals import propose as proposed
    from maillage.graph.proposals import write_proposals
    from maillage.sources.subset import choose_sources

    wanted = [name.strip() for name in ",".join(sources).split(",") if name.strip()]
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


def ask_key(asked: str, keys: Sequence[str], lang: str) -> str:
    """One of the keys, asked again until it is one. Raises click.Abort at the end of what is typed."""
    while (answer := str(click.prompt(asked)).strip()) not in keys:
        click.echo(say(lang, "identity review.keys-are", keys=", ".join(keys)))
    return answer


@contextmanager
def tell_at_end(said: Callable[[], str]) -> Iterator[None]:
    """Says what is written when the answers end, and when somebody stops them (Ctrl-C)."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"\n{said()}")
        raise
    click.echo(said())


@click.command()
@click.option("--json", "target", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def evaluate(settings: Settings, target: Path | None) -> None:
    from maillage.matching.evaluate import evaluate as measured
    from maillage.matching.labels import fresh_pairs, read_pairs

    found = {"test": measured(read_pairs("test")), "fresh": measured(fresh_pairs())}
    for name, measures in found.items():
        click.echo(f"{say(settings.lang, f'identity evaluate.{name}')}\n\n{table(measures, settings.lang)}\n")
    if target:
        said = {name: [asdict(one) for one in measures] for name, measures in found.items()}
        text = json.dumps(said, ensure_ascii=False, indent=2)
        write_whole(target.absolute(), f"{text}\n".encode())


def table(found: "list[MethodScore]", lang: str) -> str:
    """The measures as a table in Markdown: the very one of docs/how-to/identity.md."""
    lines = [say(lang, "identity evaluate.head"), "| --- | --- | --- | --- | --- | --- |"]
    for one in found:
        shares = ((one.precision, one.precision_interval), (one.recall, one.recall_interval))
        ends = ["—" if share is None else "–".join(map(_share, bounds)) for share, bounds in shares]
        cells = [_share(one.precision), ends[0], _share(one.recall), ends[1]]
        lines.append(f"| {' | '.join([one.way, *cells])} | {one.f1:.3f} |")
    return "\n".join(lines)


def _share(share: float | None) -> str:
    """A dash for what is a share of nothing."""
    return "—" if share is None else f"{share:.3f}"


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


@click.command()
@click.option("--as", "role", default="curator")
@click.pass_obj
def review(settings: Settings, role: str) -> None:
    from maillage.graph.proposals import is_settled, read_proposals

    proposals = [one for one in read_proposals(proposals_file(settings.out)) if one.decision == "review"]
    still_open = (one for one in proposals if not is_settled(one, _decisions()))  # when their turn comes
    count, keys = 0, section(settings.lang, "identity review")["keys"]
    asked = say(settings.lang, "identity review.asked")
    with tell_at_end(lambda: say(settings.lang, "identity review.written", n=count)):
        for place, proposal in enumerate(still_open, start=1):
            click.echo(_proposal_text(place, proposal, settings.lang))
            answer = keys[ask_key(asked, list(keys), settings.lang)]
            if answer == "quit":
                break
            if answer != "skip":
                _write_answer(proposal, answer == "same", role, settings.lang)
                count += 1


def _decisions() -> "list[Decision]":
    from maillage.graph.build import read_whole

    return read_whole(undecided=True).decisions


def _proposal_text(place: int, proposal: "Proposal", lang: str) -> str:
    from maillage.matching.model import words_of

    said = ", ".join(words_of(proposal.levels, lang))
    pair = f"  {proposal.name_a}  ({':'.join(proposal.a)})\n  {proposal.name_b}  ({':'.join(proposal.b)})"
    return f"\n{place}.\n{pair}\n  {proposal.score:.2f} : {said}"


def _write_answer(proposal: "Proposal", same: bool, role: str, lang: str) -> None:
    """Writes one answer, with the reason that the person gives or what the model saw."""
    from maillage.graph.decide import add, new_decision
    from maillage.matching.model import words_of

    because = say(lang, "identity review.read", levels=", ".join(words_of(proposal.levels, lang)))
    reason = click.prompt(say(lang, "identity review.reason"), default=because)
    add([new_decision(proposal.a, proposal.b, same, role, today(), reason)], _decisions())


def today() -> str:
    return datetime.now(UTC).date().isoformat()


@click.command()
@click.pass_obj
def apply(settings: Settings) -> None:
    from maillage.graph.decide import add, next_batch
    from maillage.graph.proposals import read_proposals, sure

    batch, known = next_batch(), _decisions()
    made = sure(read_proposals(proposals_file(settings.out)), known, today(), batch)
    add(made, known)
    key = "identity apply.written" if made else "identity apply.none"
    click.echo(say(settings.lang, key, n=len(made), batch=batch))


@click.command()
@click.argument("pair", nargs=-1, metavar="[A B]")
@click.pass_obj
def undo(settings: Settings, pair: tuple[str, ...]) -> None:
    from maillage.graph.decide import undo_batch, undo_pair

    if len(pair) not in (0, 2):
        raise click.UsageError(say(settings.lang, "identity undo.pair"))
    count = undo_pair(*pair) if pair else undo_batch()
    click.echo(say(settings.lang, "identity undo.undone", n=count))


@click.command()
@list_options
@click.pass_obj
def reconcile(settings: Settings, names: NameList) -> None:
    from maillage.matching.bodies import Body
    from maillage.matching.bodies import reconcile as reconciled

    listing, rows = names.read()
    wanted = [
        Body(str(place), (one.name,) if one.name else (), one.territory, one.identifier, one.address)
        for place, one in enumerate(rows)
    ]
    with settings.open() as graph:
        found = reconciled(wanted, bodies(graph.ask("names-of-bodies", "fr")), names.engine)
    listing.write(names.target, COLUMNS, [_cells(one, settings.lang) for one in found])
    sure = sum(one.choice is not None for one in found)
    click.echo(say(settings.lang, "reconcile.written", rows=len(found), sure=sure, file=short_path(names.target)))


def bodies(table: "Table") -> "list[Body]":
    """The bodies of the graph with all their names; a territory only where there is one."""
    from maillage.matching.bodies import Body
    from maillage.network.from_table import group_rows

    return [
        Body(
            iri,
            # its own name first
            tuple(
                dict.fromkeys(name for _, name in sorted((r["name"] != r["bodyLabel"], str(r["name"])) for r in said))
            ),
            _only(said, "territory").rsplit("/", 1)[-1],
            _only(said, "identifier"),
            _only(said, "address"),
        )
        for iri, said in group_rows(table.rows(), "body").items()
    ]


def _only(rows: "Sequence[Row]", column: str) -> str:
    """The value of a column where all rows agree on one, else ""."""
    values = {str(row[column]) for row in rows if row[column]}
    return values.pop() if len(values) == 1 else ""


def _cells(one: "Reconciliation", lang: str) -> list[object]:
    cells: list[object] = [one.choice.key, one.choice.names[0], "match"] if one.choice else ["", "", "review"]
    for body, match in one.candidates:
        why = ", ".join(level.words[lang] for level in match.levels.values())
        cells += [body.key, body.names[0], match.score, why]
    return cells + [""] * (len(COLUMNS) - len(cells))
