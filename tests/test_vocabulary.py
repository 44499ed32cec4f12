"""The vocabulary is whole (labels, definitions, examples, shapes), stands on standards, and is in use."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from maillage import __version__
from maillage.files import asset
from maillage.ontology import (
    concepts,
    labels,
    lists,
    shapes,
    vocabulary,
)
from maillage.terms import LIST, MAI, SCHEMES, STANDARD, compact, expand

ONTOLOGY = asset("ontology")
EXAMPLES = sorted(ONTOLOGY.glob("examples/*.ttl"))
LANGUAGES = {"fr", "en"}
DEFINITION = rdflib.URIRef(MAI.removesuffix("#"))
VALUES_FROM, CLASS_OF = rdflib.URIRef(f"{MAI}valuesFrom"), rdflib.URIRef(f"{MAI}classOf")
# The files of ../shared that define the terms of a namespace. A property that a profile only constrains
# (cv:hasParticipant) is in its shapes alone.
DEFINED_IN = {
    "org": ["vocab_w3c/org.ttl"],
    "prov": ["vocab_w3c/prov.ttl"],
    "dcat": ["vocab_w3c/dcat3.ttl"],
    "sh": ["vocab_w3c/shacl.ttl"],
    "cv": [
        "vocab_semic_cpov/core-public-organisation-ap.ttl",
        "vocab_semic_cpev/core-public-event-ap.ttl",
        "vocab_semic_cpev/core-public-event-ap-SHACL.ttl",
    ],
}


@cache
def own() -> rdflib.Graph:
    return rdflib.Graph().parse(ONTOLOGY / "maillage.ttl")


@cache
def whole() -> rdflib.Graph:
    return vocabulary()


@cache
def listed() -> rdflib.Graph:
    return lists()


@cache
def example_graph() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in EXAMPLES:
        graph.parse(path)
    return graph


TERMS = sorted(str(term) for term in own().subjects(RDFS.isDefinedBy, DEFINITION))
KINDS = {
    "Class",
    "ObjectProperty",
    "DatatypeProperty",
    "AnnotationProperty",
    "SymmetricProperty",
    "TransitiveProperty",
}
CLASSES = sorted(str(term) for term in own().subjects(RDF.type, OWL.Class))
CONCEPTS = sorted({str(concept) for concept in listed().subjects(RDF.type, SKOS.Concept)})


def languages(graph: rdflib.Graph, thing: str, predicate: Any) -> list[str]:
    texts = graph.objects(rdflib.URIRef(thing), predicate)
    return sorted(str(getattr(text, "language", None)) for text in texts)


def test_the_ontology_says_what_it_is() -> None:
    assert str(own().value(DEFINITION, OWL.versionIRI)) == f"{DEFINITION}/{__version__}"
    assert str(own().value(DEFINITION, OWL.versionInfo)) == __version__
    for name in ("title", "description", "rights"):
        assert set(languages(own(), str(DEFINITION), rdflib.URIRef(expand(f"dcterms:{name}")))) == LANGUAGES
    assert own().value(DEFINITION, rdflib.URIRef(expand("dcterms:license")))


def test_every_own_name_is_a_described_term() -> None:
    subjects = {str(s) for s in own().subjects() if str(s).startswith(MAI)}
    assert sorted(subjects) == TERMS
    assert {str(s) for s in own().subjects()} - subjects == {str(DEFINITION)}


def test_each_term_is_labelled_defined_and_exemplified() -> None:
    assert [(compact(term), faults) for term in TERMS if (faults := faults_of_term(term))] == []
    assert len(faults_of_term(f"{MAI}nothing")) == 3
    assert faults_of_term(f"{MAI}Nothing")[3:] == ["a class has a capital, and nothing else has"]


def faults_of_term(term: str) -> list[str]:
    kinds = {str(kind).removeprefix(str(OWL)) for kind in own().objects(rdflib.URIRef(term), RDF.type)}
    holds = {
        "a label in both languages": languages(own(), term, RDFS.label) == ["en", "fr"],
        "a definition in both languages": languages(own(), term, SKOS.definition) == ["en", "fr"],
        "an example in French": "fr" in languages(own(), term, SKOS.example),
        f"a kind that is known, not {kinds}": kinds <= KINDS,
        "a class has a capital, and nothing else has": compact(term)[len("mai:")].isupper() == ("Class" in kinds),
    }
    return [wanted for wanted, held in holds.items() if not held]


def test_definitions_say_more_than_labels() -> None:
    words = [str(text) for text in own().objects(None, SKOS.definition)]
    assert [text for text in words if len(text.split()) < 4 or not text.endswith(".")] == []
    assert len(words) == len(set(words))


def test_each_class_stands_on_a_standard_and_has_an_example_and_a_shape() -> None:
    assert [(compact(one), faults) for one in CLASSES if (faults := faults_of_class(one))] == []
    assert len(faults_of_class(f"{MAI}nothing")) == 3


def faults_of_class(class_: str) -> list[str]:
    above = {str(term) for term in own().transitive_objects(rdflib.URIRef(class_), RDFS.subClassOf)}
    holds = {
        "a standard class above it": any(not term.startswith(MAI) for term in above),
        "an example": (None, RDF.type, rdflib.URIRef(class_)) in example_graph(),
        "a shape": (None, SH.targetClass, rdflib.URIRef(class_)) in shapes(),
    }
    return [wanted for wanted, held in holds.items() if not held]


def test_every_class_with_a_shape_has_an_example() -> None:
    people = {"Person"}  # a shape keeps them out
    targeted = {str(term) for term in shapes().objects(None, SH.targetClass)}
    shown = {str(term) for term in (example_graph() + listed()).objects(None, RDF.type)}
    assert {term for term in targeted - shown if term.rpartition("/")[2].rpartition("#")[2] not in people} == set()


def test_every_own_property_is_used_by_an_example_or_a_list() -> None:
    used = {str(predicate) for graph in (example_graph(), listed(), whole()) for predicate in graph.predicates()}
    assert [compact(term) for term in TERMS if term not in used and term not in CLASSES] == []


def test_standard_terms_are_labelled_but_never_redefined() -> None:
    for term in {str(s) for s in whole().subjects() if not str(s).startswith("https://w3id.org/maillage/")}:
        assert languages(whole(), term, RDFS.label) in (["en", "fr"], []), term
        assert not languages(whole(), term, SKOS.definition), term


def standard_terms() -> set[str]:
    graphs = (whole(), shapes(), example_graph(), listed())
    return {str(term) for graph in graphs for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}


@pytest.mark.needs("shared")
@pytest.mark.parametrize("prefix", DEFINED_IN)
def test_standard_terms_exist_in_their_vocabulary(prefix: str, shared: Path) -> None:
    defined = rdflib.Graph()
    for name in DEFINED_IN[prefix]:
        defined.parse(shared / "data" / name)
    known = {str(term) for term in {*defined.subjects(), *defined.objects(None, SH.path)}}
    used = {term for term in standard_terms() if term.startswith(STANDARD[prefix])}
    assert used
    assert used - known == set()


def test_terms_of_alignments_are_in_a_known_namespace() -> None:
    aligned = rdflib.Graph().parse(ONTOLOGY / "alignments.ttl")
    foreign = {str(term) for triple in aligned for term in triple if isinstance(term, rdflib.URIRef)}
    known = (*STANDARD.values(), "https://w3id.org/maillage/", "http://rdf.insee.fr/def/geo#")
    known += ("http://spdx.org/rdf/terms#", "https://www.etalab.gouv.fr/", STANDARD["cv"].rstrip("/"))
    known += tuple(base.rstrip("#/") for base in STANDARD.values())
    assert {term for term in foreign if not term.startswith(known)} == set()


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("lists/*.ttl")), ids=lambda path: path.stem)
def test_list_is_one_scheme_of_its_name(path: Path) -> None:
    graph, scheme = rdflib.Graph().parse(path), rdflib.URIRef(LIST + path.stem)
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
    assert languages(graph, str(scheme), SKOS.prefLabel) == ["en", "fr"]
    members = set(graph.subjects(RDF.type, SKOS.Concept))
    assert members == set(graph.subjects(SKOS.inScheme, scheme))
    assert {str(s) for s in graph.subjects()} == {str(scheme), *map(str, members)}
    tops = set(graph.subjects(SKOS.topConceptOf, scheme))
    assert {concept for concept in members if not list(graph.objects(concept, SKOS.broader))} == tops
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) in (tops, set())


def test_each_concept_is_named_and_defined() -> None:
    assert [(compact(concept), faults) for concept in CONCEPTS if (faults := faults_of_concept(concept))] == []
    assert len(faults_of_concept(f"{LIST}role/Nothing")) == 3


def faults_of_concept(concept: str) -> list[str]:
    holds = {
        "a slug of small letters": re.fullmatch(rf"{re.escape(LIST)}[a-z-]+/[a-z0-9.-]+", concept),
        "a name in both languages": languages(listed(), concept, SKOS.prefLabel) == ["en", "fr"],
        "a definition in both languages": languages(listed(), concept, SKOS.definition) == ["en", "fr"],
    }
    return [wanted for wanted, held in holds.items() if not held]


def test_no_two_concepts_of_a_list_have_one_name() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for concept in CONCEPTS:
        for name in listed().objects(rdflib.URIRef(concept), SKOS.prefLabel):
            key = (concept.rpartition("/")[0], str(getattr(name, "language", None)), str(name).lower())
            assert seen.setdefault(key, concept) == concept


def test_every_list_has_a_prefix_and_every_prefix_a_list() -> None:
    files = {path.stem for path in ONTOLOGY.glob("lists/*.ttl")}
    assert set(SCHEMES.values()) - files == set()
    assert files - set(SCHEMES.values()) <= {"licence"}
    assert {str(scheme).removeprefix(LIST) for scheme in whole().objects(None, VALUES_FROM)} <= files


def test_the_eight_main_kinds_carry_their_letters() -> None:
    letters = {
        str(kind).rpartition("/")[2]: str(letter)
        for kind, letter in listed().subject_objects(rdflib.URIRef(f"{MAI}letter"))
    }
    assert letters == {
        "laboratory": "L",
        "local-authority": "C",
        "central-administration": "A",
        "deconcentrated-service": "S",
        "university": "U",
        "association": "N",
        "company": "E",
        "state-operator": "O",
    }
    assert {*letters, "place"} == {  # what runs a place may be of any of the eight
        str(top).rpartition("/")[2]
        for top in listed().subjects(SKOS.topConceptOf, rdflib.URIRef(f"{LIST}organisation-kind"))
    }


def roles_marked(name: str) -> set[str]:
    """The roles of which a mark is true; each role must say so or not."""
    marks = {
        role: listed().value(rdflib.URIRef(iri), rdflib.URIRef(MAI + name)) for role, iri in concepts("role").items()
    }
    assert {type(getattr(mark, "value", None)) for mark in marks.values()} == {bool}
    return {role for role, mark in marks.items() if getattr(mark, "value", False)}


def test_every_role_says_whether_it_makes_partners_organises_and_is_present() -> None:
    organising = {"coordinates", "organises", "co-organises", "sponsors", "incubates"}
    assert roles_marked("organising") == organising
    assert roles_marked("makesPartners") == organising | {"partners", "hosts", "contributes", "takes-part", "carries"}
    assert roles_marked("present") == {"organises", "co-organises", "hosts", "contributes", "takes-part", "attends"}


def test_classes_that_kinds_give_are_known() -> None:
    given = {str(term) for term in listed().objects(None, CLASS_OF)}
    assert {term for term in given if not labels(term)} == set()


# ---------------------------------------------------------------- what the rest of the house uses


def test_no_file_uses_a_term_that_the_vocabulary_lacks(root: Path) -> None:
    files = [path for folder in ("graph", "queries", "ontology") for path in (root / folder).rglob("*")]
    used = {
        (name, path.relative_to(root).as_posix())
        for path in files
        if path.suffix in (".rq", ".ttl")
        for name in re.findall(r"(?<![\w-])mai:([A-Za-z]\w*)", path.read_text(encoding="utf-8"))
    }
    assert {(name, file) for name, file in used if MAI + name not in TERMS} == set()
    assert len(used) > len(TERMS)


def test_no_file_names_a_concept_that_no_list_has(root: Path) -> None:
    files = [path for folder in ("graph", "queries") for path in (root / folder).rglob("*.rq")]
    names = "|".join(SCHEMES)
    used = {
        (f"{LIST}{SCHEMES[prefix]}/{slug}", path.relative_to(root).as_posix())
        for path in files
        for prefix, slug in re.findall(rf"(?<![\w?$-])({names}):([a-z][\w-]*)", _code(path))
    }
    assert {(concept, file) for concept, file in used if concept not in CONCEPTS} == set()


def _code(path: Path) -> str:
    return "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
