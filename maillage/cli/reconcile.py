"""`maillage reconcile FILE.csv --column NAME -o OUT.csv`: the names of a list, found in the graph or left to review."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.cli.name_list import NameList, list_options
from maillage.files import short_path
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.matching.bodies import Body
    from maillage.matching.reconcile import Reconciliation
    from maillage.network.from_table import Row
    from maillage.table import Table

MOST = 5
_OF_EACH = ("candidate", "candidate_name", "candidate_score", "candidate_why")
COLUMNS = ("iri", "iri_name", "status", *(f"{part}_{number}" for number in range(1, MOST + 1) for part in _OF_EACH))


@click.command()
@list_options
@click.pass_obj
def reconcile(settings: Settings, names: NameList) -> None:
    from maillage.matching.bodies import Body
    from maillage.matching.reconcile import reconcile as reconciled

    listing, rows = names.read()
    wanted = [
        Body(str(place), (one.name,) if one.name else (), one.territory, one.identifier, one.address)
        for place, one in enumerate(rows)
    ]
    with settings.open() as graph:
        found = reconciled(wanted, bodies(graph.ask("names-of-bodies", "fr")), names.engine)
    listing.write(names.target, COLUMNS, [_cells(one, settings.lang) for one in found])
    sure = sum(one.choice is not None for one in found)
    click.echo(say(settings.lang, "reconcile.written", rows=len(found), sure=sure, file=short_path(names.target)))


def bodies(table: "Table") -> "list[Body]":
    """The bodies of the graph with all their names; a territory only where there is one."""
    from maillage.matching.bodies import Body
    from maillage.network.from_table import group_rows

    def own_first(row: "Row") -> tuple[bool, str]:
        return row["name"] != row["bodyLabel"], str(row["name"])

    return [
        Body(
            iri,
            tuple(dict.fromkeys(str(row["name"]) for row in sorted(said, key=own_first))),
            _only(said, "territory").rsplit("/", 1)[-1],
            _only(said, "identifier"),
            _only(said, "address"),
        )
        for iri, said in group_rows(table.rows(), "body").items()
    ]


def _only(rows: "Sequence[Row]", column: str) -> str:
    """The value of a column where all rows agree on one, else ""."""
    values = {str(row[column]) for row in rows if row[column]}
    return values.pop() if len(values) == 1 else ""


def _cells(one: "Reconciliation", lang: str) -> list[object]:
    chosen = [one.choice.key, one.choice.names[0], "match"] if one.choice else ["", "", "review"]
    cells: list[object] = list(chosen)
    for body, match in one.candidates:
        why = ", ".join(level.words[lang] for level in match.levels.values())
        cells += [body.key, body.names[0], match.score, why]
    return cells + [""] * (len(COLUMNS) - len(cells))
