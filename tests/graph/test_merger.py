"""What two sources say of one thing, as the merged graph has it: both stay, but what only says less precisely."""

import pyoxigraph as ox
import pytest

from maillage.graph.assemble import Merger
from maillage.graph.identity import Identities
from maillage.terms import expand, iri

ONE, OTHER = iri("event", "week"), iri("event", "week-2")


def merged(name: str, *said: str) -> list[str]:
    """What is left of the values that the first source, and those after it under another IRI, give."""
    merger, predicate = Merger(Identities({}, {OTHER: ONE}, ())), ox.NamedNode(expand(name))
    nodes = [ox.NamedNode(ONE), *(ox.NamedNode(OTHER) for _ in said[1:])]
    triples = [ox.Triple(node, predicate, ox.Literal(value)) for node, value in zip(nodes, said, strict=True)]
    for triple in triples:
        merger.weigh([triple], 1)
    return [value for value, triple in zip(said, triples, strict=True) if merger.keeps(merger.rewrite(triple))]


@pytest.mark.parametrize("name", ["schema:startDate", "schema:endDate"])
def test_a_day_within_another_stays_alone(name: str) -> None:
    assert merged(name, "2017", "2017-11-20", "2017-11") == ["2017-11-20"]
    assert merged(name, "2017-11-20", "2017-11-20") == ["2017-11-20", "2017-11-20"]


@pytest.mark.parametrize("said", [("2017", "2018-11-20"), ("2017-11-20", "2017-11-21"), ("2017-10", "2017-11-20")])
def test_days_that_contradict_each_other_both_stay(said: tuple[str, str]) -> None:
    assert merged("schema:startDate", *said) == list(said)


def test_two_days_within_a_year_still_contradict_each_other() -> None:
    assert merged("schema:startDate", "2017", "2017-11-20", "2017-11-21") == ["2017-11-20", "2017-11-21"]


def test_what_one_source_names_is_named() -> None:
    assert merged("mai:namedBySource", "false", "true") == ["true"]
    assert merged("mai:namedBySource", "false", "false") == ["false", "false"]


def test_a_founding_date_keeps_all_its_precisions() -> None:
    assert merged("schema:foundingDate", "2017", "2017-11") == ["2017", "2017-11"]
