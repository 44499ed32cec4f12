"""Queries that somebody wrote: only readings, within the time allowed."""

import signal
import subprocess
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage.queries.free import ask_apart, refuse
from maillage.table import Table
from tests.queries.golden import WORLD
from tests.refusals import raises

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?c != ?l) }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph")
    store = ox.Store(str(path / "store"))
    store.bulk_load(WORLD.read_bytes(), format=ox.RdfFormat.TRIG)
    store.flush()
    return path


def test_rows_and_statements(folder: Path) -> None:
    found = ask_apart(folder, "SELECT ?s { ?s a <https://w3id.org/maillage/def#InnovationLab> }", 20)
    assert isinstance(found, Table)
    assert len(found) == 3
    asked = ask_apart(folder, "ASK { ?s ?p ?o }", 20)
    assert isinstance(asked, Table)
    assert asked.rows() == [{"answer": True}]
    said = ask_apart(folder, "CONSTRUCT WHERE { ?s a <https://w3id.org/maillage/def#InnovationLab> }", 20)
    assert isinstance(said, bytes)
    assert said.count(b"\n") == 3


def test_an_endless_query_is_stopped_in_time(folder: Path) -> None:
    began = time.monotonic()
    with raises("query-timeout", match=r"after 1\.5 s"):
        ask_apart(folder, ENDLESS, 1.5)
    assert time.monotonic() - began < 1.5 + 0.5


def test_faults_of_the_child_are_told_as_ours(folder: Path, tmp_path: Path) -> None:
    with raises("bad-sparql", match=r"2:\d+"):
        ask_apart(folder, "SELECT ?s {\n ?s }", 20)
    with raises("no-build"):
        ask_apart(tmp_path, "ASK { ?s ?p ?o }", 20)


def test_an_engine_that_falls_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fallen = subprocess.CompletedProcess([], -signal.SIGSEGV, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: fallen)
    with raises("engine-failed", match="Segmentation fault"):
        ask_apart(folder, "ASK {}", 20)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }",
        "select * { service silent <https://example.org/> { ?s ?p ?o } }",
        "SELECT * { { SERVICE?x { ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <https://example.org/> { ?s ?p ?o } }",
        "PREFIX a: <urn:a> # a comment\nINSERT DATA { a:x a:y a:z }",
        "BASE <urn:b> DELETE WHERE { ?s ?p ?o }",
        "LOAD <https://example.org/>",
        "drop all",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_what_is_no_reading_is_refused(text: str) -> None:
    with raises("query-refused"):
        refuse(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE, please" }',
        "SELECT * { ?service ?insert ?o } # SERVICE",
        "PREFIX service: <urn:service:> SELECT * { ?s service:delete <urn:INSERT> }",
        'SELECT * { ?s ?p """a "SERVICE" in\nquotes""" }',
        "DESCRIBE <urn:x>",
    ],
)
def test_words_in_names_and_texts_are_no_orders(text: str) -> None:
    refuse(text)
