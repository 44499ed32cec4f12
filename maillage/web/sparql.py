"""SPARQL 1.1 Protocol, queries only: handed to the engine beside us under limits of time, size and number."""

import asyncio
from urllib.parse import parse_qsl, urlencode

import httpx
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maillage.answer import served
from maillage.errors import AnswerTooLarge, EngineDown, MissingParameter, QueryRejected, QueryTimeout, TooManyQueries
from maillage.web.metrics import Metrics
from maillage.web.release import Release

_GRACE = 0.3  # seconds beyond the limit in which the engine itself may say that it stopped
_BODY = 200_000  # bytes of a query at most
_FORMS = "application/x-www-form-urlencoded"


class Sparql:
    """`/sparql`: the endpoint; one client and one bound on the number of queries for all requests."""

    def __init__(self, metrics: Metrics, at_once: int) -> None:
        self._metrics, self._places = metrics, asyncio.Semaphore(at_once)
        self._client = httpx.AsyncClient(limits=httpx.Limits(max_connections=at_once), trust_env=False)

    async def close(self) -> None:
        await self._client.aclose()

    async def __call__(self, request: Request) -> Response:
        """Raises QueryRefused, QueryRejected, QueryTimeout, AnswerTooLarge, TooManyQueries, EngineDown."""
        release: Release = request.state.release
        asked = await _asked(request)
        texts = [value for name, value in asked if name == "query"]
        if not texts and request.method == "GET":
            return _description(request, release)
        if len(texts) != 1 or any(name == "update" for name, _ in asked):
            raise MissingParameter(query="SPARQL", name="query", hint_fr="Une requête, en lecture.", hint="One query.")
        served.refuse(texts[0])
        graphs = [(name, value) for name, value in asked if name in ("default-graph-uri", "named-graph-uri")]
        graphs = graphs or [("default-graph-uri", iri) for iri in served.default_graphs()]
        if self._places.locked():
            raise TooManyQueries
        async with self._places:
            return await self._answered(release, [("query", texts[0]), *graphs], request.headers.get("accept", "*/*"))

    async def _answered(self, release: Release, form: list[tuple[str, str]], accept: str) -> Response:
        limit = release.settings.seconds
        try:
            async with asyncio.timeout(limit + _GRACE):
                return await self._read(release, form, accept)
        except TimeoutError:
            self._metrics.counts["queries_stopped"] += 1
            raise QueryTimeout(seconds=f"{limit:g}") from None
        except httpx.TransportError:
            raise EngineDown from None

    async def _read(self, release: Release, form: list[tuple[str, str]], accept: str) -> Response:
        body = urlencode(form)
        headers = {"Accept": accept, "Content-Type": _FORMS}
        asked = self._client.stream("POST", release.engine.address, content=body, headers=headers, timeout=None)
        async with asked as found:
            parts, size = [], 0
            async for part in found.aiter_bytes():
                parts.append(part)
                size += len(part)
                if size > release.settings.most_bytes:
                    self._metrics.counts["answers_too_large"] += 1
                    raise AnswerTooLarge(most=f"{release.settings.most_bytes / 1e6:g}")
        said = b"".join(parts)
        if found.status_code >= 400:
            raise self._refusal(found.status_code, said, release)
        kept = {"X-Maillage-Release": release.version, "Vary": "Accept"}
        return Response(said, media_type=found.headers.get("content-type"), headers=kept)

    def _refusal(self, status: int, said: bytes, release: Release) -> Exception:
        words = said.decode("utf-8", errors="replace").strip()[:500]
        if "timeout" in words.lower() or "cancel" in words.lower():
            self._metrics.counts["queries_stopped"] += 1
            return QueryTimeout(seconds=f"{release.settings.seconds:g}")
        return QueryRejected(reason=words) if status < 500 else EngineDown()


async def _asked(request: Request) -> list[tuple[str, str]]:
    """What the protocol lets a client say: in the address, in a form, or as the body itself."""
    given = list(request.query_params.multi_items())
    if request.method == "GET":
        return given
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _BODY:
            raise AnswerTooLarge(most=f"{_BODY / 1e6:g}")
    text = body.decode("utf-8", errors="replace")
    if request.headers.get("content-type", "").startswith("application/sparql-query"):
        return [*given, ("query", text)]
    if request.headers.get("content-type", "").startswith(_FORMS):
        return [*given, *parse_qsl(text)]
    raise QueryRejected(reason="Content-Type: application/sparql-query, application/x-www-form-urlencoded")


def _description(request: Request, release: Release) -> Response:
    """No query: the page for people, the description of the release for programs."""
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/sparql.html", 303)
    body = (release.portal / "release" / "dataset.ttl").read_bytes()
    return Response(body, media_type="text/turtle; charset=utf-8")
