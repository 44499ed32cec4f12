"""The vocabulary as plain values to show: terms, what is checked of them, lists, and the questions that use them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maillage.locales import LANGUAGES, in_every
from maillage.ontology import examples, lists, shapes, vocabulary
from maillage.queries import catalogue
from maillage.queries.catalogue import Query
from maillage.terms import LIST, MAI, PREFIXES, compact, expand

if TYPE_CHECKING:
    import rdflib

Texts = dict[str, str]  # a text by language
ALIGNMENTS = {
    "rdfs:subClassOf": "subclass",
    "rdfs:subPropertyOf": "subproperty",
    "owl:equivalentClass": "equivalent",
    "owl:equivalentProperty": "equivalent",
    "skos:exactMatch": "exact",
    "skos:closeMatch": "close",
    "skos:broadMatch": "broad",
    "skos:narrowMatch": "narrow",
    "skos:relatedMatch": "related",
}


@dataclass(frozen=True)
class Constraint:
    """What a shape checks: on which property ("" for the whole thing), how many values, what it says."""

    path: str
    count: str
    severity: str
    message: Texts


@dataclass(frozen=True)
class Term:
    """A class or a property; names are compact (`mai:agent`). `turtle`: a block of an example."""

    iri: str
    name: str
    is_class: bool
    label: Texts
    definition: Texts
    examples: tuple[str, ...] = ()
    alignments: tuple[tuple[str, str], ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    values: str = ""
    turtle: str = ""
    constraints: tuple[Constraint, ...] = ()
    uses: tuple[Query, ...] = ()

    @property
    def own(self) -> bool:
        return self.iri.startswith(MAI)

    @property
    def anchor(self) -> str:
        """The local name for our own terms, so that `def#X` lands on it."""
        return self.iri.removeprefix(MAI) if self.own else self.name.replace(":", "-")


@dataclass(frozen=True)
class Concept:
    slug: str
    iri: str
    label: Texts
    definition: Texts
    also: Texts
    broader: str = ""
    matches: tuple[str, ...] = ()
    uses: tuple[Query, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """A list, its concepts each after the one it narrows."""

    name: str
    iri: str
    label: Texts
    definition: Texts
    concepts: tuple[Concept, ...] = field(default=())


class Vocabulary:
    """Reads `ontology/` and the questions once; everything comes sorted by compact name."""

    def __init__(self) -> None:
        import rdflib

        self._uri = rdflib.URIRef
        self._terms, self._lists, self._shapes = vocabulary(), lists(), shapes()
        self._blocks = [block for text in examples().values() for block in _blocks(text)]
        self._uses = _uses()
        named = {str(subject) for subject in self._terms.subjects(self._node("rdfs:label"))}
        self.terms = [self._term(iri) for iri in sorted(named, key=compact)]  # our own, and the standard ones we label
        found = self._lists.subjects(self._node("rdf:type"), self._node("skos:ConceptScheme"))
        self.schemes = [self._scheme(scheme) for scheme in sorted(map(str, found))]
        said = ("dcterms:title", "dcterms:description", "dcterms:rights", "owl:versionInfo", "dcterms:license")
        self.about = {name.partition(":")[2]: self._texts(MAI.rstrip("#"), name) for name in said}

    def _node(self, name: str) -> "rdflib.URIRef":
        return self._uri(expand(name))

    def _term(self, iri: str) -> Term:
        name, is_class = compact(iri), any("Class" in kind for kind in self._objects(iri, "rdf:type"))
        marker = rf"\ba\b[^;.]*{re.escape(name)}(?![\w-])" if is_class else rf"^ +{re.escape(name)} "
        return Term(
            iri=iri,
            name=name,
            is_class=is_class,
            label=self._texts(iri, "rdfs:label"),
            definition=self._texts(iri, "skos:definition"),
            examples=tuple(sorted(map(str, self._terms.objects(self._uri(iri), self._node("skos:example"))))),
            alignments=tuple((word, other) for prop, word in ALIGNMENTS.items() for other in self._objects(iri, prop)),
            domain=tuple(self._objects(iri, "rdfs:domain") + self._objects(iri, "schema:domainIncludes")),
            range=tuple(self._objects(iri, "rdfs:range") + self._objects(iri, "schema:rangeIncludes")),
            values=next(iter(self._objects(iri, "mai:valuesFrom")), "").removeprefix("list:"),
            turtle=next((block for block in self._blocks if re.search(marker, block, re.M)), ""),
            constraints=tuple(self._constraints(iri)) if is_class else (),
            uses=self._uses.get(name, ()),
        )

    def _scheme(self, iri: str) -> Scheme:
        members = sorted(map(str, self._lists.subjects(self._node("skos:inScheme"), self._uri(iri))))
        ordered = tuple(_by_breadth([self._concept(member, iri) for member in members]))
        label, said = (self._texts(iri, prop, self._lists) for prop in ("skos:prefLabel", "skos:definition"))
        return Scheme(iri.removeprefix(LIST), iri, label, said, ordered)

    def _concept(self, iri: str, scheme: str) -> Concept:
        broader = self._objects(iri, "skos:broader", self._lists)
        ways = (self._node(f"skos:{way}Match") for way in ("exact", "close"))
        matches = tuple(sorted(str(one) for way in ways for one in self._lists.objects(self._uri(iri), way)))
        label, said = (self._texts(iri, prop, self._lists) for prop in ("skos:prefLabel", "skos:definition"))
        also = self._texts(iri, "skos:altLabel", self._lists)
        slug, up = iri.removeprefix(f"{scheme}/"), next(iter(broader), "").partition(":")[2]
        return Concept(slug, iri, label, said, also, up, matches, self._uses.get(compact(iri), ()))

    def _texts(self, iri: str, prop: str, graph: "rdflib.Graph | None" = None) -> Texts:
        """A text by language; several of one language are joined, and one without language serves both."""
        found: dict[str, list[str]] = defaultdict(list)
        for text in (graph or self._terms).objects(self._uri(iri), self._node(prop)):
            for lang in [getattr(text, "language", None)] if getattr(text, "language", None) else LANGUAGES:
                found[str(lang)].append(str(text))
        return in_every({lang: ", ".join(sorted(texts)) for lang, texts in found.items()})

    def _objects(self, iri: str, prop: str, graph: "rdflib.Graph | None" = None) -> list[str]:
        values = (graph or self._terms).objects(self._uri(iri), self._node(prop))
        return sorted(compact(str(value)) for value in values)

    def _constraints(self, iri: str) -> Iterator[Constraint]:
        """What every shape of this class checks, in the order of the properties."""
        target, prop, path = map(self._node, ("sh:targetClass", "sh:property", "sh:path"))
        found: list[Constraint] = []
        for shape in self._shapes.subjects(target, self._uri(iri)):
            found += [self._constraint(shape, "")] if self._message(shape) else []
            for one in self._shapes.objects(shape, prop):
                found.append(self._constraint(one, self._spell(self._shapes.value(one, path))))
        yield from sorted(found, key=lambda one: (one.path == "", one.path, one.count, one.message["fr"]))

    def _constraint(self, shape: Any, path: str) -> Constraint:
        severity = str(self._shapes.value(shape, self._node("sh:severity")) or "#Violation")
        return Constraint(path, self._count(shape), severity.rpartition("#")[2], self._message(shape))

    def _message(self, shape: Any) -> Texts:
        found = self._shapes.objects(shape, self._node("sh:message"))
        return in_every({str(getattr(text, "language", "")): str(text) for text in found})

    def _spell(self, path: Any) -> str:
        """A path as SPARQL writes it: `^` the other way round, `|` between alternatives, `/` between steps."""
        from rdflib.collection import Collection

        if isinstance(path, self._uri):
            return compact(str(path))
        inverse = self._shapes.value(path, self._node("sh:inversePath"))
        if inverse is not None:
            return f"^{self._spell(inverse)}"
        either = self._shapes.value(path, self._node("sh:alternativePath"))
        steps = Collection(self._shapes, path if either is None else either)
        return (" / " if either is None else " | ").join(map(self._spell, steps))

    def _count(self, shape: Any) -> str:
        least, most = (self._shapes.value(shape, self._node(f"sh:{name}")) for name in ("minCount", "maxCount"))
        return f"{least or 0}..{most or '*'}" if least is not None or most is not None else ""


def _blocks(text: str) -> list[str]:
    """The statements of an example, a block a subject, without prefixes and comments."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return [block for block in blocks if block and not block.startswith(("@prefix", "#"))]


def _uses() -> dict[str, tuple[Query, ...]]:
    """The questions that name each term, by compact name."""
    found: dict[str, tuple[Query, ...]] = defaultdict(tuple)
    for _, query in sorted(catalogue().items()):
        for term in terms_of(query.text):
            found[term] += (query,)
    return found


def terms_of(text: str) -> list[str]:
    """The terms that a question names, compact and sorted; comments and the names of prefixes aside."""
    code = "\n".join(line for line in text.splitlines() if not line.startswith(("#", "PREFIX")))
    named = re.findall(r"(?<![\w?<\"])([a-z]+):([A-Za-z][\w-]*)", code)
    return sorted({f"{prefix}:{local}" for prefix, local in named if prefix in PREFIXES})


def _by_breadth(concepts: Sequence[Concept], broader: str = "") -> Iterator[Concept]:
    """Each concept followed by those that it contains."""
    for concept in concepts:
        if concept.broader == broader:
            yield concept
            yield from _by_breadth(concepts, concept.slug)
