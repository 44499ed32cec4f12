"""The portal's files, and the IRIs of things: 303 to the page or the data that the client wants."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from maillage.errors import QuestionError, UnknownPage
from maillage.export import FORMATS, Format, formats, suffixes
from maillage.files import asset, read_bytes
from maillage.web.folder import LARGEST, media_type
from maillage.web.release import WORLD, Release

SETTINGS = "data/served.js"
_FRESH = {"Cache-Control": "no-cache"}  # kept by the client, and asked about each time: a release may have come


def _convertible(suffix: str) -> Format | None:
    """The format that is made of Turtle when it is asked for."""
    return formats("data").get(suffixes("data").get(suffix.removeprefix("."), ""))


async def page(request: Request) -> Response:
    """A file of the portal. Raises UnknownPage."""
    release: Release = request.state.release
    name = request.path_params.get("path") or "index.html"
    if name == SETTINGS:
        # what a page that is served knows and one on a disk does not
        further = 'window.maillageApi="api/";\n' if release.by_selection else ""
        return _script(f'window.maillageSparql="/sparql";\n{further}')
    if name == WORLD and release.by_selection:
        return _script("/* Asked for by selections: see api/openapi.json. */\n")
    path = release.files.file(name)
    if path is None and release.files.file(f"{name.rstrip('/')}/index.html"):
        return RedirectResponse(f"/{quote(name.rstrip('/'))}/index.html", 301)
    if path is None:
        raise UnknownPage(name=name[:100])
    return await _file(request, path)


async def _file(request: Request, path: Path) -> Response:
    release: Release = request.state.release
    given = request.headers.get("if-none-match", "")
    if path.stat().st_size > LARGEST:
        large = FileResponse(path, headers=_FRESH, media_type=media_type(path), stat_result=path.stat())
        tag = large.headers["etag"]
        return Response(status_code=304, headers=_FRESH | {"ETag": tag}) if _has(given, tag) else large
    found = await release.files.read(path, _takes_gzip(request.headers.get("accept-encoding", "")))
    headers = _FRESH | {"ETag": found.tag, "Vary": "Accept-Encoding"}
    if _has(given, found.tag):
        return Response(status_code=304, headers=headers)
    if found.packed:
        headers["Content-Encoding"] = "gzip"
    return Response(found.body, media_type=found.media_type, headers=headers)


def _takes_gzip(accepted: str) -> bool:
    return quality(accepted, "gzip") > 0 if accepted else False


def _has(given: str, tag: str) -> bool:
    """Whether a client already has the content of this tag, compared weakly (RFC 9110, section 13.1.2)."""
    return tag.removeprefix("W/") in (one.strip().removeprefix("W/") for one in given.split(","))


def _script(text: str) -> Response:
    return Response(text, media_type="text/javascript", headers=_FRESH)


async def thing(request: Request) -> Response:
    """An IRI of ours: 303 to what the client wants of the thing; a name with a suffix is a file.

    Raises `not-acceptable`, UnknownPage.
    """
    release: Release = request.state.release
    path = f"id/{request.path_params['path']}"
    # the suffix of each media type, the most wanted first: the page, then what it can be had as
    forms = {"text/html": ".html"} | {form.essence: f".{form.extension}" for form in formats("page", "data").values()}
    suffix = Path(path).suffix
    if suffix in forms.values() and (found := release.files.file(path)):
        return await _file(request, found)
    if turned := _convertible(suffix):  # what the portal holds as Turtle, in another form
        if source := release.files.file(f"{path.removesuffix(f'.{turned.extension}')}.ttl"):
            return await _write(turned, source.read_bytes)
        raise UnknownPage(name=path[:100])
    if not release.files.file(f"{path}.html"):
        raise UnknownPage(name=path[:100])
    form = best(request.headers.get("accept", "*/*"), list(forms))
    if form is None:
        raise QuestionError("not-acceptable", known=", ".join(forms))
    place = quote(path)
    links = [f'</{place}{end}>; rel="alternate"; type="{name}"' for name, end in forms.items()]
    return RedirectResponse(f"/{place}{forms[form]}", 303, headers={"Vary": "Accept", "Link": ", ".join(links)})


async def _write(form: Format, read: Callable[[], bytes]) -> Response:
    body = await asyncio.to_thread(lambda: form.write(read(), None, "data"))
    return Response(body, media_type=form.media_type, headers=_FRESH)


async def vocabulary(request: Request) -> Response:
    """The vocabulary's namespace: 303 to its page, which holds the anchor of each term, or to its data.

    Raises `not-acceptable`.
    """
    written = (FORMATS["ttl"], *formats("data").values())  # nothing of ours writes JSON-LD without a context
    places = {"text/html": "/ontology/index.html"} | {one.essence: f"/def.{one.extension}" for one in written}
    form = best(request.headers.get("accept", "*/*"), list(places))
    if form is None:
        raise QuestionError("not-acceptable", known=", ".join(places))
    return RedirectResponse(places[form], 303, headers={"Vary": "Accept"})


def _read_vocabulary() -> bytes:
    return read_bytes(asset("ontology") / "maillage.ttl")


async def vocabulary_data(request: Request) -> Response:
    """Raises UnknownPage."""
    suffix = f".{request.path_params['suffix']}"
    if suffix == ".ttl":
        return Response(await asyncio.to_thread(_read_vocabulary), media_type=FORMATS["ttl"].media_type, headers=_FRESH)
    form = _convertible(suffix)
    if not form:
        raise UnknownPage(name=f"def{suffix}"[:100])
    return await _write(form, _read_vocabulary)


async def robots(_: Request) -> Response:
    return Response("User-agent: *\nDisallow: /sparql\nDisallow: /api/\n", media_type="text/plain")


def quality(accept: str, media_type: str) -> float:
    """How much a client wants a media type, from 0 to 1: the most specific range that fits says (RFC 9110, 12.5.1)."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    kind = media_type.partition("/")[0]
    fitting = ([worth for name, worth in ranges if name == wanted] for wanted in (media_type, f"{kind}/*", "*/*"))
    return max(next(filter(None, fitting), [0.0]))


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (word.strip() for word in part.lower().split(";"))
    worth = next((word[2:] for word in parameters if word.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(worth)))
    except ValueError:
        return name, 0.0


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type that is wanted most, the first of equals; none where none is wanted."""
    found = max(offered, key=lambda media_type: quality(accept, media_type))
    return found if quality(accept, found) > 0 else None
