"""The build on the real sources: same bytes twice, stated and derived apart, every row gives, nothing is lost."""

import json
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage.errors import FindingsError, SourceError
from maillage.graph.build import build
from maillage.graph.canonical import canonical, digest, write_canonical
from maillage.graph.facade import term
from maillage.graph.mapping import Mapper, Mapping
from maillage.sources.card import fetched_card_names
from maillage.sources.cells import Value
from maillage.sources.records import Record
from maillage.terms import ID, expand, graph_iri, iri
from tests.cases import TODAY, core_sources
from tests.shared_run import SharedRun

MERGED, EVIDENCE = (ox.NamedNode(graph_iri(name)) for name in ("merged", "evidence"))


def triples(store: ox.Store, graph: ox.NamedNode) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}


@pytest.mark.slow
def test_the_same_sources_give_the_same_bytes(built: SharedRun, tmp_path: Path) -> None:
    build(tmp_path, sources=core_sources(), today=date.fromisoformat(TODAY))
    dump = (tmp_path / "graph" / "graph.nq").read_bytes()
    assert dump == built.dump
    report = json.loads((tmp_path / "graph" / "report.json").read_text(encoding="utf-8"))
    assert report["today"] == TODAY
    assert report.pop("digest") == digest(dump)
    assert report == {name: value for name, value in built.report.items() if name != "digest"}
    on_disk = ox.Store.read_only(str(tmp_path / "graph" / "store"))
    assert canonical(on_disk) == dump


def test_a_graph_sorted_on_disk_has_the_same_bytes(built: SharedRun, tmp_path: Path) -> None:
    write_canonical(built.store, tmp_path / "graph.nq", in_memory=0)
    assert (tmp_path / "graph.nq").read_bytes() == built.dump
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


def test_merged_and_evidence_are_disjoint(built: SharedRun) -> None:
    assert not triples(built.store, MERGED) & triples(built.store, EVIDENCE)


def test_no_blank_node_survives(built: SharedRun) -> None:
    assert not [q for q in built.store if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


def test_what_a_rule_added_is_in_merged_and_no_source_says_it(built: SharedRun) -> None:
    names = {graph.value for graph in built.store.named_graphs() if isinstance(graph, ox.NamedNode)}
    derived = set().union(*(triples(built.store, ox.NamedNode(name)) for name in names if "/rule/" in name))
    stated = set().union(*(triples(built.store, ox.NamedNode(name)) for name in names if "/source/" in name))
    assert derived
    assert derived <= triples(built.store, MERGED)
    assert not derived & stated


def test_every_statement_of_a_source_has_a_claim_that_names_it(built: SharedRun) -> None:
    """Merged statements that no rule, no list and no identity decision gave are each the object of a claim."""
    names = {graph.value for graph in built.store.named_graphs() if isinstance(graph, ox.NamedNode)}
    derived = set().union(*(triples(built.store, ox.NamedNode(name)) for name in names if "/rule/" in name))
    rows = built.store.query(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
        "SELECT ?s ?p ?o WHERE { ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }",
        default_graph=EVIDENCE,
    )
    assert isinstance(rows, ox.QuerySolutions)
    claimed = {ox.Triple(row["s"], row["p"], row["o"]) for row in rows}
    things = [t for t in triples(built.store, MERGED) if str(t.subject).startswith(f"<{ID}")]
    redirected = {
        t for t in things if t.predicate.value.endswith("isReplacedBy") and "/territory/" not in str(t.subject)
    }
    unclaimed = [t for t in things if t not in claimed and t not in derived and t not in redirected]
    assert not {t.subject for t in redirected} & {t.subject for t in things if t not in redirected}
    assert things
    assert unclaimed == []


def test_each_row_gives_at_least_one_statement(built: SharedRun) -> None:
    given, sources = built.report["records"], built.report["sources"]
    assert isinstance(given, dict) and isinstance(sources, dict)
    written = set(sources) - set(fetched_card_names())  # several tables of a fetched source may read one record
    places = [place for place in given if place.partition("/")[0] in written]
    assert len(places) == sum(entry["rows"] for name, entry in sources.items() if name in written) > 2000
    assert min(given.values()) > 0


def test_the_source_graph_keeps_the_spelling_and_merged_has_one_name(built: SharedRun) -> None:
    preferred = ox.NamedNode(expand("skos:prefLabel"))
    other = ox.NamedNode(expand("skos:altLabel"))
    article = ox.NamedNode(graph_iri("source", "horizons-publics-2021"))
    spelled = {
        t.subject for t in triples(built.store, article) if t.object == ox.Literal("Région Bourgogne", language="fr")
    }
    assert len(spelled) == 1
    (body,) = spelled
    in_merged = {
        (q.predicate, q.object.value)
        for q in built.store.quads_for_pattern(body, None, None, MERGED)
        if isinstance(q.object, ox.Literal)
    }
    assert (preferred, "Région Bourgogne-Franche-Comté") in in_merged
    assert (other, "Région Bourgogne") in in_merged
    assert len([name for predicate, name in in_merged if predicate == preferred]) == 1


def test_the_report_counts_what_the_dump_holds(built: SharedRun) -> None:
    graphs = built.report["graphs"]
    assert isinstance(graphs, dict)
    assert sum(graphs.values()) == len(built.store)
    json.dumps(built.report)


def resolve(value: Value) -> str:
    return iri(value.source, value.text)


def body(**columns: Value) -> Record:
    values = {name: [value] for name, value in columns.items()}
    key = {"key": [Value("thing", "x", source="press")]}
    return Record("press", "organisations", "organisation", "merged", "organisation", "x", "f.csv", 2, key | values)


def test_a_record_that_gives_nothing_is_a_finding() -> None:
    mapper = Mapper(resolve)
    assert mapper.apply(body()) == []
    assert "aucun énoncé" in mapper.findings[0].words.message("fr")


def test_a_cell_that_the_mapping_loses_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A BIND that cannot see ?thing gives nothing, and CONSTRUCT would drop the identifier in silence."""
    whole = Mapping("organisation").text
    broken = whole.replace("    ?record xyz:key ?thing ;\n      xyz:siren ?siren .", "    ?record xyz:siren ?siren .")
    assert broken != whole
    monkeypatch.setattr(Mapping, "text", broken)
    mapper = Mapper(resolve)
    mapper.apply(body(name=Value("text", "X", lang="fr"), siren=Value("text", "130025265")))
    assert [(finding.column, finding.line) for finding in mapper.findings] == [("siren", 2)]


def test_a_function_that_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Mapping("organisation").text.replace('fn:part(?thing, "siren")', "fn:part(?thing, ?thing, ?thing)")
    monkeypatch.setattr(Mapping, "text", broken)
    mapper = Mapper(resolve)
    mapper.apply(body(name=Value("text", "X", lang="fr"), siren=Value("text", "130025265")))
    assert "fn:part" in mapper.findings[0].words.message("en")


def test_a_term_keeps_its_language_and_datatype() -> None:
    date = Value("literal", "2021", datatype=expand("xsd:gYear"))
    assert term(date, resolve) == ox.Literal("2021", datatype=ox.NamedNode(expand("xsd:gYear")))
    assert term(Value("text", "é", lang="fr"), resolve) == ox.Literal("é", language="fr")
    assert term(Value("text", "é"), resolve) == ox.Literal("é")


def test_a_faulty_graph_is_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the shapes call a violation stops the build before anything is written."""
    fault = SourceError("bad-rdf", file="x.ttl", reason="fault").at("x.csv", 2)
    monkeypatch.setattr("maillage.graph.build.validate", lambda *_: [fault])
    with pytest.raises(FindingsError, match="fault"):
        build(tmp_path, sources=["central-bodies"])
    assert not (tmp_path / "graph").exists()
