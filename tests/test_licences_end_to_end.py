"""Answers, maps, exports and releases of a graph whose sources bear different licences."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
import yaml

from maillage import answer
from maillage.answer.graph import Answer
from maillage.assets import CHECKOUT
from maillage.cli import command_line
from maillage.credit.notice import Credit
from maillage.export import ANSWERS, FORMATS, formats
from maillage.graph.build import build, name_things
from maillage.graph.identity import publish
from maillage.release.write import write_release
from tests.homes import home_without_sources
from tests.refusals import raises

pytestmark = pytest.mark.sample(3)

CARD = """\
title: Source {name}
publisher: {name}
kind: reference
licence: {licence}
address: https://example.org/{name}
issued: 2021-11-02
read_on: 2026-11-21
credit: Merci à {name}
rank: 10
{more}tables:
  organisations: {{mapping: organisation}}
  events: {{mapping: event}}
  participations: {{mapping: participation}}
"""
# Each source tells of two bodies that organise one event together, under its own licence.
LICENCES = {"open": "etalab-2.0", "closed": "CC-BY-NC-SA-4.0", "alike": "ODbL-1.0", "zero": "CC0-1.0"}


def write_table(file: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({"certainty": "stated", **row} for row in rows)


def write_source(data: Path, name: str, licence: str, more: str = "") -> None:
    folder = data / name
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(CARD.format(name=name, licence=licence, more=more), encoding="utf-8")
    bodies = [{"key": f"{name}-{x}", "name": f"Association {name} {x}", "kind": "association"} for x in "ab"]
    event = {"key": f"{name}-day", "name": f"Journée {name}", "named": "yes", "kind": "event", "start": "2021-11-24"}
    parts = [
        {"key": f"{name}-{x}-organises", "agent": f"{name}-{x}", "role": "organises", "activity": f"{name}-day"}
        for x in "ab"
    ]
    columns = yaml.safe_load((CHECKOUT / "data" / "tables.yml").read_text(encoding="utf-8"))
    for mapping, rows in (("organisation", bodies), ("event", [event]), ("participation", parts)):
        write_table(folder / f"{mapping}s.csv", list(columns[mapping]["columns"]), rows)


def make_home(folder: Path, sources: dict[str, str], more: str = "") -> Path:
    home_without_sources(folder)
    for name, licence in sources.items():
        write_source(folder / "data", name, licence, more if name == "silent" else "")
    return folder


def built(home: Path, out: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_HOME", str(home))
        publish(name_things(), "0.1.0")
        build(out)
    return out


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"), LICENCES)


@pytest.fixture(scope="module")
def out(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(home, tmp_path_factory.mktemp("out"))


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_HOME", str(home))
    monkeypatch.delenv("MAILLAGE_ALLOW", raising=False)


def answer_in(out: Path, name: str, values: dict[str, str], form: str, file: str = "", allow: str = "") -> Answer:
    with answer.open(out, allow) as graph:
        return graph.answer(name, values, form, "fr", file)


def partners(out: Path, name: str, form: str = "json", allow: str = "") -> Answer:
    return answer_in(out, "partners-of", {"body": f"Association {name} a"}, form, "a", allow)


@pytest.mark.parametrize("name", LICENCES)
def test_an_answer_bears_the_licence_of_what_it_used(name: str, out: Path) -> None:
    """Of four sources in the graph, each under its own licence, only one said anything of this body."""
    credit = partners(out, name).credit
    assert credit.licence == LICENCES[name]
    assert credit.lines == (f"Merci à {name}",)
    assert not credit.private


def test_an_impossible_mix_is_refused_and_names_its_sources(out: Path) -> None:
    with raises("mixed-licences") as error:
        answer_in(out, "participations", {}, "json")
    for lang in ("fr", "en"):
        said = error.value.sentence(lang)
        assert "Source closed" in said
        assert "Source alike" in said
        assert "Source open" not in said
        assert "CC-BY-NC-SA-4.0" in said
        assert "--allow private" in said


@pytest.mark.parametrize("form", sorted(formats(*ANSWERS)))
def test_a_private_copy_says_so_in_every_format(form: str, out: Path) -> None:
    found = answer_in(out, "participations", {}, form, f"a.{FORMATS[form].extension}", "private")
    assert len(found.credit.lines) == 4
    assert found.credit.licence == ""
    told = text_of(form, found.body) + b"".join(found.beside.values()).decode()
    assert "Usage privé seulement" in told or "Aucune licence ne convient" in told
    assert "Source closed" in told
    assert "Source alike" in told
    assert "spdx.org" not in told


def text_of(form: str, body: bytes) -> str:
    if form == "parquet":
        return json.dumps(pl.read_parquet_metadata(io.BytesIO(body)), ensure_ascii=False)
    if form == "xlsx":
        sheet = pl.read_excel(io.BytesIO(body), engine="calamine", sheet_name="Licence et crédits", has_header=False)
        return "\n".join(map(str, sheet.to_series(1)))
    return body.decode()


def test_a_derived_line_is_credited_to_the_sources_of_its_participations(out: Path) -> None:
    """Partnerships have no claim of their own."""
    with answer.open(out, "private") as graph:
        assert len(graph.credit([graph.ask("partnerships")]).lines) == 4
        assert len(graph.credit([graph.ask("counts")]).lines) == 4


def test_the_variable_allows_as_the_option_does(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_ALLOW", "private")
    assert answer_in(out, "participations", {}, "json").credit.private
    monkeypatch.setenv("MAILLAGE_ALLOW", "publication")
    with raises("bad-value"):
        answer.open(out)


def test_the_command_refuses_then_allows(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["ask", "participations", "--out", str(out), "--format", "table"]
    assert command_line(words) == 2
    assert "aucune licence" in capfd.readouterr().err
    assert command_line([*words, "--allow", "private"]) == 0
    assert "Usage privé" in capfd.readouterr().out
    assert command_line([*words, "--allow", "all"]) == 2


def test_a_map_is_refused_then_marked(out: Path, tmp_path: Path) -> None:
    words = ["map", "co-organisation", "--out", str(out), "-o", str(tmp_path / "map.html")]
    assert command_line(words) == 2
    assert not (tmp_path / "map.html").exists()
    assert command_line([*words, "--allow", "private"]) == 0
    assert "Usage privé seulement" in (tmp_path / "map.html").read_text(encoding="utf-8")


def queried(out: Path, text: str, allow: str = "") -> Credit:
    with answer.open(out, allow) as graph:
        asked = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> " + text
        return graph.query_credit(asked, graph.query(asked, 30))


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ('SELECT ?b { ?b skos:prefLabel "Association open a"@fr ; a ?kind }', ("Merci à open",)),
        ('CONSTRUCT { ?b a skos:Concept } WHERE { ?b skos:prefLabel "Association zero a"@fr }', ("Merci à zero",)),
        ('DESCRIBE ?b { ?b skos:prefLabel "Association alike a"@fr }', ("Merci à alike",)),
        ('SELECT ?b { ?b skos:prefLabel "Association absente"@fr }', ()),
        ('DESCRIBE ?b { ?b skos:prefLabel "Association absente"@fr }', ()),
    ],
)
def test_a_query_of_ones_own_bears_what_it_used(query: str, lines: tuple[str, ...], out: Path) -> None:
    credit = queried(out, query)
    assert (credit.lines, credit.scope) == (lines, "")


def test_a_query_that_cannot_be_traced_bears_what_every_source_bears_and_says_why(
    out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "any.rq"
    file.write_text("SELECT (COUNT(*) AS ?n) WHERE { ?s !<a:> ?o }", encoding="utf-8")
    assert command_line(["query", str(file), "--out", str(out)]) == 2
    assert command_line(["query", str(file), "--out", str(out), "--allow", "private"]) == 0
    said = capfd.readouterr().out
    assert "Merci à zero" in said
    assert "Toutes les sources du graphe sont citées : un chemin de propriétés" in said


def test_an_answer_without_a_row_credits_nobody(out: Path) -> None:
    found = answer_in(out, "organisers-of", {"event": "Journée open"}, "json")
    none = answer_in(out, "events-on-day", {"day": "1999-01-01"}, "json")
    assert (found.credit.lines, found.credit.scope) == (("Merci à open",), "")
    assert (none.rows, none.credit.lines, none.credit.scope) == (0, (), "")


@pytest.mark.slow
def test_a_release_is_refused_then_marked(out: Path, tmp_path: Path) -> None:
    with raises("mixed-licences"):
        write_release(out, tmp_path / "release")
    assert not (tmp_path / "release").exists()
    write_release(out, tmp_path / "release", allow="private")
    for name in ("LICENSE-DATA", "CREDITS", "dataset.ttl", "graph.ttl", "graph.trig"):
        assert "Source closed" in (tmp_path / "release" / name).read_text(encoding="utf-8"), name
    assert "dcterms:license <https://spdx" not in (tmp_path / "release" / "graph.ttl").read_text("utf-8")


# ---------------------------------------------------------------- what never enters a release


@pytest.mark.slow
@pytest.mark.parametrize(("licence", "more"), [("none", ""), ("etalab-2.0", "not_for: [publication, Autre.]\n")])
def test_a_source_that_may_not_be_published_stays_out(
    licence: str, more: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    out = built(make_home(tmp_path, {"open": "CC-BY-4.0", "silent": licence}, more), tmp_path / "out")
    done = write_release(out, tmp_path / "release")
    assert done.withheld == ("silent",)
    files = {path: path.read_bytes() for path in (tmp_path / "release").rglob("*") if path.is_file()}
    assert [path.name for path, body in files.items() if b"silent" in body] == []
    assert b"CC-BY-4.0" in files[tmp_path / "release" / "graph.ttl"]
    again = write_release(out, tmp_path / "private", allow="private")
    assert again.withheld == ()
    assert "silent" in (tmp_path / "private" / "graph.ttl").read_text(encoding="utf-8")
