"""`python -m drafting.la27e_region FOLDER`: the tables of `data/la27e-region/`, from the five files of the archive.

The archive is read again from the same files to the same bytes. It decides nothing by a name: which activity is
which body, which words are which theme, what a figure counts is in the tables and constants beside. What does not
enter is in `left-out.csv`, row by row, with the reason.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import yaml

from drafting.la27e_region.activities import draft_activities, draft_pages, draft_participations
from drafting.la27e_region.archive import Row, read_archive, read_rows
from drafting.la27e_region.bodies import draft_bodies, draft_competences, draft_countries, draft_names
from drafting.la27e_region.facts import Facts, place_facts
from maillage.files import asset
from maillage.sources.rows import format_csv

HERE = Path(__file__).parent
MAPPINGS = {
    "organisations": "organisation",
    "competences": "competence",
    "countries": "country",
    "names": "name",
    "successions": "succession",
    "events": "event",
    "places": "place",
    "programmes": "programme",
    "states": "state",
    "participations": "participation",
    "memberships": "membership",
    "observations": "observation",
    "amounts": "amount",
    "pages": "page",
    "extracts": "extract",
}


def draft_tables(folder: Path) -> tuple[dict[str, dict[str, Row]], list[Row]]:
    """The rows of each table by key, and the rows left out."""
    archive = read_archive(folder)
    activities = draft_activities(archive, read_rows(HERE / "themes.csv"))
    figures: dict[tuple[str, ...], list[Row]] = {}
    for row in read_rows(HERE / "figures.csv"):
        figures.setdefault((row["subject"], row["object"], row["post"], row["p_from"]), []).append(row)
    places = read_rows(HERE / "territories.csv")
    bodies, names = draft_bodies(archive, activities, read_rows(HERE / "kinds.csv"), places), draft_names(archive)
    facts = Facts(archive, activities, bodies, names, draft_participations(archive, activities), figures)
    place_facts(facts)
    tables = {
        "organisations": bodies,
        "competences": draft_competences(archive),
        "countries": draft_countries(archive, bodies, places),
        "names": names,
        "successions": facts.successions,
        "events": activities.events,
        "places": activities.places,
        "programmes": activities.programmes,
        "states": activities.states,
        "participations": facts.participations,
        "memberships": facts.memberships,
        "observations": facts.observations,
        "amounts": facts.amounts,
        "pages": draft_pages(archive),
        "extracts": archive.extracts,
    }
    return tables, archive.left_out


def write_tables(folder: Path, out: Path) -> None:
    """Only the columns that a table has are written: an amount has its currency, an observation has none."""
    columns = yaml.safe_load((asset("data") / "tables.yml").read_text(encoding="utf-8"))
    tables, left_out = draft_tables(folder)
    for name, rows in tables.items():
        write_rows(out / f"{name}.csv", columns[MAPPINGS[name]]["columns"], rows.values(), "key")
    write_rows(HERE / "left-out.csv", ("table", "key", "reason"), left_out, "table")


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row], first: str) -> None:
    names = list(columns)
    kept = [{name: row.get(name, "") for name in names} for row in rows]
    path.write_bytes(format_csv(names, sorted(kept, key=lambda row: (row[first], *row.values()))))


if __name__ == "__main__":
    write_tables(Path(sys.argv[1]), asset("data") / "la27e-region")
