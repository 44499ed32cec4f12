"""Any SPARQL 1.1 endpoint, asked through SPARQLWrapper, behind the same protocol as the embedded store."""

import re
from collections.abc import Mapping, Sequence

import httpx
from SPARQLWrapper import POST, SPARQLWrapper

from maillage.errors import EndpointError, Phrase
from maillage.store.base import QUESTION_GRAPHS
from maillage.store.endpoint import AGENT, Endpoint, Reply
from maillage.store.results import table_of, triples_of
from maillage.table import Table

RESULTS = "application/sparql-results+json"
_DISTINCT = re.compile(r"^[^{]*?\bSELECT\s+DISTINCT\b", re.IGNORECASE)
_COMMENT = re.compile(r"(?m)^\s*#.*$")
_LIMITS = ("X-SPARQL-MaxRows", "X-SPARQL-Anytime")  # Virtuoso says so when it cuts an answer, with status 200


def question_request(
    address: str, query: str, accept: str = RESULTS, graphs: Sequence[str] = (), agent: str = AGENT
) -> httpx.Request:
    """A question as the SPARQL 1.1 protocol sends it, by POST; `graphs`: its default graph, that of the endpoint
    where there are none.

    SPARQLWrapper holds it; its own way to send keeps no limit, and puts a password in an opener that the whole process
    shares.
    """
    asked = SPARQLWrapper(address, agent=agent)
    asked.setQuery(query)
    asked.setMethod(POST)
    asked.addCustomHttpHeader("Accept", accept)
    for graph in graphs:
        asked.addParameter("default-graph-uri", graph)
    form = {**asked.parameters, "query": asked.queryString}
    headers = {"User-Agent": asked.agent, **asked.customHttpHeaders}
    return httpx.Request(asked.method, asked.endpoint, data=form, headers=headers)


class RemoteStore:
    """An endpoint whose default graph is, at each question, the union of `graphs`.

    `timeout` covers the question and the reading of the answer; the engine itself is not told to stop.
    """

    def __init__(self, address: str, graphs: Sequence[str] = QUESTION_GRAPHS) -> None:
        self._endpoint = Endpoint.at(address)
        self._graphs = tuple(graphs)

    def ask(self, query: str, timeout: float | None = None) -> Table:
        """As the protocol says. Rows that a SELECT DISTINCT gives twice are kept once: Virtuoso 7 repeats some
        that have an empty cell.
        """
        table = table_of(self._reply(query, RESULTS, timeout), self._endpoint.address)
        return table.distinct() if _DISTINCT.match(_COMMENT.sub("", query)) else table

    def construct(self, query: str, timeout: float | None = None) -> bytes:
        accept = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
        return triples_of(self._reply(query, accept, timeout), self._endpoint.address)

    def close(self) -> None:
        self._endpoint.close()

    def _reply(self, query: str, accept: str, timeout: float | None) -> Reply:
        asked = question_request(self._endpoint.address, query, accept, self._graphs)
        reply = self._endpoint.send(asked, timeout)
        refuse_cut(reply.headers, self._endpoint.address)
        return reply


def refuse_cut(headers: Mapping[str, str], endpoint: str) -> None:
    """Raises `answer-cut` where the headers of an answer say that rows of it are missing."""
    for header in _LIMITS:
        if header in headers:
            limit = f"{header}: {headers[header]}"
            raise EndpointError("answer-cut", endpoint=endpoint, reason=Phrase("answer-limited", limit=limit))
