"""Reads `ontology/`: the vocabulary, the lists of concepts, the shapes, and the JSON-LD context they give.

`python -m maillage.ontology` writes `ontology/context.jsonld` anew. rdflib is imported only by the functions
that return its graphs, since cards ask for concepts at every start.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from maillage.assets import place
from maillage.errors import FileError
from maillage.files import asset, read_bytes, read_text, short_path, write_whole
from maillage.locales import in_every
from maillage.terms import MAI, PREFIXES, RDF_LANGSTRING, SCHEMES, XSD, compact, concept_slug, expand

if TYPE_CHECKING:
    import rdflib

VOCABULARY = ("maillage.ttl", "alignments.ttl")
CONTEXT = "context.jsonld"
TYPE, LABEL, PREFERRED = (ox.NamedNode(expand(n)) for n in ("rdf:type", "rdfs:label", "skos:prefLabel"))
IN_SCHEME, RANGE = ox.NamedNode(expand("skos:inScheme")), ox.NamedNode(expand("rdfs:range"))
VALUES_FROM = ox.NamedNode(expand("mai:valuesFrom"))
KINDS = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Property"}
STRING = f"{XSD}string"  # JSON's own


def concepts(scheme: str) -> Mapping[str, str]:
    """The concepts of a list by the slug that cells hold: `concepts("role")["hosts"]` is an IRI.

    Raises MissingFile for a list that does not exist.
    """
    return _concepts(place("ontology"), scheme)


def certainties() -> tuple[str, ...]:
    """The slugs of the certainties, the surest first: as their list has them."""
    return tuple(concepts("certainty"))


def list_triples() -> list[ox.Triple]:
    return [triple for path in sorted((_folder() / "lists").glob("*.ttl")) for triple in _triples(path)]


def vocabulary_labels() -> list[ox.Triple]:
    """The `rdfs:label` of our terms and of the standard terms that we use, in both languages."""
    return [triple for triple in _vocabulary_triples() if triple.predicate == LABEL]


def labels(term: str) -> dict[str, str]:
    """The names by language of a term of the vocabulary or of a concept; empty for an unknown IRI."""
    return in_every(_labels(_folder()).get(term, {}))


def vocabulary() -> "rdflib.Graph":
    """`maillage.ttl` and `alignments.ttl` as one graph."""
    return _graph(_folder() / name for name in VOCABULARY)


def lists() -> "rdflib.Graph":
    return _graph(sorted((_folder() / "lists").glob("*.ttl")))


def shapes() -> "rdflib.Graph":
    """The SHACL shapes. They expect the lists among the data, and classes stated rather than inferred."""
    return _graph([_folder() / "shapes.ttl"])


def examples() -> dict[str, str]:
    """The Turtle of each example, by the name of its file."""
    return {path.stem: read_text(path) for path in sorted((_folder() / "examples").glob("*.ttl"))}


def context() -> dict[str, Any]:
    """The JSON-LD 1.1 context: a readable key for each term, and concepts written as bare slugs.

    The prefixes of lists are left out: their names (role, theme…) are those of properties.
    """
    left_out = {*SCHEMES, "fn", "xyz"}
    keys: dict[str, Any] = {"@version": 1.1, "type": "@type"}
    keys |= {name: base for name, base in PREFIXES.items() if name not in left_out}
    for iri, said in _group_by_subject(_vocabulary_triples()).items():
        prefix, _, local = compact(iri).partition(":")  # with the prefix before it where the name is taken
        key = local if local not in keys else f"{prefix}{local[0].upper()}{local[1:]}"
        keys[key] = _entry(compact(iri), said)
    return {"@context": keys}


def context_text() -> str:
    return json.dumps(context(), ensure_ascii=False, indent=2) + "\n"


def _folder() -> Path:
    return asset("ontology")


@cache
def _triples(path: Path) -> tuple[ox.Triple, ...]:
    try:
        return tuple(quad.triple for quad in ox.parse(read_bytes(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise FileError("bad-rdf", file=short_path(path), reason=error.msg) from None


def _vocabulary_triples() -> list[ox.Triple]:
    return [triple for name in VOCABULARY for triple in _triples(_folder() / name)]


@cache
def _concepts(folder: Path, scheme: str) -> Mapping[str, str]:
    members = (t.subject for t in _triples(folder / "lists" / f"{scheme}.ttl") if t.predicate == IN_SCHEME)
    return {concept_slug(node.value, scheme): node.value for node in members if isinstance(node, ox.NamedNode)}


@cache
def _labels(folder: Path) -> dict[str, dict[str, str]]:
    paths = [*sorted((folder / "lists").glob("*.ttl")), *(folder / name for name in VOCABULARY)]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in (triple for path in paths for triple in _triples(path)):
        term, name = triple.subject, triple.object
        named = triple.predicate in (LABEL, PREFERRED)
        if named and isinstance(term, ox.NamedNode) and isinstance(name, ox.Literal):
            found[term.value][name.language or ""] = name.value
    return found


def _graph(paths: Iterable[Path]) -> "rdflib.Graph":
    from rdflib import Graph

    graph = Graph()
    for path in paths:
        _triples(path)  # says what is wrong, and where, better than rdflib does
        graph.parse(path, format="turtle")
    return graph


def _group_by_subject(triples: Iterable[ox.Triple]) -> dict[str, dict[ox.NamedNode, str]]:
    """Each labelled term with the values that its context entry depends on; our own terms first."""
    found: dict[str, dict[ox.NamedNode, str]] = defaultdict(dict)
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            found[triple.subject.value].setdefault(triple.predicate, triple.object.value)
    terms = [iri for iri, said in found.items() if said.get(TYPE, "").rpartition("#")[2] in KINDS]
    return {iri: found[iri] for iri in sorted(terms, key=lambda iri: (not iri.startswith(MAI), compact(iri)))}


def _entry(name: str, said: dict[ox.NamedNode, str]) -> str | dict[str, Any]:
    """What a key means: a bare name, a link, concepts by their slugs, texts by language, or a typed value."""
    kind, values, range_ = said[TYPE].rpartition("#")[2], said.get(VALUES_FROM), said.get(RANGE, "")
    if values:
        return {"@id": name, "@type": "@vocab", "@context": {"@vocab": f"{values}/"}}
    if kind == "AnnotationProperty" and range_ in ("", RDF_LANGSTRING):
        return {"@id": name, "@container": "@language"}
    if kind in ("ObjectProperty", "AnnotationProperty"):
        return {"@id": name, "@type": "@id"}
    return {"@id": name, "@type": compact(range_)} if range_.startswith(XSD) and range_ != STRING else name


if __name__ == "__main__":
    write_whole(_folder() / CONTEXT, context_text().encode())
