"""What a report says of names that were left open."""

from maillage.graph.build import Build


def left_open(built: Build) -> list[tuple[object, ...]]:
    """File, column, what is written, rows, first line."""
    found = built.report["unresolved"]
    assert isinstance(found, list)
    return [tuple(one[name] for name in ("file", "column", "value", "rows", "line")) for one in found]
