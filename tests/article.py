"""The rows of the article's source, for its tests."""

import csv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "horizons-publics-2021"
DECISIONS = ROOT / "graph" / "identity" / "horizons-publics-2021.csv"
TABLES = sorted(FOLDER.glob("*.csv"))

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    return read_rows(FOLDER / f"{table}.csv")


def decisions() -> list[Row]:
    return read_rows(DECISIONS)


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_key(table: str) -> dict[str, Row]:
    return {row["key"]: row for row in rows(table)}


def cells() -> Iterator[tuple[str, str, str, str]]:
    """Every cell of the source: table, key, column, value."""
    for path in TABLES:
        for row in rows(path.stem):
            yield from ((path.stem, row["key"], column, value) for column, value in row.items())
