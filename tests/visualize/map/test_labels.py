"""The reviewed labels of maps: what ships is right, what is wrong is told, and drawings write them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from maillage.cli.build import check
from maillage.cli.lazy import Settings
from maillage.graph.identity import published_iris
from maillage.network.from_table import Node
from maillage.terms import iri
from maillage.visualize.map import labels
from maillage.visualize.map.drawing import label_lines, short_name

DITP, ARA = iri("organisation", "ditp"), iri("organisation", "prefecture-region-auvergne-rhone-alpes")


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of labels of the test's own."""
    for folder in ("graph", "visualize"):
        (tmp_path / folder).mkdir()
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    yield tmp_path / "visualize" / "map-labels.csv"


def test_what_ships_is_right() -> None:
    assert labels.findings(set(published_iris().values())) == []
    assert len(labels.map_labels()) > 80


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (["organisation/ditp,DITP"], []),
        (["organisation/ditp,Un|Deux"], []),
        (["organisation/ditp,12345678901234567890123|12345678901234567890123"], []),
        (["organisation/ditp,123456789012345678901234"], [(2, "label")]),
        (["organisation/ditp,Un|Deux|Trois"], [(2, "label")]),
        (["organisation/ditp,Un| Deux"], [(2, "label")]),
        (["organisation/ditp,Un|"], [(2, "label")]),
        (["organisation/nobody,DITP"], [(2, "body")]),
        (["organisation/ditp,DITP", "organisation/dinum,DITP"], [(3, "label")]),
        (["organisation/ditp,DITP", "organisation/ditp,Transformation"], [(3, "body")]),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(rows: list[str], places: list[tuple[int, str]], written: Path) -> None:
    written.write_text("\n".join(["body,label", *rows, ""]), encoding="utf-8")
    known = {DITP, iri("organisation", "dinum")}
    assert [(found.line, found.column) for found in labels.findings(known)] == places


def test_check_tells_it_and_fails(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.graph.build.check", lambda _texts, _sources: [])
    written.write_text("body,label\norganisation/nobody,Personne\n", encoding="utf-8")
    done = CliRunner().invoke(check, [], obj=Settings("fr"))
    assert done.exit_code == 1
    assert "map-labels.csv:2:body: « organisation/nobody » ne désigne rien de connu." in done.output


def test_no_file_is_no_label(written: Path) -> None:
    assert labels.map_labels() == {}
    assert labels.findings(set()) == []


def test_a_drawing_writes_the_reviewed_lines_and_cuts_only_what_has_none() -> None:
    reviewed = Node(ARA, "Préfecture de région Auvergne-Rhône-Alpes", short="PRARA")
    assert label_lines(reviewed) == ("Préfecture", "d'Auvergne-Rhône-Alpes")
    assert short_name(reviewed) == "Préfecture d'Auvergne-Rhône-Alpes"
    unknown = Node(iri("organisation", "unknown"), "Un laboratoire dont personne n'a relu le nom, qui est long")
    assert label_lines(unknown)[-1].endswith("…")
