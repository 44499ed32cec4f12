"""All of Horizon 2020: projected, measured, grouped and advised; counts and what must hold, no time."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from maillage.answer.participations import Study

pytestmark = [pytest.mark.measure, pytest.mark.needs("shared")]


@pytest.fixture(scope="module")
def studied(shared: Path) -> Study:
    return Study(shared / "data" / "cordis_h2020_eunets")


def test_every_pair_is_there(studied: Study) -> None:
    """796,670 pairs: `SOURCE.md`, counted with another tool."""
    read = studied.read
    assert (read.rows["activity"].n_unique(), len(read.names), read.rows.height) == (31_451, 35_871, 144_726)
    assert studied.network.ties.height == 796_670
    size = read.rows.group_by("activity").len()["len"].cast(pl.Int64)
    assert studied.network.ties["activities"].sum() == (size * (size - 1)).sum() / 2


def test_measures_of_every_body(studied: Study, shared: Path) -> None:
    table = studied.measures().frame
    assert table["body"].n_unique() == table.height == 35_871
    derived = pl.read_csv(shared / "data" / "cordis_h2020_eunets" / "organisations.csv.gz", infer_schema=False)
    degrees = derived.select(body="pic", counted=pl.col("degree").cast(pl.Int64))
    assert table.join(degrees, on="body").filter(pl.col("degree") != pl.col("counted")).height == 0
    assert table["degree"].sum() == 2 * 796_670
    assert table["pagerank"].sum() == pytest.approx(1)
    # Newman: strength counts the activities that a body did with others
    several = studied.read.rows.filter(pl.len().over("activity") > 1).group_by("body").len()
    by = table.join(several, on="body", how="left").fill_null(0)
    assert np.allclose(by["strength"], by["len"])
    assert (table["core"] <= table["degree"]).all()
    assert (table["effectiveSize"].drop_nulls() <= table.filter(pl.col("degree") > 0)["degree"] + 1e-9).all()
    assert table["effectiveSize"].null_count() == (table["degree"] == 0).sum()
    assert (table["betweennessError"] > 0).any()


def test_each_linked_body_is_in_one_community(studied: Study) -> None:
    table = studied.communities(7).frame
    linked = set(studied.network.ties["a"]) | set(studied.network.ties["b"])
    assert table["body"].n_unique() == table.height == len(linked)
    assert table["stability"].is_between(0, 1).all()
    assert table.group_by("community").len().sort("community")["len"].is_sorted(descending=True)


def test_every_public_body_gets_at_most_twenty_strangers(studied: Study) -> None:
    assert len(studied.places_of("", "PUB")) == 2524
    table = studied.suggestions(20, kind="PUB").frame
    assert table.group_by("body").len()["len"].max() == 20
    assert table["body"].n_unique() == 2520  # of four too little is known: each was alone in what it did
    ties = pl.DataFrame(list(studied.network.pairs()), schema=["a", "b"], orient="row")
    met = pl.concat([ties, ties.select(a="b", b="a")])
    assert table.join(met, left_on=["body", "partner"], right_on=["a", "b"], how="semi").height == 0
    assert table.filter(pl.col("body") == pl.col("partner")).height == 0
    assert table.select("body", "partner").is_unique().all()
    carried = pl.max_horizontal("introducersPoints", "nearnessPoints", "themesPoints")
    assert table.select((carried > 0).all()).item()
    assert ((table["introducers"] > 0) == table["introducer"].is_not_null()).all()
    # who introduces met both, in the activities named
    did = studied.read.rows.select("body", "activity")
    named = table.drop_nulls("introducer")
    for who, what in (
        ("body", "sharedWithBody"),
        ("introducer", "sharedWithBody"),
        ("partner", "sharedWithPartner"),
        ("introducer", "sharedWithPartner"),
    ):
        found = named.join(did, left_on=[who, what], right_on=["body", "activity"], how="semi")
        assert found.height == named.height
