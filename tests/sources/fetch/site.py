"""A publisher's server, on this machine: each path answers as it is told to, and every request is kept."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

MODIFIED = "Tue, 03 Nov 2026 08:00:00 GMT"


class Handler(BaseHTTPRequestHandler):
    """Closes the connection after each answer, as it says."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        self.close_connection = True
        self.path_asked = urlsplit(self.path).path
        self.query = parse_qs(urlsplit(self.path).query)
        self.server.site.asked.append(self)
        self.server.site.answers.get(self.path_asked, status(404))(self)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.form = parse_qs(body.decode())
        self.do_GET()

    def reply(self, code: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.send(body)

    def send(self, body: bytes) -> None:
        """A client that hangs up in the middle is what some tests are about."""
        try:
            self.wfile.write(body)
            self.wfile.flush()
        except OSError:
            self.server.site.hung_up.set()

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


Answer = Callable[[Handler], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: "Site"


@dataclass
class Site:
    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Handler] = field(default_factory=list)
    hung_up: Event = field(default_factory=Event)

    def asked_for(self, header: str) -> list[str | None]:
        """What each request said in a header, in order."""
        return [request.headers.get(header) for request in self.asked]


@contextmanager
def site_at(host: str = "127.0.0.1") -> Iterator[Site]:
    server = _Server((host, 0), Handler)
    server.site = Site(f"http://{host}:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# --- answers -----------------------------------------------------------------------------------------


def etag_of(body: bytes) -> str:
    return f'"{sha256(body).hexdigest()[:12]}"'


def file(body: bytes, **headers: str) -> Answer:
    """As a static server serves it: ETag, If-None-Match, Range with If-Range, gzip when it is accepted."""

    def answer(request: Handler) -> None:
        told = {"ETag": etag_of(body), "Last-Modified": MODIFIED, "Content-Type": "application/json"} | headers
        asked = request.headers
        if asked.get("If-None-Match") == told["ETag"]:
            request.reply(304, {"ETag": told["ETag"]})
        elif "Range" in asked and asked.get("If-Range") in (told["ETag"], MODIFIED):
            begin = int(asked["Range"].removeprefix("bytes=").rstrip("-"))
            request.reply(206, told | {"Content-Range": f"bytes {begin}-{len(body) - 1}/{len(body)}"}, body[begin:])
        else:
            request.reply(200, told, body)

    return answer


def bare(body: bytes, content_type: str = "application/json") -> Answer:
    """As an API answers: nothing that names the version."""
    return lambda request: request.reply(200, {"Content-Type": content_type}, body)


def zipped(body: bytes) -> Answer:
    """The content coding, where the client accepts it."""

    def answer(request: Handler) -> None:
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return request.reply(200, {}, body)
        return request.reply(200, {"Content-Encoding": "gzip", "ETag": '"gz"'}, gzip.compress(body))

    return answer


def cut(body: bytes, at: int, until: Event | None = None) -> Answer:
    """Announces the whole and sends `at` bytes; then hangs up, at once or when told to."""

    def answer(request: Handler) -> None:
        begin = int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        told = {"ETag": etag_of(body), "Content-Length": str(len(body) - begin)}
        if begin:
            told["Content-Range"] = f"bytes {begin}-{len(body) - 1}/{len(body)}"
        request.reply(206 if begin else 200, told, body[begin : begin + at])
        if until:
            until.wait(20)

    return answer


def bomb(times: int) -> Answer:
    """`times` times 64 MB of zeros, gzipped as it goes."""
    piece = gzip.compress(bytes(64_000_000))

    def answer(request: Handler) -> None:
        request.reply(200, {"Content-Encoding": "gzip", "Content-Length": str(len(piece) * times)})
        for _ in range(times):
            request.send(piece)

    return answer


def status(code: int, **headers: str) -> Answer:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: request.reply(code, told)


def redirect(to: str) -> Answer:
    return status(302, Location=to)


def in_turn(*answers: Answer) -> Answer:
    """One answer a request; the last stays."""
    left = list(answers)

    def answer(request: Handler) -> None:
        now = left.pop(0) if len(left) > 1 else left[0]
        now(request)

    return answer
