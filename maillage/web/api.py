"""The API: what the explorer shows of a selection, search, and the named questions with their licence."""

import asyncio
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from maillage.answer import served
from maillage.errors import LANGUAGES
from maillage.export import ANSWERS, formats
from maillage.network import selection
from maillage.queries.catalogue import Parameter
from maillage.web import sparql
from maillage.web.release import Release

_MOST_FOUND = 20
_LONGEST = 200  # characters that are sought
# What each endpoint reads of an address, and all that OpenAPI says of it; a question reads those of its header too.
_WORLD = tuple(Parameter(name, "text", False, {}) for name in selection.PARAMETERS)
_SEARCH = (Parameter("q", "text", False, {"en": f"Part of a name: {_LONGEST} characters at most"}),)
_ANSWER = (
    Parameter("format", "format", False, {"en": "What the answer is written as (json)"}),
    Parameter("lang", "lang", False, {"en": "The language of names (fr)"}),
)


def _given(request: Request, declared: Iterable[Parameter]) -> dict[str, str]:
    """What an address says, of what is declared; nothing else here reads addresses."""
    return {one.name: request.query_params[one.name] for one in declared if one.name in request.query_params}


async def world(request: Request) -> Response:
    """The part of the world that the explorer's state selects, in the shape of `data/world.js`."""
    release: Release = request.state.release
    found = await release.answers.selection(release.world, _given(request, _WORLD))
    return Response(found, media_type="application/json")


async def search(request: Request) -> Response:
    """Bodies whose names hold what is asked, the best first: `{"found": [{"id", "name", "page"}]}`."""
    release: Release = request.state.release
    typed = _given(request, _SEARCH).get("q", "")[:_LONGEST]
    found = await asyncio.to_thread(served.sought, release.world, typed, _MOST_FOUND)
    return JSONResponse({"found": [one | {"page": f"/{served.page_of(one['id'])}.html"} for one in found]})


async def question(request: Request) -> Response:
    """The answer of a named question in a format of `maillage ask`; its licence stands in a header too.

    Raises `unknown-question`, `unknown-format`, `mixed-licences`, or a QuestionError about a value.
    """
    release: Release = request.state.release
    given = _given(request, _ANSWER)
    values = {name: value for name, value in request.query_params.items() if name not in given}  # refused if unknown
    form, lang = given.get("format", "json"), "en" if given.get("lang") == "en" else "fr"
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
    for query in served.questions():
        paths[f"/api/questions/{query.name}"] = _path(query.summary["en"], (*query.parameters, *_ANSWER), types)
    return {"openapi": "3.1.0", "info": {"title": "Maillage", "version": served.__version__}, "paths": paths}


def _path(summary: str, declared: Iterable[Parameter], types: Iterable[str]) -> dict[str, Any]:
    found = {"description": "The answer", "content": {media_type: {} for media_type in types}}
    answers = {"200": found, "default": {"description": "An error: {error: {code, fr, en}}"}}
    return {"get": {"summary": summary, "parameters": [*map(_parameter, declared)], "responses": answers}}


def _parameter(one: Parameter) -> dict[str, Any]:
    listed = {"format": list(formats(*ANSWERS)), "lang": list(LANGUAGES)}.get(one.type)
    schema = {"type": "string"} | ({"enum": listed} if listed else {})
    said = {"description": one.words["en"]} if one.words else {}
    return {"name": one.name, "in": "query", "required": one.required, **said, "schema": schema}
