"""A server on this machine's loopback that nobody may call: it counts who did, and answers as an endpoint would."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_ANSWER = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"SECRET"}}]}}'


class Canary(ThreadingHTTPServer):
    """`calls`: the paths that were asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.calls: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}/"


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Canary)
        self.server.calls.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(_ANSWER)))
        self.end_headers()
        self.wfile.write(_ANSWER)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextmanager
def listening() -> Iterator[Canary]:
    with Canary() as canary:
        Thread(target=canary.serve_forever, daemon=True).start()
        try:
            yield canary
        finally:
            canary.shutdown()
