"""The API: what the explorer shows of a selection, search, and the named questions with their licence."""

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from maillage._version import __version__
from maillage.locales import LANGUAGES
from maillage.queries import catalogue
from maillage.terms import fold
from maillage.visualize.portal.thing import path_of
from maillage.web.release import Release

_MOST_FOUND = 20
_LONGEST = 200  # characters that are sought
_RESERVED = ("format", "lang")
_ORDER = ("whole", "beginning", "word", "within")  # of a name that holds what is typed


async def world(request: Request) -> Response:
    """The part of the world that the explorer's state selects, in the shape of `data/world.js`."""
    release: Release = request.state.release
    found = await release.answers.selection(release.world, dict(request.query_params))
    return Response(found, media_type="application/json")


async def search(request: Request) -> Response:
    """Bodies whose names hold what is asked, the best first: `{"found": [{"id", "name", "page"}]}`."""
    release: Release = request.state.release
    typed = request.query_params.get("q", "")[:_LONGEST]
    found = await asyncio.to_thread(find_bodies, release.world, typed, _MOST_FOUND)
    return JSONResponse({"found": [one | {"page": f"/{path_of(one['id'])}.html"} for one in found]})


def find_bodies(world: Mapping[str, Any], typed: str, most: int) -> list[dict[str, Any]]:
    """The bodies with a name that holds what is typed; those whose name begins so come first."""
    asked = fold(typed)
    ranked = [(_rank(body["sought"], asked), body["id"], body) for body in world["bodies"] if asked]
    found = sorted((rank, iri) for rank, iri, _ in ranked if rank < len(_ORDER))
    names = {body["id"]: body["name"] for body in world["bodies"]}
    return [{"id": iri, "name": names[iri]} for _, iri in found[:most]]


def _rank(names: str, asked: str) -> int:
    """The place of the first test passed in `_ORDER`, whose length stands for none."""
    each = names.split(" | ")
    tests = (
        asked in each,
        any(name.startswith(asked) for name in each),
        any(f" {asked}" in f" {name}" for name in each),
        asked in names,
    )
    return next((place for place, passed in enumerate(tests) if passed), len(_ORDER))


async def question(request: Request) -> Response:
    """The answer of a named question in a format of `maillage ask`; its licence stands in a header too.

    Raises `unknown-question`, `unknown-format`, `mixed-licences`, or a QuestionError about a value.
    """
    release: Release = request.state.release
    given = request.query_params
    values = {name: value for name, value in given.items() if name not in _RESERVED}
    form = given.get("format", "json")
    lang = asked if (asked := given.get("lang")) in LANGUAGES else LANGUAGES[0]
    found = await release.answers.answer(request.path_params["name"], values, form, lang)
    headers = {"X-Maillage-Release": release.version}
    if found.credit.licence_iri:
        headers["Link"] = f'<{found.credit.licence_iri}>; rel="license"'
    return Response(found.body, media_type=found.media_type, headers=headers)


async def openapi(_: Request) -> Response:
    return JSONResponse(_document())


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    """OpenAPI 3.1 of this API: a path a named question, from the catalogue."""
    paths: dict[str, Any] = {
        "/api/world": _path(
            "What a state of the explorer selects", ["view", "kind", "territory", "theme", "from", "to"]
        ),
        "/api/search": _path("Bodies by any of their names", ["q"]),
    }
    for query in catalogue().values():
        names = [*(parameter.name for parameter in query.parameters), *_RESERVED]
        required = {parameter.name for parameter in query.parameters if parameter.required}
        paths[f"/api/questions/{query.name}"] = _path(query.summary["en"], names, required)
    return {"openapi": "3.1.0", "info": {"title": "Maillage", "version": __version__}, "paths": paths}


def _path(summary: str, names: list[str], required: set[str] | frozenset[str] = frozenset()) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "query", "required": name in required, "schema": {"type": "string"}} for name in names
    ]
    answers = {"200": {"description": "The answer"}, "default": {"description": "An error: {error: {code, fr, en}}"}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}
