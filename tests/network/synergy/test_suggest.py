"""Suggestions on a small world: who is suggested, who is not, on which statements, and that they tell the truth."""

from collections.abc import Mapping, Sequence

import pytest

from maillage.network.from_table import Row
from maillage.network.synergy.evidence_base import EvidenceBase, gather_evidence
from maillage.network.synergy.leave_out import leave_events_out
from maillage.network.synergy.points import weights
from maillage.network.synergy.roundtable import roundtable
from maillage.network.synergy.suggest import Advice, why
from tests.network.synergy.fidelity import faithful, fidelity, statements_of, without

DEF = "https://example.org/def#"


def aspect(body: str, about: str, what: str, thing: str = "") -> Row:
    claim = f"claim/{body}-{about}-{what}-{thing}"
    return {"body": body, "about": DEF + about, "aspect": what, "thing": thing or body, "claim": claim}


def link(a: str, b: str, activity: str, start: str = "2021") -> list[Row]:
    row = {"a": a, "b": b, "activity": activity, "start": start, "weak": None, "role": "role/organises"}
    return [{**row, "participation": f"part/{end}-{activity}"} for end in (a, b)]


def body(iri: str, region: str = "") -> Row:
    return {"body": iri, "bodyKind": "kind/laboratory", "territory": region, "region": region}


def knows(a: str, b: str, how: str) -> Row:
    return {"a": a, "b": b, "how": DEF + how}


def world(more: Sequence[Row] = ()) -> EvidenceBase:
    """ann and ben work with mid, in two regions, on a theme; cat belongs to ann; dan is hardly known."""
    aspects = [
        *(aspect(who, "theme", "data") for who in ("ann", "ben", "cat")),
        aspect("ann", "method", "design"), aspect("ben", "method", "agile"), aspect("cat", "method", "design"),
        aspect("cat", "method", "games"), aspect("mid", "theme", "roads"), aspect("ann", "territory", "r1"),
        aspect("ben", "territory", "r2"), *more,
    ]  # fmt: skip
    links = [*link("ann", "mid", "e1"), *link("ben", "mid", "e2")]
    answers: Mapping[str, Sequence[Row]] = {
        "bodies": [body("ann", "r1"), body("ben", "r2"), body("cat"), body("dan"), body("mid")],
        "aspects-of-bodies": aspects,
        "path-links": links,
        "participations": [],
        "acquaintances": [
            knows("ann", "mid", "met"),
            knows("ben", "mid", "Partnership"),
            knows("cat", "ann", "lineage"),
        ],
        "territories": [{"territory": "r1", "level": "level/region"}, {"territory": "r2", "level": "level/region"}],
    }
    return gather_evidence(answers)


def pairs(advice: Advice) -> list[tuple[str, str]]:
    return [(one.a, one.b) for one in advice.best(None)]


def test_strangers_with_reasons_are_suggested_and_nobody_who_knows_the_other() -> None:
    found = pairs(Advice(world()))
    assert found[0] == ("ann", "ben")
    assert ("ann", "mid") not in found  # they met
    assert ("ben", "mid") not in found  # they are partners
    assert ("ann", "cat") not in found  # one belongs to the other
    assert not any("dan" in ends for ends in found)  # nothing is known of dan


def test_each_reason_names_its_family_and_its_statements() -> None:
    (best, *_) = Advice(world()).best(None)
    by_name = {reason.name: reason for reason in best.reasons}
    assert by_name["introducers"].about == ("mid",)
    assert by_name["introducers"].statements == {"part/ann-e1", "part/mid-e1", "part/ben-e2", "part/mid-e2"}
    assert by_name["themes"].statements == {"claim/ann-theme-data-", "claim/ben-theme-data-"}
    assert (by_name["complement"].given, by_name["complement"].taken) == (("design",), ("agile",))
    assert by_name["same-level"].points == weights().points["same-level"]
    assert best.bridge
    assert not best.weak


def test_an_edition_that_both_answer_for_gives_no_shared_theme() -> None:
    both = [aspect(who, "theme", "fairs", "edition") for who in ("ann", "ben")]
    (best, *_) = Advice(world(both)).best(None)
    assert next(reason for reason in best.reasons if reason.name == "themes").about == ("data",)
    own = [*both, aspect("ben", "theme", "fairs")]
    assert "fairs" in next(r for r in Advice(world(own)).best(None)[0].reasons if r.name == "themes").about


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        (("ann", "ben"), "suggested"), (("ann", "ann"), "same"), (("ann", "cat"), "acquainted"),
        (("ann", "dan"), "unknown"),
    ],
)  # fmt: skip
def test_why_and_why_not(ends: tuple[str, str], verdict: str) -> None:
    found = why(Advice(world()), *ends)
    assert found.verdict == verdict
    assert found.rank == (1 if verdict == "suggested" else 0)
    assert ("partner" in found.missing) == (verdict == "unknown")


def test_a_score_falls_without_what_it_cites() -> None:
    advice = Advice(world())
    falls = fidelity(advice, advice.best(None))
    assert faithful(falls) == 1
    assert all(fall.cited > 0 for fall in falls)


def test_forgetting_a_statement_never_makes_strangers_of_partners() -> None:
    poorer = without(world(), statements_of(world()))
    assert poorer.acquaintances == world().acquaintances
    assert Advice(poorer).best(None) == ()


def test_one_event_left_out_counts_the_pairs_that_it_alone_joins() -> None:
    found = leave_events_out(world(), draws=20)
    assert (found["events"], found["pairs"]) == (2, 2)
    assert 0 <= found["auc"]["low"] <= found["auc"]["value"] <= found["auc"]["high"] <= 1


def test_a_round_table_covers_spans_and_has_a_bridge() -> None:
    where = {"a": "r1", "b": "r2", "c": "r1", "d": "r3"}
    themes = {"a": frozenset({"x"}), "c": frozenset({"x"}), "d": frozenset({"y"})}
    found = roundtable(where, themes, {}, [("b", "c"), ("a", "b")], ["x", "y", "z"], 3)
    assert set(found.bodies) in ({"a", "b", "d"}, {"b", "c", "d"})
    assert found.uncovered == ("z",)
    assert found.territories == ("r1", "r2", "r3")
    assert found.first in found.bridges[0]
    assert found.gap == 0
    assert roundtable(where, themes, {}, [], ["x"], 3).bodies == ()
