"""The judged set: its shape, its halves, and no text but names and our own words."""

import csv
from collections import Counter
from pathlib import Path

from maillage.ontology import list_triples
from maillage.terms import LIST, expand

FOLDER = Path(__file__).parent / "judged"
KINDS = {"body", "lab", "event", "programme", "participation", "fact"}
PREDICATES = {"member-of", "carrier", "parent", "kind", "territory", "founded", "state", "partner-of", "amount"}
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    return list(csv.DictReader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def concepts(scheme: str) -> set[str]:
    inside = [triple for triple in list_triples() if triple.predicate.value == expand("skos:inScheme")]
    names = [(str(triple.subject), str(triple.object)) for triple in inside]
    return {name.rpartition("/")[2].rstrip(">") for name, scheme_name in names if scheme_name == f"<{LIST}{scheme}>"}


def test_the_posts_are_even_and_half_and_half_in_each_kind() -> None:
    posts = rows("posts")
    assert [post["post"] for post in posts if int(post["post"]) % 2] == []
    assert set(Counter((post["kind"], post["half"]) for post in posts).values()) == {2}
    assert Counter(post["half"] for post in posts) == {"build": 12, "measure": 12, "fresh": 12}


def test_each_row_has_what_its_kind_asks_and_refers_to_rows_of_its_post() -> None:
    proposals = rows("proposals")
    kinds = {(row["post"], row["id"]): row["kind"] for row in proposals}
    assert len({row["id"] for row in proposals}) == len(proposals)
    for row in proposals:
        assert row["kind"] in KINDS and row["status"] in {"sure", "check"}, row["id"]
        asked = {"participation": ("activity", "body", "role"), "fact": ("subject", "predicate", "object")}
        for column in asked.get(row["kind"], ("label",)):
            assert row[column], (row["id"], column)
        if row["kind"] == "participation":
            assert kinds[row["post"], row["activity"]] in {"event", "programme"}, row["id"]
            assert kinds[row["post"], row["body"]] in {"body", "lab"}, row["id"]
        if row["kind"] == "fact":
            assert (row["post"], row["subject"]) in kinds and row["predicate"] in PREDICATES, row["id"]


def test_roles_certainties_kinds_and_states_are_those_of_our_lists() -> None:
    lists = {"role": concepts("role"), "certainty": concepts("certainty")}
    objects = {"kind": concepts("organisation-kind"), "state": concepts("state")}
    for row in rows("proposals"):
        assert row["role"] in lists["role"] | {""} and row["certainty"] in lists["certainty"] | {""}, row["id"]
        assert row["object"] in objects.get(row["predicate"], {row["object"]}), row["id"]
        assert row["certainty"] != "ambiguous" or row["status"] == "check", row["id"]


def test_offsets_lie_within_the_text_and_no_text_is_here() -> None:
    length = {post["post"]: int(post["chars"]) for post in rows("posts")}
    for row in rows("proposals"):
        assert 0 <= int(row["start"]) < int(row["end"]) <= length[row["post"]], row["id"]
        assert len(row["label"].split()) <= 16 and len(row["note"].split()) <= 16, row["id"]
    assert {path.suffix for path in FOLDER.iterdir()} == {".csv", ".md"}
