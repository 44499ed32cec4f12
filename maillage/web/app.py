"""The application: routes, the release that each request holds, limits, refusals in both languages, a clean end."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maillage.errors import MaillageError
from maillage.locales import LANGUAGES
from maillage.web import api, pages
from maillage.web.metrics import Metrics, MetricsMiddleware
from maillage.web.release import Log, Prepare, Releases, ServerSettings
from maillage.web.sparql import Sparql

_SAFE = {b"x-content-type-options": b"nosniff", b"referrer-policy": b"no-referrer"}
_EXPOSED_HEADERS = ["Link", "Retry-After", "X-Maillage-Release"]  # what scripts of other sites may read
_PACKING = 4  # of 9: what is answered once is compressed quickly; files are kept compressed, see folder.py
_RETRY = {503: "2", 429: "1"}  # seconds after which a client may ask again
_PEOPLE = ("page", "thing", "def")  # routes that people follow in a browser
_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{status} · Maillage</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"></head>'
    '<body><main><h1>{status}</h1><p>{first}</p>{others}<p><a href="/">Maillage</a></p></main></body></html>'
)


def application(settings: ServerSettings, prepare: Prepare, log: Log) -> Starlette:
    """The served portal. `prepare` writes the portal of the last build; `log` takes a line a request."""
    metrics, releases = Metrics(), Releases(settings, prepare, log)
    begun = time.monotonic()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Sparql]]:
        try:
            await releases.begin()
            yield {"sparql": Sparql(metrics, settings.at_once)}
        finally:
            await releases.end()

    async def health(_: Request) -> Response:
        release = releases.current
        up = release.engine.up
        said = {"release": release.version, "sparql": up, "seconds": round(time.monotonic() - begun)}
        return JSONResponse(said, 200 if up else 503)

    async def show_metrics(_: Request) -> Response:
        current = releases.current
        facts = {
            "up": float(current.engine.up),
            "engine_restarts": float(current.engine.restarts),
            "engine_replacements": float(current.engine.replacements),
            "release_failures": float(releases.failures),
            "requests_at_work": float(current.users),
        }
        return PlainTextResponse(metrics.text(facts, current.version))

    async def sparql(request: Request) -> Response:
        found: Response = await request.state.sparql(request)
        return found

    routes = [
        Route("/health", health),
        Route("/metrics", show_metrics, name="measured"),
        Route("/robots.txt", pages.robots),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/api/world", api.world, name="api-world"),
        Route("/api/search", api.search, name="api-search"),
        Route("/api/questions/{name}", api.question, name="api-question"),
        Route("/api/openapi.json", api.openapi),
        Route("/def", pages.vocabulary, name="def"),
        Route("/def.{suffix}", pages.vocabulary_data, name="def"),
        Route("/id/{path:path}", pages.thing, name="thing"),
        Route("/", pages.page, name="page"),
        Route("/{path:path}", pages.page, name="page"),
    ]
    middleware = [
        Middleware(MetricsMiddleware, metrics=metrics, log=log),
        Middleware(ReleaseMiddleware, releases=releases),
        Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], expose_headers=_EXPOSED_HEADERS),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=_PACKING),
    ]
    handlers = {MaillageError: answer_error, ClientDisconnect: answer_disconnect}
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers=handlers)


class ReleaseMiddleware:
    """Gives each request the current release, kept whole until the response has been sent; adds safe headers."""

    def __init__(self, app: ASGIApp, releases: Releases) -> None:
        self._app, self._releases = app, releases

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_SAFE.items()]
            await send(message)

        async with self._releases.lease() as release:
            scope["state"]["release"] = release
            await self._app(scope, receive, safer)


async def answer_disconnect(_: Request, __: Exception) -> Response:
    """For a client that went away before it had said what it wants: nobody reads this, but it is counted."""
    return Response(status_code=400)


async def answer_error(request: Request, error: Exception) -> Response:
    """An error of the tree under its own status: a page for people, JSON for programs."""
    if not isinstance(error, MaillageError):
        raise error
    status, words = error.http_status, {lang: error.sentence(lang) for lang in LANGUAGES}
    headers = {"Retry-After": _RETRY[status]} if status in _RETRY else {}
    route = getattr(request.scope.get("route"), "name", "")
    accepted = request.headers.get("accept", "*/*")
    if route in _PEOPLE and pages.best(accepted, ("application/json", "text/html")) == "text/html":
        first, *others = ((lang, escape(text)) for lang, text in words.items())
        more = "".join(f'<p lang="{lang}">{text}</p>' for lang, text in others)
        return HTMLResponse(_PAGE.format(status=status, lang=first[0], first=first[1], others=more), status, headers)
    return JSONResponse({"error": {"code": error.code} | words}, status, headers)
