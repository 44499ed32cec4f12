"""SPARQL 1.1 Protocol, queries only: handed to the engine beside us under limits of time, size and number."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import h11
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maillage.errors import AnswerTooLarge, EngineDown, MachineError, MaillageError, Phrase, QuestionError
from maillage.queries.free import refuse, words
from maillage.store.base import QUESTION_GRAPHS
from maillage.web.metrics import Metrics
from maillage.web.release import Release

_PATIENCE = 1.0  # seconds that a query waits for a place
_PART = 65_536  # bytes of an answer that are read together
_BODY = 200_000  # bytes of a request at most
_FORMS, _QUERY, _UPDATE = (f"application/{name}" for name in ("x-www-form-urlencoded", "sparql-query", "sparql-update"))
GRAPHS = ("default-graph-uri", "named-graph-uri")
PARAMETERS = ("query", *GRAPHS)  # of the protocol; `update` is refused
RESULTS = "application/sparql-results+json, application/sparql-results+xml, text/csv, text/tab-separated-values"
TRIPLES = "text/turtle, application/n-triples, application/rdf+xml, application/ld+json"
_READING = ("GET", "HEAD")
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class EngineReply:
    """What the engine said, read to its end."""

    status: int
    media_type: str
    body: bytes

    @property
    def words(self) -> str:
        """Its own words about a fault: an answer that breaks off ends with them, whatever its status."""
        return " ".join(self.body[-500:].decode("utf-8", errors="replace").split()).rstrip(".")

    @property
    def whole(self) -> bool:
        """Whether an answer was written to its end: the engine has said 200 before it knows."""
        ends: tuple[bytes, ...] = (b"\n", b"true", b"false")  # tables and triples end a line, but for a yes or a no
        if "json" in self.media_type:
            ends = (b"}", b"]")
        elif "xml" in self.media_type:
            ends = (b">",)
        return not self.body or self.body.rstrip(b" ").endswith(ends)


# A stranger's query is credited widely: the parser that would tell what it uses is not run in the server's process.
_CREDITS = (
    '</release/LICENSE-DATA>; rel="license", </release/CREDITS>; rel="describedby"; '
    'title="every source of the graph is credited: a query of one\'s own is not traced here"'
)


class Sparql:
    """`/sparql`: the endpoint; one bound on the number of queries for all requests."""

    def __init__(self, metrics: Metrics, at_once: int) -> None:
        self._metrics, self._places = metrics, asyncio.Semaphore(at_once)

    async def __call__(self, request: Request) -> Response:
        """Raises `query-refused`, `query-rejected`, `query-stopped`, AnswerTooLarge, `too-many-queries`, EngineDown…"""
        release: Release = request.state.release
        asked = await _read_request(request)
        texts = [value for name, value in asked if name == "query"]
        if any(name == "update" for name, _ in asked):
            raise _writes()
        if not texts and request.method in _READING:
            # no query: the page for people, the description of the release for programs
            if "text/html" in request.headers.get("accept", ""):
                return RedirectResponse("/sparql.html", 303, {"Vary": "Accept"})
            body = (release.portal / "release" / "dataset.ttl").read_bytes()
            return Response(body, media_type="text/turtle; charset=utf-8", headers={"Vary": "Accept"})
        if len(texts) != 1:
            question = Phrase("the-question", name="SPARQL")
            raise QuestionError("missing-parameter", asked=question, name="query", hint=Phrase("give-query"))
        read = await asyncio.to_thread(refuse, texts[0])
        form = [("query", texts[0]), *_graphs(asked, words(read), release)]
        reply = await self._answer(release, form, request.headers.get("accept", "*/*"))
        kept = {"X-Maillage-Release": release.version, "Vary": "Accept", "Cache-Control": "no-cache", "Link": _CREDITS}
        return Response(reply.body, media_type=reply.media_type, headers=kept)

    @asynccontextmanager
    async def _place(self, patience: float) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._places.acquire(), patience)
        except TimeoutError:
            self._metrics.counts["queries_turned_away"] += 1
            raise MachineError("too-many-queries") from None
        try:
            yield
        finally:
            self._places.release()

    async def _answer(self, release: Release, form: Fields, accept: str) -> EngineReply:
        """Waiting for a place counts: a client has its answer within the limit, or knows that it will not."""
        limit = release.settings.seconds
        end = asyncio.get_running_loop().time() + limit
        async with self._place(min(_PATIENCE, limit / 2)):
            with release.engine.lease() as process:
                try:
                    async with asyncio.timeout_at(end):
                        reply = await self._read(process.address, form, accept, release.settings.most_bytes)
                except TimeoutError:
                    release.engine.report_overrun(process)
                    self._metrics.counts["queries_stopped"] += 1
                    raise QuestionError("query-stopped", seconds=f"{limit:g}") from None
                except AnswerTooLarge:
                    release.engine.report_unread(process)
                    raise
                except (OSError, EOFError, h11.ProtocolError):
                    raise EngineDown from None
        if reply.status == 200 and reply.whole:
            return reply
        raise _fault(reply)

    async def _read(self, address: str, form: Fields, accept: str, most: int) -> EngineReply:
        """On a connection of its own: the engine may close one that is kept just as it is used again. By h11 alone, as
        httpx takes several times the processor of the engine itself.
        """
        where, content = urlsplit(address), urlencode(form).encode()
        headers = {"Host": where.netloc, "Accept": accept, "Content-Type": _FORMS, "Content-Length": str(len(content))}
        sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]  # as they came
        talk, status, media_type, body = h11.Connection(h11.CLIENT), 0, "", bytearray()
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        try:
            for said in (
                h11.Request(method="POST", target=where.path, headers=sent),
                h11.Data(content),
                h11.EndOfMessage(),
            ):
                writer.write(talk.send(said) or b"")
            while not isinstance(event := talk.next_event(), h11.EndOfMessage):
                if event is h11.NEED_DATA:
                    talk.receive_data(await reader.read(_PART))
                elif isinstance(event, h11.Response):
                    media_type = dict(event.headers).get(b"content-type", b"").decode("latin-1")
                    status = event.status_code
                elif isinstance(event, h11.Data):
                    body += event.data
                    if len(body) > most:
                        self._metrics.counts["answers_too_large"] += 1
                        raise AnswerTooLarge(most=f"{most / 1e6:g}")
        finally:
            writer.close()
        return EngineReply(status, media_type, bytes(body))


def _fault(reply: EngineReply) -> MaillageError:
    if reply.status == 406:
        return QuestionError("not-acceptable", known=f"{RESULTS} ; {TRIPLES}")
    if 400 <= reply.status < 500:
        return QuestionError("query-rejected", reason=reply.words)
    return MachineError("engine-failed", reason=reply.words[-100:])


async def _read_request(request: Request) -> Fields:
    """What the protocol lets a client say: in the address, in a form, or as the body itself."""
    given = list(request.query_params.multi_items())
    if request.method in _READING:
        return given
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise _writes()
    if kind not in (_QUERY, _FORMS):
        raise QuestionError("query-rejected", reason=f"Content-Type: {_QUERY}, {_FORMS}")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _BODY:
            raise AnswerTooLarge(most=f"{_BODY / 1e6:g}")
    text = body.decode("utf-8", errors="replace")
    return [*given, ("query", text)] if kind == _QUERY else [*given, *parse_qsl(text)]


def _graphs(asked: Fields, words: list[str], release: Release) -> Fields:
    """The graphs that the client names, in the request or in the query; else those that questions are asked of.

    A client that says GRAPH may have any of the release's: without a list there would be none, in silence.
    """
    named = [(name, value) for name, value in asked if name in GRAPHS]
    if named or "FROM" in words:
        return named
    default, other = GRAPHS
    return [(default, iri) for iri in QUESTION_GRAPHS] + [(other, iri) for iri in release.graphs if "GRAPH" in words]


def _writes() -> QuestionError:
    return QuestionError("query-refused", reason=Phrase("query-updates"))
