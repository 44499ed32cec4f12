"""Proposals of identity between the bodies, the events and the programmes of the sources: what the model says, for a
person or a rule to decide.

Proposals are a file, `<out>/identity/proposals.csv`; they change nothing until they are decided (`decide.py`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path

from maillage.errors import GraphError, MissingFile
from maillage.files import short_path, write_whole
from maillage.graph.build import Inputs
from maillage.graph.decide import MACHINE, new_decision
from maillage.graph.identity import Clusters, Decision, conflicts, split_key
from maillage.graph.names import names_by_key
from maillage.locales import LANGUAGES, say
from maillage.matching.bodies import Body, Match, matches_within
from maillage.matching.engine import Engine
from maillage.matching.lexicon import lexicon
from maillage.matching.model import model
from maillage.matching.spelling import read_name
from maillage.sources.index import Key
from maillage.sources.records import Record, codes
from maillage.sources.rows import read_rows, to_csv

OTHERS = ("event", "programme")  # the model learned from names of bodies: these are for a person alone to decide
_SAYS = 0.6  # the weight of a word that two names of one activity share: "appel", not "innovation"
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
    A pair above the threshold is for review where joining it would contradict a decision, or a better proposal; where
    one source tells the two apart; where a name is as near to a third body.
    """
    made, found = list(read.decisions), list[Proposal]()
    clusters, bodies = Clusters(made), _of_kind(read, "organisation", sources, engine)
    rivals = _rivals(bodies, clusters)
    for one in bodies:
        if clusters.settle(one.a, one.b):
            continue
        wanted = [*made, new_decision(one.a, one.b, True, MACHINE, "", "")]
        sure = one.decision == "same" and one.a[0] != one.b[0] and not {one.a, one.b} & rivals and not conflicts(wanted)
        if sure:
            made, clusters = wanted, Clusters(wanted)
        found.append(one if sure else replace(one, decision="review"))
    for kind in OTHERS:
        named = [replace(one, decision="review") for one in _of_kind(read, kind, sources, engine)]
        pairs = {(one.a, one.b) for one in named} | {(one.b, one.a) for one in named}
        named += [one for one in _of_parties(read, kind, sources, clusters) if (one.a, one.b) not in pairs]
        found += [one for one in named if not clusters.settle(one.a, one.b) and not _at_other_times(read, one, kind)]
    return found


def _rivals(found: Sequence[Proposal], clusters: Clusters) -> set[Key]:
    """The bodies that are as near, by name alone, to two others that are not known to be one."""
    near: dict[Key, set[Key]] = defaultdict(set)
    for one in found:
        if one.decision == "same" and one.score < 1:
            near[one.a].add(clusters.root(one.b))
            near[one.b].add(clusters.root(one.a))
    return {key for key, others in near.items() if len(others - {clusters.root(key)}) > 1}


def _of_parties(read: Inputs, kind: str, sources: Collection[str], clusters: Clusters) -> list[Proposal]:
    """Of two sources, what is of one kind, and has a word of its name and a party in common: a call that each source
    names in its own words.
    """
    parties, alike = defaultdict[Key, set[Key]](set), defaultdict[tuple[object, ...], set[Key]](set)
    for record in read.index.records:
        for thing in record.values["activity"] if record.key_kind == "participation" else []:
            agents = (read.index.target(agent) or ("", "") for agent in record.values["agent"])
            parties[read.index.target(thing) or ("", "")] |= {clusters.root(agent) for agent in agents}
    for key, record in read.index.by_key.items():
        words = read_name(record.texts("name")[0]).words if record.key_kind == kind else ()
        for word, party in product(words, parties[key]):
            if lexicon().rarity.get(word, 1.0) >= _SAYS:
                alike[(word, party, *record.texts("kind"))].add(key)
    pairs = {pair for keys in alike.values() for pair in combinations(sorted(keys), 2)}
    things, found = {body.key: body for body in bodies_of(read, kind)}, []
    for a, b in sorted(pairs):
        if a[0] != b[0] and (not sources or {a[0], b[0]} & set(sources)):
            match = Match(0, 1, model().review, 0.0, {})
            found.append(_proposal(match, [things[":".join(key)] for key in (a, b)], read.ranks))
    return found


def _at_other_times(read: Inputs, one: Proposal, kind: str) -> bool:
    """Whether what is proposed as one event, or as one programme, is dated apart: two yearly editions are two."""
    (first, last), (start, end) = (_period(read.index.by_key[key], kind) for key in (one.a, one.b))
    return any(x and y and x[: len(y)] < y[: len(x)] for x, y in ((last, start), (end, first)))


def _period(record: Record, kind: str) -> tuple[str, str]:
    """From when until when; an event that says no end ends where it starts."""
    start, end = (min(record.texts(column), default="") for column in ("start", "end"))
    return start or end, end or (start if kind == "event" else "")


def _of_kind(read: Inputs, kind: str, sources: Collection[str], engine: Engine) -> list[Proposal]:
    """Of events and programmes, those of two sources: what one source tells apart is not asked again."""
    things, found = bodies_of(read, kind), list[Match]()
    registered = registers(read.index.records if kind == "organisation" else ())
    for match in matches_within(things, engine):
        a, b = split_key(things[match.a].key), split_key(things[match.b].key)
        asked = match.score >= model().review and (not sources or {a[0], b[0]} & set(sources))
        if asked and not (apart(registered[a], registered[b]) if kind == "organisation" else a[0] == b[0]):
            found.append(match)
    found.sort(key=lambda match: (-match.score, things[match.a].key, things[match.b].key))
    return [_proposal(match, things, read.ranks) for match in found]


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


def bodies_of(read: Inputs, kind: str) -> list[Body]:
    """The things of a kind in the sources, with every name that the sources give them."""
    every, found, wide = names_by_key(read.index), list[Body](), _countries(read)
    for record in (record for record in read.index.records if record.key_kind == kind):
        key = (record.source, record.key)
        names, territory = tuple(dict.fromkeys(every[key])), record.texts("territory") or sorted(wide[key])
        siren = [code.removeprefix("SIREN=") for code in codes(record) if code.startswith("SIREN=")]
        one, address = territory[0] if len(territory) == 1 else "", "".join(record.texts("address"))
        found.append(Body(":".join(key), names, one, "".join(siren[:1]), address))
    return found


def _countries(read: Inputs) -> dict[Key, set[str]]:
    """The country, or what a body is competent for: of a body without a territory, one that keeps it from others."""
    found: dict[Key, set[str]] = defaultdict(set)
    for record in (record for record in read.index.records if record.key_kind in ("country", "competence")):
        for thing in record.values["thing"]:
            found[read.index.target(thing) or ("", "")].update((*record.texts("country"), *record.texts("territory")))
    return found


def _proposal(match: Match, bodies: Sequence[Body], ranks: dict[str, int]) -> Proposal:
    """The body of the source that ranks lower comes first: the decision is written in its file."""
    pair = sorted((bodies[match.a], bodies[match.b]), key=lambda body: (-ranks[split_key(body.key)[0]], body.key))
    decision = "same" if match.score >= model().threshold else "review"
    levels = {name: level.name for name, level in match.levels.items()}
    (a, b), version = pair, str(model().version)
    return Proposal(split_key(a.key), a.names[0], split_key(b.key), b.names[0], match.score, decision, version, levels)


def is_settled(one: Proposal, made: Sequence[Decision]) -> bool:
    """Whether decisions already say of this pair that it is one body, or two."""
    return Clusters(made).settle(one.a, one.b)


def sure(found: Iterable[Proposal], made: Sequence[Decision], date: str, batch: int) -> list[Decision]:
    """The decisions that a batch writes: the proposals above the threshold that nothing settles yet."""
    known, key = Clusters(made), "identity apply.decided"
    return [
        new_decision(
            one.a, one.b, True, MACHINE, date, say(LANGUAGES[0], key, score=score, model=one.model, batch=batch)
        )
        for one, score in ((one, f"{one.score:.4f}") for one in found)
        if one.decision == "same" and not known.settle(one.a, one.b)
    ]


def write_proposals(path: Path, found: Sequence[Proposal]) -> None:
    names = [comparison.name for comparison in model().comparisons]
    rows: list[Sequence[object]] = [(*COLUMNS, *names)]
    for one in found:
        said = (":".join(one.a), one.name_a, ":".join(one.b), one.name_b, one.score, one.decision, one.model)
        rows.append([*said, *(one.levels.get(name, "") for name in names)])
    write_whole(path, to_csv(rows).encode())


def read_proposals(path: Path) -> list[Proposal]:
    """The proposals last written. Raises `no-proposals`, or FindingsError where a column is missing."""
    try:
        rows = [row for _, row in read_rows(path, COLUMNS)]
    except MissingFile:
        raise GraphError("no-proposals", file=short_path(path)) from None
    found = []
    for row in rows:
        levels = {name: text for name, text in row.items() if name not in COLUMNS and text}
        keys = (split_key(row["a"]), row["name_a"], split_key(row["b"]), row["name_b"])
        found.append(Proposal(*keys, float(row["score"]), row["decision"], row["model"], levels))
    return found
