"""What rules rest on: for each property that one adds, the properties that lead to it."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from maillage.files import asset
from maillage.graph.algebra import read
from maillage.graph.rules import read_rules
from maillage.terms import expand

TYPE = f"<{expand('rdf:type')}>"


def premises() -> dict[str, frozenset[str]]:
    """For each property that a rule adds, those that the rule reads, and those behind them in turn."""
    return _premises_of(asset("graph"))


@cache
def _premises_of(_folder: Path) -> dict[str, frozenset[str]]:
    reads: dict[str, set[str]] = defaultdict(set)
    for reading in (read(rule.text) for rule in read_rules()[0]):
        for name in reading.properties:
            reads[name].update(reading.iris)
    size = 0
    while size < sum(map(len, reads.values())):
        size = sum(map(len, reads.values()))
        for found in reads.values():
            found |= {further for name in found - {TYPE} for further in reads.get(name, ())}
    return {name: frozenset(found) for name, found in reads.items()}
