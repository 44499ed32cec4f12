"""Any SPARQL 1.1 endpoint, asked through SPARQLWrapper, and its answers as the embedded store would have given them.

Engines write the same value in several ways; a term is brought to one form before a column is typed:
`xsd:string` is plain text, language tags are lower case, `1` and `0` of a boolean are `true` and `false`,
numbers lose the spelling that their engine prefers.
"""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import httpx
import pyoxigraph as ox
from SPARQLWrapper import POST, SPARQLWrapper

from maillage.errors import EndpointError, Phrase
from maillage.store.base import QUESTION_GRAPHS
from maillage.store.endpoint import AGENT, Endpoint, Reply
from maillage.table import Table
from maillage.terms import RDF_LANGSTRING, XSD

_INTEGERS = {
    XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"})
_TURTLE = ("text/turtle", "application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3")
_GRAPHS = {
    **dict.fromkeys(("application/n-triples", "text/plain"), ox.RdfFormat.N_TRIPLES),
    **dict.fromkeys(_TURTLE, ox.RdfFormat.TURTLE),
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


def table_of(reply: Reply, endpoint: str) -> Table:
    """The rows of a SPARQL JSON answer. Raises `not-results` or `answer-cut`."""
    said = _json(reply, endpoint)
    if isinstance(said.get("boolean"), bool):
        return Table.from_terms({"answer": [str(said["boolean"]).lower()]})
    try:
        names, rows = said["head"]["vars"], said["results"]["bindings"]
        return _table(list(dict.fromkeys(names)), rows)
    except (KeyError, TypeError, AttributeError):
        raise EndpointError("not-results", endpoint=endpoint, found=_reply_type(reply)) from None


def _table(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    term = cache(_term)  # the same terms come again and again: each is written once
    columns: dict[str, list[str | None]] = {name: [] for name in names}
    for row in rows:
        for name in names:
            cell = row.get(name)
            key = () if cell is None else (cell["type"], cell["value"], cell.get("xml:lang"), cell.get("datatype"))
            columns[name].append(term(*key) if key else None)
    return Table.from_terms(columns)


def _term(kind: str, value: str, lang: str | None, datatype: str | None) -> str:
    """A term in the syntax of Oxigraph's TSV."""
    if kind == "uri":
        return f"<{value}>"
    if kind == "bnode":
        return f"_:{value.removeprefix('_:')}"
    if kind not in ("literal", "typed-literal"):
        raise TypeError(kind)
    quoted = f'"{value.translate(_ESCAPES)}"'
    if lang:
        return f"{quoted}@{lang.lower()}"
    return _typed_literal(value, quoted, datatype)


def _typed_literal(value: str, quoted: str, datatype: str | None) -> str:
    if datatype in (None, f"{XSD}string", RDF_LANGSTRING):
        return quoted
    if datatype == f"{XSD}boolean":
        return {"1": "true", "0": "false"}.get(value, value)
    if datatype in _INTEGERS and re.fullmatch(r"[+-]?\d+", value):
        return str(int(value))
    if datatype in (f"{XSD}decimal", f"{XSD}double", f"{XSD}float"):
        return _number(value) or f"{quoted}^^<{datatype}>"
    return f"{quoted}^^<{datatype}>"


def _number(value: str) -> str:
    """A decimal without exponent or idle zeros; empty for what is no finite number."""
    with suppress(InvalidOperation):
        if (number := Decimal(value)).is_finite():
            written = f"{number:f}"
            return written.rstrip("0").rstrip(".") if "." in written else written
    return ""


def triples_of(reply: Reply, endpoint: str) -> bytes:
    """The triples of a CONSTRUCT as N-Triples, whatever the engine wrote. Raises `not-results` or `answer-cut`."""
    form = _GRAPHS.get(reply.media_type)
    if form is None:
        raise EndpointError("not-results", endpoint=endpoint, found=_reply_type(reply))
    try:
        quads = [_plain(quad.triple) for quad in ox.parse(reply.body, format=form)]
    except (SyntaxError, ValueError) as error:
        raise EndpointError("answer-cut", endpoint=endpoint, reason=Phrase("answer-unreadable", reason=error)) from None
    return ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES) or b""


def _plain(triple: ox.Triple) -> ox.Triple:
    """Booleans as everybody else writes them; Virtuoso says `1`."""
    said = triple.object
    if isinstance(said, ox.Literal) and said.datatype.value == f"{XSD}boolean" and said.value in "10":
        value = ox.Literal("true" if said.value == "1" else "false", datatype=said.datatype)
        return ox.Triple(triple.subject, triple.predicate, value)
    return triple


def _json(reply: Reply, endpoint: str) -> dict[str, Any]:
    if reply.body.lstrip()[:1] != b"{":
        raise EndpointError("not-results", endpoint=endpoint, found=_reply_type(reply))
    try:
        said = json.loads(reply.body)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise EndpointError("answer-cut", endpoint=endpoint, reason=Phrase("answer-stops")) from None
    return dict(said)


def _reply_type(reply: Reply) -> str:
    return reply.media_type if reply.body.strip() else "0 octet"


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
