"""The section `fetch:` of a card: what it may say, and what is said of a faulty one."""

from typing import Any

import pytest

from maillage.errors import FindingsError
from maillage.sources.fetch.plan import FileCard, read_fetch
from tests.refusals import raises
from tests.sources.fetch.conftest import Home

HERE = "https://example.org/x.json"


def test_what_a_card_leaves_out_has_a_usual_value(home: Home) -> None:
    files = {
        "x.json": {"address": HERE},
        "y.geojson": {"address": HERE},
        "z.json": {"address": HERE, "pages": "explore"},
        "zz.json": {"address": HERE, "question": "a.rq"},
    }
    plan = read_fetch(home.card({"files": files}))
    assert (plan.source, plan.licence, plan.pause) == ("source", "etalab-2.0", 0.5)
    assert plan.files[0] == FileCard("x.json", HERE, "", (), 1, 200_000_000, None)
    assert [file.records for file in plan.files] == ["", "features", "results", "results.bindings"]
    assert (plan.files[3].codes, plan.files[3].batch) == (None, 100)


def test_a_card_without_the_section_says_where_to_write_it(home: Home) -> None:
    with raises("nothing-to-fetch", match=r"Add fetch: to data/source/source\.yml"):
        read_fetch(home.card(None))


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ([], "fetch.files must name"),
        ({"files": {}}, "fetch.files must name"),
        ({"files": {"x.json": {"address": HERE}}, "paus": 1}, "fetch.paus is unknown (known: pause, most_gone, files)"),
        ({"files": {"x.json": {"address": HERE}}, "pause": "long"}, "fetch.pause must be a number"),
        ({"files": {"x.exe": {"address": HERE}}}, "fetch.files.x.exe: name or kind refused"),
        ({"files": {"../x.json": {"address": HERE}}}, "name or kind refused"),
        ({"files": {"source.yml": {"address": HERE}}}, "name or kind refused"),
        ({"files": {"x.json": HERE}}, "x.json: address or given: true"),
        ({"files": {"x.json": {"address": "file:///etc/passwd"}}}, "x.json.address must be an http(s) address"),
        (
            {"files": {"x.json": {"address": "https://me:word@example.org/"}}},
            "address must be an http(s) address without",
        ),
        ({"most_gone": "all", "files": {"x.json": {"address": HERE}}}, "fetch.most_gone must be a share"),
        ({"files": {"x.json": {"address": HERE, "record": "a"}}}, "fetch.files.x.json.record is unknown"),
        ({"files": {"x.json": {"address": HERE, "records": 3}}}, "records must be a path"),
        ({"files": {"x.json": {"address": HERE, "fields": "a"}}}, "fields must be a list of names"),
        ({"files": {"x.json": {"address": HERE, "least": -1}}}, "least must be a whole number"),
        ({"files": {"x.json": {"address": HERE, "most_bytes": True}}}, "most_bytes must be a whole number"),
        ({"files": {"x.json": {"address": HERE, "pages": ["explore"]}}}, "pages must be explore or openagenda"),
        ({"files": {"x.csv": {"address": HERE, "pages": "explore"}}}, "pages make a .json file"),
        ({"files": {"x.json": {"address": HERE, "question": "../x.rq"}}}, "question must be the name of a .rq file"),
        ({"files": {"x.json": {"address": HERE, "question": "x.sparql"}}}, "question must be the name of a .rq file"),
        ({"files": {"x.csv": {"address": HERE, "question": "x.rq"}}}, "x.csv: a question makes a .json file"),
        ({"files": {"x.json": {"address": HERE, "question": "x.rq", "pages": "explore"}}}, "a question makes a .json"),
        ({"files": {"x.json": {"address": HERE, "codes": "SIREN"}}}, "x.json.codes means nothing without a question"),
        ({"files": {"x.json": {"address": HERE, "batch": 10}}}, "x.json.batch means nothing without a question"),
        ({"files": {"x.json": {"address": HERE, "question": "x.rq", "batch": 0}}}, "batch must be a number from 1"),
        ({"files": {"x.json": {"address": HERE, "question": "x.rq", "batch": 5000}}}, "batch must be a number from 1"),
        ({"files": {"x.json": {"address": HERE, "question": "x.rq", "codes": ["SIREN"]}}}, "codes must be a register"),
        ({"files": {"x.json": {"address": HERE, "given": True}}}, "x.json: address or given: true"),
        ({"files": {"x.json": {"address": HERE}, "y.json": {"given": True}}}, "a given file is alone"),
        ({"files": {"x.ttl": {"address": HERE, "fields": ["a"]}}}, "x.ttl.fields means nothing here"),
        ({"files": {"x.csv": {"address": HERE, "records": "a"}}}, "x.csv.records means nothing here"),
    ],
)
def test_each_fault_of_a_section_is_said(home: Home, section: Any, said: str) -> None:
    with pytest.raises(FindingsError) as error:
        read_fetch(home.card(section))
    (finding,) = error.value.findings
    assert finding.file == "data/source/source.yml"
    assert said in finding.sentence("en")
    assert finding.sentence("fr") != finding.sentence("en")
