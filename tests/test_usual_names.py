"""The names that are shown: each says where it was read or why it is written so, and is that of the right body."""

import csv
from pathlib import Path

import pytest

from maillage.terms import fold

ROOT = Path(__file__).parent.parent
AUTHORITY = ROOT.parent / "shared" / "sources" / "authority"
LISTS = {"p-operateurs", "p-administrations", "p-ina", "p-eig-defis", "p-esr", "p-directions-territoriales"}
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names() -> list[Row]:
    return rows(ROOT / "data" / "usual-names" / "names.csv")


def test_rows_are_sorted_and_trimmed() -> None:
    keys = [row["key"] for row in names()]
    assert keys == sorted(set(keys))
    assert all(value == value.strip() and "’" not in value for row in names() for value in row.values())


def test_each_name_was_read_somewhere_or_says_why_it_is_written_so() -> None:
    pages = {row["key"] for row in rows(ROOT / "data" / "usual-names" / "pages.csv")}
    cited = {row["passages"] for row in names()} - {""}
    assert cited == pages
    assert [row["key"] for row in names() if not row["passages"] and not row["note"]] == []


def test_one_usual_name_a_thing() -> None:
    usual = [row["thing"] for row in names() if row["name_kind"] == "usual"]
    assert len(usual) == len(set(usual)) > 40


@pytest.mark.needs("shared")
def test_a_name_spelled_out_is_that_of_the_authority_file() -> None:
    """The bodies of the graph and of the file were joined by hand, in another session."""
    links = {row["local_id"]: row["authority"] for row in rows(AUTHORITY / "links.csv") if row["list"] == "graph"}
    known: dict[str, set[str]] = {}
    for row in rows(AUTHORITY / "authorities.csv"):
        forms = [row["name"], row["acronym"], *row["other_names"].split("|")]
        known[row["key"]] = {fold(form) for form in forms if form}
    read = [row for row in names() if row["passages"] in LISTS]
    assert len(read) > 15
    found = [row["key"] for row in read if fold(row["form"]) not in known[links[row["thing"].partition(":")[2]]]]
    assert found == []
