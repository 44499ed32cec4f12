"""What the machine reads of the ontology: concepts, labels, and the JSON-LD context."""

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS

from maillage.errors import MissingFile
from maillage.files import asset
from maillage.ontology import (
    CONTEXT,
    certainties,
    concepts,
    context,
    context_text,
    labels,
    list_triples,
    vocabulary_labels,
)
from maillage.terms import LIST, MAI, compact, concept_iri, expand
from tests.refusals import raises

ONTOLOGY = asset("ontology")
EXAMPLES = sorted(ONTOLOGY.glob("examples/*.ttl"))


def test_concepts_by_slug() -> None:
    assert concepts("attendance") == {slug: f"{LIST}attendance/{slug}" for slug in ("online", "onsite", "mixed")}


def test_certainties_come_the_surest_first() -> None:
    order = pyoxigraph.NamedNode(f"{MAI}order")
    place = {str(said.subject): str(said.object).split('"')[1] for said in list_triples() if said.predicate == order}
    known = certainties()
    found = [place[f"<{concept_iri('certainty', slug)}>"] for slug in known]
    assert found == [str(number) for number in range(1, len(known) + 1)] and known[0] == "stated"


def test_an_unknown_list_is_a_missing_file() -> None:
    with pytest.raises(MissingFile, match=r"lists/colour\.ttl"):
        concepts("colour")


def test_a_list_with_a_syntax_error_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ontology/lists").mkdir(parents=True)
    (tmp_path / "ontology/lists/role.ttl").write_text("@prefix : <urn:x#> .\n:a :b\n:c :d .\n", encoding="utf-8")
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    with raises("bad-rdf") as error:
        concepts("role")
    assert "ontology/lists/role.ttl" in error.value.sentence("fr")
    assert re.search(r"\b[23]\b", error.value.sentence("fr"))


def test_labels_of_terms_concepts_and_strangers() -> None:
    assert labels(f"{MAI}Territory") == {"fr": "territoire", "en": "territory"}
    assert labels(expand("schema:Event")) == {"fr": "événement", "en": "event"}
    assert labels(f"{LIST}role/hosts") == {"fr": "accueille", "en": "hosts"}
    assert labels("urn:nothing") == {}


def test_what_the_build_copies_has_no_blank_node() -> None:
    triples = [*list_triples(), *vocabulary_labels()]
    assert not [t for t in triples if isinstance(t.subject, pyoxigraph.BlankNode)]
    assert not [t for t in triples if isinstance(t.object, pyoxigraph.BlankNode)]
    assert {t.predicate.value for t in vocabulary_labels()} == {str(RDFS.label)}


# ---------------------------------------------------------------- the JSON-LD context


def test_the_context_is_fresh() -> None:
    written = (ONTOLOGY / CONTEXT).read_text(encoding="utf-8")
    assert written == context_text(), "run: python -m maillage.ontology"


def test_the_context_has_a_key_for_every_term() -> None:
    keys = context()["@context"]
    meant = {value if isinstance(value, str) else value.get("@id") for value in keys.values() if value != 1.1}
    labelled = {compact(t.subject.value) for t in vocabulary_labels() if isinstance(t.subject, pyoxigraph.NamedNode)}
    assert labelled - meant == set()
    assert keys["type"] == "@type"


def ntriples(graph: rdflib.Graph) -> set[str]:
    return set(graph.serialize(format="nt").splitlines()) - {""}


def read_by_another(text: str) -> set[str]:
    """The statements that Oxigraph, which is not the writer, reads in a JSON-LD document."""
    quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)
    written = pyoxigraph.serialize((quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return ntriples(rdflib.Graph().parse(data=written, format="nt"))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_survives_json_ld_with_the_context(example: Path) -> None:
    graph = rdflib.Graph().parse(example)
    text = graph.serialize(format="json-ld", context=context()["@context"])
    assert read_by_another(text) == ntriples(graph)


def test_a_document_written_by_hand_reads_as_meant() -> None:
    document = context() | {
        "@id": "https://w3id.org/maillage/id/participation/p",
        "type": "Participation",
        "agent": "id:organisation/ti-lab",
        "role": "organises",
        "comment": {"fr": "Lu dans l'article."},
        "startDate": {"@type": "xsd:date", "@value": "2021-11-22"},
    }
    p = "<https://w3id.org/maillage/id/participation/p>"
    assert read_by_another(json.dumps(document)) == {
        f"{p} <{RDF.type}> <{MAI}Participation> .",
        f"{p} <{MAI}agent> <https://w3id.org/maillage/id/organisation/ti-lab> .",
        f"{p} <{MAI}role> <{LIST}role/organises> .",
        f'{p} <{RDFS.comment}> "Lu dans l\'article."@fr .',
        f'{p} <https://schema.org/startDate> "2021-11-22"^^<http://www.w3.org/2001/XMLSchema#date> .',
    }
