"""Tables too long to become records: CORDIS on its real file, then every sign that N-Quads must escape."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

from maillage.errors import Finding
from maillage.graph.build import build, make
from maillage.graph.canonical import canonical
from maillage.graph.rules import EVIDENCE, MERGED, read_rules
from maillage.graph.stream import LongTables
from maillage.release import state
from maillage.release.write import write_release
from maillage.sources.card import read_card
from maillage.sources.fetch import run as run_module
from maillage.sources.fetch.run import fetch
from maillage.sources.stream import open_streams
from maillage.terms import compact, expand, graph_iri
from tests.graph.report import left_open
from tests.refusals import raises
from tests.sources.registers import take, trial

pytestmark = pytest.mark.sample(3)

Tables = tuple[duckdb.DuckDBPyConnection, list[Finding]]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cordis")
    take("cordis", folder)
    return folder


@pytest.fixture(scope="module")
def tables(out: Path) -> Iterator[Tables]:
    with open_streams(read_card("cordis"), out, {"country-fr"}) as found:
        yield found


@pytest.mark.needs("shared")
def test_it_has_as_many_rows_as_the_source_counts(tables: Tables) -> None:
    base, faults = tables
    found = LongTables(read_card("cordis"), base, [], faults)
    assert found.rows == {"parts": 1 + 17, "projects": 31_451, "bodies": 35_871, "participations": 144_726}
    assert faults == []


@pytest.mark.needs("shared")
def test_pairs_are_counted_in_columns_and_are_no_statements(tables: Tables) -> None:
    """SOURCE.md: 796,670 pairs, 9,572 of them French on both sides, 123,414 on one side at least."""
    pairs = """SELECT DISTINCT a.agent AS a, b.agent AS b FROM participations a
      JOIN participations b ON a.activity = b.activity AND a.agent < b.agent"""
    counted = f"""SELECT count(*), count(*) FILTER (x.territory IS NOT NULL AND y.territory IS NOT NULL),
      count(*) FILTER (x.territory IS NOT NULL OR y.territory IS NOT NULL)
      FROM ({pairs}) pair JOIN bodies x ON x.key = pair.a JOIN bodies y ON y.key = pair.b"""
    assert tables[0].execute(counted).fetchone() == (796_670, 9_572, 123_414)


@pytest.mark.measure
@pytest.mark.needs("shared")
def test_a_row_of_each_form_is_validated_and_makes_no_partnership(out: Path) -> None:
    store = make(sources=["insee-cog", "cordis"], out=out).store
    held = [quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(expand("mai:role")), None, MERGED)]
    assert len(held) == 3  # a coordinator, a participant and a partner
    assert not list(store.quads_for_pattern(None, ox.NamedNode(expand("mai:met")), None, MERGED))
    assert not list(store.quads_for_pattern(None, ox.NamedNode(expand("mai:sharedActivity")), None, MERGED))


@pytest.mark.needs("shared")
def test_a_source_that_was_not_fetched_is_a_sentence(tmp_path: Path) -> None:
    with raises("not-fetched", match="maillage fetch cordis"):
        make(sources=["insee-cog", "cordis"], out=tmp_path)


CARD = (
    trial("register")
    + """claims: record
fetch: {files: {list.csv: {address: "https://example.org/list.csv"}}}
streams:
  bodies:
    rows_in: list.csv
    key: organisation
    class: [org:Organization]
    rules: true
    columns:
      key: id
      name: {type: text, lang: fr, predicate: skos:prefLabel}
      kind: {type: concept, list: organisation-kind, predicate: org:classification}
      type: {type: text, predicate: mai:registeredAs}
      created: {type: date, predicate: schema:foundingDate}
      code: {type: text, register: PIC, predicate: adms:identifier}
"""
)
ROWS = """key,name,kind,type,created,code
a,"Le ""Lab"" \\ d'ici",commune,"une
ligne .",2020-01-31,9
b,Sans rien,,,,
Bad Key,Clé fautive,,,,
c,Date fautive,,,2020-13-01,
d,Sorte fautive,castle,,,
"""
EXPECTED = """
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix mai: <https://w3id.org/maillage/def#> . @prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix id: <https://w3id.org/maillage/id/organisation/> .
id:list-a a org:Organization ; skos:prefLabel "Le \\"Lab\\" \\\\ d'ici"@fr ;
  mai:registeredAs "une\\nligne ." ;
  org:classification <https://w3id.org/maillage/list/organisation-kind/commune> ;
  schema:foundingDate "2020-01-31"^^xsd:date ;
  adms:identifier <https://w3id.org/maillage/id/organisation/list-a/pic> .
<https://w3id.org/maillage/id/organisation/list-a/pic> a adms:Identifier ; skos:notation "9" ; dcterms:type "PIC" .
id:list-b a org:Organization ; skos:prefLabel "Sans rien"@fr .
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A source of five rows, three of them faulty, taken to `out`."""
    folder, origin = tmp_path / "list", tmp_path / "origin"
    folder.mkdir()
    origin.mkdir()
    (folder / "source.yml").write_text(CARD, "utf-8")
    (folder / "bodies.sql").write_text('SELECT * FROM "list.csv"', "utf-8")
    (origin / "list.csv").write_text(ROWS, "utf-8")
    fetch(read_card(str(folder)), tmp_path / "out", str(origin))
    return folder


def test_a_row_gives_the_statements_that_its_card_declares(own: Path) -> None:
    with open_streams(read_card(str(own)), own.parent / "out", ()) as (base, faults):
        said = b"".join(LongTables(read_card(str(own)), base, [], faults).chunks())
    graph = ox.NamedNode(graph_iri("source", "list"))
    found = {quad.triple for quad in ox.parse(said, format=ox.RdfFormat.N_QUADS) if quad.graph_name == graph}
    assert found == {quad.triple for quad in ox.parse(EXPECTED, format=ox.RdfFormat.TURTLE)}
    assert [(fault.line, fault.column, fault.severity) for fault in faults] == [
        (3, "key", "warning"), (5, "kind", "warning"), (4, "created", "warning"),
    ]  # fmt: skip


def test_the_dump_stays_canonical_and_rules_of_one_thing_run(own: Path) -> None:
    out = own.parent / "out"
    built = build(out, sources=["insee-cog", str(own)])
    dump = (out / "graph" / "graph.nq").read_bytes()
    assert dump == canonical(ox.parse(dump, format=ox.RdfFormat.N_QUADS))
    assert built.report["streamed"] == {"list": {"bodies": 2}}
    assert left_open(built) == [("list/list.csv", "kind", "castle (1)", 1, 5)]
    label = ox.NamedNode(expand("mai:foldedLabel"))
    thing = ox.NamedNode("https://w3id.org/maillage/id/organisation/list-b")
    quads = ox.Store.read_only(str(out / "graph" / "store")).quads_for_pattern(thing, label, None, None)
    assert {(str(quad.object), quad.graph_name) for quad in quads} == {
        ('"sans rien"', MERGED), ('"sans rien"', ox.NamedNode(graph_iri("rule", "folded-label"))),
    }  # fmt: skip


@pytest.mark.slow
def test_a_release_without_a_source_holds_the_whole_of_the_others(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SHACL is shown one row of each form: b, and not f, which has its form."""
    (own.parent / "origin" / "list.csv").write_text(ROWS + "f,Rien non plus,,,,\n", "utf-8")
    fetch(read_card(str(own)), own.parent / "out", str(own.parent / "origin"))
    build(own.parent / "out", sources=["insee-cog", str(own)])
    monkeypatch.setattr(state, "withheld_sources", lambda _: ("insee-cog",))
    done = write_release(own.parent / "out", own.parent / "release")
    dump = (own.parent / "release" / "graph.nq").read_text("utf-8")
    assert done.withheld == ("insee-cog",) and graph_iri("source", "insee-cog") not in dump
    assert "/organisation/list-b>" in dump and "/organisation/list-f>" in dump


def test_a_row_that_is_no_longer_listed_stays_and_says_so(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second copy lacks b and has a new row; the first bytes came the day before."""
    (own.parent / "origin" / "list.csv").write_text(ROWS.replace("b,Sans rien", "e,Nouveau"), "utf-8")
    monkeypatch.setattr(run_module, "_now", lambda: "2999-02-02T10:00:00Z")
    fetch(read_card(str(own)), own.parent / "out", str(own.parent / "origin"))
    with open_streams(read_card(str(own)), own.parent / "out", ()) as (base, faults):
        said = b"".join(LongTables(read_card(str(own)), base, read_rules()[0], faults).chunks())
    days: dict[str, dict[str, str]] = defaultdict(dict)
    store = ox.Store()
    store.bulk_load(said, format=ox.RdfFormat.N_QUADS)
    for claim, _, body, _ in store.quads_for_pattern(None, ox.NamedNode(expand("rdf:subject")), None, EVIDENCE):
        for _, predicate, day, _ in store.quads_for_pattern(claim, None, None, EVIDENCE):
            if predicate.value in map(expand, ("mai:firstSeen", "mai:lastSeen", "mai:noLongerSaidOn")):
                days[body.value.rpartition("-")[2]][compact(predicate.value)] = day.value
    today = days["b"]["mai:firstSeen"]
    assert days == {
        "a": {"mai:firstSeen": today, "mai:lastSeen": "2999-02-02"},
        "b": {"mai:firstSeen": today, "mai:lastSeen": today, "mai:noLongerSaidOn": "2999-02-02"},
        "e": {"mai:firstSeen": "2999-02-02", "mai:lastSeen": "2999-02-02"},
    }
    marked = list(store.quads_for_pattern(None, ox.NamedNode(expand("mai:noLongerListedOn")), None, MERGED))
    assert [(str(quad.subject).rpartition("/")[2], str(quad.object)[:12]) for quad in marked] == [
        ("list-b>", '"2999-02-02"'),
    ]  # fmt: skip


def test_only_rules_that_read_one_thing_are_marked() -> None:
    marked = {rule.name for rule in read_rules()[0] if rule.streamed}
    assert marked == {
        "class-of-kind",
        "top-kind",
        "widest-territory",
        "display-label",
        "folded-label",
        "no-longer-listed",
    }
