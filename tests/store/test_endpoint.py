"""What goes wrong on the way to an endpoint is said in a sentence, and no sentence says a secret."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from maillage.cli import command_line
from maillage.store import open_endpoint, strip_credentials
from maillage.store.graphs import pieces
from tests.refusals import raises
from tests.store.engines import Engine, free_port, virtuoso_server

JSON = "application/sparql-results+json"
ASKED = "SELECT ?s WHERE { ?s ?p ?o }"
LITERALS = [
    {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1"},
    {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "false"},
]


class Answering(BaseHTTPRequestHandler):
    """Says what it is told to, and remembers what it was asked."""

    reply: ClassVar[tuple[int, str, bytes]] = (200, JSON, b"")
    cut: ClassVar[int] = 0
    headers_said: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[tuple[str | None, str | None, bytes]]] = []

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.asked.append((self.headers["Authorization"], self.headers["User-Agent"], self.rfile.read(length)))
        status, form, body = self.reply
        self.send_response(status)
        self.send_header("Content-Type", form)
        for name, value in self.headers_said.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + self.cut))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def answering(status: int, form: str, body: bytes, cut: int = 0, **headers: str) -> Iterator[str]:
    asked: list[tuple[str | None, str | None, bytes]] = []
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    reply = {"reply": (status, form, body), "cut": cut, "headers_said": said, "asked": asked}
    handler = type("Handler", (Answering,), reply)
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()
            Answering.asked[:] = asked


@pytest.mark.parametrize(
    ("status", "form", "body", "error"),
    [
        (401, "text/plain", b"who?", "endpoint-forbidden"),
        (403, "text/plain", b"no", "endpoint-forbidden"),
        (400, "text/plain", b"syntax error at line 3", "bad-sparql"),
        (500, "text/html", b"<html><p>SP030: SPARQL compiler, syntax error", "bad-sparql"),
        (500, "text/plain", b"out of memory", "endpoint-broken"),
        (404, "text/plain", b"nothing here", "endpoint-refused"),
        (503, "text/plain", b"Query timed out", "query-timeout"),
        (504, "text/plain", b"", "query-timeout"),
        (200, "text/html", b"<html>Welcome</html>", "not-results"),
        (200, JSON, b"", "not-results"),
        (200, JSON, b'{"hello": 1}', "not-results"),
        (200, JSON, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s":', "answer-cut"),
    ],
)
def test_each_failure_has_its_sentence(status: int, form: str, body: bytes, error: str) -> None:
    with answering(status, form, body) as address, raises(error) as caught:
        open_endpoint(address).ask(ASKED, timeout=5)
    for lang in ("fr", "en"):
        assert "<" not in caught.value.sentence(lang)


def test_an_answer_that_breaks_off() -> None:
    with answering(200, JSON, b'{"head"', cut=100) as address, raises("answer-cut"):
        open_endpoint(address).ask(ASKED, timeout=5)


def test_an_answer_may_come_compressed() -> None:
    body = gzip.compress(b'{"head": {}, "boolean": true}')
    with answering(200, JSON, body, Content_Encoding="gzip") as address:
        assert [*open_endpoint(address).ask("ASK {}").rows()] == [{"answer": True}]
    with answering(200, JSON, body[:-4] + b"none", Content_Encoding="gzip") as address, raises("answer-cut"):
        open_endpoint(address).ask("ASK {}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    """A question, and the password that goes with it, is for the address that was given."""
    elsewhere = f"http://127.0.0.1:{free_port()}/"
    with (
        answering(status, "text/plain", b"", Location=elsewhere) as address,
        raises("endpoint-refused", match=f"{status}"),
    ):
        open_endpoint(address).ask(ASKED)


@pytest.mark.parametrize(
    ("challenge", "sent"),
    [
        ('Basic realm="x"', ["None", "Basic YW5uZTp3b3Jk"]),
        ('Digest realm="x", nonce="y", qop="auth"', ["None", 'Digest username="anne", realm="x", nonce="y"']),
        ('Digest realm="x", nonce="y", algorithm=unheard-of', ["None"]),
        ("Digest nothing", ["None"]),
        ("Negotiate", ["None"]),
    ],
)
def test_a_password_is_sent_as_the_endpoint_asks(challenge: str, sent: list[str]) -> None:
    with answering(401, "text/plain", b"who?", WWW_Authenticate=challenge) as address, raises("endpoint-forbidden"):
        open_endpoint(address.replace("://", "://anne:word@")).ask(ASKED)
    signatures = [str(signature) for signature, _, _ in Answering.asked]
    assert [found[: len(wanted)] for found, wanted in zip(signatures, sent, strict=True)] == sent


def test_nobody_there() -> None:
    with raises("endpoint-unreachable"):
        open_endpoint(f"http://127.0.0.1:{free_port()}/sparql").ask(ASKED)


@pytest.mark.parametrize(
    "address", ["", "sparql", "ftp://example.org", "http://", "http://example.org:port/", "http://a b/"]
)
def test_what_is_no_address(address: str) -> None:
    with raises("bad-address"):
        open_endpoint(address)


def test_secrets_are_in_no_message(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MAILLAGE_ENDPOINT_TOKEN", "sesame-token")
    with answering(403, "text/plain", b"no") as address:
        secret = address.replace("://", "://anne:sesame-word@")
        assert command_line(["ask", "sources", "--endpoint", secret]) == 3
    said = capsys.readouterr()
    assert "sesame" not in said.out + said.err
    assert Answering.asked[0][0] == "Bearer sesame-token"
    assert str(Answering.asked[0][1]).startswith("maillage/")
    assert "sesame" not in repr(open_endpoint(secret).__dict__)
    assert strip_credentials("http://anne:sesame@example.org/x?key=sesame") == "http://example.org/x"


def test_graphs_are_named_and_long_questions_posted() -> None:
    body = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": cell} for cell in LITERALS]}})
    with answering(200, JSON, body.encode()) as address:
        table = open_endpoint(address).ask(ASKED + "#" * 100_000)
    assert [row["s"] for row in table.rows()] == [True, False]
    assert Answering.asked[0][2].count(b"default-graph-uri=") == 2


def test_chunks_end_at_lines() -> None:
    triples = b"".join(b"<a> <b> <%d> .\n" % number for number in range(1000))
    parts = list(pieces(BytesIO(triples), 1000))
    assert b"".join(parts) == triples
    assert all(part.endswith(b".\n") for part in parts)
    assert len(parts) > 10
    assert list(pieces(BytesIO())) == [b""]


@pytest.mark.needs("virtuoso")
def test_an_answer_that_the_engine_cuts_is_refused(tmp_path: Path) -> None:
    with virtuoso_server(tmp_path, rows=100) as small, raises("answer-cut", match="100"):
        open_endpoint(small.endpoint, []).ask(ASKED)


def test_a_query_that_does_not_parse(engine: Engine) -> None:
    with raises("bad-sparql"):
        open_endpoint(engine.endpoint).ask("SELECT ?s WHERE { ?s")


def test_a_limit_is_kept(engine: Engine) -> None:
    slow = "SELECT (COUNT(*) AS ?n) WHERE { " + " ".join(f"VALUES ?x{n} {{ {MANY} }}" for n in range(7)) + " }"
    with raises("query-timeout", "bad-sparql"):
        open_endpoint(engine.endpoint).ask(slow, timeout=0.5)


MANY = " ".join(str(number) for number in range(300))
