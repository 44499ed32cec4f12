"""One line is one line: a body keeps its node when it changes its name, and no tie joins it to its own services."""

import re
from collections import defaultdict
from itertools import permutations

import pyoxigraph as ox
import pytest

from maillage.answer import open as open_graph
from maillage.answer.synergies import Synergies
from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import expand, iri
from tests.shared_run import SharedRun

# Read in the sources by hand: a service and its body, a body and the one it succeeded.
LINES = [
    ("sgmap", "ditp"),
    ("region-champagne-ardenne", "region-grand-est"),
    ("sga-ministere-armees", "ministere-armees"),
    ("sgar-nouvelle-aquitaine", "prefecture-region-nouvelle-aquitaine"),
    ("sgar-occitanie", "prefecture-region-occitanie"),
    ("sgar-pays-de-la-loire", "prefecture-region-pays-de-la-loire"),
    ("sgar-provence-alpes-cote-d-azur", "prefecture-region-paca"),
    ("ditp", "ministere-transformation-fonction-publiques"),
]
STRANGERS = [
    ("sgmap", "ministere-transformation-fonction-publiques"),
    ("ditp", "dinum"),
    ("sgar-pays-de-la-loire", "region-pays-de-la-loire"),
    ("region-grand-est", "prefecture-region-grand-est"),
]
# The names of one ministry bear one node, and the others lead to it.
NAMES = {
    "ministere-transition-ecologique-solidaire": "ministere-transition-ecologique",
    "ministeres-transition-ecologique-amenagement": "ministere-transition-ecologique",
    "ministere-economie-finances-action-comptes-publics": "ministere-economie-finances-relance",
    "ministere-education-nationale-jeunesse": "ministere-education-nationale",
}


def holds(built: SharedRun, a: str, property_: str, b: str) -> bool:
    nodes = (ox.NamedNode(iri("organisation", key)) for key in (a, b))
    return bool(list(built.store.quads_for_pattern(next(nodes), ox.NamedNode(expand(property_)), next(nodes))))


@pytest.mark.parametrize(("a", "b"), LINES)
def test_one_line(built: SharedRun, a: str, b: str) -> None:
    assert holds(built, a, "mai:lineage", b) and holds(built, b, "mai:lineage", a)


@pytest.mark.parametrize(("a", "b"), STRANGERS)
def test_not_one_line(built: SharedRun, a: str, b: str) -> None:
    assert not holds(built, a, "mai:lineage", b)


@pytest.mark.parametrize(("former", "now"), NAMES.items())
def test_the_names_of_one_ministry_are_one_node(built: SharedRun, former: str, now: str) -> None:
    assert holds(built, former, "dcterms:isReplacedBy", now)


def test_nothing_joins_two_bodies_of_one_line(built: SharedRun) -> None:
    """Neither a partnership nor a meeting: the names of one ministry, a prefecture and its secretariat."""
    members: dict[str, set[str]] = defaultdict(set)
    for partnership, body in ends(built, "mai:member"):
        members[partnership].add(body)
    joined = {pair for bodies in members.values() for pair in permutations(bodies, 2)}
    joined |= {*ends(built, "mai:met"), *ends(built, "mai:plannedTogether"), *ends(built, "mai:sameProgramme")}
    lines = ends(built, "mai:lineage")
    assert len(lines) > len(LINES)
    assert len(joined) > 100
    assert joined & lines == set()


def ends(built: SharedRun, name: str) -> set[tuple[str, str]]:
    found = built.store.quads_for_pattern(None, ox.NamedNode(expand(name)), None)
    return {(str(quad.subject), str(quad.object)) for quad in found}


def test_who_was_told_apart_as_a_service_or_a_successor_is_of_one_line(built: SharedRun) -> None:
    """The graph states what the person who decided knew."""
    told = re.compile(r"est un service d|qui lui a succédé|où elle se trouve")
    apart = {decision for decision, same in ends(built, "mai:sameThing") if same.startswith('"false"')}
    decided = {thing for thing, reason in ends(built, "rdfs:comment") if told.search(reason)} & apart
    pairs = defaultdict(set)
    for decision, thing in ends(built, "mai:decidedThing"):
        if decision in decided:
            pairs[decision].add(thing)
    lines = {frozenset(pair) for pair in ends(built, "mai:lineage")}
    assert len(pairs) >= 9
    assert [pair for pair in pairs.values() if frozenset(pair) not in lines] == []


@pytest.mark.slow
def test_why_two_are_suggested_or_not(built: SharedRun) -> None:
    """Winners of one call are strangers still; a body and the one it succeeded are not."""
    with open_graph(built.built, endpoint="") as graph:
        made = Synergies(graph)
        found = {
            name: made.why(*(made.resolve("organisation", body, "fr") for body in name.split(" / ")))
            for name in ("Lab Archipel / SIILAB", "SGMAP / DITP", "Lab 17 bis / Saint-Ex")
        }
    assert {name: (one.verdict, one.how) for name, one in found.items()} == {
        "Lab Archipel / SIILAB": ("suggested", ()),
        "SGMAP / DITP": ("acquainted", ("lineage",)),
        "Lab 17 bis / Saint-Ex": ("acquainted", ("met",)),
    }


def test_lab_archipel_is_acquainted_with_nobody_that_it_did_not_meet(core: EmbeddedStore) -> None:
    """It only examined the premises of the Préfecture, and won the same call as three labs (a review of 2026)."""
    rows = run(core, "acquaintances", {"body": "Lab Archipel"}).rows()
    known = {str(row[end]) for row in rows for end in ("aLabel", "bLabel")}
    assert {"Lab Archipel", "Préfecture de région Auvergne-Rhône-Alpes"} <= known  # what carries it
    assert not known & {"Préfecture de l'Ardèche", "InSo Lab 83", "Le Lab Zéro", "SIILAB"}
    assert {str(row["how"]) for row in rows} <= {expand("mai:carriedBy"), expand("mai:met"), expand("mai:Partnership")}
