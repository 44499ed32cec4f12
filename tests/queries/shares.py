"""What a share of `coverage` lacks, beside what its list holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import compact, iri

LISTED = {  # a property of a class, and the question and column that list what it is not known of
    ("org:Organization", "org:classification"): ("things-without-kind", "body"),
    ("org:Organization", "adms:identifier"): ("things-without-identifier", "body"),
    ("org:Organization", "mai:territory"): ("things-without-territory", "thing"),
    ("org:Organization", "mai:country"): ("things-without-country", "body"),
    ("schema:Event", "mai:territory"): ("things-without-territory", "thing"),
    ("schema:Event", "schema:startDate"): ("things-without-date", "thing"),
    ("schema:Event", "mai:organising"): ("events-without-organiser", "event"),
    ("mai:Observation", "schema:observationDate"): ("things-without-date", "thing"),
}


@dataclass(frozen=True)
class Lacking:
    name: str
    counted: int
    listed: int


def lacking(store: EmbeddedStore, source: str = "") -> Iterator[Lacking]:
    """Of one source, or of all: how many things each property is not known of, as counted and as listed."""
    values = {"source": iri("source", source)} if source else {}
    for share in run(store, "coverage-by-source" if source else "coverage", values).rows():
        name, column = LISTED[compact(str(share["class"])), compact(str(share["predicate"]))]
        rows = run(store, name, values).rows()
        listed = {row[column] for row in rows if row.get("class", share["class"]) == share["class"]}
        yield Lacking(name, int(str(share["total"])) - int(str(share["known"])), len(listed))
