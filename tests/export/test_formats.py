"""Each format read back gives the table or the graph that was written, with its licence and credits."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pyoxigraph as ox
import pytest

from maillage.credit.notice import Credit
from maillage.export import FORMATS, find_format, formats
from maillage.export.statements import serialise
from maillage.export.text import heading
from maillage.table import Column, Table
from maillage.terms import expand, iri
from tests.refusals import raises

CREDIT = Credit(
    licence="etalab-2.0",
    licence_iri="https://spdx.org/licenses/etalab-2.0",
    labels={"fr": "Licence Ouverte 2.0", "en": "Open Licence 2.0"},
    lines=("INSEE, Code officiel géographique", "Horizons publics, 2 novembre 2021"),
    release="0.2.0",
    date="2026-11-22",
)
XSD = "http://www.w3.org/2001/XMLSchema#"
COLUMNS = (
    Column("body", "iri"),
    Column("bodyLabel", "label", "fr"),
    Column("note", "text"),
    Column("start", "date", None, f"{XSD}date"),
    Column("count", "number", None, f"{XSD}integer"),
    Column("share", "number", None, f"{XSD}decimal"),
    Column("named", "boolean", None, f"{XSD}boolean"),
)
ROWS: list[dict[str, Any]] = [
    {
        "body": iri("organisation", "lab-archipel"),
        "bodyLabel": "@RCHIPEL, le « lab »",
        "note": "=1+1",
        "start": "2021-11-24",
        "count": 3,
        "share": 0.5,
        "named": True,
    },
    {
        "body": iri("organisation", "etat-lin"),
        "bodyLabel": "Etat'LIN 研究",
        "note": 'deux\nlignes\tet "guillemets"',
        "start": None,
        "count": 12_000_000,
        "share": None,
        "named": False,
    },
]
SCHEMA = {"count": pl.Int64, "share": pl.Float64, "named": pl.Boolean}
TABLE = Table(
    pl.DataFrame(ROWS, schema={column.name: SCHEMA.get(column.name, pl.String) for column in COLUMNS}),
    COLUMNS,
)
EMPTY = Table(TABLE.frame.clear(), COLUMNS)
LAB, NAME = ox.NamedNode(iri("organisation", "lab-archipel")), ox.NamedNode(expand("skos:prefLabel"))
MERGED, EVIDENCE = (
    ox.NamedNode("https://w3id.org/maillage/graph/merged"),
    ox.NamedNode("https://example.org/e"),
)
QUADS = [
    ox.Quad(LAB, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("org:Organization")), MERGED),
    ox.Quad(LAB, NAME, ox.Literal('Lab @RCHIPEL\n"cité" \\ é', language="fr"), MERGED),
    ox.Quad(LAB, NAME, ox.Literal("Lab @RCHIPEL", language="en"), EVIDENCE),
    ox.Quad(
        LAB,
        ox.NamedNode(expand("schema:startDate")),
        ox.Literal("2021", datatype=ox.NamedNode(f"{XSD}gYear")),
    ),
]
BODY = serialise(QUADS, ox.RdfFormat.N_QUADS)
CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "name": {"@id": "skos:prefLabel", "@language": "fr"},
}
TABLES, GRAPHS = list(formats("table")), list(formats("graph"))


def options(name: str) -> dict[str, Any]:
    return {"context": CONTEXT} if name == "jsonld" else {}


def parsed(body: bytes, form: ox.RdfFormat) -> set[ox.Quad]:
    return set(ox.parse(body, format=form))


def without_graph(quads: set[ox.Quad] | list[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads}


@pytest.mark.parametrize("name", TABLES)
def test_table_is_the_same_bytes_twice(name: str) -> None:
    assert FORMATS[name].write(TABLE, CREDIT) == FORMATS[name].write(TABLE, CREDIT)


@pytest.mark.parametrize("name", GRAPHS)
def test_graph_is_the_same_bytes_whatever_the_order(name: str) -> None:
    backwards = serialise([*reversed(QUADS), *QUADS[:1]], ox.RdfFormat.N_QUADS)
    first = FORMATS[name].write(BODY, CREDIT, **options(name))
    assert first == FORMATS[name].write(backwards, CREDIT, **options(name))


@pytest.mark.parametrize("name_", TABLES)
def test_empty_table_keeps_its_columns(name_: str) -> None:
    body = FORMATS[name_].write(EMPTY, CREDIT)
    readers = {"parquet": pl.read_parquet, "xlsx": lambda source: pl.read_excel(source, engine="calamine")}
    if name_ in readers:
        assert readers[name_](io.BytesIO(body)).columns == TABLE.names
    else:
        assert all(name in body.decode() or heading(name, "fr") in body.decode() for name in TABLE.names)


def test_a_column_of_ties_is_not_called_partnerships() -> None:
    assert [heading(name, "fr") for name in ("ties", "partnerships")] == ["liens connus", "partenariats"]


@pytest.mark.parametrize(("name", "mark"), [("csv", ","), ("tsv", "\t")])
def test_separated_values_read_back(name: str, mark: str) -> None:
    body = FORMATS[name].write(TABLE, CREDIT)
    assert pl.read_csv(io.BytesIO(body), separator=mark, schema=TABLE.frame.schema).equals(TABLE.frame)
    assert b"\r" not in body


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_separated_values_have_their_metadata_beside(name: str) -> None:
    ((filename, body),) = FORMATS[name].beside(TABLE, CREDIT, f"labs.{name}").items()
    said = json.loads(body)
    assert filename == f"labs.{name}-metadata.json"
    assert said["url"] == f"labs.{name}"
    assert said["dc:license"] == {"@id": CREDIT.licence_iri}
    assert said["dc:rights"] == list(CREDIT.lines)
    types = {column["name"]: column["datatype"] for column in said["tableSchema"]["columns"]}
    assert types["body"] == "anyURI" and types["start"] == "date" and types["count"] == "integer"


def test_json_reads_back() -> None:
    said = json.loads(FORMATS["json"].write(TABLE, CREDIT))
    assert said["rows"] == TABLE.rows()
    assert said["licence"]["id"] == "etalab-2.0"
    assert said["credits"] == list(CREDIT.lines)
    assert said["columns"][1] == {"name": "bodyLabel", "kind": "label", "lang": "fr"}


def test_xlsx_reads_back_with_its_credits() -> None:
    body = FORMATS["xlsx"].write(TABLE, CREDIT)
    rows = pl.read_excel(io.BytesIO(body), engine="calamine", sheet_name="Données")
    assert rows.select(pl.col("count").cast(pl.Int64)).to_series().to_list() == [3, 12_000_000]
    for name in ("body", "bodyLabel", "note", "start", "named"):
        assert rows.get_column(name).to_list() == TABLE.frame.get_column(name).to_list()
    credits = pl.read_excel(io.BytesIO(body), engine="calamine", sheet_name="Licence et crédits", has_header=False)
    assert set(CREDIT.lines) <= set(credits.to_series(1))


def test_xlsx_never_holds_a_formula() -> None:
    import zipfile

    names = [f"{mark}cmd|' /C calc'!A0" for mark in "=+-@\t"]
    table = Table(pl.DataFrame({"name": names}), (Column("name", "text"),))
    book = zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(table, CREDIT)))
    sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets and not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_parquet_reads_back_with_its_metadata() -> None:
    body = FORMATS["parquet"].write(TABLE, CREDIT)
    assert pl.read_parquet(io.BytesIO(body)).equals(TABLE.frame)
    said = pl.read_parquet_metadata(io.BytesIO(body))
    assert said["licence_iri"] == CREDIT.licence_iri
    assert json.loads(said["credits"]) == list(CREDIT.lines)


def test_terminal_table_is_aligned_by_screen_width() -> None:
    from maillage.export.text import wide

    lines = FORMATS["table"].write(TABLE, CREDIT).decode().splitlines()
    header, rule, first, second = lines[:4]
    at = header.index("note")
    assert rule[at - 2 : at] == "  "
    assert wide(second[: second.index("deux")]) == at == wide(first[: first.index("=1+1")])
    assert "deux lignes et" in second and "12000000" in second
    assert any("Licence Ouverte 2.0" in line for line in lines[4:])


def test_terminal_table_becomes_blocks_where_the_terminal_is_too_narrow_and_nothing_is_cut() -> None:
    from maillage.export.text import wide

    narrow = FORMATS["table"].write(TABLE, CREDIT, width=60).decode()
    blocks = narrow[: narrow.index("Licence")]
    assert max(map(wide, blocks.splitlines())) <= 60
    assert blocks.splitlines()[0].startswith("1  ")
    assert "…" not in narrow
    aligned = FORMATS["table"].write(TABLE, CREDIT).decode()
    for word in aligned[: aligned.index("Licence")].replace("─", " ").split():
        assert word in blocks


def test_terminal_table_names_columns_in_the_language_and_leaves_out_named_iris() -> None:
    from dataclasses import replace

    columns = (Column("body", "iri"), Column("bodyLabel", "label", "fr"), Column("pageLink", "iri"))
    row = {"body": "urn:x", "bodyLabel": "Ti Lab", "pageLink": "https://example.org/"}
    table = Table.from_rows([row], columns)
    french = FORMATS["table"].write(table, CREDIT).decode().splitlines()
    assert french[0].split() == ["organisme", "passage"]
    assert "urn:x" not in french[2] and "https://example.org/" in french[2]
    english = FORMATS["table"].write(table, replace(CREDIT, lang="en")).decode()
    assert english.splitlines()[0].split() == ["body", "passage"]


def test_terminal_table_keeps_control_characters_out() -> None:
    table = Table(pl.DataFrame({"name": ["\x1b[31mrouge\x07\u202e"]}), (Column("name", "text"),))
    assert "\x1b" not in FORMATS["table"].write(table, CREDIT).decode()


def test_nquads_are_canonical() -> None:
    body = FORMATS["nquads"].write(BODY + BODY, CREDIT)
    lines = body.splitlines()
    assert lines == sorted(set(lines)) and parsed(body, ox.RdfFormat.N_QUADS) == set(QUADS)
    assert "INSEE" in FORMATS["nquads"].beside(BODY, CREDIT, "graph.nq")["graph.nq.credits.txt"].decode()


def test_trig_keeps_the_graphs() -> None:
    found = parsed(FORMATS["trig"].write(BODY, CREDIT), ox.RdfFormat.TRIG)
    assert set(QUADS) <= found
    assert expand("dcterms:license") in {quad.predicate.value for quad in found - set(QUADS)}


def test_turtle_holds_the_merged_statements_and_the_licence() -> None:
    body = FORMATS["ttl"].write(BODY, CREDIT)
    found = without_graph(parsed(body, ox.RdfFormat.TURTLE))
    assert without_graph(QUADS) <= found
    said = {triple.object.value for triple in found - without_graph(QUADS) if not isinstance(triple.object, ox.Triple)}
    assert {CREDIT.licence_iri, *CREDIT.lines} <= said
    assert body.startswith(b"# Licence : Licence Ouverte 2.0")


def test_json_ld_with_the_context_of_the_project_says_the_same() -> None:
    body = FORMATS["jsonld"].write(BODY, CREDIT)
    assert parsed(body, ox.RdfFormat.JSON_LD) == parsed(FORMATS["ttl"].write(BODY, CREDIT), ox.RdfFormat.TURTLE)


def test_json_ld_is_compact_and_says_the_same() -> None:
    body = FORMATS["jsonld"].write(BODY, CREDIT, context=CONTEXT)
    node = next(node for node in json.loads(body)["@graph"] if node["@id"] == LAB.value)
    assert 'Lab @RCHIPEL\n"cité" \\ é' in node["name"]
    turtle = parsed(FORMATS["ttl"].write(BODY, CREDIT), ox.RdfFormat.TURTLE)
    assert parsed(body, ox.RdfFormat.JSON_LD) == turtle


@pytest.mark.parametrize("name", GRAPHS)
def test_empty_graph_is_written(name: str) -> None:
    FORMATS[name].write(b"", CREDIT, **options(name))


def test_formats_are_found_by_their_usual_names() -> None:
    assert find_format("Turtle") is FORMATS["ttl"] and find_format("nq") is FORMATS["nquads"]
    with raises("unknown-format"):
        find_format("docx")


def test_each_file_of_the_package_is_a_format_or_serves_one() -> None:
    import maillage.export

    files = {path.stem for path in Path(maillage.export.__file__).parent.glob("*.py")}
    serving = {"__init__", "framing", "nodes"}
    writers = {writer.partition(":")[0] for form in FORMATS.values() for writer in form.writers.values()}
    assert files - serving == {writer for writer in writers if "." not in writer}


def test_a_terminal_counts_the_credits_that_a_file_holds() -> None:
    many = replace(CREDIT, lines=tuple(f"Source {number}" for number in range(10)), lang="en")
    assert "Source 5" in many.text(6)
    assert "Source 6" not in many.text(6)
    assert "and 4 other sources" in many.text(6)
    assert "Source 9" in many.text()
    assert "Source 9" in replace(many, lines=many.lines[3:]).text(6)
