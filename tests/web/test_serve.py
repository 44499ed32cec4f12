"""The served portal: pages and IRIs, the API, SPARQL under limits, and nothing that a client may not have."""

import asyncio
import time
from pathlib import Path

import httpx
import pytest
import rdflib

from maillage.terms import ID, MAI, graph_iri
from maillage.web.folder import LARGEST
from tests.web.conftest import SECONDS, apart, served

pytestmark = pytest.mark.needs("oxigraph-server")
TI_LAB = "id/organisation/ti-lab"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def rows(server: str, query: str, **more: str) -> list[dict[str, dict[str, str]]]:
    asked = {"query": query, **more}
    found = httpx.post(f"{server}sparql", data=asked, headers={"Accept": "application/sparql-results+json"})
    assert found.status_code == 200, found.text
    bindings: list[dict[str, dict[str, str]]] = found.json()["results"]["bindings"]
    return bindings


# ---------------------------------------------------------------- pages and things


def test_the_explorer_is_served_with_what_a_server_adds(server: str) -> None:
    page = httpx.get(server)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert 'src="data/served.js"' in page.text
    told = httpx.get(f"{server}data/served.js")
    assert told.headers["content-type"].startswith("text/javascript")
    assert 'maillageSparql="/sparql"' in told.text
    assert "maillageApi" not in told.text


def test_what_has_not_changed_is_not_sent_again(server: str) -> None:
    first = httpx.get(f"{server}assets/explorer.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    again = httpx.get(f"{server}assets/explorer.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("accept", "suffix", "media_type"),
    [
        ("text/html", ".html", "text/html; charset=utf-8"),
        ("text/turtle", ".ttl", "text/turtle; charset=utf-8"),
        ("application/ld+json, text/html;q=0.5", ".jsonld", "application/ld+json"),
        ("application/n-triples", ".nt", "application/n-triples"),
        ("application/rdf+xml", ".rdf", "application/rdf+xml"),
    ],
)
def test_an_iri_resolves_to_what_is_wanted(server: str, accept: str, suffix: str, media_type: str) -> None:
    found = httpx.get(f"{server}{TI_LAB}", headers={"Accept": accept})
    assert (found.status_code, found.headers["location"]) == (303, f"/{TI_LAB}{suffix}")
    assert "Accept" in found.headers["vary"]
    body = httpx.get(f"{server}{TI_LAB}{suffix}")
    assert body.status_code == 200
    assert body.headers["content-type"] == media_type


def test_each_form_says_the_same(server: str) -> None:
    turtle = rdflib.Graph().parse(data=httpx.get(f"{server}{TI_LAB}.ttl").text, format="turtle")
    for suffix, form in ((".nt", "nt"), (".rdf", "xml")):
        assert {*rdflib.Graph().parse(data=httpx.get(f"{server}{TI_LAB}{suffix}").text, format=form)} == {*turtle}
    assert (rdflib.URIRef(f"{ID}organisation/ti-lab"), None, None) in turtle


def test_what_is_not_there_is_a_sentence(server: str) -> None:
    missing = httpx.get(f"{server}id/organisation/nobody")
    assert missing.status_code == 404
    assert "nobody" in missing.json()["error"]["fr"]
    unwanted = httpx.get(f"{server}{TI_LAB}", headers={"Accept": "image/png"})
    assert unwanted.status_code == 406
    assert "text/turtle" in unwanted.json()["error"]["en"]


@pytest.mark.parametrize(
    "path", ["../graph/report.json", "%2e%2e/graph/report.json", "id/../../graph/report.json", "."]
)
def test_nothing_outside_the_portal_is_given(server: str, path: str) -> None:
    found = httpx.get(httpx.URL(server).copy_with(raw_path=f"/{path}".encode()), follow_redirects=True)
    assert found.status_code in (200, 404)
    assert "digest" not in found.text


def test_people_read_a_page_and_programs_json(server: str) -> None:
    page = httpx.get(f"{server}id/organisation/<script>", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<script>" not in page.text
    assert "There is nothing at" in page.text


@pytest.mark.parametrize("path", ["%00", "a" * 300, "%ff", "id/organisation/%00", "a/" * 3000, "/etc/passwd"])
def test_a_name_that_cannot_be_is_no_failure_of_ours(server: str, path: str) -> None:
    assert httpx.get(httpx.URL(server).copy_with(raw_path=f"/{path}".encode())).status_code == 404


def test_the_vocabulary_resolves(server: str) -> None:
    page = httpx.get(f"{server}def", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/ontology/index.html")
    found = httpx.get(f"{server}def", headers={"Accept": "text/turtle"}, follow_redirects=True)
    turtle = rdflib.Graph().parse(data=found.text, format="turtle")
    assert (rdflib.URIRef(f"{MAI}InnovationLab"), rdflib.RDF.type, rdflib.OWL.Class) in turtle


def test_a_part_of_a_large_file(server: str, small_out: Path) -> None:
    large = small_out / "portal" / "data" / "large.csv"
    large.write_bytes(b"x" * (LARGEST + 1))
    part = httpx.get(f"{server}data/large.csv", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, b"x" * 10)
    again = httpx.get(f"{server}data/large.csv", headers={"If-None-Match": part.headers["etag"]})
    assert again.status_code == 304


# ---------------------------------------------------------------- API


def test_the_world_is_not_sent_where_selections_are(small_out: Path) -> None:
    with served(small_out, "--by-selection") as (address, _):
        assert 'maillageApi="api/"' in httpx.get(f"{address}data/served.js").text
        assert "maillageWorld" not in httpx.get(f"{address}data/world.js").text
        assert httpx.get(f"{address}api/world").json()["counted"]["total"]["bodies"] > 0


def test_many_ask_one_question_at_once(server: str) -> None:
    async def together() -> set[bytes]:
        async with httpx.AsyncClient(base_url=server, timeout=60) as client:
            asked = {"body": "DITP", "format": "csv"}
            found = await asyncio.gather(*(client.get("api/questions/partners-of", params=asked) for _ in range(20)))
        assert {one.status_code for one in found} == {200}
        return {one.content for one in found}

    assert len(apart(together())) == 1


def test_a_selection_is_not_the_world(server: str) -> None:
    whole, part = (httpx.get(f"{server}api/world{query}").json() for query in ("", "?territory=region-53"))
    assert 0 < len(part["bodies"]) < len(whole["bodies"])
    assert {body["id"] for body in part["bodies"]} >= {"organisation/ti-lab"}
    assert part["counted"]["total"]["bodies"] == len(part["bodies"])
    ends = {place for link in part["links"] for place in (link["a"], link["b"])}
    assert ends <= set(range(len(part["bodies"])))


def test_search_folds_what_is_typed(server: str) -> None:
    found = httpx.get(f"{server}api/search", params={"q": "TÍ lab"}).json()["found"]
    assert [one["id"] for one in found] == ["organisation/ti-lab"]
    assert httpx.get(f"{server}{found[0]['page'][1:]}").status_code == 200


def test_search_forgives_one_letter_and_says_what_is_near(server: str) -> None:
    def ask(typed: str) -> dict[str, list[str]]:
        said = httpx.get(f"{server}api/search", params={"q": typed}).json()
        return {part: [one["id"].removeprefix("organisation/") for one in some] for part, some in said.items()}

    assert ask("dtip") == {"found": ["ditp"], "near": []}
    assert ask("Ti Lab xyz") == {"found": [], "near": ["ti-lab"]}
    assert ask("zzzz wwww") == ask("") == {"found": [], "near": []}


def test_a_question_answers_with_its_licence(server: str) -> None:
    found = httpx.get(f"{server}api/questions/partners-of", params={"body": "Ti Lab", "format": "csv"})
    assert found.headers["content-type"].startswith("text/csv")
    assert 'rel="license"' in found.headers["link"]
    assert "Bordeaux Métropole" in found.text
    assert "Isère" not in found.text


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("api/questions/nothing", 404, "unknown-question"),
        ("api/questions/partners-of", 400, "missing-parameter"),
        ("api/questions/bodies?format=docx", 400, "unknown-format"),
        ("api/questions/partners-of?body=Nobody%20at%20all", 404, "unknown-value"),
    ],
)
def test_a_bad_question_is_a_sentence(server: str, path: str, status: int, code: str) -> None:
    found = httpx.get(f"{server}{path}")
    assert (found.status_code, found.json()["error"]["code"]) == (status, code)


def test_the_api_describes_itself(server: str) -> None:
    paths = httpx.get(f"{server}api/openapi.json").json()["paths"]
    asked = paths["/api/questions/partners-of"]["get"]["parameters"]
    assert {one["name"]: one["required"] for one in asked}["body"] is True


# ---------------------------------------------------------------- SPARQL


def test_sparql_is_asked_of_merged_and_evidence(server: str) -> None:
    def count(**more: str) -> int:
        return int(rows(server, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", **more)[0]["n"]["value"])

    merged, evidence = (count(**{"default-graph-uri": graph_iri(name)}) for name in ("merged", "evidence"))
    assert count() == merged + evidence
    assert merged > 0
    assert evidence > 0


def test_the_three_ways_of_the_protocol(server: str) -> None:
    query = "ASK { ?s ?p ?o }"
    said = [
        httpx.get(f"{server}sparql", params={"query": query}),
        httpx.post(f"{server}sparql", data={"query": query}),
        httpx.post(f"{server}sparql", content=query, headers={"Content-Type": "application/sparql-query"}),
    ]
    assert [answer.status_code for answer in said] == [200, 200, 200]
    assert all("true" in answer.text for answer in said)
    assert all("every source of the graph is credited" in answer.headers["Link"] for answer in said)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("INSERT DATA { <a:> <b:> <c:> }", 403, "query-refused"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "query-refused"),
        ("SELECT ?s WHERE { ?s ?p }", 400, "query-rejected"),
        ("SELECT * { ?s ?p ?o . ?a ?b ?c }", 413, "answer-too-large"),
    ],
)
def test_what_may_not_be_asked(server: str, query: str, status: int, code: str) -> None:
    found = httpx.post(f"{server}sparql", data={"query": query}, timeout=30)
    assert (found.status_code, found.json()["error"]["code"]) == (status, code)


def test_an_update_by_its_own_name_is_refused(server: str) -> None:
    assert httpx.post(f"{server}sparql", data={"update": "DROP ALL"}).status_code == 403
    assert httpx.post(f"{server}sparql", data={"query": "ASK {}", "update": "DROP ALL"}).status_code == 403


def test_an_endless_query_is_stopped_and_holds_nobody_up(server: str) -> None:
    begun = time.monotonic()
    found = httpx.post(f"{server}sparql", data={"query": ENDLESS}, timeout=30)
    assert (found.status_code, found.json()["error"]["code"]) == (504, "query-stopped")
    assert time.monotonic() - begun < SECONDS + 5  # that it stops; how soon is for the benchmark
    assert httpx.get(f"{server}health").json()["sparql"] is True


def test_without_a_query_it_says_what_it_is(server: str) -> None:
    page = httpx.get(f"{server}sparql", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/sparql.html")
    assert httpx.get(f"{server}sparql").headers["content-type"].startswith("text/turtle")


# ---------------------------------------------------------------- what the server says of itself


def test_metrics_count_by_route_and_tell_nothing_else(server: str) -> None:
    httpx.get(f"{server}api/search", params={"q": "secret words"})
    said = httpx.get(f"{server}metrics").text
    assert 'maillage_requests_total{route="api-search",method="GET",status="200"}' in said
    assert "maillage_up 1" in said
    assert "secret" not in said
