"""What every store can do, whatever engine stands behind it."""

import re
from typing import Protocol

from maillage.table import Table
from maillage.terms import graph_iri

QUESTION_GRAPHS = (graph_iri("merged"), graph_iri("evidence"))  # those a question is asked of, unless it names some


class Store(Protocol):
    """Reads one released graph. The default graph is always merged + evidence (see docs, "Graphs")."""

    def ask(self, query: str, timeout: float | None = None) -> Table:
        """The rows of a SELECT, unsorted; an ASK gives one row with the boolean column `answer`.

        `timeout` is in seconds. Raises `bad-sparql`, `query-timeout` or `store-in-use`.
        """

    def construct(self, query: str, timeout: float | None = None) -> bytes:
        """The triples of a CONSTRUCT or DESCRIBE as N-Triples, unsorted."""

    def close(self) -> None:
        """Releases what the store holds; asking afterwards is an error."""


def strip_credentials(address: str) -> str:
    """An address as a message may show it: whatever stands before an `@` in its first part is left out."""
    return re.sub(r"^([a-z][a-z0-9+.-]*://)?[^/]*@", r"\1", address.partition("?")[0], flags=re.IGNORECASE)
