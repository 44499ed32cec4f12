"""The rows of a source made again from the files they come from: `python -m maillage.sources.remake SOURCE FOLDER`.

For a source whose rows are kept in `data/` although a SELECT makes them (`<table>.sql`, as those of a fetched source),
since what it reads is in no place that others can reach. `made_from:` in its card names the files of FOLDER.
So is the one compressed file of all territories made (`maillage.sources.territories`).
"""

import gzip
import sys
from dataclasses import replace
from pathlib import Path

from maillage.files import write_whole
from maillage.sources import sql, territories
from maillage.sources.card import Card, ColumnCard, TableCard, read_card
from maillage.sources.rows import format_csv


def remake(card: Card, folder: Path) -> dict[Path, bytes]:
    """The tables of a source that a SELECT makes, by the file they are kept in. Raises `bad-query`."""
    files: dict[str, dict[str, str]] = {name: {} for name in card.facts["made_from"]}
    columns = tuple(ColumnCard(name, "text") for name in territories.COLUMNS)
    whole = TableCard("territories", card.folder / territories.NAME, "territory", "territory", columns)
    tables = [*card.tables, whole]
    made = {table.file: replace(table, file=table.file.with_name(f"{table.name}.sql")) for table in tables}
    with sql.open_copy(replace(card, facts=card.facts | {"fetch": {"files": files}}), folder) as base:
        return {
            file: _pack(file, format_csv(query.names, [row for _, row in sql.rows(base, query)]))
            for file, query in made.items()
            if query.file.is_file()
        }


def _pack(file: Path, body: bytes) -> bytes:
    return gzip.compress(body, mtime=0) if file.suffix == ".gz" else body


if __name__ == "__main__":
    for file, body in remake(read_card(sys.argv[1]), Path(sys.argv[2])).items():
        write_whole(file, body)
