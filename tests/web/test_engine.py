"""The engine beside the server: what it does not stop is stopped, what it breaks off is no answer, none outlives it."""

import os
import signal
import time
from pathlib import Path

import httpx
import pytest

from maillage.terms import graph_iri
from maillage.web.sparql import EngineReply
from tests.web.conftest import SECONDS, alive, children, served

pytestmark = pytest.mark.needs("oxigraph-server")
# Oxigraph looks at its time limit between some of its steps only: this one goes on for minutes.
DEAF = "SELECT * { ?a (<a:>|!<a:>)* ?b . ?b (<a:>|!<a:>)* ?c } ORDER BY ?a ?c"
# It says 200 and begins to write before it has counted: what it says of its limit stands in the answer.
CUT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def asked(address: str, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    return httpx.post(f"{address}sparql", data={"query": query}, headers={"Accept": accept}, timeout=30)


def test_a_query_that_nothing_stops_loses_its_process(small_out: Path) -> None:
    with served(small_out) as (address, process):
        (first,) = children(process)
        assert asked(address, DEAF).json()["error"]["code"] == "query-stopped"
        assert asked(address, "ASK {}").json()["boolean"] is True  # at once: a fresh process has taken over
        for _ in range(100):
            if not alive(first):
                break
            time.sleep(0.1)
        assert not alive(first)
        assert len(children(process)) == 1
        assert "maillage_engine_replacements 1" in httpx.get(f"{address}metrics").text


def test_too_much_memory_ends_the_engine_and_not_the_server(small_out: Path) -> None:
    with served(small_out, "--memory-limit", "256", "--time-limit", "60") as (address, _):
        greedy = "SELECT * { ?s ?p ?o . ?a ?b ?c } ORDER BY ?o ?c ?s ?a"
        assert asked(address, greedy).status_code == 503
        assert httpx.get(address).status_code == 200
        for _ in range(100):
            found = asked(address, "ASK {}")
            if found.status_code == 200:
                break
            assert (found.status_code, found.headers["retry-after"]) == (503, "2")
            time.sleep(0.1)
        assert found.status_code == 200


def test_an_engine_does_not_outlive_a_server_that_was_killed(small_out: Path) -> None:
    with served(small_out) as (_, process):
        (engine,) = children(process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        for _ in range(100):
            if not alive(engine):
                break
            time.sleep(0.05)
        assert not alive(engine)


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "application/sparql-results+xml"])
def test_an_answer_that_the_engine_broke_off_is_none(server: str, accept: str) -> None:
    begun = time.monotonic()
    found = asked(server, CUT, accept)
    assert (found.status_code, found.json()["error"]["code"]) == (504, "query-stopped")
    assert time.monotonic() - begun < SECONDS + 5


@pytest.mark.parametrize(
    ("media_type", "body", "whole"),
    [
        ("application/sparql-results+json", b'{"head":{},"results":{"bindings":[]}}', True),
        ("application/sparql-results+json", b'{"head":{},"results":{"bindings":[cancelled', False),
        ("application/sparql-results+xml", b"<sparql></sparql>", True),
        ("application/sparql-results+xml", b"<sparql><results>cancelled", False),
        ("text/csv; charset=utf-8", b"n\r\n1\r\n", True),
        ("text/csv; charset=utf-8", b"n\r\ncancelled", False),
        ("text/csv; charset=utf-8", b"true", True),
        ("application/n-triples", b"", True),
        ("application/ld+json", b'[{"@id":"a:"}]', True),
    ],
)
def test_what_is_whole(media_type: str, body: bytes, whole: bool) -> None:
    assert EngineReply(200, media_type, body).whole is whole


def count(server: str, pattern: str, clause: str = "") -> int:
    found = asked(server, f"SELECT (COUNT(*) AS ?n) {clause} WHERE {{ {pattern} }}")
    return int(found.json()["results"]["bindings"][0]["n"]["value"])


def test_graphs_that_a_query_names_are_those_it_is_asked_of(server: str) -> None:
    every = count(server, "?s ?p ?o")
    evidence = count(server, "?s ?p ?o", f"FROM <{graph_iri('evidence')}>")
    assert 0 < evidence < every
    assert count(server, f"GRAPH <{graph_iri('evidence')}> {{ ?s ?p ?o }}") == evidence
    assert count(server, "GRAPH ?g { ?s ?p ?o }") > every  # the sources' own graphs too


def test_a_form_that_no_answer_has_is_refused(server: str) -> None:
    found = asked(server, "ASK {}", "image/png")
    assert (found.status_code, found.json()["error"]["code"]) == (406, "not-acceptable")
