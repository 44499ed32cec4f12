"""The release of a small build: whole, described, credited, the same twice, never over another's folder."""

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from maillage.cli.lazy import Settings
from maillage.cli.release import release
from maillage.credit.notice import Credit
from maillage.errors import FindingsError
from maillage.export import FORMATS, jsonld
from maillage.graph.build import build, name_things
from maillage.graph.canonical import split_by_graph
from maillage.graph.identity import publish
from maillage.release.write import write_release
from maillage.terms import MAI, expand, graph_iri
from tests.homes import home_without_sources
from tests.refusals import raises

pytestmark = pytest.mark.sample(3)

TRIAL = Path(__file__).parent / "data"
DCAT, VOID, SPDX = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#", "http://spdx.org/rdf/terms#"
FOAF = "http://xmlns.com/foaf/0.1/"
Term = ox.NamedNode | ox.Literal


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's card folders, with two sources of a few rows in place of its own."""
    folder = home_without_sources(tmp_path_factory.mktemp("home"))
    for source in TRIAL.iterdir():
        (folder / "data" / source.name).symlink_to(source)
    return folder


@pytest.fixture(scope="module")
def out(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_HOME", str(home))
        publish(name_things(), "0.1.0")
        build(folder)
    return folder


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_HOME", str(home))


@pytest.fixture(scope="module")
def released(home: Path, out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "0"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_HOME", str(home))
        write_release(out, folder)
    return folder


@pytest.fixture(scope="module")
def description(released: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(released / "dataset.ttl"), format=ox.RdfFormat.TURTLE)
    return store


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def objects(store: ox.Store, subject: Term, predicate: str) -> list[Term]:
    node = ox.NamedNode(subject.value)
    found = (quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(predicate), None))
    return [term for term in found if isinstance(term, ox.NamedNode | ox.Literal)]


def typed(store: ox.Store, class_: str) -> list[ox.NamedNode]:
    found = store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), ox.NamedNode(class_))
    return [quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)]


def test_release_holds_every_form(released: Path) -> None:
    names = set(files(released))
    assert {"graph.nq", "graph.trig", "graph.ttl", "graph.jsonld", "dataset.ttl"} <= names
    assert {"CREDITS", "LICENSE-DATA", "SHA256SUMS"} <= names
    tables = {name.rpartition("/")[2] for name in names if name.startswith("tables/fr/")}
    assert {"bodies.csv", "events.csv", "participations.csv", "partnerships.csv"} <= tables
    assert {"observations.csv", "sources.csv", "evidence.csv", "labs-and-carriers.csv"} <= tables


@pytest.mark.slow
def test_release_is_the_same_bytes_twice(released: Path, out: Path, tmp_path: Path) -> None:
    write_release(out, tmp_path / "again")
    assert files(tmp_path / "again") == files(released)


def test_checksums_are_those_of_the_files(released: Path) -> None:
    found = files(released)
    lines = found.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(body).hexdigest()}  {name}" for name, body in sorted(found.items())]


def test_nquads_are_the_dump_of_the_build(released: Path, out: Path) -> None:
    assert (released / "graph.nq").read_bytes() == (out / "graph" / "graph.nq").read_bytes()


def test_trig_says_what_nquads_say(released: Path) -> None:
    whole = set(ox.parse(path=released / "graph.nq"))
    assert set(ox.parse(path=released / "graph.trig")) >= whole


@pytest.mark.parametrize(("name", "form"), [("graph.ttl", ox.RdfFormat.TURTLE), ("graph.jsonld", ox.RdfFormat.JSON_LD)])
def test_merged_files_hold_the_merged_graph(released: Path, name: str, form: ox.RdfFormat) -> None:
    merged = ox.NamedNode(graph_iri("merged"))
    whole = {quad.triple for quad in ox.parse(path=released / "graph.nq") if quad.graph_name == merged}
    found = {quad.triple for quad in ox.parse(path=released / name, format=form)}
    assert whole and found >= whole
    assert {str(triple.subject) for triple in found - whole} == {f"<{_dataset(released)}>"}


@pytest.mark.parametrize("graphs", [["merged"], ["evidence", "merged"]])
@pytest.mark.parametrize("form", ["ttl", "trig", "jsonld"])
def test_what_is_streamed_is_what_is_written_in_memory(
    form: str, graphs: list[str], out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonld, "CHUNK", 40)  # some hundred chunks, so that parts and wholes lie in several
    credit = Credit(
        "etalab-2.0", "https://spdx.org/licenses/etalab-2.0", {"fr": "L", "en": "L"}, ("Essai",), "1", "2026-11-26"
    )
    names = [graph_iri(name) for name in graphs]
    dump = (out / "graph" / "graph.nq").read_bytes().splitlines(keepends=True)
    body = b"".join(line for line in dump if line.endswith(tuple(f" <{name}> .\n".encode() for name in names)))
    parts = split_by_graph(out / "graph" / "graph.nq", tmp_path)
    FORMATS[form].stream({name: parts[name] for name in names}, credit, target := io.BytesIO())
    assert target.getvalue() == FORMATS[form].write(body, credit)
    assert len(target.getvalue()) > 10_000


def _dataset(released: Path) -> str:
    said = json.loads((released / "tables" / "fr" / "bodies.csv-metadata.json").read_text(encoding="utf-8"))
    return f"https://w3id.org/maillage/id/release/{said['dc:isPartOf'].replace('+', '%2B')}"


def test_tables_are_in_both_languages(released: Path) -> None:
    header, first, *_ = (released / "tables/fr/participations.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("participation,agent,agentLabel,role,roleLabel")
    english = (released / "tables/en/participations.csv").read_text(encoding="utf-8")
    assert "organise" in first and "organises" in english


def test_description_has_what_dcat_ap_asks_of_a_dataset(description: ox.Store, released: Path) -> None:
    dataset = ox.NamedNode(_dataset(released))
    assert dataset in typed(description, f"{DCAT}Dataset")
    for name in ("dcterms:title", "dcterms:description"):
        langs = {term.language for term in objects(description, dataset, expand(name)) if isinstance(term, ox.Literal)}
        assert langs == {"fr", "en"}
    for name in ("publisher", "license", "issued", "identifier", "spatial", "language", "source"):
        assert objects(description, dataset, expand(f"dcterms:{name}")), name
    for name in ("theme", "keyword", "version", "distribution"):
        assert objects(description, dataset, DCAT + name), name
    (publisher,) = objects(description, dataset, expand("dcterms:publisher"))
    assert isinstance(publisher, ox.NamedNode) and publisher in typed(description, f"{FOAF}Agent")
    assert objects(description, publisher, f"{FOAF}name")


def test_description_has_what_dcat_ap_asks_of_a_catalogue(description: ox.Store, released: Path) -> None:
    (catalogue,) = typed(description, f"{DCAT}Catalog")
    for name in ("title", "description", "publisher"):
        assert objects(description, catalogue, expand(f"dcterms:{name}")), name
    assert objects(description, catalogue, f"{DCAT}dataset") == [ox.NamedNode(_dataset(released))]


def test_each_data_file_is_a_distribution_with_its_true_size_and_checksum(
    description: ox.Store, released: Path
) -> None:
    found = files(released)
    data = {name for name in found if name.startswith(("graph.", "tables/")) and not name.endswith("metadata.json")}
    described = set()
    for node in typed(description, f"{DCAT}Distribution"):
        (name,) = (term.value for term in objects(description, node, expand("dcterms:identifier")))
        described.add(name)
        (size,) = objects(description, node, f"{DCAT}byteSize")
        assert size.value == str(len(found[name]))
        assert objects(description, node, f"{DCAT}accessURL") and objects(description, node, f"{DCAT}downloadURL")
        (media,) = objects(description, node, f"{DCAT}mediaType")
        assert media.value.startswith("https://www.iana.org/assignments/media-types/")
        (checksum,) = objects(description, node, f"{SPDX}checksum")
        assert objects(description, checksum, f"{SPDX}algorithm") == [ox.NamedNode(f"{SPDX}checksumAlgorithm_sha256")]
        (value,) = objects(description, checksum, f"{SPDX}checksumValue")
        assert value.value == hashlib.sha256(found[name]).hexdigest()
    assert described == data


def test_description_counts_the_graph(description: ox.Store, released: Path) -> None:
    graphs = {ox.NamedNode(graph_iri(name)) for name in ("merged", "evidence")}
    whole = [quad for quad in ox.parse(path=released / "graph.nq") if quad.graph_name in graphs]
    dataset = ox.NamedNode(_dataset(released))
    (triples,) = objects(description, dataset, f"{VOID}triples")
    assert triples.value == str(len(whole))
    counted = {}
    for part in objects(description, dataset, f"{VOID}classPartition"):
        (class_,) = objects(description, part, f"{VOID}class")
        (entities,) = objects(description, part, f"{VOID}entities")
        counted[class_.value] = int(entities.value)
    assert counted[f"{MAI}InnovationLab"] == 1 and counted[f"{MAI}Territory"] == 3
    properties = {term.value for term in _properties(description, dataset)}
    assert properties == {quad.predicate.value for quad in whole}


def _properties(description: ox.Store, dataset: ox.NamedNode) -> list[Term]:
    parts = objects(description, dataset, f"{VOID}propertyPartition")
    return [term for part in parts for term in objects(description, part, f"{VOID}property")]


def test_description_derives_from_each_source_with_its_licence(description: ox.Store, released: Path) -> None:
    with (released / "tables/fr/sources.csv").open(encoding="utf-8", newline="") as lines:
        sources = {row["source"]: row for row in csv.DictReader(lines)}
    dataset = ox.NamedNode(_dataset(released))
    derived = {term.value for term in objects(description, dataset, expand("prov:wasDerivedFrom"))}
    assert derived == set(sources) and len(derived) == 2
    for iri, row in sources.items():
        source = ox.NamedNode(iri)
        assert objects(description, source, expand("dcterms:license")) == [
            ox.NamedNode("https://spdx.org/licenses/etalab-2.0")
        ]
        assert [term.value for term in objects(description, source, expand("schema:creditText"))] == [row["credit"]]


def test_no_blank_node_is_described(description: ox.Store) -> None:
    terms = {term for quad in description for term in (quad.subject, quad.object)}
    assert not [term for term in terms if isinstance(term, ox.BlankNode)]


def test_credits_name_every_source_in_both_languages(released: Path) -> None:
    text = (released / "CREDITS").read_text(encoding="utf-8")
    assert "Journal d'essai, 2 novembre 2021" in text and "Institut d'essai, territoires" in text
    assert "Licence Ouverte 2.0" in text and "Open Licence 2.0" in text
    assert "graph.jsonld" in text
    assert "spdx.org/licenses/etalab-2.0" in (released / "LICENSE-DATA").read_text(encoding="utf-8")


@pytest.mark.slow
def test_release_takes_the_place_of_the_last_one(out: Path, tmp_path: Path) -> None:
    write_release(out, tmp_path / "release", "2026-01-01")
    write_release(out, tmp_path / "release", "2026-01-02")
    assert "2026-01-02" in (tmp_path / "release" / "CREDITS").read_text(encoding="utf-8")


def test_a_folder_that_is_no_release_is_never_replaced(out: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with raises("foreign-folder"):
        write_release(out, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.usefixtures("out")  # which publishes the identifiers of `home`
def test_no_release_without_a_build(tmp_path: Path) -> None:
    with raises("no-build"):
        write_release(tmp_path / "nothing", tmp_path / "release")
    assert not (tmp_path / "release").exists()


def test_no_release_while_a_thing_has_no_published_identifier(
    home: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = tmp_path / "home"
    shutil.copytree(home, short, symlinks=True)
    path = short / "graph" / "identifiers.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "lab-archipel" not in line), encoding="utf-8")
    monkeypatch.setenv("MAILLAGE_HOME", str(short))
    with pytest.raises(FindingsError, match="lab-archipel"):
        write_release(out, tmp_path / "release")
    assert not (tmp_path / "release").exists()


@pytest.mark.sample(2)
@pytest.mark.parametrize(("lang", "words"), [("fr", "À lire d'abord"), ("en", "Read first")])
def test_the_command_says_what_to_read(out: Path, tmp_path: Path, lang: str, words: str) -> None:
    target = tmp_path / "release"
    done = CliRunner().invoke(release, [str(target), "--date", "2026-11-30"], obj=Settings(lang, out))
    assert done.exit_code == 0, done.output
    assert words in done.output and "2026-11-30" in done.output
    assert (target / "SHA256SUMS").is_file()
