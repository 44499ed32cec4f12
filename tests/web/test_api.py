"""What the API says of itself is what its code reads: each parameter of each endpoint, and none besides."""

import ast
import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from maillage.assets import PACKAGE
from maillage.errors import MaillageError
from maillage.graph.report import read_report
from maillage.network.selection import PARAMETERS, select
from maillage.queries import catalogue
from maillage.store.search import NameIndex
from maillage.visualize.portal.explorer import read_world
from maillage.web.answers import Answers
from maillage.web.app import answer_error, application
from maillage.web.release import ServerSettings

Ask = Callable[..., httpx.Response]
VALUES = {
    "organisation": "Ti Lab", "lab": "Ti Lab", "event": "Mois de l'innovation publique 2021", "territory": "Bretagne",
    "theme": "design", "source": "horizons-publics-2021", "thing": "Ti Lab", "date": "2021-11-29", "text": "lab",
    "format": "csv", "lang": "en",
}  # fmt: skip
HANDLERS = {"api.py": {"_read_parameters", "question"}, "sparql.py": {"_read_request"}}  # who may read an address


def _routes(out: Path, portal: Path) -> list[BaseRoute]:
    async def prepare() -> None:
        raise AssertionError("nothing is prepared here")

    return list(application(ServerSettings(out, portal), prepare, print).routes)


@pytest.fixture(scope="module")
def asked(built_out: Path, article_portal: Path) -> Iterator[Ask]:
    """What the routes of the server answer, without its engine, and which names they read of an address."""
    answers = Answers(built_out, "private")
    world, digest = read_world(article_portal / "data" / "world.js"), str(read_report(built_out / "graph")["digest"])
    names = NameIndex.open(built_out / "graph", digest)
    release = SimpleNamespace(answers=answers, world=world, names=names, version="test")
    inner = Starlette(routes=_routes(built_out, article_portal), exception_handlers={MaillageError: answer_error})

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await inner({**scope, "state": {"release": release}}, receive, send)

    async def ask(path: str, values: Mapping[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get(path, params=dict(values))

    loop = asyncio.Runner()
    with ThreadPoolExecutor(1) as thread:  # a browser's loop may run in this one
        yield lambda path, **values: thread.submit(loop.run, ask(path, values)).result()
        thread.submit(loop.run, answers.close()).result()
        thread.submit(loop.close).result()
    names.close()


@pytest.fixture(scope="module")
def document(asked: Ask) -> dict[str, Any]:
    return dict(asked("/api/openapi.json").json())


def _declared(document: dict[str, Any], path: str) -> list[dict[str, Any]]:
    return list(document["paths"][path]["get"]["parameters"])


def test_every_endpoint_is_described(document: dict[str, Any], built_out: Path) -> None:
    routes = [route.path for route in _routes(built_out, built_out) if isinstance(route, Route)]
    ours = {path for path in routes if path.startswith(("/api/", "/sparql")) and path != "/api/openapi.json"}
    found = {re.sub("^/api/questions/.*", "/api/questions/{name}", path) for path in document["paths"]}
    assert found == ours


@pytest.mark.slow
def test_each_parameter_that_is_declared_is_taken(document: dict[str, Any], asked: Ask) -> None:
    refused = []
    types = {name: {one.name: one.type for one in query.parameters} for name, query in catalogue().items()}
    for path in document["paths"].keys() - {"/sparql"}:
        declared = _declared(document, path)
        known = types.get(path.rpartition("/")[2], {}) | {"format": "format", "lang": "lang"}
        found = asked(path, **{one["name"]: VALUES[known.get(one["name"], "text")] for one in declared})
        refused += [(path, found.text)] if found.status_code != 200 else []
    assert not refused


def test_a_question_is_answered_in_each_type_that_is_declared(document: dict[str, Any], asked: Ask) -> None:
    path = "/api/questions/counts"
    forms = next(one["schema"]["enum"] for one in _declared(document, path) if one["name"] == "format")
    found = {asked(path, format=form).headers["content-type"].partition(";")[0] for form in forms}
    assert found == document["paths"][path]["get"]["responses"]["200"]["content"].keys()


@pytest.mark.parametrize("path", ["/api/world", "/api/search", "/api/questions/partners-of"])
def test_none_reads_what_is_not_declared(
    path: str, document: dict[str, Any], asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: set[str] = set()

    class Watched(QueryParams):
        def __contains__(self, name: object) -> bool:
            names.add(str(name))
            return super().__contains__(name)

        def __getitem__(self, name: str) -> str:
            names.add(name)
            return str(super().__getitem__(name))

        def get(self, name: str, default: Any = None) -> Any:
            names.add(name)
            return super().get(name, default)

    monkeypatch.setattr(Request, "query_params", property(lambda request: Watched(request.scope["query_string"])))
    asked(path, body="Ti Lab")
    declared = {one["name"] for one in _declared(document, path)}
    assert names and names <= declared
    if "questions" not in path:  # whose own values its header declares, and refuses others
        assert names == declared


def test_a_question_refuses_what_it_does_not_declare(asked: Ask) -> None:
    found = asked("/api/questions/partners-of", body="Ti Lab", nonsense="1")
    assert (found.status_code, found.json()["error"]["code"]) == (400, "unknown-parameter")


def test_the_state_of_a_selection_is_read_by_the_names_declared(asked: Ask) -> None:
    class Watched(dict[str, str]):
        def get(self, name: str, default: Any = None) -> Any:
            assert name in PARAMETERS
            return super().get(name, default)

        def __getitem__(self, name: str) -> str:
            raise AssertionError(name)

    select({"bodies": [], "links": [], "activities": [], "participations": [], "territories": []}, Watched())


def _readers(source: str) -> set[str]:
    """The functions that read the parameters of an address."""
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {
        one.name
        for one in functions
        for part in ast.walk(one)
        if isinstance(part, ast.Attribute) and part.attr == "query_params"
    }


def test_addresses_are_read_where_it_is_declared() -> None:
    found = {path.name: _readers(path.read_text(encoding="utf-8")) for path in (PACKAGE / "web").glob("*.py")}
    assert {name: readers for name, readers in found.items() if readers} == HANDLERS
    assert _readers("def f(r):\n    return r.query_params['q']") == {"f"}
