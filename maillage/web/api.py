"""The API: what the explorer shows of a selection, search, and the named questions with their licence."""

import asyncio
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from maillage._version import __version__
from maillage.export import ANSWERS, formats
from maillage.locales import LANGUAGES
from maillage.network import selection
from maillage.queries import catalogue
from maillage.queries.catalogue import Parameter
from maillage.store.search import Hit
from maillage.terms import ID
from maillage.visualize.locales import unify
from maillage.visualize.portal.thing import path_of
from maillage.web import sparql
from maillage.web.release import Release

_MOST_FOUND = 20
_LONGEST = 120  # characters that are sought
# What each endpoint reads of an address, and all that OpenAPI says of it; a question reads those of its header too.
_WORLD = tuple(Parameter(name, "text", False, {}) for name in selection.PARAMETERS)
_SEARCH = (Parameter("q", "text", False, {"en": f"A name, or some of it: {_LONGEST} characters at most"}),)
_ANSWER = (
    Parameter("format", "format", False, {"en": "What the answer is written as (json)"}),
    Parameter("lang", "lang", False, {"en": "The language of names (fr)"}),
)


def _read_parameters(request: Request, declared: Iterable[Parameter]) -> dict[str, str]:
    """What an address says, of what is declared; nothing else here reads addresses."""
    return {one.name: request.query_params[one.name] for one in declared if one.name in request.query_params}


async def world(request: Request) -> Response:
    """The part of the world that the explorer's state selects, in the shape of `data/world.js`."""
    release: Release = request.state.release
    found = await release.answers.selection(release.world, _read_parameters(request, _WORLD))
    return Response(found, media_type="application/json")


async def search(request: Request) -> Response:
    """Bodies that answer to a name, the best first, else those that are near: `{"found": [{"id", "name", "page"}],
    "near": []}`.
    """
    release: Release = request.state.release
    typed = _read_parameters(request, _SEARCH).get("q", "")[:_LONGEST]
    hits = await asyncio.to_thread(release.names.seek, typed, _MOST_FOUND)
    return JSONResponse({"found": [*map(_body, hits.found)], "near": [*map(_body, hits.near)]})


def _body(hit: Hit) -> dict[str, Any]:
    place = hit.iri.removeprefix(ID)
    return {"id": place, "name": unify(hit.labels), "page": f"/{path_of(place)}.html"}


async def question(request: Request) -> Response:
    """The answer of a named question in a format of `maillage ask`; its licence stands in a header too.

    Raises `unknown-question`, `unknown-format`, `mixed-licences`, or a QuestionError about a value.
    """
    release: Release = request.state.release
    given = _read_parameters(request, _ANSWER)
    values = {name: value for name, value in request.query_params.items() if name not in given}  # refused if unknown
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
    paths = {
        "/api/world": _path("What a state of the explorer selects", _WORLD, ["application/json"]),
        "/api/search": _path("Bodies by any of their names", _SEARCH, ["application/json"]),
    }
    asked = (Parameter(name, "text", name == "query", {}) for name in sparql.PARAMETERS)
    paths["/sparql"] = _path("A SPARQL query, read-only", asked, f"{sparql.RESULTS}, {sparql.TRIPLES}".split(", "))
    types = [form.essence for form in formats(*ANSWERS).values()]
    for query in catalogue().values():
        paths[f"/api/questions/{query.name}"] = _path(query.summary["en"], (*query.parameters, *_ANSWER), types)
    return {"openapi": "3.1.0", "info": {"title": "Maillage", "version": __version__}, "paths": paths}


def _path(summary: str, declared: Iterable[Parameter], types: Iterable[str]) -> dict[str, Any]:
    found = {"description": "The answer", "content": {media_type: {} for media_type in types}}
    answers = {"200": found, "default": {"description": "An error: {error: {code, fr, en}}"}}
    return {"get": {"summary": summary, "parameters": [*map(_parameter, declared)], "responses": answers}}


def _parameter(one: Parameter) -> dict[str, Any]:
    listed = {"format": list(formats(*ANSWERS)), "lang": list(LANGUAGES)}.get(one.type)
    schema = {"type": "string"} | ({"enum": listed} if listed else {})
    said = {"description": one.words["en"]} if one.words else {}
    return {"name": one.name, "in": "query", "required": one.required, **said, "schema": schema}
