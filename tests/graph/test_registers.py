"""Graphs with fetched sources in them, built when asked for: products and their sponsors, CORDIS, the whole country."""

import json
from pathlib import Path

import pytest

from maillage import answer
from maillage.cli import command_line
from maillage.graph.build import build
from maillage.release.state import withheld_sources
from maillage.sources.subset import choose_sources
from maillage.table import Table
from maillage.terms import expand, graph_iri
from tests.sources.registers import FOLDERS, take
from tests.store.engines import virtuoso_server

pytestmark = [pytest.mark.measure, pytest.mark.needs("shared")]


def built(out: Path, *sources: str) -> Path:
    for source in sources:
        take(source, out)
    build(out, sources=[*choose_sources(None), *sources])
    return out


@pytest.fixture(scope="module")
def products(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph with beta.gouv.fr and the challenges."""
    return built(tmp_path_factory.mktemp("products"), "betagouv", "eig-defis")


def asked(out: Path, question: str, **values: str) -> Table:
    with answer.open(out, endpoint="") as graph:
        return graph.ask(question, **values)


def test_sponsors_and_incubators_are_those_that_the_source_counts(products: Path) -> None:
    sponsors = asked(products, "sponsors-of-product").rows()
    assert len({(row["programme"], row["sponsor"]) for row in sponsors}) == 826
    assert len({row["programme"] for row in sponsors}) == 632
    incubators = asked(products, "incubators-and-owners").rows()
    assert sum(int(str(row["products"])) for row in incubators) == 664
    assert len(incubators) == 22
    assert {row["ownerLabel"] for row in incubators if row["incubatorLabel"] == "ALLiaNCE"} != {None}


def test_pairs_of_sponsors_are_those_that_the_source_counts(products: Path) -> None:
    """155 pairs by the keys of the source; two of its keys name one agency, which makes none with itself."""
    pairs = {(row["a"], row["b"]) for row in asked(products, "co-sponsors").rows()}
    assert 150 <= len(pairs) <= 155
    products_of_two = [
        row for row in asked(products, "co-sponsors").rows()
        if {str(row["a"]).rpartition("/")[2], str(row["b"]).rpartition("/")[2]} == {"betagouv-dgaln", "dhup"}
    ]  # fmt: skip
    assert len(products_of_two) == 18


def test_each_source_gives_as_many_things_as_its_rows(products: Path) -> None:
    rows = asked(products, "counts-by-source", source="betagouv").rows()
    counts = {(row["classLabel"], row["kindLabel"]): int(str(row["count"])) for row in rows}
    assert counts["participation", "commandite"] == 826
    assert counts["participation", "incube"] == 664
    assert counts["programme", "produit numérique"] == 662


def test_a_product_is_where_a_sponsor_stands(products: Path) -> None:
    """Read by hand: two departments, each under its region; no court of appeal."""
    rows = asked(products, "labs-and-products-by-territory").rows()
    found = {(row["areaLabel"], row["bodyLabel"]) for row in rows if row["what"] == "product"}
    assert ("Nouvelle-Aquitaine", "Direction Départementale des Territoires de la Charente") in found
    assert ("Hauts-de-France", "Département du Oise") in found
    assert "Cour d'Appel de Paris" not in {body for _, body in found}


def test_a_sponsor_that_we_hold_is_the_body_that_we_hold(products: Path) -> None:
    """The decisions of `graph/identity/` join the DINUM of three sources."""
    rows = asked(products, "sponsors-of-product").rows()
    assert "https://w3id.org/maillage/id/organisation/dinum" in {row["sponsor"] for row in rows}


def test_a_source_without_commercial_use_stays_out_of_the_release(products: Path) -> None:
    report = json.loads((products / "graph" / "report.json").read_text(encoding="utf-8"))
    assert withheld_sources(report["sources"]) == ("betagouv",)


@pytest.mark.needs("virtuoso")
def test_the_country_counts_as_its_sources_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every commune, product and challenge in one graph, here and on Virtuoso."""
    out = built(tmp_path / "out", "cog", "betagouv", "eig-defis", "numerique-gouv")
    assert unresolved(out, "numerique-gouv") == {"33076 Bordeaux"}
    places = {(row["eventLabel"], row["territoryLabel"]) for row in asked(out, "events").rows()}
    assert ("Hackathon Données Ouvertes Météo-France", "Paris") in places  # 75015 Paris
    expected = {
        ("cog", "organisme", "commune (collectivité)"): 34_875,
        ("cog", "territoire", "commune"): 34_969,
        ("cog", "territoire", "intercommunalité"): 1_255,
        ("cog", "organisme", "intercommunalité"): 1_255,
        ("eig-defis", "programme", "défi"): 71,
        ("betagouv", "participation", "commandite"): 826,
    }
    found = counted(out)
    assert {key: found.get(key) for key in expected} == expected
    (tmp_path / "engine").mkdir()
    with virtuoso_server(tmp_path / "engine") as engine:
        for name, value in engine.environment.items():
            monkeypatch.setenv(name, value)
        assert command_line(["publish", "--out", str(out), "--endpoint", engine.endpoint]) == 0
        with answer.open(endpoint=engine.endpoint) as graph:
            assert len({(row["programme"], row["sponsor"]) for row in graph.ask("sponsors-of-product").rows()}) == 826


def test_every_register_in_one_graph(tmp_path: Path) -> None:
    """Asked as the sources count: 50,256 bodies of the directory of 2019 are of 92 types of its own.

    The participations of CORDIS, streamed, are counted in the dump, as a row of theirs is a statement there.
    """
    out = built(tmp_path / "out", *FOLDERS)
    sponsors = asked(out, "sponsors-of-product").rows()
    assert len({(row["programme"], row["sponsor"]) for row in sponsors}) == 826
    assert sum(int(str(row["products"])) for row in asked(out, "incubators-and-owners").rows()) == 664
    assert 150 <= len({(row["a"], row["b"]) for row in asked(out, "co-sponsors").rows()}) <= 155
    assert {row["what"] for row in asked(out, "labs-and-products-by-territory").rows()} == {"lab", "product"}
    found = counted(out)
    bodies = [count for (source, thing, _), count in found.items() if (source, thing) == ("annuaire-2019", "organisme")]
    assert sum(bodies) == 50_256
    assert found["cog", "territoire", "commune"] == 34_969
    assert found["betagouv", "programme", "produit numérique"] == 662
    assert len(registered_as(out, "annuaire-2019")) == 92
    assert participations(out, "cordis") == 144_726


def unresolved(out: Path, source: str) -> set[str]:
    """The territories that a source tells and that are none of the graph."""
    report = json.loads((out / "graph" / "report.json").read_text(encoding="utf-8"))
    left = [one for one in report["unresolved"] if one["column"] == "territory"]
    return {str(one["value"]) for one in left if str(one["file"]).startswith(f"{source}/")}


def counted(out: Path) -> dict[tuple[str, object, object], int]:
    """How many things of a class and kind each source gives."""
    rows = asked(out, "counts-by-source").rows()
    keys = [(str(row["sayer"]).rpartition("/")[2], row["classLabel"], row["kindLabel"]) for row in rows]
    return {key: int(str(row["count"])) for key, row in zip(keys, rows, strict=True)}


def participations(out: Path, source: str) -> int:
    said = f"<{expand('rdf:type')}> <{expand('mai:Participation')}> <{graph_iri('source', source)}> .".encode()
    with (out / "graph" / "graph.nq").open("rb") as lines:
        return sum(line.rstrip().endswith(said) for line in lines)


def registered_as(out: Path, source: str) -> set[bytes]:
    """The types of its own that a source gives the bodies that it names."""
    said, end = f" <{expand('mai:registeredAs')}> ".encode(), f" <{graph_iri('source', source)}> .".encode()
    with (out / "graph" / "graph.nq").open("rb") as lines:
        return {line.partition(said)[2] for line in lines if said in line and line.rstrip().endswith(end)}
