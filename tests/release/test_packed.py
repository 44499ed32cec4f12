"""The release inside a portal: its data compressed, each file described as it lies there; the graph is the same."""

import gzip
import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage.export import FORMATS
from maillage.terms import expand

DCAT, SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"
MEDIA = "https://www.iana.org/assignments/media-types/"


@pytest.fixture(scope="module")
def release(article_portal: Path) -> Path:
    return article_portal / "release"


@pytest.fixture(scope="module")
def description(release: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(release / "dataset.ttl"), format=ox.RdfFormat.TURTLE)
    return store


def said(store: ox.Store, node: object, name: str) -> list[str]:
    assert isinstance(node, ox.NamedNode | ox.BlankNode)
    found = (quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(name), None))
    return [term.value for term in found if isinstance(term, ox.NamedNode | ox.Literal)]


def test_only_data_is_compressed(release: Path) -> None:
    names = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    data = {f"graph.{end}.gz" for end in ("nq", "trig", "ttl", "jsonld")} | {"tables/en/evidence.csv.gz"}
    assert data | {"CREDITS", "LICENSE-DATA", "SHA256SUMS", "dataset.ttl"} <= names
    assert {name for name in names if name.endswith((".nq", ".trig", ".csv"))} == set()
    assert "tables/fr/bodies.csv-metadata.json" in names


def test_it_unpacks_to_the_graph_of_the_build(release: Path, built_out: Path, description: ox.Store) -> None:
    dump = gzip.decompress((release / "graph.nq.gz").read_bytes())
    assert dump == (built_out / "graph" / "graph.nq").read_bytes()
    (dataset,) = {quad.subject for quad in description.quads_for_pattern(None, ox.NamedNode(f"{DCAT}version"), None)}
    assert said(description, dataset, expand("dcterms:identifier")) == [hashlib.sha256(dump).hexdigest()[:16]]
    header = gzip.decompress((release / "tables" / "fr" / "bodies.csv.gz").read_bytes()).partition(b"\n")[0]
    assert header.startswith(b"body,bodyLabel")


def test_checksums_are_those_of_the_files(release: Path) -> None:
    files = sorted(path for path in release.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = {
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(release).as_posix()}" for path in files
    }
    assert set((release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()) == sums


def test_each_distribution_says_that_it_is_compressed_and_of_what(release: Path, description: ox.Store) -> None:
    types = {form.extension: form.essence for form in FORMATS.values()}
    kind, described = ox.NamedNode(f"{DCAT}Distribution"), set()
    for quad in description.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), kind):
        (name,) = said(description, quad.subject, expand("dcterms:identifier"))
        described.add(name)
        body = (release / name).read_bytes()
        assert said(description, quad.subject, f"{DCAT}compressFormat") == [f"{MEDIA}application/gzip"]
        assert said(description, quad.subject, f"{DCAT}mediaType") == [MEDIA + types[name.split(".")[-2]]]
        assert said(description, quad.subject, f"{DCAT}byteSize") == [str(len(body))]
        assert said(description, quad.subject, f"{DCAT}downloadURL")[0].endswith(f"/{name}")
        (checksum,) = description.quads_for_pattern(quad.subject, ox.NamedNode(f"{SPDX}checksum"), None)
        digest = said(description, checksum.object, f"{SPDX}checksumValue")
        assert digest == [hashlib.sha256(body).hexdigest()]
    assert described == {path.relative_to(release).as_posix() for path in release.rglob("*.gz")}
