"""A table as a network: what is a node, what makes a line and its weight, the same in igraph."""

from maillage.network.from_table import (
    EdgeColumns,
    Links,
    Node,
    NodeColumns,
    Row,
    around,
    communities,
    project,
    to_igraph,
)

ENDS = (NodeColumns("a", "aLabel", "aKind"), NodeColumns("b", "bLabel", symbol="event"))
EDGE = EdgeColumns("a", "b", "what", "start", "end")


def row(a: str | None, b: str | None, what: str = "w", **more: str) -> Row:
    labels = {"aLabel": a and a.upper(), "bLabel": b and b.upper(), "aKind": None}
    return {"a": a, "b": b, "what": what, "start": None, "end": None} | labels | more


def network(*rows: Row, alone: tuple[Node, ...] = ()) -> Links:
    return project(rows, ENDS, EDGE, alone)


def test_weight_counts_distinct_activities_and_keeps_every_row() -> None:
    links = network(row("x", "y", "one"), row("x", "y", "two"), row("x", "y", "two", start="2021"))
    (edge,) = links.edges
    assert (edge.weight, edge.rows) == (2, (0, 1, 2))
    assert (edge.first, edge.last) == ("2021", "2021")


def test_a_line_has_no_direction_and_nobody_is_linked_to_itself() -> None:
    links = network(row("x", "y"), row("y", "x"), row("z", "z"))
    assert [(edge.start, edge.goal) for edge in links.edges] == [("x", "y")]
    assert [node.iri for node in links.nodes] == ["x", "y", "z"]


def test_a_row_without_one_end_keeps_the_other() -> None:
    links = network(row(None, "y"), alone=(Node("lonely", "Lonely"),))
    assert {node.iri for node in links.nodes} == {"lonely", "y"}
    assert links.edges == ()


def test_the_first_row_that_says_something_wins() -> None:
    links = network(row("x", "y"), row("x", "y", aKind="kinds/association"), row("x", "y", aKind="kinds/company"))
    assert links.by_iri["x"].kind == "association"
    assert links.by_iri["y"].kind == "event"


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [row("x", "y"), row("y", "z"), row("v", "w")]
    assert network(*rows).nodes == network(*rows[::-1]).nodes
    assert communities(network(*rows), 7) == communities(network(*rows[::-1]), 7)


def test_igraph_holds_the_same_values() -> None:
    links = network(row("x", "y", start="2021-11-04"), row("x", "z"), alone=(Node("lonely", "Lonely"),))
    found = to_igraph(links)
    for node, vertex in zip(links.nodes, found.vs, strict=True):
        assert {("iri" if name == "name" else name): said for name, said in vertex.attributes().items()} == vars(node)
    names = found.vs["name"]
    for edge, line in zip(links.edges, found.es, strict=True):
        ends = dict(zip(("start", "goal"), (names[place] for place in line.tuple), strict=True))
        assert ends | line.attributes() == vars(edge)


def test_around_keeps_what_is_near_and_the_lines_between() -> None:
    links = network(row("a", "b"), row("b", "c"), row("c", "d"), row("a", "c"))
    near = around(links, "a", 1)
    assert [node.iri for node in near.nodes] == ["a", "b", "c"]
    assert len(near.edges) == 3
    assert len(around(links, "a", 2).nodes) == 4
    assert around(links, "nobody", 2).nodes == ()


def test_communities_are_the_same_each_time_and_cover_every_node() -> None:
    rows = [row(f"{g}{i}", f"{g}{j}") for g in "pqr" for i in range(4) for j in range(i)] + [row("p0", "q0")]
    links = network(*rows, alone=(Node("lonely", "Lonely"),))
    found = communities(links, 7)
    assert found == communities(links, 7)
    assert [len(group) for group in found] == [4, 4, 4, 1]
    assert sorted(iri for group in found for iri in group) == [node.iri for node in links.nodes]
