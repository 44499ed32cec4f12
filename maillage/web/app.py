"""The application: routes, the release that each request holds, limits, a clean end."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maillage.errors import MaillageError
from maillage.web import api, pages
from maillage.web.error_response import answer_disconnect, answer_error
from maillage.web.metrics import Metrics, MetricsMiddleware
from maillage.web.releases import Log, Prepare, Releases
from maillage.web.settings import ServerSettings
from maillage.web.sparql import Sparql

_SAFE = {b"x-content-type-options": b"nosniff", b"referrer-policy": b"no-referrer"}
_EXPOSED_HEADERS = ["Link", "Retry-After", "X-Maillage-Release"]  # what scripts of other sites may read
_PACKING = 4  # of 9: what is answered once is compressed quickly; files are kept compressed, see folder.py


def application(settings: ServerSettings, prepare: Prepare, log: Log) -> Starlette:
    """The served portal. `prepare` writes the portal of the last build; `log` takes a line a request."""
    metrics, releases = Metrics(), Releases(settings, prepare, log)
    begun = time.monotonic()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Sparql]]:
        sparql = Sparql(metrics, settings.at_once)
        try:
            await releases.begin()
            yield {"sparql": sparql}
        finally:
            await sparql.close()
            await releases.end()

    async def health(_: Request) -> Response:
        release = releases.current
        up = release.engine.up
        said = {"release": release.version, "sparql": up, "seconds": round(time.monotonic() - begun)}
        return JSONResponse(said, 200 if up else 503)

    async def show_metrics(_: Request) -> Response:
        return PlainTextResponse(metrics.text(_facts(releases), releases.current.version))

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


def _facts(releases: Releases) -> dict[str, float]:
    engine = releases.current.engine
    return {
        "up": float(engine.up),
        "engine_restarts": float(engine.restarts),
        "engine_replacements": float(engine.replacements),
        "release_failures": float(releases.failures),
        "requests_at_work": float(releases.current.users),
    }


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
