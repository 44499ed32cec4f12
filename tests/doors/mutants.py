"""A build in which one tie after another is told otherwise than it is."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from maillage.terms import concept_iri, expand
from tests.doors.truth import EVIDENCE, MERGED, Build, Tie

Change = Callable[[Build, Tie], None]


def only(build: Build, ties: Iterable[Tie]) -> Build:
    """A copy of it with these ties and no other."""
    kept, store = {tie.iri for tie in ties}, ox.Store()
    gone = {ox.NamedNode(tie.iri) for tie in build.ties if tie.iri not in kept}
    quads = (quad for graph in (MERGED, EVIDENCE) for quad in build.store.quads_for_pattern(None, None, None, graph))
    store.bulk_extend(quad for quad in quads if quad.subject not in gone and quad.object not in gone)
    return Build(build.out, store)


def _say(build: Build, iri: str, name: str, value: ox.NamedNode | ox.Literal) -> None:
    node, named = ox.NamedNode(iri), ox.NamedNode(expand(name))
    for quad in list(build.store.quads_for_pattern(node, named, None, MERGED)):
        build.store.remove(quad)
    build.store.add(ox.Quad(node, named, value, MERGED))


def less_sure(build: Build, tie: Tie) -> None:
    other = "implied" if tie.certainty == "stated" else "stated"
    _say(build, tie.iri, "mai:certainty", ox.NamedNode(concept_iri("certainty", other)))


def another_kind(build: Build, tie: Tie) -> None:
    other = "co-sponsoring" if tie.directed else "incubation"
    _say(build, tie.iri, "mai:partnershipKind", ox.NamedNode(concept_iri("partnership-kind", other)))


def turned(build: Build, tie: Tie) -> None:
    _say(build, tie.iri, "mai:from", ox.NamedNode(tie.goal))
    _say(build, tie.iri, "mai:to", ox.NamedNode(tie.start))


def another_day(build: Build, tie: Tie) -> None:
    for name in ("mai:firstDay", "mai:lastDay"):
        _say(build, tie.iri, name, ox.Literal("1999", datatype=ox.NamedNode(expand("xsd:gYear"))))


def another_dating(build: Build, tie: Tie) -> None:
    other = "activity" if tie.dating == "edition" else "edition"
    _say(build, tie.iri, "mai:dating", ox.NamedNode(concept_iri("dating", other)))


def another_occurrence(build: Build, tie: Tie) -> None:
    other = "held" if tie.occurrence == "planned" else "planned"
    _say(build, tie.iri, "mai:occurrence", ox.NamedNode(concept_iri("occurrence", other)))


def another_proof(build: Build, tie: Tie) -> None:
    """One of the participations is read less surely, and so those ties that rest on it: it must rest on its own."""
    part = min(proof.participation for proof in tie.proofs)
    _say(build, part, "mai:certainty", ox.NamedNode(concept_iri("certainty", "ambiguous")))


CHANGES: dict[str, Change] = {
    "certainty": less_sure,
    "kind": another_kind,
    "direction": turned,
    "day": another_day,
    "dating": another_dating,
    "occurrence": another_occurrence,
    "evidence": another_proof,
}
