"""The whole graph in each format, read back to the same statements by parsers that are not ours; tables read back."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from maillage import answer
from maillage.cli.lazy import Settings
from maillage.cli.release import export
from maillage.export import FORMATS, find_format, formats
from maillage.queries import catalogue
from maillage.release.dump import release_queries
from maillage.terms import graph_iri
from tests.refusals import raises

pytestmark = pytest.mark.sample(2)

GRAPHS, TABLES = list(formats("graph")), ("csv", "parquet")
RDFLIB = {"ttl": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}
RAPPER = {"ttl": "turtle", "trig": "trig", "nquads": "nquads", "rdfxml": "rdfxml"}  # raptor has no JSON-LD
DATASETS = ("trig", "nquads")
Statements = set[ox.Quad]


@pytest.fixture(scope="module")
def out(built_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built_out, tmp_path_factory.mktemp("whole") / "out", symlinks=True))


@pytest.fixture(scope="module")
def files(out: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    with answer.open(out) as graph:
        for form in GRAPHS:
            (folder / form).write_bytes(graph.export(form))
    return {form: folder / form for form in GRAPHS}


@pytest.fixture(autouse=True)
def spelt_as_written() -> Iterator[None]:
    """rdflib keeps the spelling of numbers, so that statements compare as they stand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        yield


@pytest.fixture(scope="module")
def dump(out: Path) -> Statements:
    return _quads((out / "graph" / "graph.nq").read_bytes())


def _quads(body: bytes) -> Statements:
    return set(ox.parse(body, format=ox.RdfFormat.N_QUADS))


def _lost_and_added(dump: Statements, found: Statements, form: str) -> tuple[int, set[str]]:
    """How many statements of the build are missing, and the subjects of those that the file adds."""
    if form in DATASETS:
        return len(dump - found), {str(quad.subject) for quad in found - dump}
    asked = {ox.NamedNode(graph_iri(name)) for name in ("merged", "evidence")}
    wanted = {quad.triple for quad in dump if quad.graph_name in asked}
    had = {quad.triple for quad in found}
    return len(wanted - had), {str(triple.subject) for triple in had - wanted}


def _checks(dump: Statements, found: Statements, form: str) -> None:
    lost, added = _lost_and_added(dump, found, form)
    assert lost == 0
    assert len(added) == (0 if form == "nquads" else 1), "a file says of itself only which release it is"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*Dataset:DeprecationWarning")
@pytest.mark.parametrize("form", GRAPHS)
def test_rdflib_reads_the_same_graph(form: str, files: dict[str, Path], dump: Statements) -> None:
    graph = rdflib.Dataset() if form in DATASETS else rdflib.Graph()
    graph.parse(files[form], format=RDFLIB[form])
    body = graph.serialize(format="nquads" if form in DATASETS else "nt", encoding="utf-8")
    _checks(dump, _quads(body), form)


@pytest.mark.slow
@pytest.mark.needs("raptor")
@pytest.mark.parametrize("form", RAPPER)
def test_raptor_reads_the_same_graph(form: str, files: dict[str, Path], dump: Statements) -> None:
    wanted = "nquads" if form in DATASETS else "ntriples"
    command = ["rapper", "-q", "-i", RAPPER[form], "-o", wanted, str(files[form])]
    read = subprocess.run(command, capture_output=True, check=True)
    assert read.stderr == b""
    _checks(dump, _quads(read.stdout), form)


@pytest.mark.slow
def test_json_ld_reads_as_json(files: dict[str, Path]) -> None:
    import json

    nodes = {node["@id"]: node for node in json.loads(files["jsonld"].read_text("utf-8"))["@graph"]}
    lab = nodes["id:organisation/ti-lab"]
    assert lab["prefLabel"]["fr"] == "Ti Lab" and "mai:InnovationLab" in lab["type"]
    (taken,) = lab["participations"]
    assert {"organises", "stated"} & {taken["role"], taken["certainty"]}
    assert all("passage" in claim for claim in taken["claims"])
    assert not [node for node in nodes if node.startswith(("id:claim/", "id:participation/"))]


@pytest.mark.slow
@pytest.mark.parametrize("form", TABLES)
def test_tables_read_back(form: str, out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    for _ in range(2):  # a second export replaces the first
        done = CliRunner().invoke(export, [form, "-o", str(folder)], obj=Settings("fr", out), catch_exceptions=False)
        assert done.exit_code == 0
    with answer.open(out) as graph:
        for query in release_queries():
            frame, body = graph.ask(query.name).frame, (folder / f"{query.name}.{form}").read_bytes()
            read = (
                pl.read_csv(io.BytesIO(body), schema=frame.schema)
                if form == "csv"
                else pl.read_parquet(io.BytesIO(body))
            )
            assert read.equals(frame), query.name
    assert {query.name for query in release_queries()} == {
        name for name, query in catalogue().items() if "release" in query.tags
    }


def test_a_folder_of_another_hand_stays(out: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with raises("foreign-folder"):
        CliRunner().invoke(export, ["csv", "-o", str(tmp_path)], obj=Settings("fr", out), catch_exceptions=False)
    assert (tmp_path / "mine.txt").exists()


def test_a_table_format_holds_no_graph(out: Path) -> None:
    with answer.open(out) as graph:
        with raises("unknown-format"):
            graph.export("csv")
        with raises("unknown-format"):
            graph.tables("turtle")


def test_rdf_xml_drops_what_xml_cannot_hold() -> None:
    from tests.export.test_formats import CREDIT

    line = b'<urn:a> <urn:p#b> "a\\u0001\\u000Bb" .\n'
    body = FORMATS["rdfxml"].write(line, CREDIT)
    assert ox.Literal("ab") in {quad.object for quad in ox.parse(body, format=ox.RdfFormat.RDF_XML)}
    assert find_format("rdfxml") is FORMATS["rdfxml"]
