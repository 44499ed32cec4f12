"""Rows for a page, each thing said once: what all rows agree on, then a list a row, texts by their number in a pool."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


class Pool:
    """Values in the order in which they were first met."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._places: dict[str, int] = {}

    def place(self, value: object) -> int:
        key = json.dumps(value, sort_keys=True)
        if key not in self._places:
            self._places[key] = len(self.rows)
            self.rows.append(value)
        return self._places[key]


def pack(rows: Sequence[Mapping[str, object]], pool: Pool | None = None) -> dict[str, object]:
    """Rows that have the same fields. With a pool, a value that is no number is there by its place (`pooled`)."""
    fields = list(rows[0]) if rows else []
    same = {name: rows[0][name] for name in fields if all(row[name] == rows[0][name] for row in rows)}
    own = [name for name in fields if name not in same]
    pooled = [name for name in own if pool and not all(isinstance(row[name], int | float) for row in rows)]
    written = [[pool.place(row[name]) if pool and name in pooled else row[name] for name in own] for row in rows]
    return {"all": same, "fields": own, "pooled": pooled, "rows": written}
