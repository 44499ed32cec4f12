"""Groups of nodes that have more lines among themselves than with the rest: Leiden, seeded."""

import random

from maillage.network.from_table import Links, to_igraph


def communities(links: Links, seed: int) -> tuple[tuple[str, ...], ...]:
    """Groups of IRIs, the largest first, each sorted; a node without lines is a group of its own."""
    import igraph

    graph = to_igraph(links)
    igraph.set_random_number_generator(random.Random(seed))
    found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
    groups = [tuple(sorted(graph.vs[place]["name"] for place in group)) for group in found]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))
