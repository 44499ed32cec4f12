"""A fetched source of which `data/` holds a copy: it is in the default build, and says what its publisher says."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from maillage.errors import MachineError
from maillage.sources.card import fetched_card_names, read_card
from maillage.sources.copies import checksum_of, fetched_folder, has_copy, last_copy, read_record
from maillage.sources.records import read_records
from maillage.sources.subset import choose_sources
from tests.conftest import SHARED
from tests.sources.registers import take

ROOT = Path(__file__).parent.parent.parent


def test_only_a_source_with_a_copy_is_built_unasked() -> None:
    unasked = set(choose_sources(None)) & set(fetched_card_names())
    assert unasked == {name for name in fetched_card_names() if has_copy(name)}
    assert "eig-defis" in unasked
    assert not {"betagouv", "cordis", "decider-ensemble", "odf-observatoire"} & unasked
    with pytest.raises(MachineError):
        fetched_folder(None, "betagouv")


def test_its_files_are_those_of_its_record() -> None:
    folder = last_copy(None, "eig-defis")
    assert folder == ROOT / "data" / "eig-defis" / "copy"
    files = read_record(folder)
    assert {path.name for path in folder.iterdir()} == {"source.yml", *files}
    for name, file in files.items():
        assert checksum_of(folder / name) == file.checksum
        assert "/bc2afe52/" in file.address


@pytest.mark.needs("shared")
def test_its_records_are_those_of_the_publisher(tmp_path: Path) -> None:
    whole = json.loads((SHARED / "data" / "eig_defis" / "defis.json").read_text(encoding="utf-8"))
    copied = json.loads((last_copy(None, "eig-defis") / "defis.json").read_text(encoding="utf-8"))
    fields = read_card("eig-defis").fetch["files"]["defis.json"]["fields"]
    assert copied == [{name: record[name] for name in fields} for record in whole]
    take("eig-defis", tmp_path)
    assert last_copy(tmp_path, "eig-defis") != last_copy(None, "eig-defis")  # what was fetched takes its place
    assert _undated(tmp_path) == _undated(None)


def _undated(out: Path | None) -> list[tuple[object, ...]]:
    """Its records but for the days on which they were seen, which are those of the copy and of this test."""
    records, findings = read_records(read_card("eig-defis"), out)
    assert records and not findings
    return [tuple(getattr(one, field.name) for field in fields(one) if field.name != "dates") for one in records]


def test_hosts_read_by_hand() -> None:
    rows = {record.key: record for record in read_records(read_card("eig-defis"))[0]}
    adex = rows["hosts-haute-autorite-de-sante-challenge-adex"]
    assert (adex.texts("agent"), adex.texts("activity")) == (["haute-autorite-de-sante"], ["challenge-adex"])
    assert rows["direction-generale-des-entreprises"].texts("name") == ["Direction générale des entreprises"]
    assert rows["caisse-nationale-d-assurance-maladie"].texts("name") == ["Caisse Nationale d'Assurance Maladie"]
