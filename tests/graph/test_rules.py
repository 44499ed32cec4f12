"""Rules that ask what is past are told the day; a day is no statement of the graph."""

from pathlib import Path

import pyoxigraph as ox

from maillage.graph.rules import MERGED, Rule, apply_rules

EX = "https://example.org/"
DAYS = """
    PREFIX ex: <https://example.org/>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    CONSTRUCT { ?event ex:past true }
    WHERE { VALUES ?today { UNDEF } ?event ex:day ?day FILTER(?day < ?today) }
"""


def test_a_rule_is_told_the_day() -> None:
    store = ox.Store()
    for day in ("2021-11-03", "2021-11-04", "2021-11-05"):
        typed = ox.Literal(day, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
        store.add(ox.Quad(ox.NamedNode(EX + day), ox.NamedNode(EX + "day"), typed, MERGED))
    rule = Rule("past", Path("90-past.rq"), DAYS, {})
    added, findings = apply_rules(store, [rule], "2021-11-04")
    assert (added, findings) == ({"past": 1}, [])
    past = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(EX + "past"), None, MERGED)}
    assert past == {ox.NamedNode(EX + "2021-11-03")}
