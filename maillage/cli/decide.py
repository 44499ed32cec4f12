"""`maillage identity review | apply | undo`: proposals become decisions under `graph/identity/`, and back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from maillage.cli.identity import proposals_file
from maillage.cli.lazy import Settings
from maillage.locales import say, section

if TYPE_CHECKING:
    from maillage.graph.identity import Decision
    from maillage.graph.proposals import Proposal

_CURATOR = "curator"


@click.command()
@click.option("--as", "role", default=_CURATOR)
@click.pass_obj
def review(settings: Settings, role: str) -> None:
    from maillage.graph.proposals import read_proposals

    proposals = [one for one in read_proposals(proposals_file(settings.out)) if one.decision == "review"]
    count = 0
    for place, proposal in enumerate(_open(proposals), start=1):
        click.echo(_proposal_text(place, proposal, settings.lang))
        keys = section(settings.lang, "identity review")["keys"]
        asked = say(settings.lang, "identity review.asked")
        answer = keys[click.prompt(asked, type=click.Choice(list(keys)), show_choices=False)]
        if answer == "quit":
            break
        if answer != "skip":
            count += _write_answer(proposal, answer == "same", role, settings.lang)
    click.echo(say(settings.lang, "identity review.written", n=count))


def _open(proposals: "list[Proposal]") -> "Iterator[Proposal]":
    """Those that no decision settles when their turn comes."""
    from maillage.graph.proposals import is_settled

    for proposal in proposals:
        if not is_settled(proposal, _decisions()):
            yield proposal


def _decisions() -> "list[Decision]":
    from maillage.graph.build import read_whole

    return read_whole(undecided=True).decisions


def _proposal_text(place: int, proposal: "Proposal", lang: str) -> str:
    from maillage.matching.model import words_of

    said = ", ".join(words_of(proposal.levels, lang))
    pair = f"  {proposal.name_a}  ({':'.join(proposal.a)})\n  {proposal.name_b}  ({':'.join(proposal.b)})"
    return f"\n{place}.\n{pair}\n  {proposal.score:.2f} : {said}"


def _write_answer(proposal: "Proposal", same: bool, role: str, lang: str) -> int:
    """Writes one answer, with the reason that the person gives or what the model saw; returns how many were written."""
    from maillage.graph.decide import add, new_decision
    from maillage.matching.model import words_of

    because = say(lang, "identity review.read", levels=", ".join(words_of(proposal.levels, lang)))
    reason = click.prompt(say(lang, "identity review.reason"), default=because)
    add([new_decision(proposal.a, proposal.b, same, role, today(), reason)], _decisions())
    return 1


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
