"""Proposals of identity between the bodies, the events and the programmes of the sources: what the model says, for a
person or a rule to decide.

Proposals are a file, `<out>/identity/proposals.csv`; they change nothing until they are decided (`decide.py`).
"""

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maillage.errors import GraphError, MissingFile
from maillage.files import short_path, write_whole
from maillage.graph.build import Inputs
from maillage.graph.decide import MACHINE, new_decision
from maillage.graph.identity import Clusters, Decision, conflicts
from maillage.graph.names import names_by_key
from maillage.locales import LANGUAGES, say
from maillage.matching.bodies import Body, Match, matches_within
from maillage.matching.engine import Engine
from maillage.matching.model import model
from maillage.sources.index import Key
from maillage.sources.records import Record, codes
from maillage.sources.rows import read_rows

OTHERS = ("event", "programme")  # the model learned from names of bodies: these are for a person alone to decide
COLUMNS = ("a", "name_a", "b", "name_b", "score", "decision", "model")


@dataclass(frozen=True)
class Proposal:
    """`decision`: `same` at the published threshold or above, else `review`; `levels`: comparison -> level name."""

    a: Key
    name_a: str
    b: Key
    name_b: str
    score: float
    decision: str
    model: str
    levels: dict[str, str]


def propose(read: Inputs, sources: Collection[str] = (), engine: Engine = "duckdb") -> list[Proposal]:
    """Undecided pairs worth deciding, the best first; of `sources`, where given, at least one body each.

    A pair that better proposals already join through a chain is left out, and so are two bodies that one register lists
    under two codes: identifiers decide before names.
    A pair above the threshold is for review where joining it would contradict a decision, or a better proposal.
    """
    known = _Decisions(read.decisions)
    found = [known.place(one) for one in _of_bodies(read, sources, engine) if not known.settles(one)]
    others = [one for kind in OTHERS for one in _of_kind(read, kind, sources, engine)]
    return [*found, *(one for one in others if not known.settles(one))]


def _of_kind(read: Inputs, kind: str, sources: Collection[str], engine: Engine) -> list[Proposal]:
    """Events or programmes of two sources: what one source tells apart is not asked again."""
    things = bodies_of(read, kind)
    matches = [
        match
        for match in matches_within(things, engine)
        if match.score >= model().review
        and _touches(things[match.a], things[match.b], sources)
        and _key(things[match.a].key)[0] != _key(things[match.b].key)[0]
    ]
    return [replace(_proposal(match, things, read.ranks), decision="review") for match in _best_first(matches, things)]


def _of_bodies(read: Inputs, sources: Collection[str], engine: Engine) -> list[Proposal]:
    bodies, registered = bodies_of(read, "organisation"), registers(read.index.records)
    matches = [
        match
        for match in matches_within(bodies, engine)
        if match.score >= model().review
        and _touches(bodies[match.a], bodies[match.b], sources)
        and not apart(registered[_key(bodies[match.a].key)], registered[_key(bodies[match.b].key)])
    ]
    return [_proposal(match, bodies, read.ranks) for match in _best_first(matches, bodies)]


def _best_first(matches: Iterable[Match], named: Sequence[Body]) -> list[Match]:
    return sorted(matches, key=lambda match: (-match.score, named[match.a].key, named[match.b].key))


def registers(records: Iterable[Record]) -> dict[Key, dict[str, set[str]]]:
    """Under which codes each register lists each body."""
    found: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for record in records:
        for code in codes(record):
            register, _, number = code.partition("=")
            found[record.source, record.key][register].add(number)
    return found


def apart(a: Mapping[str, set[str]], b: Mapping[str, set[str]]) -> bool:
    """Does one register list two bodies under codes of which none is the same?"""
    return any(not (codes & b[register]) for register, codes in a.items() if register in b)


def _touches(a: Body, b: Body, sources: Collection[str]) -> bool:
    return not sources or bool({_key(a.key)[0], _key(b.key)[0]} & set(sources))


def bodies_of(read: Inputs, kind: str) -> list[Body]:
    """The things of a kind in the sources, with every name that the sources give them."""
    names = names_by_key(read.index)
    records = [record for record in read.index.records if record.key_kind == kind]
    return [_body(record, names[record.source, record.key]) for record in records]


def _body(record: Record, names: Iterable[str]) -> Body:
    territory = _texts(record, "territory")
    siren = [code.removeprefix("SIREN=") for code in codes(record) if code.startswith("SIREN=")]
    one = territory[0] if len(territory) == 1 else ""
    address = "".join(_texts(record, "address"))
    return Body(f"{record.source}:{record.key}", tuple(dict.fromkeys(names)), one, siren[0] if siren else "", address)


def _texts(record: Record, column: str) -> list[str]:
    return [value.text for value in record.values.get(column, [])]


def _key(text: str) -> Key:
    source, _, key = text.partition(":")
    return source, key


def _proposal(match: Match, bodies: Sequence[Body], ranks: dict[str, int]) -> Proposal:
    """The body of the source that ranks lower comes first: the decision is written in its file."""
    pair = sorted((bodies[match.a], bodies[match.b]), key=lambda body: (-ranks[_key(body.key)[0]], body.key))
    decision = "same" if match.score >= model().threshold else "review"
    levels = {name: level.name for name, level in match.levels.items()}
    (a, b), version = pair, str(model().version)
    return Proposal(_key(a.key), a.names[0], _key(b.key), b.names[0], match.score, decision, version, levels)


class _Decisions:
    """What decisions settle, together with the sure proposals placed so far."""

    def __init__(self, made: Sequence[Decision]) -> None:
        self._made = list(made)
        self._clusters = Clusters(made)

    def settles(self, one: Proposal) -> bool:
        return self._clusters.settle(one.a, one.b)

    def place(self, one: Proposal) -> Proposal:
        """The proposal, for review where joining its bodies would contradict what is there already."""
        wanted = [*self._made, new_decision(one.a, one.b, True, MACHINE, "", "")]
        if one.decision != "same":
            return one
        if conflicts(wanted):
            return replace(one, decision="review")
        self._made, self._clusters = wanted, Clusters(wanted)
        return one


def is_settled(one: Proposal, made: Sequence[Decision]) -> bool:
    """Whether decisions already say of this pair that it is one body, or two."""
    return _Decisions(made).settles(one)


def sure(found: Iterable[Proposal], made: Sequence[Decision], date: str, batch: int) -> list[Decision]:
    """The decisions that a batch writes: the proposals above the threshold that nothing settles yet."""
    return [_sure(one, date, batch) for one in found if one.decision == "same" and not is_settled(one, made)]


def _sure(one: Proposal, date: str, batch: int) -> Decision:
    score, key = f"{one.score:.4f}", "identity apply.decided"
    said = say(LANGUAGES[0], key, score=score, model=one.model, batch=batch)
    return new_decision(one.a, one.b, True, MACHINE, date, said)


def write_proposals(path: Path, found: Sequence[Proposal]) -> None:
    names = [comparison.name for comparison in model().comparisons]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *names])
    for one in found:
        said = (":".join(one.a), one.name_a, ":".join(one.b), one.name_b, one.score, one.decision, one.model)
        writer.writerow([*said, *(one.levels.get(name, "") for name in names)])
    write_whole(path, text.getvalue().encode())


def read_proposals(path: Path) -> list[Proposal]:
    """The proposals last written. Raises `no-proposals`, or FindingsError where a column is missing."""
    try:
        return [_parse_proposal(row) for _, row in read_rows(path, COLUMNS)]
    except MissingFile:
        raise GraphError("no-proposals", file=short_path(path)) from None


def _parse_proposal(row: dict[str, str]) -> Proposal:
    levels = {name: text for name, text in row.items() if name not in COLUMNS and text}
    keys = (_key(row["a"]), row["name_a"], _key(row["b"]), row["name_b"])
    return Proposal(*keys, float(row["score"]), row["decision"], row["model"], levels)
