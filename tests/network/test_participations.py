"""A table of participations: read or refused, projected in columns, measured, grouped and advised as rows would be."""

from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest

from maillage.network import stability
from maillage.network.from_table import Row
from maillage.network.measures import measures
from maillage.network.model import Network
from maillage.network.participations import Participations, read_participations
from maillage.network.stability import stable_communities
from maillage.network.synergy.evidence_base import EvidenceBase, gather_evidence
from maillage.network.synergy.participants import Participants, introducers
from maillage.network.synergy.suggest import Advice, Suggestion
from tests.network.synergy.test_suggest import DEF, aspect, link
from tests.refusals import raises

SMALL = """body,activity,start,kind,territory,theme
a,p1,2019-05-01,PUB,FR,roads; water
b,p1,2019-05-01,HES,BE,roads
c,p1,2019-05-01,HES,BE,
c,p2,2021,HES,BE,
d,p2,2021,,FR,
d,p3,,,FR,
a,p1,,PUB,,
"""


def table(folder: Path, text: str = SMALL) -> Path:
    (folder / "parts.csv").write_text(text, encoding="utf-8")
    return folder / "parts.csv"


def drawn(folder: Path, seed: int) -> Participations:
    """Thirty bodies of four countries in forty activities of one to five, on five themes, some undated."""
    draw = Random(seed)
    lines = ["body,activity,start,kind,territory,theme"]
    for number in range(40):
        start, theme = draw.choice(["", "2016-02-01", "2020", "2021-12"]), draw.choice(["", "t1", "t2;t3", "t4", "t5"])
        for who in draw.sample(range(30), draw.randint(1, 5)):
            lines.append(f"b{who:02},p{number:02},{start},k{who % 3},{['', 'BE', 'DE', 'FR'][who % 4]},{theme}")
    return read_participations(table(folder, "\n".join(lines) + "\n"))


def rows_of(read: Participations) -> list[Row]:
    """The same as `partnership-links` would give it."""
    by = {name: some for (name,), some in read.rows.group_by("activity")}
    return [
        {"a": a, "b": b, "activity": name, "start": some["start"][0], "partnershipKind": "k/joint"}
        for name, some in sorted(by.items())
        for a in some["body"]
        for b in some["body"]
        if a < b
    ]


def by_rows(read: Participations, since: str = "", until: str = "") -> Network:
    return Network.of_ties(rows_of(read), read.names, since, until)


def test_a_table_says_bodies_participations_and_themes(tmp_path: Path) -> None:
    read = read_participations(table(tmp_path))
    assert read.rows.rows() == [
        ("a", "p1", "2019-05-01"), ("b", "p1", "2019-05-01"), ("c", "p1", "2019-05-01"), ("c", "p2", "2021"),
        ("d", "p2", "2021"), ("d", "p3", None),
    ]  # fmt: skip
    assert read.bodies.rows() == [("a", "PUB", "FR"), ("b", "HES", "BE"), ("c", "HES", "BE"), ("d", None, "FR")]
    assert read.themes.rows() == [("p1", "roads"), ("p1", "water")]
    pl.read_csv(table(tmp_path)).write_parquet(tmp_path / "parts.parquet")
    again = read_participations(tmp_path / "parts.parquet")
    assert (again.rows.rows(), again.themes.rows()) == (read.rows.rows(), read.themes.rows())


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("", "empty-file", "vide"), ("body,activity\n", "empty-file", "vide"),
        ("body,start\na,2020\n", "file-lacks-column", "activity"),
        ("body,activity\na,p\n ,p\n", "findings", "parts.csv:3"), ("body,activity\na,\n", "findings", "activity"),
        ("body,activity,start\na,p,2020\nb,p,lundi\n", "findings", "lundi"),
    ],
)  # fmt: skip
def test_bad_tables_are_refused(tmp_path: Path, text: str, error: str, words: str) -> None:
    with raises(error) as caught:
        read_participations(table(tmp_path, text))
    assert words in caught.value.sentence()
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    with raises("not-text"):
        read_participations(tmp_path / "bad.parquet")


@pytest.mark.parametrize(("since", "until"), [("", ""), ("2020", ""), ("", "2020"), ("2016", "2020")])
def test_columns_hold_the_values_that_rows_hold(tmp_path: Path, since: str, until: str) -> None:
    read = drawn(tmp_path, 1)
    rows, columns = by_rows(read, since, until), Network.of_participations(read.between(since, until))
    assert len(rows.ties)
    assert columns.bodies == rows.bodies
    said = ("a", "b", "activities", "first", "last")
    assert columns.ties.select(*said).rows() == rows.ties.select(*said).rows()
    assert columns.ties["newman"].to_list() == pytest.approx(rows.ties["newman"].to_list())
    assert abs(rows.to_scipy() - columns.to_scipy()).max() < 1e-12
    graph = columns.to_igraph()
    for (a, b), newman in zip(rows.pairs(), rows.ties["newman"], strict=True):
        ends = [rows.bodies.index(a), rows.bodies.index(b)]
        assert graph.es[graph.get_eid(*ends)]["newman"] == pytest.approx(newman)
    assert graph.vs["name"] == list(rows.bodies)


def test_measures_and_communities_are_those_of_rows(tmp_path: Path) -> None:
    read = drawn(tmp_path, 2)
    rows, columns = by_rows(read), Network.of_participations(read)
    where = dict(read.bodies.select("body", "territory").drop_nulls().iter_rows())
    for one, other in zip(measures(rows, where), measures(columns, where), strict=True):
        assert one.pop("body") == other.pop("body")
        assert one == pytest.approx(other, nan_ok=True)
    assert stable_communities(rows, runs=4) == stable_communities(columns, runs=4)


def test_burt_s_measures_are_those_of_networkx(tmp_path: Path) -> None:
    import networkx

    columns = Network.of_participations(drawn(tmp_path, 2))
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(columns.bodies)
    graph.add_edges_from(columns.pairs())
    sizes = networkx.effective_size(graph)
    found = {row["body"]: row["effectiveSize"] for row in measures(columns, {})}
    assert {body: size for body, size in found.items() if size is not None} == pytest.approx(
        {body: size for body, size in sizes.items() if not np.isnan(size)}
    )


def test_a_consensus_of_partners_finds_the_groups_of_all_pairs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "".join(f"{side}{n},{side}p{k},2020\n" for side in "xy" for k in range(4) for n in range(5) if n != k)
    read = read_participations(
        table(tmp_path, f"body,activity,start\n{text}x0,both,2020\ny0,both,2020\nz,alone,2020\n")
    )
    whole = stable_communities(Network.of_participations(read), runs=4)
    monkeypatch.setattr(stability, "WHOLE", 0)
    assert stable_communities(Network.of_participations(read), runs=4) == whole
    assert [sorted(one.bodies) for one in whole] == [[f"{side}{n}" for n in range(5)] for side in "xy"]
    assert {one.stability for one in whole} == {1}


def as_known(read: Participations) -> EvidenceBase:
    themes: dict[str, list[str]] = {}
    for activity, theme in read.themes.iter_rows():
        themes.setdefault(activity, []).append(theme)
    said = {body: (kind, where) for body, kind, where in read.bodies.iter_rows()}
    aspects = [aspect(b, "theme", t, p) for b, p, _ in read.rows.iter_rows() for t in themes.get(p, ())]
    aspects += [aspect(body, "territory", where) for body, (_, where) in said.items() if where]
    pairs = rows_of(read)
    return gather_evidence({
        "bodies": [{"body": b, "bodyKind": k, "territory": w or "", "region": w or ""}
                   for b, (k, w) in said.items()],
        "aspects-of-bodies": aspects,
        "path-links": [one for r in pairs
                       for one in link(str(r["a"]), str(r["b"]), str(r["activity"]), str(r["start"] or ""))],
        "participations": [],
        "acquaintances": [{"a": r["a"], "b": r["b"], "how": DEF + "met"} for r in pairs],
        "territories": [{"territory": where, "level": "level/country"} for where in ("BE", "DE", "FR")],
    })  # fmt: skip


class Counting(Advice):
    """Advice that counts the pairs that it scores."""

    scored = 0

    def suggestion(self, one: str, other: str) -> Suggestion:
        self.scored += 1
        return super().suggestion(one, other)


@pytest.mark.parametrize("seed", [3, 4])
def test_advice_is_that_of_the_same_facts_in_a_graph(tmp_path: Path, seed: int) -> None:
    read = drawn(tmp_path, seed)
    made, advice = Participants(read, Network.of_participations(read)), Counting(as_known(read))
    assert {name: advice.statement_count[name] for name in advice.names} == dict(
        zip(made.names, made.statement_count, strict=True)
    )
    found = {made.names[one.body]: one for one in made.shortlists(np.arange(len(made.names)), 5)}
    assert found.keys() == {name for name in advice.names if not advice.abstains(name)}
    assert sum(len(one.partners) for one in found.values()) > 60
    for body, one in found.items():
        advice.scored = 0
        slow = advice.for_body(body, 5)
        assert advice.scored <= 8  # bounds are exact here: only the best are scored, and those level with the last
        assert one.scores == pytest.approx([each.score for each in slow], abs=1e-4)
        for place, each in enumerate(slow):
            partner = made.names[one.partners[place]]
            same = advice.suggestion(body, partner)
            assert same.score == pytest.approx(each.score, abs=1e-4)
            points = {name: value[place] for name, value in one.points.items() if value[place] > 0}
            assert points == pytest.approx({reason.name: reason.points for reason in same.reasons}, abs=1e-4)
            (common,) = introducers(made.matrices.adjacency, one.body, one.partners[place : place + 1])
            assert tuple(made.names[number] for number in common) == same.introducers
