"""What goes from copy to copy of a source: first days, last days, and the rows and values that a copy no longer has.

The challenges of `eig_defis` are taken three times: whole on 1 November, without ADEX and with one renamed on
1 December, whole again on 1 January. ADEX is the one challenge of the Haute Autorité de Santé.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from maillage.cli import command_line
from maillage.graph.build import Build, make
from maillage.graph.canonical import canonical
from maillage.queries.run import run
from maillage.release.difference import compare
from maillage.release.sentences import sentences
from maillage.sources.card import read_card
from maillage.sources.copies import folder_of
from maillage.sources.fetch import run as run_module
from maillage.sources.fetch.run import fetch
from maillage.sources.history import LEDGER
from maillage.sources.records import Record, read_records
from maillage.store import EmbeddedStore
from maillage.terms import expand, iri
from tests.conftest import SHARED

pytestmark = [pytest.mark.sample(3), pytest.mark.needs("shared")]
REAL = SHARED / "data" / "eig_defis"
NOVEMBER, DECEMBER, JANUARY = "2026-11-01", "2026-12-01", "2027-01-01"
Fetch = Callable[[str, Path], None]


@pytest.fixture(scope="module")
def without_adex(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real file less one challenge, the first of the others under another title."""
    folder = tmp_path_factory.mktemp("without-adex")
    challenges = [one for one in json.loads((REAL / "defis.json").read_text("utf-8")) if one["id"] != "ADEX"]
    challenges[0]["title"] = "Atlas tout neuf"
    (folder / "defis.json").write_text(json.dumps(challenges), "utf-8")
    shutil.copy(REAL / "promos.yml", folder)
    return folder


def taken_on(day: str, origin: Path, out: Path) -> None:
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(run_module, "_now", lambda: f"{day}T10:00:00Z")
        fetch(read_card("eig-defis"), out, str(origin))


def rows(out: Path) -> dict[str, Record]:
    return {record.key: record for record in read_records(read_card("eig-defis"), out)[0]}


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, without_adex: Path) -> Path:
    out = tmp_path_factory.mktemp("twice")
    taken_on(NOVEMBER, REAL, out)
    taken_on(DECEMBER, without_adex, out)
    return out


def test_one_copy_gives_one_day(tmp_path: Path) -> None:
    taken_on(NOVEMBER, REAL, tmp_path)
    assert {(row.dates.first, row.dates.last, row.dates.gone_on) for row in rows(tmp_path).values() if row.dates} == {
        (NOVEMBER, NOVEMBER, "")
    }
    taken_on(DECEMBER, REAL, tmp_path)  # the same bytes: the last day moves alone
    assert {(row.dates.first, row.dates.last, row.dates.gone_on) for row in rows(tmp_path).values() if row.dates} == {
        (NOVEMBER, DECEMBER, "")
    }
    assert not (folder_of(tmp_path, "eig-defis") / LEDGER).exists()


def test_what_a_copy_no_longer_lists_stays_as_it_was(twice: Path) -> None:
    found = rows(twice)
    gone = {key for key, row in found.items() if row.dates and row.dates.gone_on}
    host, challenge = "haute-autorite-de-sante", "challenge-adex"
    assert gone == {challenge, host, f"hosts-{host}-{challenge}", f"country-of-{host}"}
    seen = found[challenge].dates
    assert seen and (seen.first, seen.last, seen.gone_on) == (NOVEMBER, NOVEMBER, DECEMBER)
    assert [value.text for value in found[challenge].values["name"]] == ["ADEX"]
    assert len(found) == 1 + 5 + 71 + 58 + 58 + 76


def test_a_value_that_is_younger_than_its_row_says_so(twice: Path) -> None:
    younger = {key: row.dates.since for key, row in rows(twice).items() if row.dates and row.dates.since}
    assert list(younger) == ["challenge-atlas-culture"]
    [(value, day)] = younger["challenge-atlas-culture"]["name"].items()
    assert (value.text, day) == ("Atlas tout neuf", DECEMBER)


def test_what_comes_back_is_as_old_as_it_was(twice: Path, tmp_path: Path) -> None:
    shutil.copytree(twice, tmp_path / "out", symlinks=True)
    taken_on(JANUARY, REAL, tmp_path / "out")
    found = rows(tmp_path / "out")
    assert {row.dates.gone_on for row in found.values() if row.dates} == {""}
    assert {row.dates.first for row in found.values() if row.dates} == {NOVEMBER}
    seen = found["challenge-atlas-culture"].dates
    assert seen and {day for days in seen.since.values() for day in days.values()} == {NOVEMBER}


def test_a_copy_that_lost_many_rows_is_not_taken_unless_it_is_accepted(
    twice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twenty challenges fewer of seventy: more than the quarter, less than the half that a cut answer loses."""
    out, origin = tmp_path / "out", tmp_path / "origin"
    shutil.copytree(twice, out, symlinks=True)
    origin.mkdir()
    shutil.copy(REAL / "promos.yml", origin)
    challenges = json.loads((REAL / "defis.json").read_text("utf-8"))
    (origin / "defis.json").write_text(json.dumps(challenges[21:]), "utf-8")
    before = sorted(rows(out))
    words = ["fetch", "eig-defis", "--from", str(origin), "--out", str(out), "--lang", "fr"]
    assert command_line(words) == 1
    assert "lignes sur 70 n'y sont plus, plus que la part attendue (25%)" in capsys.readouterr().err
    assert sorted(rows(out)) == before
    assert command_line([*words, "--accept"]) == 0
    assert "Depuis la copie d'avant : 0 lignes nouvelles, " in capsys.readouterr().out
    assert {key for key, row in rows(out).items() if row.dates and row.dates.gone_on} > {"challenge-adex"}


def test_a_select_that_was_rewritten_ends_nothing(
    tmp_path: Path, without_adex: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two copies the keys of the challenges change with the SELECT: only ADEX is gone, under its new key."""
    home = tmp_path / "home"
    shutil.copytree(Path(__file__).parents[3] / "data", home / "data")
    for name in ("ontology", "graph"):
        (home / name).symlink_to(Path(__file__).parents[3] / name)
    monkeypatch.setenv("MAILLAGE_HOME", str(home))
    taken_on(NOVEMBER, REAL, tmp_path / "out")
    select = home / "data" / "eig-defis" / "challenges.sql"
    select.write_text(select.read_text("utf-8").replace("'challenge-'", "'defi-'"), "utf-8")
    taken_on(DECEMBER, without_adex, tmp_path / "out")
    found = {key: row for key, row in rows(tmp_path / "out").items() if row.table == "challenges"}
    assert [key for key, row in found.items() if row.dates and row.dates.gone_on] == ["defi-adex"]
    assert len(found) == 71


@pytest.fixture(scope="module")
def graph(twice: Path) -> Build:
    return make(sources=["eig-defis"], out=twice)


ADEX = iri("programme", "eig-defis-challenge-adex")


def days(graph: Build, thing: str, predicate: str) -> set[tuple[str, ...]]:
    """The days of the claims on a thing and a predicate, by the value claimed."""
    names = ("rdf:object", "mai:firstSeen", "mai:lastSeen", "mai:noLongerSaidOn")
    found = set()
    for quad in graph.store.quads_for_pattern(None, NamedNode(expand("rdf:subject")), NamedNode(thing)):
        said = {part.predicate: part.object for part in graph.store.quads_for_pattern(quad.subject, None, None)}
        if said[NamedNode(expand("rdf:predicate"))] == NamedNode(expand(predicate)):
            held = [said.get(NamedNode(expand(name))) for name in names]
            found.add(tuple(term.value for term in held if isinstance(term, NamedNode | Literal)))
    return found


def test_statements_keep_their_days(graph: Build) -> None:
    atlas = iri("programme", "eig-defis-challenge-atlas-culture")
    assert days(graph, ADEX, "skos:prefLabel") == {("ADEX", NOVEMBER, NOVEMBER, DECEMBER)}
    assert days(graph, atlas, "skos:prefLabel") == {("Atlas tout neuf", DECEMBER, DECEMBER)}
    assert {said[1:] for said in days(graph, atlas, "mai:programmeKind")} == {(NOVEMBER, DECEMBER)}


def test_the_report_counts_what_is_no_longer_listed(graph: Build) -> None:
    sources = graph.report["sources"]
    assert isinstance(sources, dict)
    assert (sources["eig-defis"]["rows"], sources["eig-defis"]["no_longer_listed"]) == (1 + 5 + 71 + 58 + 76, 3)


def test_what_no_source_lists_is_answered(graph: Build) -> None:
    rows = run(EmbeddedStore(graph.store), "no-longer-listed", {}).rows()
    told = [(row["thingLabel"], row["firstSeen"], row["lastSeen"], row["noLongerListedOn"]) for row in rows]
    assert [tuple(map(str, row)) for row in told] == [
        ("ADEX", NOVEMBER, NOVEMBER, DECEMBER),
        ("Haute Autorité de Santé", NOVEMBER, NOVEMBER, DECEMBER),
    ]


DIFFERENCE = """
3 choses que plus aucune source ne liste :
  ADEX (défi), depuis le 1er décembre 2026
  Haute Autorité de Santé (organisme), depuis le 1er décembre 2026
  Haute Autorité de Santé – accueille – ADEX (participation), depuis le 1er décembre 2026

1 chose modifiée :
  Atlas tout neuf (défi)
    nom : « Atlas Culture » devient « Atlas tout neuf »
"""


@pytest.mark.slow
def test_the_difference_of_the_two_graphs_is_said(graph: Build, tmp_path: Path) -> None:
    taken_on(NOVEMBER, REAL, tmp_path)
    (tmp_path / "before.nq").write_bytes(canonical(make(sources=["eig-defis"], out=tmp_path).store))
    (tmp_path / "after.nq").write_bytes(canonical(graph.store))
    with compare(tmp_path / "before.nq", tmp_path / "after.nq") as found:
        assert DIFFERENCE in sentences(found, "fr").replace("\u00a0", " ")
