"""IRIs, prefixes and names: the only place where an IRI is put together."""

import os
import re
import unicodedata
from urllib.parse import quote

BASE = os.environ.get("MAILLAGE_BASE", "https://w3id.org/maillage/")
ROOT = "https://w3id.org/maillage/"  # the vocabulary and the lists do not move with the setting
MAI, LIST, FN = f"{ROOT}def#", f"{ROOT}list/", f"{ROOT}function#"
CHECK = f"{ROOT}check#"  # what the queries of graph/shacl say of shapes and nodes
ID, GRAPH, RECORD = f"{BASE}id/", f"{BASE}graph/", f"{BASE}record/"
XYZ = "http://sparql.xyz/facade-x/data/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PARTIES = 8  # at most, of an activity that makes ties
RDF_LANGSTRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_OWN_NAME = (
    "role", "theme", "method", "format", "audience", "state", "certainty", "qualifier", "attendance", "licence",
    "reason", "dating", "occurrence",
)  # fmt: skip
SCHEMES = {  # lists by their prefix
    "kind": "organisation-kind",
    "labkind": "lab-kind",
    "level": "territory-level",
    "eventkind": "event-kind",
    "namekind": "name-kind",
    "programmekind": "programme-kind",
    "linkkind": "partnership-kind",
} | {name: name for name in _OWN_NAME}
STANDARD = {
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "adms": "http://www.w3.org/ns/adms#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "cs": "http://purl.org/vocab/changeset/schema#",
    "qb": "http://purl.org/linked-data/cube#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "xsd": XSD,
}
PREFIXES = (
    {"mai": MAI, "id": ID, "list": LIST, "fn": FN, "xyz": XYZ}
    | {prefix: f"{LIST}{scheme}/" for prefix, scheme in SCHEMES.items()}
    | STANDARD
)

_AT, _BETWEEN_WORDS = re.compile(r"@(?=\w)"), re.compile(r"[\W_]+")
_ABBREVIATIONS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})


def expand(name: str) -> str:
    """The IRI of a prefixed name such as `mai:agent`; raises KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """The prefixed name of an IRI, or the IRI itself where no prefix fits (longest prefix wins)."""
    fitting = [(len(base), prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    _, prefix, base = max(fitting)
    local = iri[len(base) :]
    return f"{prefix}:{local}" if re.fullmatch(r"[\w.-]+", local) else iri


def iri(kind: str, *path: str) -> str:
    """The IRI of a thing: `id/<kind>/<path>`, each step percent-encoded."""
    return ID + "/".join(quote(step, safe="") for step in (kind, *path))


def thing_iri(local: str) -> str:
    """The IRI of a thing from what stands behind the base: `organisation/ti-lab`."""
    return ID + local


def graph_iri(*path: str) -> str:
    """The IRI of a named graph: `graph/merged`, `graph/source/<name>`, `graph/rule/<name>`…"""
    return GRAPH + "/".join(path)


def record_iri(source: str, table: str, key: str) -> str:
    return RECORD + "/".join(quote(step, safe="") for step in (source, table, key))


def concept_iri(scheme: str, slug_: str) -> str:
    return f"{LIST}{scheme}/{slug_}"


def concept_slug(iri_: str, scheme: str) -> str:
    """The slug of a concept of a list: the other way of `concept_iri`."""
    return iri_.removeprefix(f"{LIST}{scheme}/")


def part_iri(whole: str, name: str) -> str:
    """The IRI of a part that has no life of its own (an amount, an identifier, a target)."""
    return f"{whole}/{quote(name, safe='')}"


def fold(text: str) -> str:
    """A name as people type it: no accent, lower case, punctuation as one space, `@` before a letter as `a`.

    >>> fold("Lab'@RCHIPEL, Préfecture")
    'lab archipel prefecture'
    """
    spelled = text.lower()
    if not text.isascii():
        spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = _AT.sub("a", spelled)
    if not bare.isascii():
        bare = "".join(c for c in bare.translate(_ABBREVIATIONS) if not unicodedata.combining(c))
    return _BETWEEN_WORDS.sub(" ", bare).strip()


def slug(text: str) -> str:
    """A folded name fit for an IRI: `Ville de Grenoble` -> `ville-de-grenoble`."""
    return fold(text).replace(" ", "-")


def xml_text(text: str) -> str:
    """A text without the characters that XML 1.0 cannot hold, its line ends as XML reads them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", plain)
