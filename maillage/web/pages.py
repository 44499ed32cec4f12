"""The portal's files, and the IRIs of things: 303 to the page or the data that the client wants."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from maillage.answer import served
from maillage.errors import NotAcceptable, UnknownPage
from maillage.web.negotiate import best
from maillage.web.release import Release

# What a thing can be had as, the most wanted first; the last two are written on demand.
FORMS = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
}
_WRITTEN = {".nt": "nt", ".rdf": "rdf"}
TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads",
    ".trig": "application/trig; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".parquet": "application/vnd.apache.parquet",
}
SERVED = "data/served.js"


async def page(request: Request) -> Response:
    """A file of the portal. Raises UnknownPage."""
    release: Release = request.state.release
    name = request.path_params.get("path") or "index.html"
    if name == SERVED:
        return _settings(release)
    path = _inside(release.portal, name)
    if path.is_dir() and (path / "index.html").is_file():
        return RedirectResponse(f"{request.url.path.rstrip('/')}/index.html", 301)
    if not path.is_file():
        raise UnknownPage(name=name)
    headers = {"Cache-Control": "no-cache"}
    found = FileResponse(path, headers=headers, media_type=TYPES.get(path.suffix), stat_result=path.stat())
    if request.headers.get("if-none-match", "").removeprefix("W/") == found.headers["etag"]:
        return Response(status_code=304, headers=headers | {"ETag": found.headers["etag"]})
    return found


def _inside(root: Path, name: str) -> Path:
    """A file under a folder, whatever the name tries. Raises UnknownPage."""
    path = (root / name).resolve()
    if not path.is_relative_to(root) or any(part.startswith(".") for part in Path(name).parts):
        raise UnknownPage(name=name)
    return path


def _settings(release: Release) -> Response:
    """What a page that is served knows and one on a disk does not."""
    said = 'window.maillageSparql="/sparql";\n'
    if release.by_selection:
        said += 'window.maillageApi="api/";\n'
    return Response(said, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def thing(request: Request) -> Response:
    """An IRI of ours: 303 to what the client wants of the thing; a name with a suffix is a file.

    Raises NotAcceptable, UnknownPage.
    """
    release: Release = request.state.release
    path = f"id/{request.path_params['path']}"
    suffix = Path(path).suffix
    if suffix in _WRITTEN and not (release.portal / path).is_file():
        return _described(release, path, suffix)
    if suffix in FORMS.values() and (release.portal / path).is_file():
        return await page(_named(request, path))
    if not _inside(release.portal, f"{path}.html").is_file():
        raise UnknownPage(name=path)
    form = best(request.headers.get("accept", "*/*"), list(FORMS))
    if form is None:
        raise NotAcceptable(known=", ".join(FORMS))
    links = [f'</{path}{end}>; rel="alternate"; type="{name}"' for name, end in FORMS.items()]
    return RedirectResponse(f"/{path}{FORMS[form]}", 303, headers={"Vary": "Accept", "Link": ", ".join(links)})


def _named(request: Request, path: str) -> Request:
    request.scope["path_params"] = {"path": path}
    return Request(request.scope, request.receive)


def _described(release: Release, path: str, suffix: str) -> Response:
    """What the portal holds as Turtle, in another form."""
    source = _inside(release.portal, f"{path.removesuffix(suffix)}.ttl")
    if not source.is_file():
        raise UnknownPage(name=path)
    body, media_type = served.converted(source.read_bytes(), _WRITTEN[suffix])
    return Response(body, media_type=media_type)


async def vocabulary(_: Request) -> Response:
    """The vocabulary's namespace: its page, which holds the anchor of each term."""
    return RedirectResponse("/ontology/index.html", 303)


async def robots(_: Request) -> Response:
    return Response("User-agent: *\nDisallow: /sparql\nDisallow: /api/\n", media_type="text/plain")
