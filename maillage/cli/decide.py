"""`maillage identity review | apply | undo`: proposals become decisions under `graph/identity/`, and back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from maillage.cli.identity import proposals_file
from maillage.cli.lazy import Settings

if TYPE_CHECKING:
    from maillage.graph.identity import Decision
    from maillage.graph.proposals import Proposal

_CURATOR = "curator"
_KEYS = {"fr": {"m": "same", "d": "different"}, "en": {"s": "same", "d": "different"}}
_ASKED = {
    "fr": "(m)ême, (d)ifférent, (p)asser, (q)uitter",
    "en": "(s)ame, (d)ifferent, s(k)ip, (q)uit",
}
_CHOICES = {"fr": "mdpq", "en": "sdkq"}


@click.command(
    help="Relire un à un les rapprochements douteux ; chaque réponse est écrite aussitôt dans graph/identity/. || "
    "Go through the doubtful matches one by one; each answer is written at once to graph/identity/."
)
@click.option("--as", "role", default=_CURATOR, help="À quel titre on décide || In what role one decides")
@click.pass_obj
def review(settings: Settings, role: str) -> None:
    from maillage.graph.proposals import read_proposals

    proposals = [one for one in read_proposals(proposals_file(settings.out)) if one.decision == "review"]
    count = 0
    for place, proposal in enumerate(_open(proposals), start=1):
        click.echo(_shown(place, proposal, settings.lang))
        answer = click.prompt(
            _ASKED[settings.lang], type=click.Choice(list(_CHOICES[settings.lang])), show_choices=False
        )
        if answer == "q":
            break
        if answer in _KEYS[settings.lang]:
            count += _answered(proposal, _KEYS[settings.lang][answer] == "same", role, settings.lang)
    click.echo(f"{count} décision(s) écrite(s)." if settings.lang == "fr" else f"{count} decision(s) written.")


def _open(proposals: "list[Proposal]") -> "Iterator[Proposal]":
    """Those that no decision settles when their turn comes."""
    from maillage.graph.proposals import settled

    for proposal in proposals:
        if not settled(proposal, _decisions()):
            yield proposal


def _decisions() -> "list[Decision]":
    from maillage.graph.build import read_whole

    return read_whole(undecided=True).decisions


def _shown(place: int, proposal: "Proposal", lang: str) -> str:
    from maillage.matching.model import words_of

    said = ", ".join(words_of(proposal.levels, lang))
    pair = f"  {proposal.name_a}  ({':'.join(proposal.a)})\n  {proposal.name_b}  ({':'.join(proposal.b)})"
    return f"\n{place}.\n{pair}\n  {proposal.score:.2f} : {said}"


def _answered(proposal: "Proposal", same: bool, role: str, lang: str) -> int:
    """Writes one answer, with the reason that the person gives or what the model saw; returns how many were written."""
    from maillage.graph.decide import add, decided
    from maillage.matching.model import words_of

    because = ("Relu : " if lang == "fr" else "Read: ") + ", ".join(words_of(proposal.levels, lang)) + "."
    reason = click.prompt("Raison" if lang == "fr" else "Reason", default=because)
    add([decided(proposal.a, proposal.b, same, role, today(), reason)], _decisions())
    return 1


def today() -> str:
    return datetime.now(UTC).date().isoformat()


@click.command(
    help="Écrire dans graph/identity/ les rapprochements au-dessus du seuil publié, en un lot que undo reprend. || "
    "Write the matches above the published threshold to graph/identity/, in a batch that undo takes back."
)
@click.pass_obj
def apply(settings: Settings) -> None:
    from maillage.graph.decide import add, next_batch
    from maillage.graph.proposals import read_proposals, sure

    batch, known = next_batch(), _decisions()
    made = sure(read_proposals(proposals_file(settings.out)), known, today(), batch)
    add(made, known)
    said = {
        "fr": f"{len(made)} décision(s) écrite(s)" + (f", lot {batch}." if made else "."),
        "en": f"{len(made)} decision(s) written" + (f", batch {batch}." if made else "."),
    }
    click.echo(said[settings.lang])


@click.command(
    help="Reprendre le dernier lot appliqué, ou la décision sur deux organismes (source:clé source:clé). || "
    "Take back the last batch applied, or the decision on two bodies (source:key source:key)."
)
@click.argument("pair", nargs=-1, metavar="[A B]")
@click.pass_obj
def undo(settings: Settings, pair: tuple[str, ...]) -> None:
    from maillage.graph.decide import undo_batch, undo_pair

    if len(pair) not in (0, 2):
        raise click.UsageError("source:clé source:clé" if settings.lang == "fr" else "source:key source:key")
    count = undo_pair(*pair) if pair else undo_batch()
    click.echo(f"{count} décision(s) reprise(s)." if settings.lang == "fr" else f"{count} decision(s) taken back.")
