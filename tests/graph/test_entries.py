"""What another base says of bodies that we hold: asked of a real SPARQL server, then in the graph, with its source."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage.assets import CHECKOUT
from maillage.cli import command_line
from maillage.graph.build import Build, make
from maillage.sources.card import read_card
from maillage.sources.records import read_records
from maillage.terms import expand, graph_iri, iri
from tests.sources.questions import answering_server
from tests.sources.registers import trial

pytestmark = pytest.mark.needs("oxigraph-server")

HOLDING = ("central-bodies", "insee-cog", "intercommunalities", "local-authorities", "wikidata")
GRENOBLE, METROPOLE, DINUM = (
    iri("organisation", name) for name in ("ville-de-grenoble", "grenoble-alpes-metropole", "dinum")
)
ENTITY = "http://www.wikidata.org/entity/"
REGISTRY = {
    "source.yml": f"""{trial("register")}
fetch:
  pause: 0
  files:
    agencies.json: {{address: "https://registry.example.org/sparql", question: agencies.rq, fields: [agency, name]}}
tables:
  bodies: {{mapping: body, rows_in: agencies.json}}
  entries: {{mapping: entry, rows_in: agencies.json}}
""",
    "agencies.rq": (CHECKOUT / "tests" / "sources" / "fetch" / "agencies.rq").read_text("utf-8"),
    "bodies.sql": """
SELECT line, slug(record->>'$.name.value') AS key, record->>'$.name.value' AS name, 'association' AS kind
FROM "agencies.json" WHERE (record->'$.siren') IS NULL""",
    "entries.sql": """
SELECT line, 'entry-' || slug(record->>'$.name.value') AS key, 'SIREN=' || (record->>'$.siren.value') AS thing,
  record->>'$.agency.value' AS entry FROM "agencies.json" WHERE (record->'$.siren') IS NOT NULL""",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, built_out: Path) -> Iterator[Path]:
    """The copy of Wikidata that `maillage fetch` makes for the bodies of the article's graph."""
    folder = tmp_path_factory.mktemp("entries")
    (folder / "graph").symlink_to(built_out / "graph")
    with answering_server(tmp_path_factory.mktemp("server")) as endpoint:
        for source in ("wikidata", str(registry_card(folder / "registry"))):
            asked = ["fetch", source, "--from", endpoint, "--private-addresses", "--out", str(folder)]
            assert command_line(asked) == 0
    yield folder


def registry_card(folder: Path) -> Path:
    """The card of a base of another shape than Wikidata's, which names bodies of its own and speaks of one of ours."""
    folder.mkdir()
    for name, text in REGISTRY.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def held(out: Path) -> Build:
    return make(sources=[*HOLDING, str(out / "registry")], out=out)


def said(built: Build, graph: str, subject: str, predicate: str) -> set[str]:
    asked = (ox.NamedNode(subject), ox.NamedNode(expand(predicate)), None, ox.NamedNode(graph_iri(graph)))
    return {plain(quad.object) for quad in built.store.quads_for_pattern(*asked)}


def plain(node: object) -> str:
    assert isinstance(node, ox.NamedNode | ox.Literal)
    return node.value


def test_the_bodies_that_we_hold_are_asked_about_and_no_other(out: Path) -> None:
    copy = json.loads((out / "fetched" / "wikidata" / "bodies.json").read_bytes())
    codes = {row["code"]["value"] for row in copy["results"]["bindings"]}
    assert codes == {"213801855", "200040715", "217500016", "243300316", "245900428", "130025265"}


def test_an_entry_is_known_by_one_code_alone(out: Path) -> None:
    """Neither a number that two entries bear, nor an entry that bears two, nor the person."""
    records, findings = read_records(read_card("wikidata"), out)
    assert {record.key for record in records} == {"q9001", "q9002", "q9006"}
    assert findings == []


def test_what_is_said_is_said_of_our_bodies(held: Build) -> None:
    assert said(held, "merged", GRENOBLE, "schema:sameAs") == {f"{ENTITY}Q9001"}
    assert said(held, "merged", GRENOBLE, "foaf:homepage") == {
        "https://ville.example.org/",
        "https://ville.example.org/en",
    }
    assert said(held, "source/wikidata", DINUM, "schema:sameAs") == {f"{ENTITY}Q9006"}
    assert said(held, "merged", DINUM, "foaf:homepage") == set()
    assert codes_of(held, GRENOBLE) == {("SIREN", "213801855"), ("WIKIDATA", "Q9001"), ("ROR", "05abc1234")}
    assert codes_of(held, METROPOLE) == {("SIREN", "200040715"), ("WIKIDATA", "Q9002"), ("PIC", "999000333")}


def codes_of(built: Build, body: str) -> set[tuple[str, str]]:
    return {
        (register, code)
        for node in said(built, "merged", body, "adms:identifier")
        for register in said(built, "merged", node, "dcterms:type")
        for code in said(built, "merged", node, "skos:notation")
    }


def test_another_base_names_bodies_of_its_own_and_speaks_of_ours(held: Build) -> None:
    assert said(held, "merged", DINUM, "schema:sameAs") >= {"https://registry.example.org/b3"}
    assert {
        said_name
        for name in ("un", "deux")
        for said_name in said(held, "merged", iri("organisation", f"registry-agence-{name}"), "skos:prefLabel")
    } == {"Agence Un", "Agence Deux"}


def test_a_body_is_at_the_point_of_its_entry_unless_that_has_two(held: Build) -> None:
    (site,) = said(held, "merged", GRENOBLE, "org:hasSite")
    assert site == f"{GRENOBLE}/site-wikidata"
    assert said(held, "merged", site, "geo:lat") == {"45.1821"}
    assert said(held, "merged", site, "geo:long") == {"5.7243"}
    assert said(held, "merged", DINUM, "org:hasSite") == set()
    assert said(held, "merged", f"{METROPOLE}/site-wikidata", "geo:lat") == {"45.501234567"}
    assert said(held, "merged", f"{METROPOLE}/site-wikidata", "geo:long") == {"6"}


def test_a_parent_is_a_body_that_we_hold_and_not_the_body_itself(held: Build) -> None:
    assert said(held, "merged", GRENOBLE, "org:subOrganizationOf") == {METROPOLE}
    assert said(held, "merged", METROPOLE, "org:subOrganizationOf") == set()


def test_no_person_and_no_name_comes_in(held: Build) -> None:
    text = " ".join(str(quad) for quad in held.store.quads_for_pattern(None, None, None, None))
    assert not re.search(r"Une Personne|person\.example|Q9008|Commune d'essai", text)


def test_what_is_said_of_a_body_has_its_claim_and_its_source_the_day_of_the_copy(held: Build, out: Path) -> None:
    source = iri("source", "wikidata")
    claims = [
        plain(quad.subject)
        for quad in held.store.quads_for_pattern(
            None, ox.NamedNode(expand("dcterms:source")), ox.NamedNode(source), ox.NamedNode(graph_iri("evidence"))
        )
    ]
    objects = {value for claim in claims for value in said(held, "evidence", claim, "rdf:object")}
    assert objects == {
        *(f"{ENTITY}{name}" for name in ("Q9001", "Q9002", "Q9006")),
        *(f"{body}/wikidata" for body in (GRENOBLE, METROPOLE, DINUM)),
        *(
            "https://ville.example.org/",
            "https://ville.example.org/en",
            METROPOLE,
            f"{GRENOBLE}/ror",
            f"{METROPOLE}/site-wikidata",
            f"{METROPOLE}/pic",
            f"{GRENOBLE}/site-wikidata",
        ),
    }
    day = re.search(r"fetched_at: '(\d{4}-\d\d-\d\d)", (out / "fetched" / "wikidata" / "source.yml").read_text("utf-8"))
    assert day
    assert said(held, "evidence", source, "mai:readOn") == {day[1]}
    assert said(held, "source/wikidata", GRENOBLE, "schema:sameAs") == {f"{ENTITY}Q9001"}


def test_the_graph_is_clean(held: Build) -> None:
    assert [finding.sentence("en") for finding in held.findings if "wikidata" in finding.sentence("en")] == []


def test_rows_about_bodies_that_the_build_does_not_hold_are_left_out_and_counted(out: Path) -> None:
    """Without the source of the towns, the DINUM's entry alone is left."""
    fewer = make(sources=("central-bodies", "wikidata"), out=out)
    assert said(fewer, "merged", DINUM, "schema:sameAs") == {f"{ENTITY}Q9006"}
    told = [finding.sentence("en") for finding in fewer.findings if "wikidata" in finding.sentence("en")]
    assert len(told) == 1
    assert told[0].startswith("wikidata: 2 row(s) of “wikidata” speak of a code that no body of this graph is alone to")


def test_without_a_graph_there_is_nobody_to_ask_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["fetch", "wikidata", "--from", "http://127.0.0.1:1/", "--out", str(tmp_path)]) != 0
    assert "maillage build" in capsys.readouterr().err
    assert [*(tmp_path / "fetched" / ".partial" / "wikidata").glob("*.piece")] == []
