"""What was accepted of what `maillage enrich` offers: under a number or by a decision, never under a name alone."""

import csv
from pathlib import Path

import pytest

from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.terms import ID

FOLDER = Path(__file__).parent.parent / "data" / "enrichment"
BODY = f"{ID}organisation/"
SURE = ("Pour : même numéro (", "Jonction décidée : ", "Ligne du fichier d'autorité ")


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def test_each_value_says_by_what_it_is_of_that_body_and_where_it_is_said() -> None:
    pages = {row["key"] for row in rows("pages")}
    for row in rows("statements"):
        assert row["note"].startswith(SURE), row["key"]
        cited = row["passages"].split("|")
        assert all(one in pages or one.startswith("authority:") for one in cited), row["key"]
    assert {(row["thing"], row["register"], row["code"]) for row in rows("statements")}.isdisjoint(
        (row["thing"], row["register"], row["code"]) for row in rows("refusals")
    )


def codes_of(body: str, store: EmbeddedStore) -> set[str]:
    return {str(row["code"]) for row in run(store, "identifiers-of").rows() if row["thing"] == f"{BODY}{body}"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("prefecture-ardeche", "prefecture-07186-01"),
        ("prefecture-haute-marne", "prefecture-52121-01"),
        ("sous-prefecture-limoux", "sous_pref-11206-01"),
        ("ministere-transformation-fonction-publiques", "9f101ac7-9a0e-4d62-8b27-8109876dff94"),
    ],
)
def test_a_number_that_was_accepted_is_held(body: str, code: str, core: EmbeddedStore) -> None:
    assert code in codes_of(body, core)


def test_what_only_a_name_speaks_for_is_not_held(core: EmbeddedStore) -> None:
    """The collectivity of Martinique by its name alone; the number of the network, for the fund of Brittany."""
    assert "cr-97209-01" not in codes_of("collectivite-territoriale-martinique", core)
    assert "Q1395254" not in codes_of("caf", core)
