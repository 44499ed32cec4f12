"""What a source names and nothing answers to is left without a link, and listed once a value."""

from pathlib import Path

import pytest

from maillage.errors import AmbiguousTerritory, Phrase, SourceError
from maillage.graph.build import make
from maillage.graph.report import unresolved_references
from maillage.sources.card import read_card
from maillage.sources.fetch.run import fetch
from tests.graph.report import left_open
from tests.sources.registers import trial

CARD = (
    trial("register")
    + """fetch: {files: {list.csv: {address: "https://example.org/list.csv"}}}
tables:
  bodies: {mapping: body, rows_in: list.csv}
"""
)
ROWS = """key,name,territory
a,Ville perdue,commune-99999
b,Ville connue,region-53
c,Autre ville perdue,commune-99999
d,Sans territoire,
"""
SELECT = "SELECT line, key, name, territory, 'commune' AS kind FROM \"list.csv\""


@pytest.mark.slow
def test_a_code_that_no_territory_bears_stays_open_and_is_listed(tmp_path: Path) -> None:
    folder, origin, out = (tmp_path / name for name in ("list", "origin", "out"))
    folder.mkdir()
    origin.mkdir()
    (folder / "source.yml").write_text(CARD, "utf-8")
    (folder / "bodies.sql").write_text(SELECT, "utf-8")
    (origin / "list.csv").write_text(ROWS, "utf-8")
    fetch(read_card(str(folder)), out, str(origin))
    built = make(sources=["insee-cog", str(folder)], out=out)
    assert left_open(built) == [("list/list.csv", "territory", "commune-99999", 2, 1)]


def test_only_what_names_nothing_is_left_open() -> None:
    """A cell of the wrong type is a fault; an error stops the build, and is not left open."""
    found = unresolved_references(
        [
            AmbiguousTerritory(value="Saint-Denis", candidates="93066, 97411").at("s/a.csv", 9, "territory", "warning"),
            AmbiguousTerritory(value="Saint-Denis", candidates="93066, 97411").at("s/a.csv", 4, "territory", "warning"),
            SourceError("unknown-reference", value="nobody", nearest="-").at("s/a.csv", 4, "parent"),
            SourceError("bad-cell", value="2020-13-01", wanted=Phrase("cell-date")).at(
                "s/a.csv", 5, "start", "warning"
            ),
        ]
    )
    assert [(one["value"], one["rows"], one["line"]) for one in found] == [("Saint-Denis", 2, 4)]
    assert "plusieurs territoires" in str(found[0]["fr"])
